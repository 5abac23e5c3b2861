import { describe, expect, test } from 'vitest';
import { hard, logit, moments } from './labels.ts';
import { errorOf, overlap } from './overlap.ts';

const soft = (temperature: number) => ({ temperature, flips: 0 });
const wrong = (flips: number) => ({ temperature: 0, flips });

describe('what a label keeps of a logit', () => {
	test('hard labels: s = √(2/π), ν² = 1 − 2/π, of ratio .5708', () => {
		const { slope, residual } = moments(hard);
		expect(slope).toBeCloseTo(Math.sqrt(2 / Math.PI), 14);
		expect(residual).toBeCloseTo(1 - 2 / Math.PI, 14);
		expect(residual / slope ** 2).toBeCloseTo(0.5708, 4);
	});

	test.each([
		[0.5, 0.19379],
		[1, 0.07473],
		[2, 0.01609],
	])('ν²/s² of soft labels at T = %d is %d', (temperature, value) => {
		const { slope, residual } = moments(soft(temperature));
		expect(residual / slope ** 2).toBeCloseTo(value, 5);
	});

	test('a logit keeps all', () => {
		expect(moments(logit)).toMatchObject({ slope: 1, residual: 0 });
	});

	test('the cosine in the sample: mean and scatter for hard labels in closed form', () => {
		// E ρ = √n √(2/π)/E χ_n and E ρ² = 2/π + (1 − 2/π)/n, expanded in 1/n.
		const { shift, spread } = moments(hard);
		expect(spread).toBeCloseTo(4 * (Math.PI / 2 - 1 - 0.5), 4);
		expect(shift / 2 + spread / 8).toBeCloseTo(0.25, 4);
	});
});

describe('the overlap in closed form at d = 50 (hard, T = 1, logits)', () => {
	test.each([
		[10, 0.3896, 0.3595, 0.3524],
		[25, 0.3414, 0.2715, 0.25],
		[40, 0.3557, 0.2292, 0.1476],
		[60, 0.3358, 0.1807, 0],
		[75, 0.2622, 0.1185, 0],
		[100, 0.206, 0.0849, 0],
		[200, 0.1301, 0.0495, 0],
		[400, 0.0878, 0.0325, 0],
	])('disagreement after %i samples', (n, ...values) => {
		[hard, soft(1), logit].forEach((label, k) =>
			expect(errorOf(overlap(n, 50, label))).toBeCloseTo(values[k]!, 4),
		);
	});

	test.each([
		[100, 0.15, 0.3114],
		[200, 0.15, 0.2246],
		[25, 0.15, 0.4034],
		[400, 0.3, 0.267],
	])('with wrong labels, n = %i, p = %d: %d', (n, flips, value) => {
		expect(errorOf(overlap(n, 50, wrong(flips)))).toBeCloseTo(value, 4);
	});

	test('leaves a gap around n = d where there is a residual, and none for logits', () => {
		expect([49, 50, 51].map((n) => overlap(n, 50, hard))).toEqual([NaN, NaN, NaN]);
		expect(overlap(50, 50, logit)).toBe(1);
	});
});
