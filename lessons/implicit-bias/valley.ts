/** The loss over the plane of weights, turned so that ŵ points to the right, with the path of a run left blank. */
import type { Grid } from '#contract';
import type { Plane, Separator } from './margin.ts';
import { logLossAt, type LossName, type Standing } from './separable.ts';

const columns = 61;
const rows = 41;
/** Lengths of ŵ that the picture shows, and how far to either side. */
const length = 12;
const side = 4;

export function valley(
	{ z, separator }: { z: Float64Array; separator: Separator },
	loss: LossName,
	path: readonly Standing[],
): Grid {
	const norm = Math.hypot(...separator.w);
	const [c, s] = [separator.w[0] / norm, separator.w[1] / norm];
	const x = Array.from({ length: columns }, (_, i) => (i * length) / (columns - 1) - 0.5);
	const y = Array.from({ length: rows }, (_, j) => (2 * side * j) / (rows - 1) - side);
	const values = y.flatMap((across) =>
		x.map((along) => {
			const w: Plane = [c * along - s * across, s * along + c * across];
			return logLossAt(z, w, loss) / Math.LN10;
		}),
	);
	for (const { w } of path) {
		const [along, across] = [c * w[0] + s * w[1], c * w[1] - s * w[0]];
		const i = Math.round(((along + 0.5) * (columns - 1)) / length);
		const j = Math.round(((across + side) * (rows - 1)) / (2 * side));
		if (i >= 0 && i < columns && j >= 0 && j < rows) values[j * columns + i] = NaN;
	}
	return { x, y, values };
}
