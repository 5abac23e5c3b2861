import * as Plot from '@observablehq/plot';
import type { Grid, Picture } from '#contract';
import { axisBelow, axisLeft, named, plotStyle, ticksOf } from './axes.ts';
import { cells, type Cells } from './cells.ts';
import { addColourBar, colourBarRows } from './colourBar.ts';
import { isoLines } from './isoLines.ts';
import { element, label, lettering } from './lettering.ts';

export interface PlaneOptions {
	/** CSS pixels, those of all there is: legend, axes and labels. */
	readonly width: number;
	readonly height: number;
	readonly fontSize?: number;
	readonly document?: Document;
}

/** The frame of a picture over a plane; what is inside is painted under it. */
export interface Plane {
	/** Colour legend, axes and iso-lines. */
	readonly svg: SVGSVGElement;
	/** The inside, in CSS pixels. */
	readonly box: Box;
	/** Columns from left to right, rows from the bottom up. */
	readonly x: Cells;
	readonly y: Cells;
}

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** Lays out a grid. Axes of equal length are drawn equally long. */
export function plane(picture: Picture, grid: Grid, options: PlaneOptions): Plane {
	const { width, height, fontSize = 12, document = globalThis.document } = options;
	const letters = lettering(fontSize);
	const top = (colourBarRows(picture) + 1) * letters.row + 12;
	const bottom = height - 2 * letters.row - 8;
	const y = cells(picture.y, grid.y, bottom, top);
	const yTicks = ticksOf(picture.y, [...y.domain], bottom - top);
	const left = 14 + Math.max(14, ...yTicks.values.map((v) => letters.width(yTicks.format(v))));
	const room = width - left - 14;
	const isSquare = alike(cells(picture.x, grid.x, 0, 1).domain, y.domain, picture);
	const inner = isSquare ? Math.min(room, bottom - top) : room;
	// A square is as high as it is wide.
	const base = isSquare ? top + inner : bottom;
	const box: Box = { left, top, width: inner, height: base - top };
	const x = cells(picture.x, grid.x, left, left + inner);
	const rows = base === bottom ? y : cells(picture.y, grid.y, base, top);
	const svg = Plot.plot({
		document,
		width,
		height: base + 2 * letters.row + 8,
		marginTop: top,
		marginRight: width - left - inner,
		marginBottom: 2 * letters.row + 8,
		marginLeft: left,
		style: plotStyle(fontSize),
		x: { type: picture.x.scale, domain: [...x.domain] },
		y: { type: picture.y.scale, domain: [...y.domain] },
		marks: [
			axisBelow(picture.x, ticksOf(picture.x, [...x.domain], 0.7 * inner), null),
			axisLeft(picture.y, yTicks, left, null),
		],
	}) as unknown as SVGSVGElement;
	const write = (text: string, x: number, y: number, anchor: string) => {
		const name = label(document, letters, text, 'var(--soft)', x, y);
		name.setAttribute('text-anchor', anchor);
		svg.append(name);
	};
	write(picture.y.label, 0, top - 0.5 * letters.row, 'start');
	write(picture.x.label, left + inner, base + 2 * letters.row + 2, 'end');
	addColourBar(svg, picture, grid, { left, width: inner }, letters, document);
	for (const { d, stroke } of isoLines(picture, grid, x, rows))
		svg.append(element(document, 'path', { d, fill: 'none', stroke, 'stroke-opacity': '0.55' }));
	const { colour } = picture;
	return {
		svg: named(
			svg,
			`${picture.title}: ${colour.label} over ${picture.x.label} and ${picture.y.label}`,
		),
		box,
		x,
		y: rows,
	};
}

function alike(
	[a, b]: readonly [number, number],
	[c, d]: readonly [number, number],
	{ x, y }: Picture,
): boolean {
	const near = (p: number, q: number) => Math.abs(p - q) <= 0.01 * Math.abs(d - c);
	return x.scale === y.scale && near(a, c) && near(b, d);
}
