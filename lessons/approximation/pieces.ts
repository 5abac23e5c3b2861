/** The floor under every network: the best straight pieces through N points, joined or not. */

/**
 * Least mean square error on the points (x_i, y_i), x ascending, of 1, 2, …, `most` straight pieces that
 * need not join, by dynamic programming over where a piece begins (Bellman 1961). A network of m rectifiers
 * has at most m + 1 pieces, so none can go below entry m (counted from 0), however it is trained.
 */
export function bestPieces(x: readonly number[], y: readonly number[], most: number): number[] {
	const n = x.length;
	const cost = segmentCosts(x, y);
	let best = Float64Array.from({ length: n }, (_, end) => cost[end]!);
	const floors = [best[n - 1]! / n];
	for (let pieces = 2; pieces <= most; pieces++) {
		const next = Float64Array.from(best);
		for (let end = 1; end < n; end++)
			for (let from = 1; from <= end; from++) {
				const total = best[from - 1]! + cost[from * n + end]!;
				if (total < next[end]!) next[end] = total;
			}
		best = next;
		floors.push(best[n - 1]! / n);
	}
	return floors;
}

/** cost[i · n + j]: the sum of squares that the best line through the points i … j misses. */
function segmentCosts(x: readonly number[], y: readonly number[]): Float64Array {
	const n = x.length;
	const cost = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		// Means and centred moments, updated point by point: no large sums cancel.
		let [mx, my, sxx, sxy, syy] = [0, 0, 0, 0, 0];
		for (let j = i; j < n; j++) {
			const count = j - i + 1;
			const [dx, dy] = [x[j]! - mx, y[j]! - my];
			mx += dx / count;
			my += dy / count;
			sxx += dx * (x[j]! - mx);
			sxy += dx * (y[j]! - my);
			syy += dy * (y[j]! - my);
			cost[i * n + j] = sxx > 0 ? Math.max(0, syy - sxy ** 2 / sxx) : 0;
		}
	}
	return cost;
}
