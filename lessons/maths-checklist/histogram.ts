/** Histograms as densities. */

/** Edges of bins that are equally wide. */
export function edges(low: number, high: number, bins: number): number[] {
	return Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
}

/** The middles of bins. */
export function middles(at: readonly number[]): number[] {
	return at.slice(1).map((high, i) => (high + at[i]!) / 2);
}

/** The mean density in each bin, from a distribution function. */
export function meanDensity(at: readonly number[], cdf: (x: number) => number): number[] {
	return at.slice(1).map((high, i) => (cdf(high) - cdf(at[i]!)) / (high - at[i]!));
}

/** How many values lie in each of these bins of equal width, over the width and `total`. */
export function histogram(
	at: readonly number[],
	values: Iterable<number>,
	total: number,
): number[] {
	const bins = at.length - 1;
	const [low, width] = [at[0]!, (at[bins]! - at[0]!) / bins];
	const counts = new Array<number>(bins).fill(0);
	for (const value of values) {
		const bin = Math.floor((value - low) / width);
		if (bin >= 0 && bin < bins) counts[bin]!++;
	}
	return counts.map((count) => count / (width * total));
}
