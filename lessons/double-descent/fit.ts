/** The least-squares fits themselves, in float64; what theory predicts never sees them. */
import type { Random } from '#theory/random.ts';

/** Inputs X, shape [n, D], and targets y, shape [n]; the true weights are all 1/√D. */
export interface Sample {
	readonly n: number;
	readonly dimension: number;
	readonly x: Float64Array;
	readonly y: Float64Array;
}

export function drawSample(
	{ n, dimension, noise }: { n: number; dimension: number; noise: number },
	{ normal }: Random,
): Sample {
	const x = Float64Array.from({ length: n * dimension }, normal);
	const y = Float64Array.from({ length: n }, (_, i) => {
		let sum = 0;
		for (let j = 0; j < dimension; j++) sum += x[i * dimension + j]!;
		return sum / Math.sqrt(dimension) + Math.sqrt(noise) * normal();
	});
	return { n, dimension, x, y };
}

/** The first p columns of X, shape [n, p]. */
export function firstColumns({ n, dimension, x }: Sample, p: number): Float64Array {
	const part = new Float64Array(n * p);
	for (let i = 0; i < n; i++) part.set(x.subarray(i * dimension, i * dimension + p), i * p);
	return part;
}

/** The risk of weights b on the first coordinates, noise of the new point included: exact, as x ~ N(0, I). */
export function riskOf(
	b: ArrayLike<number>,
	{ dimension, noise }: { dimension: number; noise: number },
	count = b.length,
): number {
	const truth = 1 / Math.sqrt(dimension);
	let sum = noise + (dimension - count) * truth ** 2;
	for (let i = 0; i < count; i++) sum += (b[i]! - truth) ** 2;
	return sum;
}
