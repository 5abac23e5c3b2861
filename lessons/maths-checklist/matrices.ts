/** Random matrices, and what is read off their spectra; flat, row by row. */
import { cholesky, gram } from '#theory/cholesky.ts';
import { symmetricEigen } from '#theory/eigen.ts';
import { largestEigenvalue } from '#theory/lanczos.ts';
import type { Random } from '#theory/random.ts';
import { drawEntry } from './entries.ts';

/** A matrix of shape [rows, columns] with independent entries. */
export function drawMatrix(
	rows: number,
	columns: number,
	entries: string,
	random: Random,
): Float64Array {
	return Float64Array.from({ length: rows * columns }, () => drawEntry(entries, random));
}

/** Those eigenvalues of XᵀX/n that need not be zero, X given as its transpose of shape [p, n]. */
export function covarianceSpectrum(transposed: Float64Array, p: number): Float64Array {
	const n = transposed.length / p;
	const small = p <= n ? gram(transposed, p) : gram(flipped(transposed, p), n);
	return symmetricEigen(small.map((v) => v / n)).values;
}

function flipped(a: Float64Array, rows: number): Float64Array {
	const columns = a.length / rows;
	return Float64Array.from(a, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!);
}

/** (1/p) tr (XᵀX/n)⁻¹ for p < n: with XᵀX = LLᵀ it is the sum of squares of L⁻¹. */
export function inverseTrace(transposed: Float64Array, p: number): number {
	const n = transposed.length / p;
	const factor = cholesky(gram(transposed, p));
	const column = new Float64Array(p);
	let sum = 0;
	for (let j = 0; j < p; j++) {
		for (let i = j; i < p; i++) {
			let value = i === j ? 1 : 0;
			for (let k = j; k < i; k++) value -= factor[i * p + k]! * column[k]!;
			column[i] = value / factor[i * p + i]!;
			sum += column[i]! ** 2;
		}
	}
	return (sum * n) / p;
}

/** Eigenvalues of (Z + Zᵀ)/√(2n), ascending. */
export function wignerSpectrum(z: Float64Array): Float64Array {
	const n = Math.sqrt(z.length);
	const scale = 1 / Math.sqrt(2 * n);
	const symmetric = z.map((v, i) => scale * (v + z[(i % n) * n + Math.floor(i / n)]!));
	return symmetricEigen(symmetric).values;
}

/** The top of XᵀX/n and the squared cosine between its eigenvector and the first axis, X of shape [n, p] given row by row. */
export function topOfCovariance(
	x: Float64Array,
	p: number,
	start: Float64Array,
): { top: number; overlap: number } {
	const n = x.length / p;
	const multiply = (v: Float64Array) => {
		const result = new Float64Array(p);
		for (let i = 0; i < n; i++) {
			let sum = 0;
			for (let j = 0, at = i * p; j < p; j++, at++) sum += x[at]! * v[j]!;
			for (let j = 0, at = i * p; j < p; j++, at++) result[j] = result[j]! + (x[at]! * sum) / n;
		}
		return result;
	};
	const { value, vector } = largestEigenvalue(multiply, start, 100, 1e-7);
	return { top: value, overlap: vector[0]! ** 2 };
}
