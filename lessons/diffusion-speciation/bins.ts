/** A swarm, counted in bins along m and across. */
import { densityAlong, lengthOf, potential, type Mixture } from './mixture.ts';

const count = 48;

/** Middles of the bins along m, 4 deviations beyond the classes on either side, and their width. */
export function binsFor(mixture: Mixture): { middles: number[]; width: number } {
	const end = lengthOf(mixture) + 4 * Math.max(1, mixture.s);
	const width = (2 * end) / count;
	return { middles: Array.from({ length: count }, (_, i) => -end + (i + 0.5) * width), width };
}

/** The mean of p_t over each bin, by Simpson's rule on four intervals. */
export function meanDensities(mixture: Mixture, t: number): number[] {
	const { middles, width } = binsFor(mixture);
	const rule = [1, 4, 2, 4, 1];
	return middles.map((u) =>
		rule.reduce(
			(sum, weight, k) => sum + (weight / 12) * densityAlong(mixture, t, u + ((k - 2) / 4) * width),
			0,
		),
	);
}

/** −log of the mean density of each bin; that of the middle in the far tails, where it would be infinite. */
export function binnedPotential(mixture: Mixture, t: number): number[] {
	const { middles } = binsFor(mixture);
	return meanDensities(mixture, t).map((p, i) =>
		p > 1e-300 ? -Math.log(p) : potential(mixture, t, middles[i]!),
	);
}

/** How many of the values fall into each of the equal bins around these middles. */
export function counted(values: Float64Array, middles: readonly number[], width: number): number[] {
	const counts = middles.map(() => 0);
	const start = middles[0]! - width / 2;
	for (const value of values) {
		const bin = Math.floor((value - start) / width);
		if (bin >= 0 && bin < counts.length) counts[bin]!++;
	}
	return counts;
}

/** Counts of pairs over the bins of both axes, row by row from the lowest v up. */
export function countedPairs(
	u: Float64Array,
	v: Float64Array,
	across: { middles: readonly number[]; width: number },
	up: { middles: readonly number[]; width: number },
): number[] {
	const columns = across.middles.length;
	const counts = new Array<number>(columns * up.middles.length).fill(0);
	const place = (
		value: number,
		{ middles, width }: { middles: readonly number[]; width: number },
	) => Math.floor((value - middles[0]!) / width + 0.5);
	u.forEach((value, i) => {
		const [column, row] = [place(value, across), place(v[i]!, up)];
		if (column >= 0 && column < columns && row >= 0 && row < up.middles.length)
			counts[row * columns + column]!++;
	});
	return counts;
}
