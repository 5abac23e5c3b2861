import { expect, test } from 'vitest';
import { parseKnob, type NumberKnob } from '#contract';
import { endsAlong, stopNear, stopsOf } from './slider.ts';

const knob = (part: Partial<NumberKnob>): NumberKnob => ({
	kind: 'number',
	label: 'x',
	min: 1,
	max: 64,
	default: 16,
	scale: 'log',
	...part,
});

test.each([
	knob({}),
	knob({ min: 16, max: 4096, step: 2, default: 1024 }),
	knob({ min: 20, max: 1000, step: 20, default: 200 }),
	knob({ min: 0, max: 2, step: 0.1, default: 1, scale: 'linear' }),
	knob({ min: -1, max: 1, default: 0.3, scale: 'linear' }),
	knob({ min: 5, max: 5, default: 5 }),
])('every stop is allowed, the ends and the default are among them: %o', (knob) => {
	const stops = stopsOf(knob);
	for (const value of stops) expect(parseKnob('x', knob, String(value))).toEqual({ value });
	expect(stops[0]).toBe(knob.min);
	expect(stops.at(-1)).toBe(knob.max);
	expect(stops).toContain(knob.default);
	stops.forEach((value, i) => expect(stopNear(stops, value, knob.scale)).toBe(i));
});

test('powers of two are met on a logarithmic slider', () => {
	const stops = stopsOf(knob({ min: 16, max: 4096, step: 2, default: 1024 }));
	for (const power of [16, 32, 64, 128, 256, 512, 1024, 2048, 4096]) expect(stops).toContain(power);
});

test('an end is found between the stops on its two sides', () => {
	const stops = stopsOf(knob({ min: 0, max: 4, step: 0.1, default: 1, scale: 'linear' }));
	const watched = { id: 'step', text: 'short', broken: (v: number) => v > 2 };
	const [end] = endsAlong(stops, [watched], new Set(), 1000);
	expect(end?.at).toBeCloseTo(2.05 / 4);
});

test('a statement that takes long is tried once and given up', () => {
	const slow = new Set<string>();
	let asked = 0;
	const broken = () => {
		asked++;
		const until = performance.now() + 3;
		while (performance.now() < until);
		return false;
	};
	const try2 = () => endsAlong([1, 2, 3, 4, 5], [{ id: 'slow', text: '', broken }], slow, 5);
	expect([try2(), try2()]).toEqual([[], []]);
	expect(slow).toContain('slow');
	expect(asked).toBeLessThan(4);
});
