import { describe, expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { affinePieces, interval, throughLayer, unfold, type OnALine } from './onALine.ts';
import { affine, drawLayer, evaluate, relu, type ReluNet } from './reluNet.ts';
import { foldedNet, sawtooth, zigzagNet } from './sawtooth.ts';

const places = (k: number) => Float64Array.from({ length: k + 1 }, (_, i) => i / k);

describe('the folded line', () => {
	test.each([1, 2, 5, 10, 12])('%i folds: 2^k pieces, counted on the dyadic grid', (folds) => {
		const steps = 2 ** (folds + 2);
		const f = evaluate(foldedNet(folds), places(steps), steps + 1);
		let pieces = 1;
		for (let i = 1; i < steps; i++) if (f[i + 1]! - 2 * f[i]! + f[i - 1]! !== 0) pieces++;
		expect(pieces).toBe(2 ** folds);
		expect(affinePieces(foldedNet(folds), 0, 1)).toBe(pieces);
	});

	test('it is the triangle wave, with slopes ±2^k and values in [0, 1], without rounding', () => {
		const at = places(256);
		const f = evaluate(foldedNet(6), at, 257);
		expect(Array.from(f)).toEqual(Array.from(at, (x) => sawtooth(6, x)));
		const slopes = Array.from({ length: 256 }, (_, i) => Math.abs(f[i + 1]! - f[i]!) * 256);
		expect(new Set(slopes)).toEqual(new Set([64]));
	});

	test('m units in one layer make m + 1 pieces', () => {
		for (const m of [1, 2, 7, 24]) expect(affinePieces(zigzagNet(m), 0, 1)).toBe(m + 1);
	});

	test('a tent of height ½ folds once and never again', () => {
		for (const folds of [1, 2, 9]) expect(affinePieces(foldedNet(folds, 0.5), 0, 1)).toBe(2);
	});
});

describe('a random network on an interval', () => {
	const source = random(5, 'test');
	const hidden = [1, 6, 6, 6].flatMap((into, l, sizes) =>
		l === 0 ? [] : [drawLayer({ in: sizes[l - 1]!, out: into }, 2, 0.5, source)],
	);
	const net: ReluNet = [...hidden, drawLayer({ in: 6, out: 1 }, 2, 0.5, source)];

	test('between its breakpoints it is affine, and there it has the right values', () => {
		const { places: at, values } = unfold(net, -2, 2);
		expect(at.length).toBeGreaterThan(5);
		evaluate(net, at, at.length).forEach((f, i) => expect(f).toBeCloseTo(values[i]!, 12));
		const middles = at.slice(1).map((x, i) => (x + at[i]!) / 2);
		evaluate(net, middles, middles.length).forEach((f, i) =>
			expect(f).toBeCloseTo((values[i]! + values[i + 1]!) / 2, 12),
		);
	});

	test('its kinks are the sign changes of its pre-activations on a fine grid', () => {
		const fine = Float64Array.from({ length: 40_001 }, (_, i) => -2 + i / 1e4);
		let h: Float64Array = fine;
		let exact: OnALine = interval(-2, 2);
		for (const layer of hidden) {
			const z = affine(layer, h, fine.length);
			let changes = 0;
			for (let i = 1; i < z.length; i++)
				if (i % fine.length !== 0 && z[i]! * z[i - 1]! < 0) changes++;
			const next = throughLayer(exact, layer);
			expect(next.kinks).toBe(changes);
			exact = next;
			h = relu(z);
		}
	});
});
