/**
 * The linear world of the figures "sizes" and "training": y = β·x + σε with β_j ∝ j^(−a/2), |β| = 1, and
 * fits that see the first p of D coordinates.
 */
import type { Random } from '#theory/random.ts';

/** D, how many coordinates an input has. */
export const dimension = 128;

/** Correlation of neighbouring coordinates in the correlated design. */
export const correlation = 0.8;

export type Design = 'independent' | 'correlated';

export interface World {
	/** n, the samples. */
	readonly n: number;
	/** σ, the standard deviation of the noise. */
	readonly sigma: number;
	/** a, how fast the coordinates lose importance. */
	readonly decay: number;
}

/** β, shape [D], of length 1. */
export function signal(decay: number): Float64Array {
	const raw = Float64Array.from({ length: dimension }, (_, j) => (j + 1) ** (-decay / 2));
	const length = Math.hypot(...raw);
	return raw.map((v) => v / length);
}

/** τ²(p) = Σ_{j>p} β_j²: what the first p coordinates cannot express. */
export function unseen(decay: number, p: number): number {
	return signal(decay)
		.subarray(p)
		.reduce((sum, v) => sum + v * v, 0);
}

/** s² = σ² + τ²(p): the variance of all that is noise to a fit with p coordinates. */
export function effectiveNoise({ sigma, decay }: World, p: number): number {
	return sigma ** 2 + unseen(decay, p);
}

export interface Sample {
	/** Shape [n, D]. */
	readonly x: Float64Array;
	/** Shape [n]. */
	readonly y: Float64Array;
}

/** n labelled inputs; correlated ones follow x_j = ρ x_{j−1} + √(1 − ρ²) z_j, all of variance 1. */
export function drawSample(world: World, design: Design, { normal }: Random): Sample {
	const beta = signal(world.decay);
	const x = Float64Array.from({ length: world.n * dimension }, normal);
	if (design === 'correlated') {
		const fresh = Math.sqrt(1 - correlation ** 2);
		for (let k = 0; k < x.length; k++)
			if (k % dimension > 0) x[k] = correlation * x[k - 1]! + fresh * x[k]!;
	}
	const y = Float64Array.from({ length: world.n }, (_, i) => {
		let clean = 0;
		for (let j = 0; j < dimension; j++) clean += beta[j]! * x[i * dimension + j]!;
		return clean + world.sigma * normal();
	});
	return { x, y };
}

/** The first p columns of inputs of shape [n, D], shape [n, p]. */
export function firstColumns(x: Float64Array, p: number): Float64Array {
	const n = x.length / dimension;
	const seen = new Float64Array(n * p);
	for (let i = 0; i < n; i++) seen.set(x.subarray(i * dimension, i * dimension + p), i * p);
	return seen;
}

/** E (v·x)² over inputs of a design, v of shape [D]. */
export function meanSquareOf(v: Float64Array, design: Design): number {
	const rho = design === 'correlated' ? correlation : 0;
	let [sum, before] = [0, 0];
	for (const value of v) {
		sum += value * (value + 2 * rho * before);
		before = value + rho * before;
	}
	return sum;
}

/** w − β for weights w of the first coordinates, shape [D]. */
export function awayFrom(beta: Float64Array, w: Float64Array): Float64Array {
	return beta.map((b, j) => (w[j] ?? 0) - b);
}

/** The weights of least risk among those of the first p coordinates, shape [p]. */
export function bestOfClass(beta: Float64Array, p: number, design: Design): Float64Array {
	const best = beta.slice(0, p);
	if (design === 'correlated')
		for (let j = p; j < dimension; j++) best[p - 1]! += correlation ** (j - p + 1) * beta[j]!;
	return best;
}
