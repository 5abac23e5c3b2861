import { describe, expect, test } from 'vitest';
import { ensemble, quantile } from '#contract';
import { multiply } from '#theory/kernelDescent.ts';
import { random } from '#theory/random.ts';
import { meanRisk, riskCdf, riskQuantile } from './exactLaw.ts';
import { drawSample, firstColumns, ridgeFits, riskOf, transposedTimes } from './fit.ts';

const model = { n: 40, dimension: 200, noise: 0.04 };

describe('the fit', () => {
	const sample = drawSample(model, random(3, 'fit'));
	test.each([12, 40, 90])('p = %i: the normal equations hold, and above n it interpolates', (p) => {
		const x = firstColumns(sample, p);
		const [b] = ridgeFits(x, sample.y, [0]);
		const residual = multiply(x, b!).map((v, i) => sample.y[i]! - v);
		for (const value of transposedTimes(x, residual)) expect(Math.abs(value)).toBeLessThan(1e-7);
		if (p >= 40) for (const value of residual) expect(Math.abs(value)).toBeLessThan(1e-8);
	});

	test('a ridge gives the same fit from either Gram matrix', () => {
		const x = firstColumns(sample, 41);
		const wide = ridgeFits(x, sample.y, [3])[0]!;
		const residual = multiply(x, wide).map((v, i) => sample.y[i]! - v);
		transposedTimes(x, residual).forEach((v, j) => expect(v).toBeCloseTo(3 * wide[j]!, 10));
	});
});

describe('draws and their exact law', () => {
	const places = [5, 20, 36, 40, 44, 60, 200];
	const draws = 600;
	const rows = Array.from({ length: draws }, (_, r) => {
		const sample = drawSample(model, random(r, 'law'));
		return places.map((p) => riskOf(ridgeFits(firstColumns(sample, p), sample.y, [0])[0]!, model));
	});
	test.each(places.map((p, i) => [p, i] as const))('p = %i', (p, i) => {
		const values = rows.map((row) => row[i]!);
		// Kolmogorov-Smirnov at the level 10⁻⁴.
		const far = [...values]
			.sort((a, b) => a - b)
			.reduce(
				(most, r, k) => Math.max(most, Math.abs(riskCdf(model, p, r) - (k + 0.5) / draws)),
				0,
			);
		expect(far).toBeLessThan(2.23 / Math.sqrt(draws));
		if (Math.abs(p - 40) > 8)
			expect(
				ensemble(
					[p],
					values.map((v) => [v]),
				).y[0]! / meanRisk(model, p),
			).toBeCloseTo(1, 1);
		expect(quantile(values, 0.5) / riskQuantile(model, p, 0.5)).toBeCloseTo(1, 0);
	});
});
