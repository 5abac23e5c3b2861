/** Symmetric positive definite systems in float64; matrices are flat, row by row. */

/** X Xᵀ for X of shape [rows, length / rows]: the products of all pairs of rows, shape [rows, rows]. */
export function gram(x: Float64Array, rows: number): Float64Array {
	const d = x.length / rows;
	const products = new Float64Array(rows * rows);
	for (let i = 0; i < rows; i++)
		for (let j = 0; j <= i; j++) {
			const value = dot(x, i * d, x, j * d, d);
			products[i * rows + j] = value;
			products[j * rows + i] = value;
		}
	return products;
}

/**
 * The lower triangular L with L Lᵀ = A, shape [n, n]; only the lower triangle of A is read. Throws a
 * RangeError where A is not positive definite in float64.
 */
export function cholesky(matrix: Float64Array): Float64Array {
	const n = Math.sqrt(matrix.length);
	if (!Number.isInteger(n)) throw new RangeError(`${matrix.length} entries make no square matrix`);
	const factor = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let j = 0; j <= i; j++) {
			const rest = matrix[i * n + j]! - dot(factor, i * n, factor, j * n, j);
			if (i !== j) factor[i * n + j] = rest / factor[j * n + j]!;
			else if (rest > 0) factor[i * n + i] = Math.sqrt(rest);
			else throw new RangeError(`the matrix is not positive definite: pivot ${i + 1} is ${rest}`);
		}
	return factor;
}

/** Solves L Lᵀ x = b for the factor L of `cholesky`; b has shape [n]. */
export function solveCholesky(factor: Float64Array, b: Float64Array): Float64Array {
	const n = b.length;
	const x = Float64Array.from(b);
	for (let i = 0; i < n; i++) x[i] = (x[i]! - dot(factor, i * n, x, 0, i)) / factor[i * n + i]!;
	for (let i = n - 1; i >= 0; i--) {
		const value = (x[i]! /= factor[i * n + i]!);
		for (let j = 0; j < i; j++) x[j]! -= factor[i * n + j]! * value;
	}
	return x;
}

function dot(a: Float64Array, from: number, b: Float64Array, start: number, count: number): number {
	let [s0, s1, s2, s3] = [0, 0, 0, 0];
	let k = 0;
	for (; k + 3 < count; k += 4) {
		s0 += a[from + k]! * b[start + k]!;
		s1 += a[from + k + 1]! * b[start + k + 1]!;
		s2 += a[from + k + 2]! * b[start + k + 2]!;
		s3 += a[from + k + 3]! * b[start + k + 3]!;
	}
	for (; k < count; k++) s0 += a[from + k]! * b[start + k]!;
	return s0 + s1 + (s2 + s3);
}
