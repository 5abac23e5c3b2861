import { describe, expect, it } from 'vitest';
import { gegenbauer, harmonics } from './gegenbauer.ts';

describe('functions on the sphere', () => {
	it('harmonics are counted as binomials say', () => {
		expect([0, 1, 2, 3, 4].map((l) => Math.round(harmonics(10, l)))).toEqual([1, 10, 54, 210, 660]);
		expect([0, 1, 2, 3].map((l) => Math.round(harmonics(3, l)))).toEqual([1, 3, 5, 7]);
	});

	it('in three dimensions Gegenbauer is Legendre', () => {
		const values: number[] = [];
		gegenbauer(3, 0.3, 3, (_, p) => values.push(p));
		expect(values[2]).toBeCloseTo((3 * 0.09 - 1) / 2, 14);
		expect(values[3]).toBeCloseTo((5 * 0.027 - 0.9) / 2, 14);
	});
});
