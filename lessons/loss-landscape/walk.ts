/** Principal components of a random walk, and of a network on its way. */
import type { Job, Run } from '#contract';
import { symmetricEigen } from '#theory/eigen.ts';
import { random } from '#theory/random.ts';
import { adamRule } from './adam.ts';
import { trainingJob, type Setting } from './network.ts';

export type WalkParams = {
	/** Points on the walk. */
	n: number;
	/** Dimensions it walks in. */
	d: number;
	optimiser: 'gd' | 'adam';
};
export type WalkRun = Run<WalkParams>;

/** Components that are drawn. */
export const components = 10;

/** 1/(2 − 2 cos(πk/n)), k = 1 … n − 1: the eigenvalues of the centred walk, up to a factor. */
export function walkSpectrum(n: number): number[] {
	return Array.from({ length: n - 1 }, (_, i) => 1 / (2 - 2 * Math.cos((Math.PI * (i + 1)) / n)));
}

/** The share of the variance along each component of a random walk of n points, as d → ∞. */
export function walkFractions(n: number): number[] {
	const spectrum = walkSpectrum(n);
	const total = spectrum.reduce((sum, value) => sum + value, 0);
	return spectrum.map((value) => value / total);
}

/** The k-th component at the points t = 1 … n of the walk, of amplitude 1: cos(πk(t − ½)/n). */
export function walkComponent(n: number, k: number): number[] {
	return Array.from({ length: n }, (_, i) => Math.cos((Math.PI * k * (i + 0.5)) / n));
}

/**
 * Standard deviation of the k-th share in d dimensions. To first order the eigenvalues are λ_k (1 +
 * √(2/d) g_k) with independent normal g_k, which leaves (2/d) p_k² [(1 − p_k)² + Σ_{j≠k} p_j²].
 */
export function fractionDeviation(n: number, d: number, k: number): number {
	const p = walkFractions(n);
	const own = p[k - 1]!;
	const others = p.reduce((sum, q, j) => (j === k - 1 ? sum : sum + q * q), 0);
	return own * Math.sqrt((2 / d) * ((1 - own) ** 2 + others));
}

/** To second order neighbouring eigenvalues repel: the k-th share moves by p_k/d Σ_j λ_j/(λ_k − λ_j). */
export function fractionShift(n: number, d: number, k: number): number {
	const spectrum = walkSpectrum(n);
	const own = spectrum[k - 1]!;
	const sum = spectrum.reduce((s, value) => (value === own ? s : s + value / (own - value)), 0);
	return (walkFractions(n)[k - 1]! / d) * sum;
}

/**
 * Largest standard deviation of the k-th component at a point: other components mix in with weights
 * √(λ_k λ_j/d)/(λ_k − λ_j).
 */
export function componentDeviation(n: number, d: number, k: number): number {
	const spectrum = walkSpectrum(n);
	const own = spectrum[k - 1]!;
	const sum = spectrum.reduce(
		(s, value) => (value === own ? s : s + (own * value) / (own - value) ** 2),
		0,
	);
	return Math.sqrt(sum / d);
}

/** A random walk with standard normal steps, points [n, d] row by row. */
export function randomWalk(n: number, d: number, seed: number): Float64Array {
	const { normal } = random(seed, 'loss-landscape/walk');
	const path = new Float64Array(n * d);
	for (let t = 0, at = 0; t < n; t++)
		for (let k = 0; k < d; k++, at++) path[at] = (t > 0 ? path[at - d]! : 0) + normal();
	return path;
}

export interface Principal {
	/** Share of the variance along each component, largest first. */
	readonly fractions: number[];
	/** The first two components at each point, of mean square ½, positive at the first point. */
	readonly scores: readonly [number[], number[]];
}

/** Principal components of a path of points [n, d]: from its n × n Gram matrix, as d is the larger. */
export function principalComponents(path: Float64Array, n: number): Principal {
	const d = path.length / n;
	const centred = path.slice();
	for (let k = 0; k < d; k++) {
		let mean = 0;
		for (let t = 0; t < n; t++) mean += path[t * d + k]! / n;
		for (let t = 0; t < n; t++) centred[t * d + k] = path[t * d + k]! - mean;
	}
	const gram = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let j = 0; j <= i; j++) {
			let sum = 0;
			for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++)
				sum += centred[a]! * centred[b]!;
			gram[i * n + j] = gram[j * n + i] = sum;
		}
	const { values, vectors } = symmetricEigen(gram);
	const total = values.reduce((sum, value) => sum + value, 0);
	const score = (k: number) => {
		const row = Array.from(vectors.subarray((n - k) * n, (n - k + 1) * n));
		const scale = Math.sqrt(n / 2) * (row[0]! < 0 ? -1 : 1);
		return row.map((value) => scale * value);
	};
	return {
		fractions: Array.from(values, (value) => Math.max(0, value) / total).reverse(),
		scores: [score(1), score(2)],
	};
}

/** Steps of training between two points of the path. */
export const between = 10;

const setting: Setting = { width: 12, activation: 'tanh', steps: 0 };

/** The network whose path is taken: gradient descent, or Adam. */
export function pathJob({ params, seed, seeds }: WalkRun): Job {
	// A path is looked at from afar: what a lane does best is precise enough.
	const job = { ...trainingJob(setting, seed, seeds), precision: undefined };
	return params.optimiser === 'adam'
		? { ...job, optimiser: { kind: 'adam', stepSize: 5e-3, ...adamRule } }
		: { ...job, optimiser: { kind: 'gd', stepSize: 0.1 } };
}
