import { thinned, type Axis, type Grid, type Picture } from '#contract';
import { cells, type Cells } from './cells.ts';
import { shadesOf } from './colourScale.ts';
import { element } from './lettering.ts';
import { css, none, shades } from './palette.ts';
import type { Plane } from './plane.ts';

/** Values a side, and shades, that a still picture keeps. */
const most = 64;
const levels = 16;

/**
 * The inside of a plane as one path for each shade, in CSS colours: no canvas is needed, and the theme
 * may change.
 */
export function mosaic(
	picture: Picture,
	whole: Grid,
	{ box, x, y }: Plane,
	document: Document,
): Element[] {
	const kind = picture.colour.kind;
	const shaded = { ...whole, values: Array.from(shadesOf(picture, whole)) };
	const { x: across, y: up, values } = thinned(shaded, most);
	const coarse = (shade: number) =>
		kind === 'regions' || shade === none
			? shade
			: Math.round((Math.floor((shade * levels) / shades) * (shades - 1)) / (levels - 1));
	const of = values.map(coarse);
	const right = box.left + box.width;
	const base = box.top + box.height;
	const xs = edges(picture.x, across, x, box.left, right);
	const ys = edges(picture.y, up, y, base, box.top);
	const paths = new Map<number, string>();
	const n = across.length;
	up.forEach((_, j) => {
		const [lower = 0, upper = 0] = [ys[j], ys[j + 1]];
		for (let i = 0; i < n;) {
			const begin = i;
			const shade = of[j * n + begin] ?? none;
			while (i < n && of[j * n + i] === shade) i++;
			if (shade === none) continue;
			const [start = 0, stop = 0] = [xs[begin], xs[i]];
			const d = `M${start},${upper}h${stop - start}v${lower - upper}h${start - stop}z`;
			paths.set(shade, (paths.get(shade) ?? '') + d);
		}
	});
	// Without this, hair lines of the ground show between neighbours.
	const crisp = { 'shape-rendering': 'crispEdges' };
	return [...paths].map(([shade, d]) =>
		element(document, 'path', { d, fill: css(kind, shade), ...crisp }),
	);
}

/** Edges of the cells in whole pixels, none beyond the ends of the axis. */
function edges(
	axis: Axis,
	places: readonly number[],
	{ domain }: Cells,
	from: number,
	to: number,
): number[] {
	const inside = (v: number) =>
		Math.round(Math.min(Math.max(from, to), Math.max(Math.min(from, to), v)));
	return cells({ ...axis, domain }, places, from, to).edges.map(inside);
}
