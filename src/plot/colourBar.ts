import { scaleLinear, scaleLog } from 'd3';
import type { Grid, Picture } from '#contract';
import { colourScale } from './colourScale.ts';
import { element, label, lettering, type Lettering } from './lettering.ts';
import { css, shades } from './palette.ts';
import { linearTicks, logTicks } from './ticks.ts';

/** Pieces of the bar: with more, its steps are no smoother to the eye. */
const pieces = 48;
const thickness = 8;

/** Rows of lettering the legend takes above a plane. */
export function colourBarRows({ colour }: Picture): number {
	return colour.kind === 'regions' ? 1 : 3;
}

/** Draws what the colours say: a bar with round values, or for regions how many there are. */
export function addColourBar(
	svg: SVGSVGElement,
	picture: Picture,
	grid: Grid,
	{ left, width }: { readonly left: number; readonly width: number },
	letters: Lettering,
	document: Document,
): void {
	const { colour } = picture;
	const write = (text: string, x: number, y: number, soft = true) =>
		svg.append(label(document, letters, text, soft ? 'var(--soft)' : 'var(--ink)', x, y));
	const first = letters.row - 4;
	if (colour.kind === 'regions') {
		const count = new Set(grid.values.filter((v) => !Number.isNaN(v))).size;
		write(`${colour.label}: ${count}`, left, first);
		return;
	}
	write(colour.label, left, first);
	const top = letters.row + 2;
	for (let i = 0; i < pieces; i++)
		svg.append(
			element(document, 'rect', {
				x: (left + (i * width) / pieces).toFixed(1),
				y: String(top),
				// A hair wider, so that no seam shows.
				width: (width / pieces + (i < pieces - 1 ? 0.5 : 0)).toFixed(1),
				height: String(thickness),
				fill: css(colour.kind, Math.round((i / (pieces - 1)) * (shades - 1))),
			}),
		);
	const { domain, scale } = colourScale(picture, grid);
	const place = (scale === 'log' ? scaleLog() : scaleLinear())
		.domain(domain)
		.range([left, left + width]);
	const { values, format } = (scale === 'log' ? logTicks : linearTicks)(
		[...domain],
		Math.max(2, Math.floor(width / 70)),
	);
	for (const value of values) {
		const text = format(value);
		const x = place(value);
		svg.append(
			element(document, 'path', {
				d: `M${x.toFixed(1)},${top + thickness}v3`,
				stroke: 'var(--soft)',
			}),
		);
		const begin = Math.min(left + width - letters.width(text), x - letters.width(text) / 2);
		write(text, Math.max(left, begin), top + thickness + letters.row);
	}
}

/** The legend alone, for what is not drawn by Plot. */
export function colourBar(
	picture: Picture,
	grid: Grid,
	width: number,
	fontSize: number,
	document = globalThis.document,
): SVGSVGElement {
	const letters = lettering(fontSize);
	const height = colourBarRows(picture) * letters.row + 4;
	const size = { width: String(width), height: String(height), 'aria-hidden': 'true' };
	const svg = element(document, 'svg', size) as SVGSVGElement;
	addColourBar(svg, picture, grid, { left: 14, width: width - 28 }, letters, document);
	return svg;
}
