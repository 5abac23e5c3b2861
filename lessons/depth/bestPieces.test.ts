import { describe, expect, test } from 'vitest';
import { bestPieces } from '#theory/bestPieces.ts';
import { sawtooth } from './sawtooth.ts';
import { sampledFloor } from './theory.ts';

const samples = 512;
const values = Array.from({ length: samples }, (_, i) => sawtooth(5, (i + 0.5) / samples));
const best = bestPieces({ values, most: 33 });

describe('the best p pieces for the sawtooth of five folds', () => {
	/** With breakpoints on multiples of 1/128 only, so slightly above; 16 samples to a flank. */
	const coarse = [
		[2, 0.07987],
		[5, 0.07116],
		[9, 0.05942],
		[17, 0.03488],
		[25, 0.01658],
	] as const;

	test.each(coarse)('%i pieces: %d, a little less with breakpoints anywhere', (p, reference) => {
		const onInterval = best[p - 1]! / (1 - 16 ** -2);
		expect(onInterval / reference).toBeLessThan(1.0005);
		expect(onInterval / reference).toBeGreaterThan(0.98);
	});

	test('32 pieces are enough, 31 are not', () => {
		expect(best[31]).toBe(0);
		expect(best[30]).toBeGreaterThan(1e-4);
	});

	test('always above the floor, and falling', () => {
		best.forEach((error, i) => {
			expect(error).toBeGreaterThanOrEqual(sampledFloor(5, i + 1, samples) - 1e-12);
			if (i > 0) expect(error).toBeLessThanOrEqual(best[i - 1]!);
		});
	});
});
