import * as Plot from '@observablehq/plot';
import type { Axis, Panel } from '#contract';
import { domainOf, isDrawable } from './domain.ts';
import { spread, textWidth, type EndLabel } from './labels.ts';
import { colourOf, dashOf } from './look.ts';
import type { Series } from './series.ts';
import { givenTicks, linearTicks, logTicks, type Ticks } from './ticks.ts';

export interface PanelOptions {
	/** CSS pixels; text is never scaled. */
	readonly width: number;
	readonly height: number;
	/** Where there is no DOM of its own: the still pictures of the build. */
	readonly document?: Document;
}

/** Of a denser curve every second ring, or third, … is drawn. */
const mostRings = 45;
const labelHeight = 16;
/** Narrower than this, labels stand in a row above the plot instead of at the line ends. */
const narrow = 420;

interface Point {
	readonly x: number;
	readonly y: number;
	readonly low: number;
	readonly high: number;
}

/** Draws one panel. What has no place on the axes, not finite or not positive, is left out. */
export function plotPanel(panel: Panel, series: readonly Series[], options: PanelOptions): Element {
	const { width, height, document = globalThis.document } = options;
	const above = width < narrow;
	const rows = above ? legendRows(series, width) : [];
	const x = domainOf(panel.x, series, (curve) => [curve.x], false);
	if (panel.x.discrete) [x[0], x[1]] = [x[0] - 0.5, x[1] + 0.5];
	const y = domainOf(panel.y, series, ({ y, low, high }) => [y, low ?? [], high ?? []], true);
	const longest = Math.max(0, ...series.map(({ label }) => textWidth(label)));
	const xTicks = ticksOf(panel.x, x, series, width);
	const yTicks = ticksOf(panel.y, y, [], height);
	const marginLeft = 14 + Math.max(...yTicks.values.map((v) => textWidth(yTicks.format(v))), 14);
	const margins = {
		marginTop: 26 + rows.length * labelHeight,
		marginRight: above ? 14 : Math.min(longest + 18, width * 0.38),
		marginBottom: 40,
		marginLeft,
	};
	const plot = Plot.plot({
		document,
		width,
		height,
		...margins,
		style: {
			fontFamily: 'var(--sans)',
			fontSize: '12px',
			color: 'var(--soft)',
			overflow: 'visible',
		},
		x: { type: panel.x.scale, domain: x },
		y: { type: panel.y.scale, domain: y },
		marks: [
			Plot.gridY(yTicks.values, { stroke: 'var(--line)', strokeOpacity: 1 }),
			Plot.axisX(xTicks.values, {
				text: xTicks.format,
				tickSize: 4,
				stroke: 'var(--line)',
				color: 'currentColor',
				label: panel.x.label,
				labelAnchor: 'right',
				labelArrow: 'none',
			}),
			Plot.axisY(yTicks.values, {
				text: yTicks.format,
				tickSize: 0,
				label: panel.y.label,
				labelAnchor: 'top',
				labelArrow: 'none',
				labelOffset: marginLeft,
			}),
			...series.filter(({ kind }) => kind === 'measured').map((s) => band(s, panel)),
			...series.filter(({ kind }) => kind !== 'measured').map((s) => line(s, panel)),
			...series.filter(({ kind }) => kind === 'measured').map((s) => rings(s, panel)),
		],
	});
	const svg = plot as unknown as SVGSVGElement;
	if (above) addLegend(svg, rows, document);
	else addEndLabels(svg, plot, panel, series, { ...options, ...margins, document });
	return accessible(svg, panel);
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
	// Nothing lies between two frequencies: each has a level of its own.
	if (panel.x.discrete) {
		const [x1, x2] = [({ x }: Point) => x - 0.35, ({ x }: Point) => x + 0.35];
		return Plot.ruleY(data, { x1, x2, y: 'y', stroke, strokeWidth: 2.5 });
	}
	return Plot.lineY(data, {
		x: 'x',
		y: 'y',
		stroke,
		strokeWidth: series.kind === 'bound' ? 1.5 : 2.5,
		strokeDasharray: dashOf(series),
		strokeLinecap: 'round',
	});
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
	return Plot.dot(data, { x: 'x', y: 'y', r: 3, fill: 'var(--bg)', stroke, strokeWidth: 1.5 });
}

