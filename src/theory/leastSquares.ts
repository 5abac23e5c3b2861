/** Least squares in float64; matrices are flat, row by row. */
import { cholesky, gram, solveCholesky } from './cholesky.ts';

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
