import { describe, expect, test } from 'vitest';
import exercises, { below } from './exercises.ts';

describe('exercises', () => {
	test.each([
		['oldStart', 2, 0],
		['typicalNetwork', 2, 0],
		['reluHalves', 1.907e-6, 1e-9],
		['criticalPoint', 1.761, 1e-4],
		['forgotten', 25.05, 0.01],
	] as const)('the answer to %s is %d', (name, answer, within) => {
		expect(Math.abs(exercises[name].answer() - answer)).toBeLessThanOrEqual(within);
	});

	test('the share of networks below their mean', () => {
		expect(below).toBeCloseTo(0.733, 3);
	});

	test.each([
		['reluHalves', 2 ** -20, '19 steps'],
		['reluHalves', 1, 'He’s rule'],
		['reluHalves', 1.38e-3, 'ratio of the sizes'],
		['criticalPoint', 1, 'without biases'],
		['criticalPoint', 1.327, 'σ_w².'],
		['criticalPoint', 1.26, 'squared'],
		['forgotten', 10.9, 'ln 1000'],
		['forgotten', 21.8, '6ξ'],
		['forgotten', 241, 'multiplied'],
	] as const)('%s: the slip %d is recognised', (name, given, says) => {
		const said = exercises[name].slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(said).toEqual([expect.stringContaining(says)]);
	});
});
