/** Random features fitted by least squares, float64; their risk over the sphere in closed form. */
import { kappa1 } from '#theory/arcCosine.ts';
import { logGamma } from '#theory/incompleteBeta.ts';
import { ridgeFits } from '#theory/leastSquares.ts';
import type { Random } from '#theory/random.ts';

export interface Drawn {
	readonly d: number;
	readonly n: number;
	/** θ, shape [features, d], each of length √d. */
	readonly theta: Float64Array;
	/** relu(θ·x/√d) − 1/√(2π) on the training points, shape [features, n]. */
	readonly values: Float64Array;
	/** E z_j z_k of the features over the sphere, row j of length j + 1. */
	readonly moments: readonly Float64Array[];
	/** Targets x·e₁ + noise, shape [n]. */
	readonly y: Float64Array;
}

const centre = 1 / Math.sqrt(2 * Math.PI);

export function drawFeatures(
	{ d, n, features, noise }: { d: number; n: number; features: number; noise: number },
	{ normal }: Random,
): Drawn {
	const onSphere = (count: number) => {
		const points = Float64Array.from({ length: count * d }, normal);
		for (let i = 0; i < count; i++) {
			const point = points.subarray(i * d, (i + 1) * d);
			const scale = Math.sqrt(d / point.reduce((sum, v) => sum + v * v, 0));
			for (let c = 0; c < d; c++) point[c]! *= scale;
		}
		return points;
	};
	const x = onSphere(n);
	const y = Float64Array.from({ length: n }, (_, i) => x[i * d]! + Math.sqrt(noise) * normal());
	const theta = onSphere(features);
	const values = new Float64Array(features * n);
	for (let j = 0; j < features; j++)
		for (let i = 0; i < n; i++)
			values[j * n + i] = Math.max(0, dot(theta, j, x, i, d) / Math.sqrt(d)) - centre;
	return { d, n, theta, values, moments: secondMoments(theta, d), y };
}

/**
 * Fits on the first `count` features for each λ, penalty (count λ/d)|a|² beside the mean square, and
 * their excess risk E (x·e₁ − f̂(x))² over the sphere.
 */
export function featureRisks(
	{ d, n, theta, values, moments, y }: Drawn,
	count: number,
	lambdas: readonly number[],
): { risk: number; weights: Float64Array }[] {
	const z = new Float64Array(n * count);
	for (let j = 0; j < count; j++) for (let i = 0; i < n; i++) z[i * count + j] = values[j * n + i]!;
	const mus = lambdas.map((lambda) => (n * count * lambda) / d);
	return ridgeFits(z, y, mus).map((a) => {
		// E (x·e₁ − a·z)² = 1 − 2 a·v + aᵀUa, v_j = θ_j1/(2√d), U the moments.
		let risk = 1;
		for (let j = 0; j < count; j++) {
			const row = moments[j]!;
			let sum = (row[j]! * a[j]!) / 2 - theta[j * d]! / (2 * Math.sqrt(d));
			for (let k = 0; k < j; k++) sum += row[k]! * a[k]!;
			risk += 2 * a[j]! * sum;
		}
		return { risk, weights: a };
	});
}

/**
 * relu is homogeneous, so its second moments over the sphere are the Gaussian ones, E relu relu′ = κ₁/2
 * and E x₁ relu = θ₁/(2√d); its mean is the Gaussian one over E|g|/√d.
 */
function secondMoments(theta: Float64Array, d: number): Float64Array[] {
	const length = Math.SQRT2 * Math.exp(logGamma((d + 1) / 2) - logGamma(d / 2));
	const mean = (centre * Math.sqrt(d)) / length;
	const shift = centre ** 2 - 2 * centre * mean;
	return Array.from({ length: theta.length / d }, (_, j) =>
		Float64Array.from(
			{ length: j + 1 },
			(_, k) => kappa1(dot(theta, j, theta, k, d) / d) / 2 + shift,
		),
	);
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, d: number): number {
	let sum = 0;
	for (let c = 0; c < d; c++) sum += a[i * d + c]! * b[j * d + c]!;
	return sum;
}
