import { describe, expect, test } from 'vitest';
import { ensemble, join, quantile } from './curve.ts';

describe('curves', () => {
	test('quantiles are linear between order statistics, whatever the order of the values', () => {
		expect(quantile([4, 1, 3, 2], 0)).toBe(1);
		expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
		expect(quantile([4, 1, 3, 2], 1)).toBe(4);
		expect(quantile([7], 0.9)).toBe(7);
	});

	test('a NaN among the seeds is not hidden, an infinity not turned into NaN', () => {
		expect(quantile([1, NaN, 3], 0.1)).toBeNaN();
		expect(quantile([Infinity, Infinity], 0.9)).toBe(Infinity);
		expect(ensemble([0], [[1], [NaN]]).y[0]).toBeNaN();
	});

	test('an ensemble is the mean over its rows, in a band from the 10 % to the 90 % quantile', () => {
		const curve = ensemble(
			[0, 1],
			[
				[0, 10],
				[10, 30],
			],
		);
		expect(curve.y).toEqual([5, 20]);
		expect(curve.low).toEqual([1, 12]);
		expect(curve.high).toEqual([9, 28]);
	});

	test('frames grow a curve point by point as if it were drawn at once', () => {
		const rows = [
			[0, 10],
			[10, 30],
		];
		const part = (i: number) =>
			ensemble(
				[i],
				rows.map((row) => [row[i] ?? NaN]),
			);
		expect(join([part(0), part(1)])).toEqual(ensemble([0, 1], rows));
	});

	test('a curve without a band stays without one', () => {
		const joined = join([
			{ x: [0], y: [1] },
			{ x: [1], y: [2] },
		]);
		expect(joined).toEqual({ x: [0, 1], y: [1, 2] });
	});
});
