/** Points, labels and random features of the figures "labels" and "floor": all that a seed draws. */
import { random, type Random } from '#theory/random.ts';

/** Dimension of the points. */
export const d = 16;

/** `count` points on the sphere of radius √d, shape [count, d]. */
export function spherePoints(count: number, { normal }: Random): Float64Array {
	const x = Float64Array.from({ length: count * d }, normal);
	for (let i = 0; i < count; i++) {
		const row = x.subarray(i * d, (i + 1) * d);
		const length = Math.hypot(...row);
		row.forEach((v, k) => (row[k] = (v * Math.sqrt(d)) / length));
	}
	return x;
}

export interface Sample {
	/** Shape [N, d]. */
	readonly x: Float64Array;
	/** sign x₁, the true label. */
	readonly truth: Float64Array;
}

/** N points of a seed and their true labels; each point stands there `copies` times. */
export function drawSample(n: number, copies: number, seed: number): Sample {
	const distinct = spherePoints(Math.ceil(n / copies), random(seed, 'memorization/points'));
	const x = new Float64Array(n * d);
	for (let i = 0; i < n; i++) {
		const from = Math.floor(i / copies) * d;
		x.set(distinct.subarray(from, from + d), i * d);
	}
	return { x, truth: trueLabels(x) };
}

/** sign x₁ of points of shape [count, d]. */
export function trueLabels(x: Float64Array): Float64Array {
	return Float64Array.from({ length: x.length / d }, (_, i) => (x[i * d]! > 0 ? 1 : -1));
}

/** Labels of which each is replaced by a fair coin, ±1, with probability `corruption`. */
export function corrupted(
	truth: Float64Array,
	corruption: number,
	{ uniform }: Random,
): Float64Array {
	return truth.map((label) => {
		const [hit, coin] = [uniform() < corruption, uniform() < 0.5 ? 1 : -1];
		return hit ? coin : label;
	});
}

/**
 * Centred random features relu(V x)/√m minus their mean over the sample, V standard normal over √d;
 * shape [N, m]. More features extend fewer but for the factor 1/√m.
 */
export function centredFeatures({ x }: Sample, m: number, seed: number): Float64Array {
	const n = x.length / d;
	const { normal } = random(seed, 'memorization/features');
	const features = new Float64Array(n * m);
	const v = new Float64Array(d);
	for (let j = 0; j < m; j++) {
		for (let k = 0; k < d; k++) v[k] = normal() / Math.sqrt(d);
		let mean = 0;
		for (let i = 0; i < n; i++) {
			let z = 0;
			for (let k = 0; k < d; k++) z += v[k]! * x[i * d + k]!;
			features[i * m + j] = Math.max(0, z);
			mean += Math.max(0, z) / n;
		}
		for (let i = 0; i < n; i++) features[i * m + j] = (features[i * m + j]! - mean) / Math.sqrt(m);
	}
	return features;
}

/** K = ΦΦᵀ/N, shape [N, N], of features of shape [N, m]. */
export function kernelOf(features: Float64Array, m: number): Float64Array {
	const n = features.length / m;
	const kernel = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let k = 0; k <= i; k++) {
			let sum = 0;
			for (let j = 0; j < m; j++) sum += features[i * m + j]! * features[k * m + j]!;
			kernel[i * n + k] = kernel[k * n + i] = sum / n;
		}
	return kernel;
}
