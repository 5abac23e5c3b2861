import { color, interpolateCividis, interpolatePRGn, interpolateRgbBasis, range } from 'd3';
import type { Picture } from '#contract';

export type Kind = Picture['colour']['kind'];

/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [number, number, number];

export interface Palette {
	readonly light: readonly Rgb[];
	readonly dark: readonly Rgb[];
}

/** Shades of a scale: more than the eye can tell apart, and an index fits in a byte. */
export const shades = 255;
/** Stands in place of a shade where there is no value. */
export const none = 255;
/** Six tints are enough for neighbours to differ on all maps but contrived ones. */
export const tints = 6;

/**
 * PRGn for a dark ground: its own colours with their lightness turned round, so that 0 is the ground
 * and what is far from 0 shines.
 */
const prgnDark = interpolateRgbBasis([
	'#efe1f2',
	'#c2a5cf',
	'#9970ab',
	'#5f2b70',
	'#1d2126',
	'#14592b',
	'#5aae61',
	'#a6dba0',
	'#e2f5dc',
]);

/** Magnitudes from dark to bright; values of both signs from purple over the ground to green; greys. */
export const palettes: Readonly<Record<Kind, Palette>> = {
	magnitude: both(ramp(interpolateCividis, shades)),
	signed: {
		light: ramp((t) => interpolatePRGn(0.06 + 0.88 * t), shades),
		dark: ramp(prgnDark, shades),
	},
	regions: {
		light: ramp(interpolateRgbBasis(['#f6f6f3', '#b4b8be']), tints),
		dark: ramp(interpolateRgbBasis(['#1d2126', '#5d646d']), tints),
	},
};

/** A shade as a CSS colour that follows the theme. */
export function css(kind: Kind, index: number): string {
	const { light, dark } = palettes[kind];
	const [day, night] = [hex(light[index]), hex(dark[index])];
	return day === night ? day : `light-dark(${day}, ${night})`;
}

function ramp(at: (t: number) => string, count: number): Rgb[] {
	return range(count).map((i) => {
		const { r, g, b } = color(at(i / (count - 1)))?.rgb() ?? { r: 0, g: 0, b: 0 };
		return [Math.round(r), Math.round(g), Math.round(b)];
	});
}

function both(one: readonly Rgb[]): Palette {
	return { light: one, dark: one };
}

function hex(rgb: Rgb = [0, 0, 0]): string {
	return `#${rgb.map((v) => v.toString(16).padStart(2, '0')).join('')}`;
}
