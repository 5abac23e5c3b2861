import { describe, expect, test } from 'vitest';
import { draw, waysToAsk, type NumberQuestion } from '#contract';
import exercises, { below } from './exercises.ts';

const { reluHalves, criticalPoint, forgotten } = exercises;
const says = ({ slips }: Pick<NumberQuestion, 'slips'>, given: number) =>
	slips.filter(({ when }) => when(given)).map(({ say }) => say);

describe('exercises', () => {
	test('the answers to the guesses', () => {
		expect(exercises.oldStart.answer()).toBe(2);
		expect(exercises.typicalNetwork.answer()).toBe(2);
		expect(below).toBeCloseTo(0.733, 3);
	});

	test.each([
		[1, 20, 1.907e-6],
		[0.8, 20, 2.7488e-8],
		[1.5, 12, 0.042235],
		[0.8, 24, 7.0369e-10],
	])('at σ_w² = %d, over %d layers of ReLU, %d of the gradient is left', (weight, layers, left) => {
		const question = reluHalves.ask({ weight, layers });
		expect(question.answer() / left).toBeCloseTo(1, 3);
		const factor = weight / 2;
		expect(says(question, factor ** layers)).toEqual([
			expect.stringContaining(`${layers - 1} steps`),
		]);
		expect(says(question, 1)).toEqual([expect.stringContaining(`He’s rule`)]);
		expect(says(question, factor ** ((layers - 1) / 2))).toEqual([
			expect.stringContaining('ratio of the sizes'),
		]);
		if (weight !== 1)
			expect(says(question, weight ** (layers - 1))).toEqual([
				expect.stringContaining('half of the time'),
			]);
	});

	test.each([
		[0.05, 1.761, 'between 1.7 and 1.8', 1.2601],
		[0.02, 1.5442, 'between 1.5 and 1.6', 1.1379],
		[0.15, 2.1505, 'between 2.1 and 2.2', 1.568],
		[0.2, 2.2852, 'between 2.2 and 2.3', 1.7009],
	])('at σ_b² = %d the edge of chaos is at %d', (bias, critical, hint, squared) => {
		const question = criticalPoint.ask({ bias });
		expect(question.answer()).toBeCloseTo(critical, 3);
		expect(question.hints.at(-1)).toContain(hint);
		expect(says(question, 1)).toEqual([expect.stringContaining('without biases')]);
		expect(says(question, squared)).toEqual([expect.stringContaining('squared')]);
		expect(says(question, Math.sqrt(critical))).toEqual([expect.stringContaining('That is σ_w.')]);
	});

	test.each([
		[1000, 25.05, 10.9, 4.145],
		[100, 16.7, 7.25, 4.108],
		[10_000, 33.41, 14.5, 4.149],
	])('one part in %d is left after %d layers', (parts, layers, decimal, linear) => {
		const question = forgotten.ask({ parts });
		expect(Math.abs(question.answer() - layers)).toBeLessThan(0.01);
		expect(says(question, decimal)).toEqual([expect.stringContaining(`ln ${parts}`)]);
		expect(says(question, linear)).toEqual([expect.stringContaining('multiplied')]);
		expect(says(question, 21.8)).toEqual([expect.stringContaining('6ξ')]);
	});

	test('no slip catches what counts as right, however the question is asked', () => {
		for (const question of [reluHalves, criticalPoint, forgotten])
			for (let n = 0; n < waysToAsk(question); n++) {
				const asked = draw(question, n).question as NumberQuestion;
				for (const off of [-asked.within, 0, asked.within])
					expect(says(asked, asked.answer() * (1 + off))).toEqual([]);
			}
	});
});
