import { describe, expect, test } from 'vitest';
import { multiply } from './kernelDescent.ts';
import { ridgeFits, transposedTimes } from './leastSquares.ts';
import { random } from './random.ts';

describe('least squares on 40 samples', () => {
	const { normal } = random(3, 'fit');
	const draw = (p: number) => Float64Array.from({ length: 40 * p }, normal);
	const y = draw(1);

	test.each([12, 40, 90])('p = %i: the normal equations hold, and above n it interpolates', (p) => {
		const x = draw(p);
		const [b] = ridgeFits(x, y, [0]);
		const residual = multiply(x, b!).map((v, i) => y[i]! - v);
		for (const value of transposedTimes(x, residual)) expect(Math.abs(value)).toBeLessThan(1e-7);
		if (p >= 40) for (const value of residual) expect(Math.abs(value)).toBeLessThan(1e-8);
	});

	test('a ridge gives the same fit from either Gram matrix', () => {
		const x = draw(41);
		const wide = ridgeFits(x, y, [3])[0]!;
		const residual = multiply(x, wide).map((v, i) => y[i]! - v);
		transposedTimes(x, residual).forEach((v, j) => expect(v).toBeCloseTo(3 * wide[j]!, 10));
	});
});
