import { describe, expect, test } from 'vitest';
import { limitRisk } from './filterLaw.ts';
import { optimalRidge, ridgelessRisk, ridgeRisk } from './isotropic.ts';

const problem = (g: number) => ({ n: 100, p: 100 * g, signal: 1, noise: 0.25 });

describe('the limit of least squares on isotropic data, r² = 1, σ² = .25', () => {
	test.each([
		[0.5, 0, 0.25],
		[2, 0, 0.75],
		[5, 0, 0.8625],
		[1, 0.01, 1.1796],
		[1, 0.25, 0.3904],
		[2, 0.5, 0.6404],
	])('g = %d, λ = %d: %d (ridge in the limit)', (g, lambda, value) => {
		const risk = lambda === 0 ? ridgelessRisk(g, 1, 0.25) : ridgeRisk(g, lambda, 1, 0.25);
		expect(risk).toBeCloseTo(value, 4);
	});

	test('ridge is a filter: the integral over the spectrum is the closed form', () => {
		for (const [g, lambda] of [
			[0.5, 0.1],
			[1, 0.25],
			[3, 0.01],
		] as const) {
			const risk = limitRisk({ ...problem(g), residual: (s) => lambda / (s + lambda) });
			expect(risk).toBeCloseTo(ridgeRisk(g, lambda, 1, 0.25), 8);
		}
	});

	test('no other λ does better than the optimal one', () => {
		const best = ridgeRisk(1.5, optimalRidge(1.5, 1, 0.25), 1, 0.25);
		for (const factor of [0.5, 0.9, 1.1, 2])
			expect(ridgeRisk(1.5, factor * optimalRidge(1.5, 1, 0.25), 1, 0.25)).toBeGreaterThan(best);
	});

	test('with the optimal λ the risk grows with g and has no peak', () => {
		const risks = [0.2, 0.5, 0.8, 0.95, 1, 1.05, 1.3, 2, 5].map((g) =>
			ridgeRisk(g, optimalRidge(g, 1, 0.25), 1, 0.25),
		);
		expect(risks).toEqual([...risks].sort((a, b) => a - b));
	});
});

describe('gradient descent, η = .2 (the filter (1 − ηs)^t)', () => {
	test.each([
		[1, 10, 0.4037],
		[1, 30, 0.4538],
		[1, 100, 0.71],
		[1, 300, 1.2106],
		[1, 1000, 2.2424],
		[2, 10, 0.6614],
		[2, 100, 0.749],
	])('g = %d, t = %i: %d', (g, t, value) => {
		const risk = limitRisk({ ...problem(g), residual: (s) => (1 - 0.2 * s) ** t });
		expect(risk).toBeCloseTo(value, 4);
	});
});
