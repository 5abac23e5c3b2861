import type { Grid, Picture } from '#contract';
import { shadesOf } from './colourScale.ts';
import { palettes, type Rgb } from './palette.ts';
import type { Plane } from './plane.ts';

/** How a raster is painted. */
export interface RasterOptions {
	readonly dark: boolean;
	/** Pixels of the device per CSS pixel. */
	readonly density: number;
	/** Of the thin lines between regions. */
	readonly line: Rgb;
}

/** The pixels of a picture: each takes the shade of the value whose cell it lies in. */
export interface Raster {
	readonly width: number;
	readonly height: number;
	/** Red, green, blue and opacity, row by row from the top. */
	readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Paints the inside of a plane. */
export function raster(
	picture: Picture,
	grid: Grid,
	{ box, x, y }: Plane,
	{ dark, density, line }: RasterOptions,
): Raster {
	const pixels = (size: number) => Math.max(1, Math.round(size * density));
	const [width, height] = [pixels(box.width), pixels(box.height)];
	const columns = indices(width, (k) => x.at(box.left + (k + 0.5) / density));
	const rows = indices(height, (k) => y.at(box.top + (k + 0.5) / density));
	const shades = shadesOf(picture, grid);
	const { [dark ? 'dark' : 'light']: palette } = palettes[picture.colour.kind];
	const colours = Uint32Array.from({ length: 256 }, (_, k) => packed(palette[k]));
	const pixel = new Uint32Array(width * height);
	const n = grid.x.length;
	for (let r = 0, at = 0; r < height; r++) {
		const row = rows[r]! * n;
		for (let c = 0; c < width; c++, at++) pixel[at] = colours[shades[row + columns[c]!]!]!;
	}
	if (picture.colour.kind === 'regions') {
		const thickness = Math.max(1, Math.round(density));
		const region = (c: number, r: number) => grid.values[rows[r]! * n + columns[c]!]!;
		for (let r = 0, at = 0; r < height; r++)
			for (let c = 0; c < width; c++, at++) {
				const here = region(c, r);
				const left = region(Math.max(0, c - thickness), r);
				const above = region(c, Math.max(0, r - thickness));
				if (pixel[at] !== 0 && (here !== left || here !== above)) pixel[at] = packed(line);
			}
	}
	return { width, height, data: new Uint8ClampedArray(pixel.buffer) };
}

/** An opaque colour in the order of bytes that screens have; nothing is transparent. */
function packed(colour: Rgb | undefined): number {
	if (!colour) return 0;
	const [red, green, blue] = colour;
	return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function indices(count: number, of: (k: number) => number): Uint16Array {
	return Uint16Array.from({ length: count }, (_, k) => of(k));
}
