import { bisectRight, scaleLinear, scaleLog } from 'd3';
import type { Axis } from '#contract';

/** Where the values of one side of a grid stand, in pixels: each has a cell, half-way to its neighbours. */
export interface Cells {
	/** The ends of the axis. */
	readonly domain: readonly [number, number];
	/** Pixels of the centres, and of the edges between and around them. */
	readonly centres: readonly number[];
	readonly edges: readonly number[];
	/** The cell that a pixel lies in. */
	at(pixel: number): number;
	/** The pixel of a value. */
	place(value: number): number;
}

/** Lays cells from pixel `from` to pixel `to`; an axis without a domain ends with the outer cells. */
export function cells(axis: Axis, places: readonly number[], from: number, to: number): Cells {
	const log = axis.scale === 'log';
	const along = places.map((v) => (log ? Math.log(v) : v));
	const [first = 0, last = 0] = [along[0], along.at(-1)];
	const half = (a: number | undefined, b: number | undefined) =>
		a === undefined || b === undefined ? 0.5 : (b - a) / 2;
	const outer = [
		first - half(first, along[1]),
		last + half(along.at(-2), along.length > 1 ? last : undefined),
	].map((v) => (log ? Math.exp(v) : v));
	const domain = axis.domain ?? ([outer[0] ?? 0, outer[1] ?? 1] as const);
	const scale = (log ? scaleLog() : scaleLinear()).domain(domain).range([from, to]);
	const place = (value: number) => scale(value);
	const centres = places.map(place);
	const between = centres.slice(1).map((c, i) => (c + (centres[i] ?? c)) / 2);
	const edges = [place(outer[0] ?? 0), ...between, place(outer[1] ?? 1)];
	const sign = to < from ? -1 : 1;
	const rising = between.map((v) => sign * v);
	return { domain, centres, edges, place, at: (pixel) => bisectRight(rising, sign * pixel) };
}
