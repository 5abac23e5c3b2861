import * as Plot from '@observablehq/plot';
import type { Panel } from '#contract';
import { axisBelow, axisLeft, named, plotStyle, ticksOf } from './axes.ts';
import { domainOf, isDrawable } from './domain.ts';
import { addEndLabels, type EndLabel } from './endLabels.ts';
import { addLegend, legendRows } from './legend.ts';
import { lettering } from './lettering.ts';
import { colourOf, dashOf, endText, isRings, widthOf } from './look.ts';
import type { Series } from './series.ts';
import { tagged } from './tagged.ts';

export interface PanelOptions {
	/** CSS pixels; text is never scaled. */
	readonly width: number;
	readonly height: number;
	/** Of all labels, CSS pixels; left out, 12. */
	readonly fontSize?: number;
	/** Curves that are not drawn, or not yet, and that the axes leave room for. */
	readonly ahead?: readonly Series[];
	/** Where there is no DOM of its own: the still pictures of the build. */
	readonly document?: Document;
}

/** Of a denser curve every second ring, or third, … is drawn. */
const mostRings = 45;
/** Narrower than this, labels stand in a row above the plot instead of at the line ends. */
const narrow = 420;

interface Point {
	readonly x: number;
	readonly y: number;
	readonly low: number;
	readonly high: number;
}

/** Draws one panel. What has no place on the axes, not finite or not positive, is left out. */
export function plotPanel(panel: Panel, all: readonly Series[], options: PanelOptions): Element {
	// A still picture does not answer: nothing in it says whose curve it is.
	const series = options.document ? all.map((s) => ({ ...s, equation: undefined })) : all;
	const { width, height, fontSize = 12, ahead = [], document = globalThis.document } = options;
	const letters = lettering(fontSize);
	// Nothing is named that has no point on these axes: a bound of 0 on a logarithmic one.
	const seen = series.filter((s) => points(s, panel).length > 0);
	const rows = width < narrow ? legendRows(seen, width, letters) : [];
	const drawn = [...series, ...ahead];
	const x = domainOf(panel.x, drawn, (curve) => [curve.x], false);
	if (panel.x.discrete) [x[0], x[1]] = [x[0] - 0.5, x[1] + 0.5];
	const y = domainOf(panel.y, drawn, ({ y, low, high }) => [y, low ?? [], high ?? []], true);
	// Widths that were doubled, say: the few abscissae themselves say more than powers of ten.
	const few = series.length > 0 && series.every(({ curve }) => curve.x.length <= 9);
	const own = few ? series.find(({ kind }) => kind !== 'measured')?.curve.x : undefined;
	const xTicks = ticksOf(panel.x, x, 0.7 * width, own);
	const yTicks = ticksOf(panel.y, y, height);
	const longest = Math.max(0, ...series.map((s) => letters.width(endText(s))));
	const marginLeft =
		14 + Math.max(14, ...yTicks.values.map((v) => letters.width(yTicks.format(v))));
	const marginRight = width < narrow ? 14 : Math.min(longest + 18, width * 0.38);
	const marginTop = (1 + rows.length) * letters.row + 10;
	const marginBottom = 2 * letters.row + 8;
	const plot = Plot.plot({
		document,
		width,
		height,
		marginTop,
		marginRight,
		marginBottom,
		marginLeft,
		style: plotStyle(fontSize),
		x: { type: panel.x.scale, domain: x },
		y: { type: panel.y.scale, domain: y },
		marks: [
			Plot.gridY(yTicks.values, { stroke: 'var(--line)', strokeOpacity: 1 }),
			axisBelow(panel.x, xTicks),
			axisLeft(panel.y, yTicks, marginLeft),
			...series.filter(isRings).map((s) => band(s, panel)),
			...series.filter(({ pin }) => pin).map((s) => line(s, panel)),
			...series.filter((s) => !s.pin && !isRings(s)).map((s) => line(s, panel)),
			...series.filter(isRings).map((s) => rings(s, panel)),
			// What one has to hit to point at a line is wider than the line; a still picture needs none.
			...(options.document ? [] : series.flatMap((s) => target(s, panel))),
		],
	});
	const svg = plot as unknown as SVGSVGElement;
	if (width < narrow) addLegend(svg, rows, letters, document);
	else {
		const place = (value: number) => plot.scale('y')?.apply(value) as number;
		const ends = series.flatMap((s): EndLabel[] => {
			const end = points(s, panel).at(-1);
			const { equation } = s;
			return end ? [{ text: endText(s), colour: colourOf(s), y: place(end.y), equation }] : [];
		});
		const where = { x: width - marginRight + 10, top: marginTop, bottom: height - marginBottom };
		addEndLabels(svg, ends, where, letters, document);
	}
	return named(svg, `${panel.title}: ${panel.y.label} against ${panel.x.label}`);
}

