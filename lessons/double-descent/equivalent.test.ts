import { describe, expect, test } from 'vitest';
import { equivalent } from './equivalent.ts';
import { headSignal } from './interpolate.ts';
import { ridgelessRisk } from './isotropic.ts';
import { effectiveRanks, spectrum, varianceBound } from './spectra.ts';

/** Ten ones and `count` directions of size eps, n = 100, σ² = .25. */
const spiked = (count: number, eps: number) => {
	const s = Float64Array.from({ length: 10 + count }, (_, i) => (i < 10 ? 1 : eps));
	return { s, ...equivalent(s, headSignal(s.length), 100, 0.25) };
};

describe('the deterministic equivalent', () => {
	test('10 ones and 1000 x .01: bias .0099, variance .0495, together .0594', () => {
		const { bias, variance } = spiked(1000, 0.01);
		expect(bias).toBeCloseTo(0.0099, 4);
		expect(variance).toBeCloseTo(0.0495, 4);
		expect(bias + variance).toBeCloseTo(0.0594, 4);
	});
	test('10 ones and 200 x .1: .2671', () => {
		const { bias, variance } = spiked(200, 0.1);
		expect(bias + variance).toBeCloseTo(0.2671, 4);
	});
	test.each([
		[200, 0.2491],
		[500, 0.083],
		[2000, 0.0351],
	])('a flat tail of %i with total 10: variance %d', (tail, variance) => {
		expect(spiked(tail, 10 / tail).variance).toBeCloseTo(variance, 4);
	});
	test('a flat spectrum gives the isotropic law', () => {
		const s = new Float64Array(500).fill(1);
		const { bias, variance } = equivalent(s, headSignal(500), 100, 0.25);
		expect(bias + variance).toBeCloseTo(ridgelessRisk(5, 1, 0.25), 10);
	});
	test('as many samples as parameters are refused', () => {
		expect(() => equivalent(new Float64Array(50).fill(1), headSignal(50), 50, 1)).toThrow(
			'50 parameters do not interpolate 50 samples',
		);
	});
});

describe('effective ranks', () => {
	test('10 ones and 1000 x .01, n = 100: r_k/n = R_k/n = 10 and k/n + n/R_k = .2', () => {
		const { r, R } = effectiveRanks(spectrum('spiked', 1000))[10]!;
		expect([r / 100, R / 100, 10 / 100 + 100 / R].map((v) => Number(v.toFixed(6)))).toEqual([
			10, 10, 0.2,
		]);
	});
	test('the bound holds for the equivalent, and says nothing of a steep spectrum', () => {
		for (const tail of [500, 2000, 20_000])
			for (const name of ['spiked', 'half', 'one'] as const) {
				const s = spectrum(name, tail);
				const { variance } = equivalent(s, headSignal(s.length), 100, 1);
				expect(varianceBound(s, 100, 1)).toBeGreaterThan(variance);
			}
		expect(varianceBound(spectrum('two', 5000), 100, 1)).toBe(Infinity);
	});
});
