import * as Plot from '@observablehq/plot';
import type { DrawnAxis } from '#contract';
import { axisBelow, axisLeft, named, plotStyle, ticksOf } from './axes.ts';
import { lettering } from './lettering.ts';

/** Empty axes with the way from values to pixels and back. */
export interface Board {
	readonly svg: SVGSVGElement;
	/** Pixels from the left, of a value on the x axis. */
	placeX(value: number): number;
	/** Pixels from the top, of a value on the y axis. */
	placeY(value: number): number;
	/** The value on the x axis at some pixels from the left, kept on the axis. */
	valueX(pixels: number): number;
	/** The value on the y axis at some pixels from the top, kept on the axis. */
	valueY(pixels: number): number;
	/** Of the plane between the axes. */
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

export interface BoardOptions {
	/** CSS pixels. */
	readonly width: number;
	readonly height: number;
	readonly fontSize: number;
	readonly name: string;
}

/** Draws axes on which a reader can draw. */
export function drawBoard(
	x: DrawnAxis,
	y: DrawnAxis,
	{ width, height, fontSize, name }: BoardOptions,
): Board {
	const letters = lettering(fontSize);
	const xTicks = ticksOf(x, [...x.domain], width);
	const yTicks = ticksOf(y, [...y.domain], height);
	const left = 14 + Math.max(14, ...yTicks.values.map((v) => letters.width(yTicks.format(v))));
	const [top, right, bottom] = [letters.row + 12, width - 16, height - 2 * letters.row - 8];
	const plot = Plot.plot({
		width,
		height,
		marginTop: top,
		marginRight: width - right,
		marginBottom: height - bottom,
		marginLeft: left,
		style: plotStyle(fontSize),
		x: { type: x.scale, domain: x.domain },
		y: { type: y.scale, domain: y.domain },
		marks: [
			Plot.gridY(yTicks.values, { stroke: 'var(--line)', strokeOpacity: 1 }),
			axisBelow(x, xTicks),
			axisLeft(y, yTicks, left),
		],
	});
	const alongX = along(x, left, right);
	const alongY = along(y, bottom, top);
	return {
		svg: named(plot as unknown as SVGSVGElement, name),
		placeX: alongX.place,
		placeY: alongY.place,
		valueX: alongX.value,
		valueY: alongY.value,
		left,
		right,
		top,
		bottom,
	};
}

/** A scale between the ends of an axis and two pixels. */
function along({ scale, domain }: DrawnAxis, from: number, to: number) {
	const even = scale === 'log' ? Math.log : (v: number) => v;
	const back = scale === 'log' ? Math.exp : (v: number) => v;
	const [low, high] = [even(domain[0]), even(domain[1])];
	return {
		place: (value: number) => from + ((even(value) - low) / (high - low)) * (to - from),
		value: (pixels: number) => {
			const share = Math.min(1, Math.max(0, (pixels - from) / (to - from)));
			return back(low + share * (high - low));
		},
	};
}
