/** Random features and what they leave of neurons in random directions: exactly, and from samples. */
import { kappa1 } from '#theory/arcCosine.ts';
import { cholesky, solveCholesky } from '#theory/cholesky.ts';
import { gegenbauer } from '#theory/gegenbauer.ts';
import { random, type Random } from '#theory/random.ts';
import { degrees, energies, type Neuron } from './sphere.ts';

/** A point of the unit sphere. */
function direction(d: number, { normal }: Random): Float64Array {
	const x = Float64Array.from({ length: d }, normal);
	const length = Math.hypot(...x);
	return x.map((v) => v / length);
}

const dot = (a: Float64Array, b: Float64Array): number => {
	let sum = 0;
	for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
	return sum;
};

/**
 * E g(u·x) g(w·x) over the sphere relative to E g², as a function of u·w: κ₁ without a bias, otherwise
 * Σ e_l P_l(u·w), the Funk-Hecke formula.
 */
export function overlap(neuron: Neuron): (cosine: number) => number {
	if (neuron.bias === 0) return (r) => kappa1(Math.max(-1, Math.min(1, r)));
	const { share } = energies(neuron);
	return (r) => {
		let sum = 0;
		gegenbauer(neuron.d, r, degrees, (l, p) => (sum += share[l]! * p));
		return sum;
	};
}

/** What the diagonal gets so that nearly dependent features can be solved for. */
const jitter = 1e-9;

/** The matrix of overlaps of n directions, and its factor. */
function overlaps(weights: readonly Float64Array[], k: (r: number) => number) {
	const n = weights.length;
	const matrix = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < i; j++)
			matrix[i * n + j] = matrix[j * n + i] = k(dot(weights[i]!, weights[j]!));
		matrix[i * n + i] = k(1) + jitter;
	}
	return matrix;
}

/** The streams of a draw of features, so that more features extend fewer. */
const featuresOf = (neuron: Neuron, n: number, seed: number) => {
	const stream = random(seed, 'random-features/weights');
	return Array.from({ length: n }, () => direction(neuron.d, stream));
};
const targetsOf = (neuron: Neuron, count: number, seed: number) => {
	const stream = random(seed, 'random-features/targets');
	return Array.from({ length: count }, () => direction(neuron.d, stream));
};

/**
 * The mean over target neurons of 1 − kᵀK⁻¹k: what the best combination of n random features leaves, with
 * all data there could be.
 */
export function populationError(neuron: Neuron, n: number, targets: number, seed: number): number {
	const k = overlap(neuron);
	const weights = featuresOf(neuron, n, seed);
	const factor = cholesky(overlaps(weights, k));
	const left = targetsOf(neuron, targets, seed).map((u) => {
		const b = Float64Array.from(weights, (w) => k(dot(u, w)));
		return k(1) - dot(b, solveCholesky(factor, b));
	});
	return left.reduce((sum, v) => sum + v, 0) / left.length / k(1);
}

/**
 * The same for least squares on M samples from the sphere, without ridge; the error of the combination
 * found is exact again: k(1) − 2 a·k + aᵀKa.
 */
export function sampleError(
	neuron: Neuron,
	n: number,
	samples: number,
	targets: number,
	seed: number,
): number {
	const { d, bias } = neuron;
	const g = (t: number) => Math.max(0, Math.sqrt(d) * t - bias) / Math.sqrt(energies(neuron).total);
	const k = overlap(neuron);
	const weights = featuresOf(neuron, n, seed);
	const stream = random(seed, 'random-features/samples');
	const x = Array.from({ length: samples }, () => direction(d, stream));
	const z = x.map((point) => Float64Array.from(weights, (w) => g(dot(point, w))));
	const normal = new Float64Array(n * n);
	for (const row of z)
		for (let i = 0; i < n; i++)
			for (let j = 0; j <= i; j++) normal[i * n + j]! += row[i]! * row[j]!;
	for (let i = 0; i < n; i++) normal[i * n + i]! += jitter;
	const factor = cholesky(normal);
	const matrix = overlaps(weights, k);
	const left = targetsOf(neuron, targets, seed).map((u) => {
		const right = new Float64Array(n);
		x.forEach((point, m) => {
			const y = g(dot(point, u));
			for (let i = 0; i < n; i++) right[i]! += y * z[m]![i]!;
		});
		const a = solveCholesky(factor, right);
		let error = k(1);
		for (let i = 0; i < n; i++)
			error += a[i]! * (dot(matrix.subarray(i * n, (i + 1) * n), a) - 2 * k(dot(u, weights[i]!)));
		return error;
	});
	return left.reduce((sum, v) => sum + v, 0) / left.length / k(1);
}
