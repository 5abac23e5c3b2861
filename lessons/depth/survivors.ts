import { ensemble, type Curve } from '#contract';

/**
 * The curve of an ensemble in which training may have blown up: mean and band are those of the seeds
 * that are finite, while `each` keeps all, so that the lost ones are counted as outside.
 */
export function survivors(x: readonly number[], each: readonly (readonly number[])[]): Curve {
	const columns = x.map((at, i) => {
		const finite = each.map((row) => [row[i]!]).filter(([v]) => Number.isFinite(v));
		return ensemble([at], finite);
	});
	return {
		x,
		y: columns.map(({ y }) => y[0]!),
		low: columns.map(({ low }) => low![0]!),
		high: columns.map(({ high }) => high![0]!),
		each,
	};
}
