import { contours } from 'd3';
import { thinned, type Grid, type Picture } from '#contract';
import type { Cells } from './cells.ts';
import { colourScale } from './colourScale.ts';
import { linearTicks, logTicks } from './ticks.ts';

export interface IsoLine {
	readonly level: number;
	readonly stroke: string;
	/** Path in pixels. */
	readonly d: string;
}

/** Fewer values a side draw no line worth the name, and more than this many only a longer one. */
const fewest = 8;
const most = 101;

/** Lines of equal magnitude at round levels; none where only whole places have a value. */
export function isoLines(picture: Picture, whole: Grid, x: Cells, y: Cells): IsoLine[] {
	const { colour } = picture;
	if (colour.kind !== 'magnitude' || picture.x.discrete || picture.y.discrete) return [];
	if (Math.min(whole.x.length, whole.y.length) < fewest) return [];
	const grid = thinned(whole, most);
	const { domain, scale, place } = colourScale(picture, whole);
	const { values: levels } = (scale === 'log' ? logTicks : linearTicks)([...domain], 9);
	const lines = contours().size([grid.x.length, grid.y.length]);
	// Between powers of ten a logarithm is read between two values as well.
	const values = grid.values.map(place);
	const across = along(grid.x, whole.x, x);
	const up = along(grid.y, whole.y, y);
	return levels.flatMap((level) => {
		const at = place(level);
		if (!(at > 0 && at < 1)) return [];
		const rings = lines.contour(values, at).coordinates.flat();
		const d = rings.map((ring) => open(ring as [number, number][], grid, across, up)).join('');
		return d === '' ? [] : [{ level, stroke: at < 0.5 ? '#fff' : '#000', d }];
	});
}

/** Pixels of a place between the values that are left, counted from the edge of the first cell. */
function along(left: readonly number[], all: readonly number[], { centres }: Cells) {
	const every = left.length > 1 ? all.indexOf(left[1] ?? NaN) : 1;
	const pixel = (i: number) => centres[Math.min(all.length - 1, i * every)] ?? 0;
	return (u: number) => {
		const at = Math.min(left.length - 1, Math.max(0, u - 0.5));
		const i = Math.floor(at);
		return pixel(i) + (at - i) * (pixel(i + 1) - pixel(i));
	};
}

/** A ring without the parts that run along the border of the grid. */
function open(
	ring: readonly [number, number][],
	{ x, y }: Grid,
	across: (u: number) => number,
	up: (v: number) => number,
): string {
	const border = ([u, v]: readonly [number, number]) =>
		u <= 0.5 || v <= 0.5 || u >= x.length - 0.5 || v >= y.length - 0.5;
	const place = ([u, v]: readonly [number, number]) =>
		`${across(u).toFixed(1)},${up(v).toFixed(1)}`;
	let path = '';
	let pen = false;
	ring.forEach((point, k) => {
		const before = ring[k - 1];
		if (!before) return;
		const draws = !(border(before) && border(point));
		if (draws) path += `${pen ? '' : `M${place(before)}`}L${place(point)}`;
		pen = draws;
	});
	return path;
}
