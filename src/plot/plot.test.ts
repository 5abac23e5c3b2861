import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import type { Curve, Panel } from '#contract';
import { spread } from './endLabels.ts';
import { panelSizes } from './panelSizes.ts';
import { plotPanel } from './plotPanel.ts';
import type { Series } from './series.ts';
import { linearTicks, logTicks } from './ticks.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const panel: Panel = {
	id: 'loss',
	title: 'Loss',
	x: { label: 'step', scale: 'linear' },
	y: { label: 'loss', scale: 'log' },
};
const theory = (curve: Curve, more: Partial<Series> = {}): Series => ({
	kind: 'theory',
	label: 'theory',
	curve,
	rank: 0,
	outside: false,
	...more,
});
const draw = (series: Series[], width = 600) =>
	plotPanel(panel, series, { width, height: 300, document });
const decay: Curve = { x: [0, 1, 2, 3], y: [1, 0.1, 0.01, 0.001] };

describe('a panel', () => {
	it('is one picture with a name', () => {
		const svg = draw([theory(decay)]);
		expect(svg.getAttribute('role')).toBe('img');
		expect(svg.getAttribute('aria-label')).toBe('Loss: loss against step');
		expect(svg.querySelectorAll('g[aria-label]')).toHaveLength(0);
	});

	it('draws theory as a line 2.5 wide and the run as rings over it', () => {
		const svg = draw([
			theory(decay),
			theory(
				{ ...decay, low: [0.9, 0.09, 0.009, 0.0009], high: [1.1, 0.11, 0.011, 0.0011] },
				{ kind: 'measured', label: 'run' },
			),
		]).outerHTML;
		expect(svg).toMatch(/stroke-width="2.5" stroke="var\(--theory\)"/);
		expect(svg.match(/<circle/g)).toHaveLength(4);
		expect(svg).toContain('fill-opacity="0.16"');
		expect(svg.indexOf('var(--theory)')).toBeLessThan(svg.indexOf('<circle'));
	});

	it('breaks a line where the curve is infinite', () => {
		const path = (y: number[]) =>
			draw([theory({ x: [0, 1, 2, 3, 4], y })])
				.querySelector('path[stroke="var(--theory)"], g[stroke="var(--theory)"] path')
				?.getAttribute('d');
		expect(path([1, 2, 5, 2, 1])?.match(/M/g)).toHaveLength(1);
		expect(path([1, 2, Infinity, 2, 1])?.match(/M/g)).toHaveLength(2);
	});

	it('leaves out what has no place on its axes, in silence', () => {
		const log = vi.spyOn(console, 'warn');
		const svg = draw([
			theory({ x: [0, 1, 2, NaN, 4], y: [1, 0, NaN, 3, Infinity] }, { kind: 'measured' }),
		]);
		expect(svg.querySelectorAll('circle')).toHaveLength(1);
		expect(svg.outerHTML).not.toMatch(/NaN|Infinity/);
		expect(log).not.toHaveBeenCalled();
	});

	it.each([300, 600])('names nothing that is not drawn, %i px wide', (width) => {
		const zero = theory({ x: [0, 1], y: [0, 0] }, { label: 'floor of zero' });
		const text = draw([theory(decay, { label: 'decay' }), zero], width).textContent;
		expect(text).toContain('decay');
		expect(text).not.toContain('floor of zero');
	});

	it('leaves room for what is still to come', () => {
		const now = theory({ x: [0], y: [1] }, { kind: 'measured' });
		const options = { width: 600, height: 300, document };
		const axes = (svg: Element) => [...svg.querySelectorAll('g text')].map((t) => t.textContent);
		const ahead = plotPanel(panel, [now], { ...options, ahead: [theory(decay)] });
		expect(axes(ahead)).toEqual(axes(plotPanel(panel, [theory(decay)], options)));
		expect(ahead.querySelectorAll('circle')).toHaveLength(1);
	});

	it('has axes even where nothing can be drawn', () => {
		expect(draw([theory({ x: [], y: [] })]).outerHTML).toContain('step');
	});

	it('dots the line outside the theorem', () => {
		expect(draw([theory(decay, { outside: true })]).outerHTML).toContain(
			'stroke-dasharray="0.1 6"',
		);
		expect(draw([theory(decay)]).outerHTML).not.toContain('stroke-dasharray');
	});

	it('never draws beyond its width, labels included', () => {
		for (const width of [260, 340, 500, 900]) {
			const svg = draw([theory(decay, { label: 'spectrum of H, random' })], width);
			for (const text of svg.querySelectorAll('text[x]'))
				expect(Number(text.getAttribute('x'))).toBeLessThan(width);
		}
	});
});

describe('labels at the line ends', () => {
	const label = (y: number) => ({ text: String(y), colour: '', y });
	it('stay where they are when there is room', () => {
		expect(spread([label(10), label(90)], 16, [0, 100]).map(({ y }) => y)).toEqual([10, 90]);
	});
	it('are pushed apart, in order and inside the panel', () => {
		const places = spread([label(95), label(96), label(94)], 16, [0, 100]);
		expect(places.map(({ text }) => text)).toEqual(['94', '95', '96']);
		expect(places.map(({ y }) => y)).toEqual([68, 84, 100]);
	});
});

describe('ticks', () => {
	const labels = ({ values, format }: ReturnType<typeof logTicks>) => values.map(format);
	it('are powers of ten over many decades', () => {
		expect(labels(logTicks([1e-9, 1], 5))).toEqual(['10⁻⁸', '10⁻⁶', '10⁻⁴', '10⁻²', '10⁰']);
	});
	it('are plain numbers over few', () => {
		expect(labels(logTicks([0.02, 0.3], 5))).toEqual(['0.02', '0.05', '0.1', '0.2']);
	});
	it('are powers of ten where plain numbers would be long', () => {
		expect(labels(linearTicks([0, 4e13], 2))).toEqual(['0', '2·10¹³', '4·10¹³']);
		expect(labels(linearTicks([0, 2e-6], 2))).toContain('1·10⁻⁶');
	});
	it('carry a true minus sign', () => {
		expect(labels(linearTicks([-1, 1], 3))).toContain('−1');
	});
});

it('panels stand side by side where there is room, and below each other on a phone', () => {
	expect(panelSizes(860, 4).columns).toBe(2);
	expect(panelSizes(340, 4).columns).toBe(1);
	expect(panelSizes(860, 1).columns).toBe(1);
});
