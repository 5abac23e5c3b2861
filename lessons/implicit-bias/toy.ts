/** One equation for two unknowns, b_1 + c b_2 = 1: the smallest problem in which the scale of the start decides. */
import type { Grid } from '#contract';
import { functionOf, startAt, step } from './diagonal.ts';
import { minimiser, potential, product, type Equations } from './potential.ts';

export function toy(c: number): Equations {
	return { x: Float64Array.of(1, c), y: Float64Array.of(1) };
}

/** The minimiser of the potential at scale a: b_1 and b_2. */
export function chosen(c: number, a: number): readonly [number, number] {
	const { b } = minimiser(toy(c), new Float64Array(2).fill(a * a));
	return [b[0]!, b[1]!];
}

/** η for a start at a: h over the curvature, about (1 + 2a²)(1 + c²). */
export function toyStep(h: number, c: number, a: number): number {
	return h / ((1 + 2 * a * a) * (1 + c * c));
}

/** Descent stops once the equation is met so well. */
const met = 1e-9;
const mostSteps = 200_000;

/** Descent from u = v = a until the equation is met: the path of b in the plane, every `every`-th step of it. */
export function* toyPath(c: number, a: number, h: number): Generator<readonly [number, number]> {
	const equations = toy(c);
	const weights = startAt(a, 2);
	for (let t = 0; t < mostSteps; t++) {
		const b = functionOf(weights);
		yield [b[0]!, b[1]!];
		if (Math.abs(product(equations, b)[0]! - 1) < met) return;
		step(weights, equations, toyStep(h, c, a));
	}
}

const places = Array.from({ length: 81 }, (_, i) => Number((-1.2 + 0.03 * i).toFixed(2)));
const half = 0.015;

/**
 * Q over the plane in units of its value at the trained point. Blank where a solution passes through a cell,
 * except at the trained point itself: there the line of solutions is broken.
 */
export function potentialPicture(c: number, a: number, trained: readonly [number, number]): Grid {
	const unit = potential(trained, a);
	const values = places.flatMap((second) =>
		places.map((first) => {
			const here =
				Math.abs(first - trained[0]) <= 2 * half && Math.abs(second - trained[1]) <= 2 * half;
			const crossed = Math.abs(first + c * second - 1) <= half * c;
			return crossed && !here ? NaN : potential([first, second], a) / unit;
		}),
	);
	return { x: places, y: places, values };
}
