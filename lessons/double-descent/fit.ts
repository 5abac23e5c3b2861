/** The least-squares fits themselves, in float64; what theory predicts never sees them. */
import { cholesky, gram, solveCholesky } from '#theory/cholesky.ts';
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

/** Xᵀ of X with shape [rows, length / rows]. */
export function transpose(x: Float64Array, rows: number): Float64Array {
	const columns = x.length / rows;
	const result = new Float64Array(x.length);
	for (let i = 0; i < rows; i++)
		for (let j = 0; j < columns; j++) result[j * rows + i] = x[i * columns + j]!;
	return result;
}

/** Xᵀ v for X of shape [v.length, p]. */
export function transposedTimes(x: Float64Array, v: Float64Array): Float64Array {
	const p = x.length / v.length;
	const result = new Float64Array(p);
	for (let i = 0; i < v.length; i++)
		for (let j = 0; j < p; j++) result[j]! += x[i * p + j]! * v[i]!;
	return result;
}

/**
 * Solves argmin |y − Xb|² + μ|b|² for several μ, X of shape [n, p]; μ = 0 is the fit of least norm.
 * Cholesky on the smaller of the two Gram matrices.
 */
export function ridgeFits(
	x: Float64Array,
	y: Float64Array,
	mus: readonly number[],
): Float64Array[] {
	const n = y.length;
	const p = x.length / n;
	const tall = p <= n;
	const side = tall ? p : n;
	const products = gram(tall ? transpose(x, n) : x, side);
	const right = tall ? transposedTimes(x, y) : y;
	return mus.map((mu) => {
		const shifted = Float64Array.from(products);
		for (let i = 0; i < side; i++) shifted[i * side + i]! += mu;
		const solution = solveCholesky(cholesky(shifted), right);
		return tall ? solution : transposedTimes(x, solution);
	});
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
