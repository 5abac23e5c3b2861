import { describe, expect, test } from 'vitest';
import { kappa0, kappa1 } from './arcCosine.ts';
import { random } from './random.ts';

describe('arc-cosine kernels', () => {
	test('κ₀ carries the factor 1/π: it is 0, 1/3, 1/2, 1 at r = −1, −1/2, 0, 1', () => {
		expect([-1, -0.5, 0, 1].map(kappa0)).toEqual([
			0,
			expect.closeTo(1 / 3, 14),
			expect.closeTo(1 / 2, 14),
			1,
		]);
	});

	test('κ₁ is 0, 1/π, 1 at r = −1, 0, 1', () => {
		expect(kappa1(-1)).toBeCloseTo(0, 14);
		expect(kappa1(0)).toBeCloseTo(1 / Math.PI, 14);
		expect(kappa1(1)).toBeCloseTo(1, 14);
	});

	test('κ₁′ = κ₀, by central differences', () => {
		for (const r of [-0.9, -0.3, 0.2, 0.7]) {
			expect((kappa1(r + 1e-5) - kappa1(r - 1e-5)) / 2e-5).toBeCloseTo(kappa0(r), 8);
		}
	});

	test('a cosine pushed past 1 by rounding is clipped, not turned into NaN', () => {
		expect(kappa0(1 + 1e-15)).toBe(1);
		expect(kappa1(1 + 1e-15)).toBeCloseTo(1, 14);
		expect(kappa1(-1 - 1e-15)).toBeCloseTo(0, 14);
	});

	test('they are the Gaussian averages they stand for (200,000 draws, four standard errors)', () => {
		const { normal } = random(1, 'arc-cosine');
		const r = 0.3;
		const draws = 200_000;
		let both = 0;
		let product = 0;
		for (let i = 0; i < draws; i++) {
			const u = normal();
			const v = r * u + Math.sqrt(1 - r * r) * normal();
			if (u <= 0 || v <= 0) continue;
			both += 1 / draws;
			product += (u * v) / draws;
		}
		expect(Math.abs(both - kappa0(r) / 2)).toBeLessThan((4 * 0.5) / Math.sqrt(draws));
		expect(Math.abs(product - kappa1(r) / 2)).toBeLessThan((4 * 1) / Math.sqrt(draws));
	});
});
