import { describe, expect, test } from 'vitest';
import { meanRisk, riskCdf, riskDeviation, riskQuantile } from './exactLaw.ts';
import { sweep } from './model.ts';

const model = { n: 40, dimension: 200, noise: 0.04 };

describe('the expected risk at n = 40, D = 200, σ² = .04', () => {
	test.each([
		[5, 1.1643],
		[20, 1.9295],
		[30, 3.8567],
		[36, 11.18],
		[44, 11.773],
		[50, 4.3511],
		[60, 2.3979],
		[80, 1.4964],
		[120, 1.0628],
		[200, 0.8501],
	])('p = %i: %d (the mean of the minimum-norm risk)', (p, value) => {
		expect(meanRisk(model, p) / value).toBeCloseTo(1, 3);
	});

	test('is infinite within one of p = n', () => {
		expect([38, 39, 40, 41, 42].map((p) => Number.isFinite(meanRisk(model, p)))).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
	});
});

describe('the law of the risk', () => {
	test.each([20, 32, 48, 60, 200])(
		'p = %i: has the mean and the deviation of the formulas',
		(p) => {
			// E r = ∫ P(r > u) du and E r² = ∫ 2u P(r > u) du, in u = e^v.
			let [mean, square] = [1e-3, 1e-6];
			const step = 0.005;
			for (let v = Math.log(1e-3); v < Math.log(1e7); v += step) {
				const u = Math.exp(v);
				const above = 1 - riskCdf(model, p, u);
				mean += step * u * above;
				square += 2 * step * u * u * above;
			}
			expect(mean / meanRisk(model, p)).toBeCloseTo(1, 3);
			expect(Math.sqrt(square - mean ** 2) / riskDeviation(model, p)).toBeCloseTo(1, 2);
		},
	);

	test('at p = n half of the draws stay below a finite risk', () => {
		expect(riskCdf(model, 40, riskQuantile(model, 40, 0.5))).toBeCloseTo(0.5, 9);
	});

	test('without noise, on all coordinates, only the missed signal is left', () => {
		const silent = { ...model, noise: 0 };
		expect(meanRisk(silent, 200)).toBeCloseTo(0.8, 12);
		expect(riskQuantile(silent, 200, 0.5)).toBeCloseTo(0.8, 2);
	});

	test('the sweep goes from 1 to D past p = n, for every n', () => {
		for (const n of [20, 40, 100]) {
			const p = sweep({ ...model, n });
			expect([p[0], p.at(-1)]).toEqual([1, 200]);
			expect(p).toContain(n);
		}
	});
});
