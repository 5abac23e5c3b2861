import { extremes, type Axis, type Grid, type Picture } from '#contract';
import { isDrawable } from './domain.ts';
import { none, shades } from './palette.ts';
import { tintsOf } from './tints.ts';

/** What the colours of a picture say: from the low end of the domain, place 0, to the high one, place 1. */
export interface ColourScale {
	readonly domain: readonly [number, number];
	readonly scale: Axis['scale'];
	/** From 0 to 1; NaN for what has no place. */
	place(value: number): number;
}

/** Of values of both signs, 0 is in the middle. */
export function colourScale({ colour }: Picture, grid: Grid): ColourScale {
	const scale = colour.kind === 'signed' ? 'linear' : (colour.scale ?? 'linear');
	const axis: Axis = { label: '', scale };
	const domain = widened(colour.domain ?? domainOf(colour.kind, axis, grid), scale);
	const along = (value: number) => (scale === 'log' ? Math.log(value) : value);
	const [from, to] = [along(domain[0]), along(domain[1])];
	return {
		domain,
		scale,
		place: (value) =>
			isDrawable(value, axis) ? Math.min(1, Math.max(0, (along(value) - from) / (to - from))) : NaN,
	};
}

/** The shade of each value, as an index into the palette; `none` where there is no value. */
export function shadesOf(picture: Picture, grid: Grid): Uint8Array {
	if (picture.colour.kind === 'regions') return tintsOf(grid);
	const { place } = colourScale(picture, grid);
	const { values } = grid;
	// A plain loop: there may be some hundred thousand values, thirty times a second.
	const of = new Uint8Array(values.length);
	for (let k = 0; k < values.length; k++) {
		const at = place(values[k]!);
		of[k] = Number.isNaN(at) ? none : Math.round(at * (shades - 1));
	}
	return of;
}

function domainOf(kind: string, axis: Axis, grid: Grid): readonly [number, number] {
	const drawable = (v: number) => (v > 0 ? v : NaN);
	const found = extremes(
		axis.scale === 'log' ? { ...grid, values: grid.values.map(drawable) } : grid,
	);
	if (!found) return axis.scale === 'log' ? [1, 10] : [0, 1];
	const [low, high] = [found.low.value, found.high.value];
	if (kind !== 'signed') return [low, high];
	const size = Math.max(Math.abs(low), Math.abs(high));
	return [-size, size];
}

/** A domain of one value gets room on both sides. */
function widened([low, high]: readonly [number, number], scale: Axis['scale']): [number, number] {
	if (low < high) return [low, high];
	if (scale === 'log') return [low / 2, low * 2];
	const room = Math.max(0.5, Math.abs(low) * 1e-3);
	return [low - room, low + room];
}
