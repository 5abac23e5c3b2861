/** Two trained networks and the ways from one to the other. */
import type { Run } from '#contract';
import { meanSquare, type Samples } from '#theory/meanSquare.ts';
import { drawMlp, mlpLayers, type Mlp } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';
import { adam } from './adam.ts';

export type PathParams = {
	width: number;
	/** Steps of Adam for each network, and for the middle of the curve. */
	steps: number;
	/** Standard deviation of the labels. */
	noise: number;
};
export type PathRun = Run<PathParams>;

/** t = 0 … 1, the thirds among them: corners of the wide path. */
export const places = Array.from({ length: 61 }, (_, i) => i / 60);

/**
 * 32 inputs, each of them twice, with labels sin 2x₁ cos x₂ ± noise. A function has one value for
 * both, so that no network whatever brings the mean squared error below noise².
 */
export function pairs(noise: number): Samples {
	const x: number[] = [];
	const y: number[] = [];
	for (let i = 0; i < 8; i++)
		for (let j = 0; j < 4; j++) {
			const [a, b] = [-1.5 + (3 * i) / 7, -1.5 + j];
			const clean = Math.sin(2 * a) * Math.cos(b);
			x.push(a, b, a, b);
			y.push(clean + noise, clean - noise);
		}
	return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

export function noiseFloor(noise: number): number {
	return noise ** 2;
}

export function pathNet(width: number): Mlp {
	return { sizes: [2, width, 1], activation: 'tanh' };
}

/** The two starts of one seed: `which` is 0 or 1. */
export function pathStart(width: number, seed: number, which: 0 | 1): Float64Array {
	return drawMlp(pathNet(width), 1, random(seed, `loss-landscape/path/${which}`));
}

/** (1 − t) a + t b. */
export function straight(a: Float64Array, b: Float64Array, t: number): Float64Array {
	return a.map((value, i) => (1 - t) * value + t * b[i]!);
}

/** (1 − t)² a + 2t(1 − t) middle + t² b. */
export function bezier(
	a: Float64Array,
	middle: Float64Array,
	b: Float64Array,
	t: number,
): Float64Array {
	return a.map((value, i) => (1 - t) ** 2 * value + 2 * t * (1 - t) * middle[i]! + t ** 2 * b[i]!);
}

/**
 * Trains the middle of a curve from a to b: each step descends the loss at one random place of it
 * (Garipov et al. 2018, Section 3). `breathe` is awaited between steps.
 */
export async function trainMiddle(
	a: Float64Array,
	b: Float64Array,
	{ params, seed }: Pick<PathRun, 'params' | 'seed'>,
	breathe: () => Promise<void>,
): Promise<Float64Array> {
	const surface = meanSquare(pathNet(params.width), pairs(params.noise));
	const middle = straight(a, b, 0.5);
	const step = adam(middle);
	const { uniform } = random(seed, 'loss-landscape/bezier');
	for (let k = 0; k < params.steps; k++) {
		const t = uniform();
		const gradient = surface.gradient(bezier(a, middle, b, t));
		const rate = (1e-2 * (1 + Math.cos((Math.PI * k) / params.steps))) / 2;
		step(
			gradient.map((g) => 2 * t * (1 - t) * g),
			rate,
		);
		await breathe();
	}
	return middle;
}

/**
 * The path in a network of twice the width. Its first half begins as a, its second half dead; then the
 * second half's inner weights go to b's while nothing reads them; then the outer weights go over from
 * a's to b's; then the first half dies. Only the middle third changes the function, and there f is
 * (1 − s) f_a + s f_b.
 */
export function widePath(width: number, a: Float64Array, b: Float64Array, t: number): Float64Array {
	const [, outer] = mlpLayers(pathNet(width));
	const inner = outer!.from;
	const third = (from: number) => Math.min(1, Math.max(0, 3 * t - from));
	const [arrive, over, leave] = [third(0), third(1), third(2)];
	const result = new Float64Array(2 * inner + 2 * width + 1);
	for (let i = 0; i < inner; i++) {
		result[i] = (1 - leave) * a[i]!;
		result[inner + i] = arrive * b[i]!;
	}
	for (let j = 0; j < width; j++) {
		result[2 * inner + j] = (1 - over) * a[inner + j]!;
		result[2 * inner + width + j] = over * b[inner + j]!;
	}
	result[2 * inner + 2 * width] = (1 - over) * a[inner + width]! + over * b[inner + width]!;
	return result;
}

/** Where on the chord from L_a to L_b the wide path stands at t. */
export function chord(first: number, last: number, t: number): number {
	const over = Math.min(1, Math.max(0, 3 * t - 1));
	return (1 - over) * first + over * last;
}
