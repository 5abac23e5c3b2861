/** Gradient descent on quadratics with eigenvalues in [1/κ, 1]: the best steps, and what they leave. */

/** T_n(x) for x ≥ 1. */
function chebyshevT(n: number, x: number): number {
	return Math.cosh(n * Math.acosh(x));
}

/** What n of the best steps leave of the distance, in the worst direction: 1/T_n((κ + 1)/(κ − 1)). Young 1953. */
export function chebyshevFactor(n: number, kappa: number): number {
	return 1 / chebyshevT(n, (kappa + 1) / (kappa - 1));
}

/** What n steps of the best constant length, 2/(1 + 1/κ), leave. */
export function constantFactor(n: number, kappa: number): number {
	return ((kappa - 1) / (kappa + 1)) ** n;
}

export type Order = 'lebedev' | 'long last' | 'long first';

/** Indices 1 … n, n a power of two, in the order of Lebedev & Finogenov 1971: short and long steps alternate. */
function lebedev(n: number): number[] {
	if (n === 1) return [1];
	return lebedev(n / 2).flatMap((j) => [j, n + 1 - j]);
}

/** Of any n: those of the next power of two that are not beyond n. */
function indices(n: number, order: Order): number[] {
	const up = Array.from({ length: n }, (_, j) => j + 1);
	if (order === 'long last') return up;
	if (order === 'long first') return up.reverse();
	return lebedev(2 ** Math.ceil(Math.log2(n))).filter((j) => j <= n);
}

/**
 * The n best steps, the reciprocals of the zeros of the Chebyshev polynomial of [1/κ, 1]; with j they
 * grow from 1 to κ.
 */
export function chebyshevSteps(n: number, kappa: number, order: Order): number[] {
	const [middle, half] = [(1 + 1 / kappa) / 2, (1 - 1 / kappa) / 2];
	return indices(n, order).map(
		(j) => 1 / (middle + half * Math.cos((Math.PI * (2 * j - 1)) / (2 * n))),
	);
}

/** The places of [1/κ, 1] where the residual of n steps is largest, and a grid between them. */
export function eigenvalues(n: number, kappa: number, count = 129): number[] {
	const [middle, half] = [(1 + 1 / kappa) / 2, (1 - 1 / kappa) / 2];
	const at = (angle: number) => middle + half * Math.cos(angle);
	const extremes = Array.from({ length: n + 1 }, (_, j) => at((Math.PI * j) / n));
	const grid = Array.from({ length: count }, (_, j) => at((Math.PI * j) / (count - 1)));
	return [...extremes, ...grid];
}

/** The largest |∏ (1 − s_i λ)| after each step, from 1 on: how far the worst direction is away meanwhile. */
export function growth(steps: readonly number[], lambdas: readonly number[]): number[] {
	const products = lambdas.map(() => 1);
	return [
		1,
		...steps.map((s) => {
			lambdas.forEach((lambda, i) => (products[i]! *= 1 - s * lambda));
			return Math.max(...products.map(Math.abs));
		}),
	];
}

/** Numbers with 24 or with 53 binary digits. */
export type Digits = 'float32' | 'float64';
export const unitRoundoff: Readonly<Record<Digits, number>> = {
	float32: 2 ** -24,
	float64: 2 ** -53,
};

/**
 * Gradient descent on ½ Σ λ_i x_i² − b_i x_i from x = 0, every number rounded: the largest |x_i/x*_i − 1|
 * after each step. The minimum x* = b/λ is no round number, so that rounding never comes to rest.
 */
export function descend(
	steps: readonly number[],
	lambdas: readonly number[],
	digits: Digits,
): number[] {
	const round = digits === 'float32' ? Math.fround : (value: number) => value;
	const curvature = lambdas.map(round);
	const b = curvature.map((lambda) => round(lambda / 3));
	const minimum = curvature.map((lambda, i) => b[i]! / lambda);
	const x = lambdas.map(() => 0);
	const distance = () => x.reduce((most, v, i) => Math.max(most, Math.abs(v / minimum[i]! - 1)), 0);
	return [
		distance(),
		...steps.map((step) => {
			const s = round(step);
			for (const [i, lambda] of curvature.entries()) {
				const gradient = round(round(lambda * x[i]!) - b[i]!);
				x[i] = round(x[i]! - round(s * gradient));
			}
			return distance();
		}),
	];
}

/**
 * How much of the result of steps that leave `factor` rounding may be. A gradient is off by two units in
 * the last place of λx* at most, or of its own size; step t makes that s_t times as large, and the steps
 * after it multiply it by their largest residual polynomial.
 */
export function roundingShare(
	steps: readonly number[],
	lambdas: readonly number[],
	factor: number,
	digits: Digits,
): number {
	const after = growth(steps.toReversed(), lambdas).toReversed().slice(1);
	const amplified = steps.reduce((sum, s, t) => sum + s * after[t]!, 0);
	return unitRoundoff[digits] * ((2 * amplified) / factor + 4 * steps.length);
}
