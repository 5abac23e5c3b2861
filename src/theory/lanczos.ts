import { symmetricEigen } from './eigen.ts';

export interface Top {
	/** The largest Ritz value. */
	readonly value: number;
	/** Its vector, of length 1: where the next search may start. */
	readonly vector: Float64Array;
}

/**
 * The largest eigenvalue of a symmetric operator, from below, by at most `products` steps of Lanczos
 * with full re-orthogonalisation from `start`; it stops when the value has settled to `precision`,
 * relatively. A warm start, the vector found a few training steps ago, saves most of the products.
 * Throws a RangeError if `start` is 0 or not finite.
 */
export function largestEigenvalue(
	multiply: (v: Float64Array) => Float64Array,
	start: Float64Array,
	products: number,
	precision = 1e-6,
): Top {
	let length = norm(start);
	if (!(length > 0 && length < Infinity))
		throw new RangeError('Lanczos needs a start that is finite and not 0');
	const basis: Float64Array[] = [];
	const diagonal: number[] = [];
	const beside: number[] = [];
	let v = start;
	let top = { value: NaN, coordinates: new Float64Array() };
	for (let k = 0; k < Math.min(products, start.length); k++) {
		const unit = v.map((value) => value / length);
		basis.push(unit);
		const w = multiply(unit);
		diagonal.push(dot(w, unit));
		for (let pass = 0; pass < 2; pass++) for (const b of basis) subtract(w, b, dot(w, b));
		const before = top.value;
		top = largest(diagonal, beside);
		if (!Number.isFinite(top.value)) break;
		if (Math.abs(top.value - before) <= precision * Math.abs(top.value)) break;
		length = norm(w);
		if (length <= 1e-12 * Math.abs(top.value)) break;
		beside.push(length);
		v = w;
	}
	const vector = new Float64Array(start.length);
	basis.forEach((b, k) => subtract(vector, b, -(top.coordinates[k] ?? 0)));
	return { value: top.value, vector };
}

/** Top eigenpair of a symmetric tridiagonal matrix. */
function largest(diagonal: readonly number[], beside: readonly number[]) {
	const n = diagonal.length;
	const matrix = new Float64Array(n * n);
	diagonal.forEach((value, i) => (matrix[i * n + i] = value));
	for (let i = 0; i + 1 < n; i++)
		matrix[i * n + i + 1] = matrix[(i + 1) * n + i] = beside[i] ?? NaN;
	if (!matrix.every(Number.isFinite)) return { value: NaN, coordinates: new Float64Array(n) };
	const { values, vectors } = symmetricEigen(matrix);
	return { value: values[n - 1]!, coordinates: vectors.slice((n - 1) * n) };
}

function subtract(target: Float64Array, b: Float64Array, times: number): void {
	for (let i = 0; i < target.length; i++) target[i] = target[i]! - times * b[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

function norm(v: Float64Array): number {
	return Math.sqrt(dot(v, v));
}
