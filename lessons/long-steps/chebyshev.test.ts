import { describe, expect, it } from 'vitest';
import {
	chebyshevFactor,
	chebyshevSteps,
	constantFactor,
	descend,
	eigenvalues,
	growth,
	type Order,
} from './chebyshev.ts';

describe('quadratics', () => {
	it.each([
		[10, 8, 1.0609e-2, 0.2008],
		[100, 16, 8.0523e-2, 0.7261],
		[1000, 64, 3.4867e-2, 0.8799],
	])('κ = %d, %d steps: Chebyshev and constant', (kappa, n, best, constant) => {
		expect(chebyshevFactor(n, kappa) / best).toBeCloseTo(1, 4);
		expect(constantFactor(n, kappa)).toBeCloseTo(constant, 4);
		const lambdas = eigenvalues(n, kappa);
		for (const order of ['lebedev', 'long last', 'long first'] satisfies Order[])
			expect(growth(chebyshevSteps(n, kappa, order), lambdas).at(-1)! / best).toBeCloseTo(1, 4);
		const even = Array.from({ length: n }, () => 2 / (1 + 1 / kappa));
		expect(growth(even, lambdas).at(-1)).toBeCloseTo(constant, 4);
	});

	it('descent with 53 digits follows the products, whatever their order', () => {
		for (const order of ['lebedev', 'long first'] satisfies Order[]) {
			const [steps, lambdas] = [chebyshevSteps(16, 100, order), eigenvalues(16, 100)];
			const products = growth(steps, lambdas);
			descend(steps, lambdas, 'float64').forEach((d, t) =>
				expect(Math.abs(d / products[t]! - 1)).toBeLessThan(1e-9),
			);
		}
	});

	it('even in the order of Lebedev and Finogenov there is growth on the way, 217-fold at κ = 1000', () => {
		const most = Math.max(...growth(chebyshevSteps(64, 1000, 'lebedev'), eigenvalues(64, 1000)));
		expect(most).toBeGreaterThan(200);
		expect(most).toBeLessThan(235);
	});

	it('24 digits are enough for 64 steps in that order', () => {
		const found = descend(chebyshevSteps(64, 1000, 'lebedev'), eigenvalues(64, 1000), 'float32');
		expect(found.at(-1)! / 3.4867e-2).toBeCloseTo(1, 3);
	});

	it('a step more than a power of two is still a permutation', () => {
		const sorted = chebyshevSteps(9, 50, 'lebedev').toSorted((a, b) => a - b);
		expect(sorted).toEqual(chebyshevSteps(9, 50, 'long last').toSorted((a, b) => a - b));
	});
});