function points({ curve }: Series, panel: Panel): Point[] {
	return curve.x.flatMap((x, i) => {
		const y = curve.y[i] ?? NaN;
		if (!isDrawable(x, panel.x) || !isDrawable(y, panel.y)) return [];
		const edge = (value: number | undefined) =>
			value !== undefined && isDrawable(value, panel.y) ? value : y;
		return [{ x, y, low: edge(curve.low?.[i]), high: edge(curve.high?.[i]) }];
	});
}

function line(series: Series, panel: Panel): Plot.Markish {
	const data = points(series, panel);
	const stroke = colourOf(series);
	const render = tagged(series.equation);
	const strokeWidth = widthOf(series);
	const strokeDasharray = dashOf(series);
	// Nothing lies between two frequencies: each has a level of its own.
	if (panel.x.discrete) {
		const [x1, x2] = [({ x }: Point) => x - 0.35, ({ x }: Point) => x + 0.35];
		return Plot.ruleY(data, {
			...{ x1, x2, y: 'y', stroke, strokeWidth },
			...(series.pin && { strokeDasharray }),
			render,
		});
	}
	if (series.pin && data.length === 1)
		return Plot.dot(data, { x: 'x', y: 'y', r: 2, fill: stroke });
	// Where the curve has no place on the axes the line breaks: nothing is drawn across an infinite peak.
	const whole = series.curve.x.flatMap((x, i) => {
		const y = series.curve.y[i] ?? NaN;
		return isDrawable(x, panel.x) ? [{ x, y: isDrawable(y, panel.y) ? y : NaN }] : [];
	});
	return Plot.lineY(whole, {
		x: 'x',
		y: 'y',
		stroke,
		strokeWidth,
		strokeDasharray,
		strokeLinecap: 'round',
		render,
	});
}

/** An unseen, wide copy of a theory line. */
function target(series: Series, panel: Panel): Plot.Markish[] {
	if (series.equation === undefined || series.kind === 'measured' || panel.x.discrete) return [];
	const render = tagged(series.equation);
	const unseen = { stroke: 'transparent', strokeWidth: 16, render };
	return [Plot.lineY(points(series, panel), { x: 'x', y: 'y', ...unseen })];
}

function band(series: Series, panel: Panel): Plot.Markish {
	const data = series.curve.low ? points(series, panel) : [];
	const edges = { x: 'x', y1: 'low', y2: 'high' };
	const colour = colourOf(series);
	return panel.x.discrete
		? Plot.ruleX(data, { ...edges, stroke: colour, strokeOpacity: 0.16, strokeWidth: 9 })
		: Plot.areaY(data, { ...edges, fill: colour, fillOpacity: 0.16 });
}

function rings(series: Series, panel: Panel): Plot.Markish {
	const all = points(series, panel);
	const every = Math.ceil(all.length / mostRings);
	const data = all.filter((_, i) => i % every === 0);
	const stroke = colourOf(series);
	const render = tagged(series.equation);
	const look = { r: 3, fill: 'var(--bg)', stroke, strokeWidth: 1.5, render };
	return Plot.dot(data, { x: 'x', y: 'y', ...look });
}
