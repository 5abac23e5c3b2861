/** Kernel ridge regression on the unit sphere of R^d, for all sample sizes at once. */
import { cholesky } from '#theory/cholesky.ts';
import type { Random } from '#theory/random.ts';

/** n uniform points of the unit sphere, shape [n, d]. */
export function drawSphere(n: number, d: number, { normal }: Random): Float64Array {
	const x = Float64Array.from({ length: n * d }, normal);
	for (let i = 0; i < n; i++) {
		const row = x.subarray(i * d, (i + 1) * d);
		const length = Math.hypot(...row);
		for (let c = 0; c < d; c++) row[c]! /= length;
	}
	return x;
}

/** K(x_i·z_j) for rows of x and z, shape [rows of x, rows of z]. */
export function kernelMatrix(
	x: Float64Array,
	z: Float64Array,
	d: number,
	k: (t: number) => number,
): Float64Array {
	const [rows, columns] = [x.length / d, z.length / d];
	const matrix = new Float64Array(rows * columns);
	for (let i = 0; i < rows; i++)
		for (let j = 0; j < columns; j++) {
			let t = 0;
			for (let c = 0; c < d; c++) t += x[i * d + c]! * z[j * d + c]!;
			matrix[i * columns + j] = k(t);
		}
	return matrix;
}

/** The factor L of K(X, X) + ρI, shape [n, n]; its first rows and columns are that of the first points. */
export function ridgeFactor(
	x: Float64Array,
	d: number,
	k: (t: number) => number,
	ridge: number,
): Float64Array {
	const matrix = kernelMatrix(x, x, d, k);
	const n = x.length / d;
	for (let i = 0; i < n; i++) matrix[i * n + i]! += ridge;
	return cholesky(matrix);
}

/** L⁻¹b by forward substitution. */
export function whiten(factor: Float64Array, b: Float64Array): Float64Array {
	const n = b.length;
	const u = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		let rest = b[i]!;
		const row = i * n;
		for (let j = 0; j < i; j++) rest -= factor[row + j]! * u[j]!;
		u[i] = rest / factor[row + i]!;
	}
	return u;
}

/**
 * k(x)ᵀ(K_n + ρI)⁻¹y_n for each n of the ascending `sizes`: with w = L⁻¹k(x) and u = L⁻¹y it is the sum of
 * the first n products w_iu_i.
 */
export function predictions(w: Float64Array, u: Float64Array, sizes: readonly number[]): number[] {
	let [sum, i] = [0, 0];
	return sizes.map((n) => {
		for (; i < n; i++) sum += w[i]! * u[i]!;
		return sum;
	});
}

/**
 * Spherical harmonics of degree 1, 2 and 3 with mean square 1 at a point of the unit sphere, in the
 * coordinates from number `from` on.
 */
export const harmonic = {
	1: (x: Float64Array, from: number) => Math.sqrt(x.length) * x[from]!,
	2: (x: Float64Array, from: number) =>
		Math.sqrt(x.length * (x.length + 2)) * x[from]! * x[from + 1]!,
	3: (x: Float64Array, from: number) =>
		Math.sqrt(x.length * (x.length + 2) * (x.length + 4)) * x[from]! * x[from + 1]! * x[from + 2]!,
} as const;
