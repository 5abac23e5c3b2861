import { describe, expect, test } from 'vitest';
import {
	halfLife,
	inverseFilter,
	learntFilter,
	residualFilter,
	travelFilter,
} from './descentFilter.ts';

describe('gradient descent as a spectral filter', () => {
	test('one weight, stepped by hand', () => {
		const [eta, lambda] = [0.3, 2.5];
		let f = 0;
		for (let t = 0; t < 7; t++) {
			expect(1 - f).toBeCloseTo(residualFilter(eta, lambda, t), 13);
			expect(f).toBeCloseTo(learntFilter(eta, lambda, t), 13);
			f -= eta * lambda * (f - 1);
		}
	});

	test('past the edge ηλ > 2 it grows and changes sign', () => {
		expect(residualFilter(1, 3, 3)).toBe(-8);
	});

	test('as λ → 0 the inverse tends to ηt and the travel to 0', () => {
		for (const lambda of [0, 1e-18, -1e-18, 1e-13]) {
			expect(inverseFilter(0.06, lambda, 200)).toBeCloseTo(12, 8);
			expect(travelFilter(0.06, lambda, 200)).toBeCloseTo(0, 8);
		}
	});

	test('after the half-life one half is left', () => {
		expect(residualFilter(0.06, 0.1, halfLife(0.06, 0.1))).toBeCloseTo(0.5, 13);
	});
});