function ticksOf(
	axis: Axis,
	domain: [number, number],
	series: readonly Series[],
	pixels: number,
): Ticks {
	const count = Math.max(2, Math.floor(pixels / 75));
	if (axis.scale === 'linear') return linearTicks(domain, count);
	// Widths that were doubled, say: the few abscissae themselves say more than powers of ten.
	const own = series.find(({ kind, curve }) => kind === 'theory' && curve.x.length <= 9)?.curve.x;
	return own ? givenTicks(own, count) : logTicks(domain, count);
}

function addEndLabels(
	svg: SVGSVGElement,
	plot: ReturnType<typeof Plot.plot>,
	panel: Panel,
	series: readonly Series[],
	{
		width,
		height,
		marginTop,
		marginRight,
		marginBottom,
		document,
	}: PanelOptions &
		Record<'marginTop' | 'marginRight' | 'marginBottom', number> & {
			document: Document;
		},
): void {
	const scale = plot.scale('y');
	const ends = series.flatMap((s): EndLabel[] => {
		const end = points(s, panel).at(-1);
		const y = end && (scale?.apply(end.y) as number | undefined);
		return y === undefined ? [] : [{ text: s.label, colour: colourOf(s), y }];
	});
	for (const { text, colour, y } of spread(ends, labelHeight, [marginTop, height - marginBottom]))
		svg.append(textNode(document, text, colour, width - marginRight + 10, y + 4));
}

/** Which labels share a row above a narrow plot. */
function legendRows(series: readonly Series[], width: number): Series[][] {
	const rows: Series[][] = [];
	let room = 0;
	for (const s of series) {
		const needed = textWidth(s.label) + 36;
		if (needed > room) {
			rows.push([]);
			room = width;
		}
		rows.at(-1)?.push(s);
		room -= needed;
	}
	return rows;
}

function addLegend(svg: SVGSVGElement, rows: readonly Series[][], document: Document): void {
	rows.forEach((row, r) => {
		let at = 0;
		for (const s of row) {
			// The label of the y axis has the first row.
			const y = 10 + (r + 1) * labelHeight;
			svg.append(
				sample(document, s, at, y),
				textNode(document, s.label, colourOf(s), at + 24, y + 4),
			);
			at += textWidth(s.label) + 36;
		}
	});
}

/** What the series looks like, in eighteen pixels. */
function sample(document: Document, series: Series, x: number, y: number): Element {
	const node = document.createElementNS('http://www.w3.org/2000/svg', 'path');
	const ring = `M${x + 6},${y}a3,3 0 1,0 6,0a3,3 0 1,0 -6,0`;
	node.setAttribute('d', series.kind === 'measured' ? ring : `M${x},${y}h18`);
	node.setAttribute('fill', 'none');
	node.setAttribute('stroke', colourOf(series));
	node.setAttribute('stroke-width', series.kind === 'theory' ? '2.5' : '1.5');
	const dash = series.kind === 'measured' ? undefined : dashOf(series);
	if (dash) node.setAttribute('stroke-dasharray', dash);
	return node;
}

function textNode(document: Document, text: string, fill: string, x: number, y: number): Element {
	const node = document.createElementNS('http://www.w3.org/2000/svg', 'text');
	node.setAttribute('x', x.toFixed(1));
	node.setAttribute('y', y.toFixed(1));
	node.setAttribute('fill', fill);
	node.setAttribute('text-anchor', 'start');
	node.setAttribute(
		'style',
		'font:500 12px var(--sans);paint-order:stroke;stroke:var(--bg);stroke-width:3px',
	);
	node.textContent = text;
	return node;
}

/** One picture with one name; Plot names its groups without giving them a role. */
function accessible(svg: SVGSVGElement, panel: Panel): Element {
	for (const group of svg.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
	for (const group of svg.querySelectorAll('[aria-description]'))
		group.removeAttribute('aria-description');
	svg.setAttribute('role', 'img');
	svg.setAttribute('aria-label', `${panel.title}: ${panel.y.label} against ${panel.x.label}`);
	return svg;
}
