import * as Plot from '@observablehq/plot';
import type { Axis } from '#contract';
import { givenTicks, linearTicks, logTicks, type Ticks } from './ticks.ts';

/** Ticks some 75 pixels apart; of a logarithmic axis, the values of its own where there are few. */
export function ticksOf(
	axis: Axis,
	domain: [number, number],
	pixels: number,
	own?: readonly number[],
): Ticks {
	const count = Math.max(2, Math.floor(pixels / 75));
	if (axis.scale === 'linear') return linearTicks(domain, count);
	return own ? givenTicks(own, count) : logTicks(domain, count);
}

/** The axis below a plot; `name` null where it is written by other means. */
export function axisBelow(
	axis: Axis,
	{ values, format }: Ticks,
	name: string | null = axis.label,
): Plot.Markish {
	return Plot.axisX(values, {
		text: format,
		tickSize: 4,
		stroke: 'var(--line)',
		color: 'currentColor',
		label: name,
		labelAnchor: 'right',
		labelArrow: 'none',
	});
}

/** The axis on the left of a plot, its label above it. */
export function axisLeft(
	axis: Axis,
	{ values, format }: Ticks,
	marginLeft: number,
	name: string | null = axis.label,
): Plot.Markish {
	return Plot.axisY(values, {
		text: format,
		tickSize: 0,
		label: name,
		labelAnchor: 'top',
		labelArrow: 'none',
		labelOffset: marginLeft,
	});
}

/** What Plot is told of type and colour. */
export function plotStyle(fontSize: number): Partial<CSSStyleDeclaration> {
	return {
		fontFamily: 'var(--sans)',
		fontSize: `${fontSize}px`,
		color: 'var(--soft)',
		overflow: 'visible',
	};
}

/** One picture with one name; Plot names its groups without giving them a role. */
export function named(svg: SVGSVGElement, name: string): SVGSVGElement {
	for (const group of svg.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
	for (const group of svg.querySelectorAll('[aria-description]'))
		group.removeAttribute('aria-description');
	svg.setAttribute('role', 'img');
	svg.setAttribute('aria-label', name);
	return svg;
}
