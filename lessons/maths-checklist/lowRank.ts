/** The best approximation of a matrix by one of rank r. (Eckart & Young 1936.) */
import { gram } from '#theory/cholesky.ts';
import { symmetricEigen } from '#theory/eigen.ts';

/** Singular values of A, shape [rows, length / rows] with rows ≤ columns, in descending order. */
export function singularValues(a: Float64Array, rows: number): Float64Array {
	const { values } = symmetricEigen(gram(a, rows));
	return values.map((v) => Math.sqrt(Math.max(0, v))).reverse();
}

/** √(Σ_{i>r} s_i²): no matrix of rank r is nearer to A, in the Frobenius norm, than this. */
export function leastError(singular: Float64Array, r: number): number {
	return Math.hypot(...singular.subarray(r));
}
