import { describe, expect, test } from 'vitest';
import { ensemble, quantile } from '#contract';
import { ridgeFits } from '#theory/leastSquares.ts';
import { random } from '#theory/random.ts';
import { meanRisk, riskCdf, riskQuantile } from './exactLaw.ts';
import { drawSample, firstColumns, riskOf } from './fit.ts';

const model = { n: 40, dimension: 200, noise: 0.04 };

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
