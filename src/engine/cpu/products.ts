/**
 * The three matrix products of a dense layer, row-major, float64, each written so that the innermost
 * loop runs over neighbours in memory. A has n rows, B has m rows; `factor` multiplies the result.
 */

/** out[n,m] = factor · A[n,k] B[m,k]ᵀ: forward. */
export function timesTransposed(
	out: Float64Array,
	a: Float64Array,
	b: Float64Array,
	[n, m, k]: readonly [number, number, number],
	factor: number,
): void {
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < m; j++) {
			let sum = 0;
			for (let p = i * k, q = j * k, end = p + k; p < end; p++, q++) {
				sum += (a[p] as number) * (b[q] as number);
			}
			out[i * m + j] = factor * sum;
		}
	}
}

/** out[n,k] = factor · A[n,m] B[m,k]: backward, to the layer below; rows of B may be longer, `stride`. */
export function times(
	out: Float64Array,
	a: Float64Array,
	b: Float64Array,
	[n, m, k]: readonly [number, number, number],
	factor: number,
	stride = k,
): void {
	out.fill(0);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < m; j++) {
			addMultiple(out, i * k, b, j * stride, k, factor * (a[i * m + j] as number));
		}
	}
}

/** out[m,k] = factor · A[n,m]ᵀ B[n,k]: the gradient, summed over samples. */
export function transposedTimes(
	out: Float64Array,
	a: Float64Array,
	b: Float64Array,
	[n, m, k]: readonly [number, number, number],
	factor: number,
): void {
	out.fill(0);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < m; j++) {
			addMultiple(out, j * k, b, i * k, k, factor * (a[i * m + j] as number));
		}
	}
}

/** target[at … at+k] += factor · source[from … from+k] */
function addMultiple(
	target: Float64Array,
	at: number,
	source: Float64Array,
	from: number,
	k: number,
	factor: number,
): void {
	for (let p = 0; p < k; p++) {
		target[at + p] = (target[at + p] as number) + factor * (source[from + p] as number);
	}
}
