import { describe, expect, test } from 'vitest';
import { relativeFluctuation, tangentVariance } from './ntkVariance.ts';

/** Cosines of one row of the kernel on 16 points of the circle lifted by 1. */
const row = Array.from({ length: 16 }, (_, i) => (Math.cos((2 * Math.PI * i) / 16) + 1) / 2);

describe('fluctuation of the tangent kernel at the start', () => {
	test('on the diagonal the variance is 12/m for Gaussian outer weights: relative sd √(3/m)', () => {
		expect(tangentVariance(64, 1, 3)).toBeCloseTo(12 / 64, 14);
		expect(Math.sqrt(tangentVariance(64, 1, 3)) / 2).toBeCloseTo(Math.sqrt(3 / 64), 14);
	});

	test.each([
		[64, 0.24257],
		[256, 0.12128],
		[1024, 0.06064],
		[4096, 0.03032],
	])('relative Frobenius fluctuation at m = %i is %d', (m, value) => {
		expect(relativeFluctuation(m, row, 3)).toBeCloseTo(value, 5);
	});

	test('opposite inputs never fire together: variance 0, not a rounding error below it', () => {
		for (const r of [-1, -1 + 1e-16, Math.cos(Math.PI)]) {
			const variance = tangentVariance(64, r, 3);
			expect(variance).toBeGreaterThanOrEqual(0);
			expect(variance).toBeLessThan(1e-9);
		}
	});

	test('mirrored pairs halve the independent neurons: √2 more', () => {
		const ratio = relativeFluctuation(512, row, 3) / relativeFluctuation(1024, row, 3);
		expect(ratio).toBeCloseTo(Math.SQRT2, 14);
	});

	test('outer weights ±1 fluctuate less than Gaussian ones', () => {
		expect(relativeFluctuation(64, row, 1)).toBeLessThan(relativeFluctuation(64, row, 3));
	});
});
