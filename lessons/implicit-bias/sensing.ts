/**
 * Matrix sensing: a positive semidefinite X* of shape [d, d] is seen through m numbers b_k = ⟨A_k, X*⟩ and
 * looked for as UUᵀ with U of full size. Symmetric matrices are kept as their lower triangle, row by row.
 */
import { cholesky, gram, solveCholesky } from '#theory/cholesky.ts';
import { random, type Random } from '#theory/random.ts';

/** Rows of X*. */
export const size = 20;
/** Free entries of a symmetric matrix. */
export const entries = (size * (size + 1)) / 2;

export interface Sensing {
	/** X*, and its orthonormal eigenvectors with eigenvalue above 0, one row each. */
	readonly truth: Float64Array;
	readonly vectors: readonly Float64Array[];
	/**
	 * The A_k as lower triangles, entries off the diagonal times √2, so that dot products are those of
	 * matrices: shape [m, d(d + 1)/2]. Null where every entry of X* is seen.
	 */
	readonly measurements: Float64Array | null;
}

/** Orthonormal rows, as many as asked for, by Gram and Schmidt. */
function orthonormal(count: number, { normal }: Random): Float64Array[] {
	const rows: Float64Array[] = [];
	while (rows.length < count) {
		let v = Float64Array.from({ length: size }, normal);
		for (const row of rows) {
			const along = v.reduce((sum, x, i) => sum + x * row[i]!, 0);
			v = v.map((x, i) => x - along * row[i]!);
		}
		const length = Math.hypot(...v);
		rows.push(v.map((x) => x / length));
	}
	return rows;
}

/** Calls back for every entry of a lower triangle with its factor, 1 on the diagonal and √2 off it. */
function eachEntry(visit: (i: number, j: number, at: number, factor: number) => void): void {
	let at = 0;
	for (let i = 0; i < size; i++)
		for (let j = 0; j <= i; j++) visit(i, j, at++, i === j ? 1 : Math.SQRT2);
}

/** X* with the given eigenvalues in random directions, and m symmetric Gaussian A with E⟨A, Z⟩² = |Z|²; m = ∞ sees all. */
export function drawSensing(eigenvalues: readonly number[], m: number, seed: number): Sensing {
	const stream = random(seed, 'implicit-bias/sensing');
	const vectors = orthonormal(eigenvalues.length, stream);
	const truth = new Float64Array(entries);
	eachEntry((i, j, at, factor) => {
		truth[at] = factor * vectors.reduce((sum, v, r) => sum + eigenvalues[r]! * v[i]! * v[j]!, 0);
	});
	if (m === Infinity) return { truth, vectors, measurements: null };
	// In these coordinates a symmetric Gaussian matrix has independent standard normal entries.
	const measurements = Float64Array.from({ length: m * entries }, stream.normal);
	return { truth, vectors, measurements };
}

/** UUᵀ as a scaled lower triangle. */
export function squareOf(u: Float64Array): Float64Array {
	const x = new Float64Array(entries);
	eachEntry((i, j, at, factor) => {
		let sum = 0;
		for (let k = 0; k < size; k++) sum += u[i * size + k]! * u[j * size + k]!;
		x[at] = factor * sum;
	});
	return x;
}

/** a I */
export function startOf(a: number): Float64Array {
	return Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? a : 0));
}

/** (1/m) Σ ⟨A_k, E⟩ A_k for E = X − X*: E itself where every entry is seen. */
function seen({ truth, measurements }: Sensing, x: Float64Array): Float64Array {
	const error = x.map((value, at) => value - truth[at]!);
	if (!measurements) return error;
	const m = measurements.length / entries;
	const sum = new Float64Array(entries);
	for (let k = 0; k < m; k++) {
		const from = k * entries;
		let product = 0;
		for (let at = 0; at < entries; at++) product += measurements[from + at]! * error[at]!;
		product /= m;
		for (let at = 0; at < entries; at++) sum[at]! += product * measurements[from + at]!;
	}
	return sum;
}

/** One step in place, U ← U − η G U with G = (1/m) Σ ⟨A_k, UUᵀ − X*⟩ A_k. */
export function sensingStep(u: Float64Array, problem: Sensing, stepSize: number): void {
	const lower = seen(problem, squareOf(u));
	const g = new Float64Array(size * size);
	eachEntry((i, j, at, factor) => {
		g[i * size + j] = g[j * size + i] = (stepSize * lower[at]!) / factor;
	});
	const old = u.slice();
	for (let i = 0; i < size; i++)
		for (let k = 0; k < size; k++) {
			const pull = g[i * size + k]!;
			for (let j = 0; j < size; j++) u[i * size + j]! -= pull * old[k * size + j]!;
		}
}

/** |UUᵀ − X*|, the Frobenius norm. */
export function errorOf(u: Float64Array, { truth }: Sensing): number {
	return Math.sqrt(squareOf(u).reduce((sum, v, at) => sum + (v - truth[at]!) ** 2, 0));
}

/** vᵀUUᵀv = |Uᵀv|² */
export function along(u: Float64Array, v: Float64Array): number {
	let sum = 0;
	for (let k = 0; k < size; k++) {
		let entry = 0;
		for (let i = 0; i < size; i++) entry += u[i * size + k]! * v[i]!;
		sum += entry * entry;
	}
	return sum;
}

/** A scaled lower triangle as a full matrix. */
export function full(lower: Float64Array): Float64Array {
	const matrix = new Float64Array(size * size);
	eachEntry((i, j, at, factor) => {
		matrix[i * size + j] = matrix[j * size + i] = lower[at]! / factor;
	});
	return matrix;
}

/** The error of the symmetric matrix of least norm that meets all measurements: |X*| off their span. */
export function leastNormError({ truth, measurements }: Sensing): number {
	if (!measurements) return 0;
	const m = measurements.length / entries;
	const b = Float64Array.from({ length: m }, (_, k) =>
		truth.reduce((sum, v, at) => sum + v * measurements[k * entries + at]!, 0),
	);
	if (m >= entries) return 0;
	const weights = solveCholesky(cholesky(gram(measurements, m)), b);
	const within = b.reduce((sum, v, k) => sum + v * weights[k]!, 0);
	const whole = truth.reduce((sum, v) => sum + v * v, 0);
	return Math.sqrt(Math.max(0, whole - within));
}
