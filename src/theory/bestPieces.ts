import { memo } from '#theory/memo.ts';

/**
 * The least mean square distance of `values`, equally spaced samples, from any function that is affine
 * on each of at most p = 1 … most runs of neighbours and may jump between them: entry p − 1. Dynamic
 * programming over the ends of the runs; every function of p affine pieces is among them.
 */
export const bestPieces = memo(
	({ values, most }: { readonly values: readonly number[]; readonly most: number }): number[] => {
		const n = values.length;
		const fit = fitErrors(values);
		/** Of the run start ≤ i < end, at start · (n + 1) + end. */
		const cost = new Float64Array(n * (n + 1));
		for (let start = 0; start < n; start++)
			for (let end = start + 1; end <= n; end++) cost[start * (n + 1) + end] = fit(start, end);
		let best = cost.slice(0, n + 1);
		const errors = [(best[n] as number) / n];
		for (let p = 2; p <= most; p++) {
			const before = best;
			best = before.slice();
			for (let start = 1; start < n; start++)
				for (let end = start + 1; end <= n; end++) {
					const total = (before[start] as number) + (cost[start * (n + 1) + end] as number);
					if (total < (best[end] as number)) best[end] = total;
				}
			errors.push((best[n] as number) / n);
		}
		return errors;
	},
);

/** Squared error of the least-squares line through samples start ≤ i < end, from prefix sums. */
function fitErrors(values: readonly number[]): (start: number, end: number) => number {
	const sums = [(i: number) => at(i), (i: number) => i * at(i), (i: number) => at(i) ** 2].map(
		prefix,
	);
	function at(i: number): number {
		return values[i] as number;
	}
	function prefix(f: (i: number) => number): Float64Array {
		const sum = new Float64Array(values.length + 1);
		values.forEach((_, i) => (sum[i + 1] = (sum[i] as number) + f(i)));
		return sum;
	}
	const [y, iy, yy] = sums as [Float64Array, Float64Array, Float64Array];
	return (start, end) => {
		const m = end - start;
		if (m <= 2) return 0;
		const between = (sum: Float64Array) => (sum[end] as number) - (sum[start] as number);
		const middle = start + (m - 1) / 2;
		const covariance = between(iy) - middle * between(y);
		const square = (m * (m * m - 1)) / 12;
		return Math.max(0, between(yy) - between(y) ** 2 / m - covariance ** 2 / square);
	};
}
