import { expect, it } from 'vitest';
import { draw, waysToAsk, type NumberQuestion } from '#contract';
import exercises from './exercises.ts';

const { floor, mixed, relus, narrowest, honest } = exercises;
const says = ({ slips }: Pick<NumberQuestion, 'slips'>, given: number) =>
	slips.filter(({ when }) => when(given)).map(({ say }) => say);

it('the answers to the guesses', () => {
	expect(exercises.howWide.answer()).toBe(2);
	expect(exercises.spectrum.answer()).toBe(0);
});

it.each([
	[96, 0.25],
	[48, 0.625],
	[80, 0.375],
	[112, 0.125],
])('%d features leave %d of 128 coins', (m, left) => {
	const question = floor.ask({ m });
	expect(question.answer()).toBe(left);
	expect(says(question, 1 - left)).toEqual([expect.stringContaining('What is left?')]);
	expect(says(question, left + 1 / 128)).toEqual([expect.stringContaining('Centring')]);
});

it.each([
	[0.2, 0.6, 0.5, 0.5, 0.4, 0.3],
	[0.2, 0.6, 0.2, 0.344, 0.28, 0.456],
	[0.1, 0.8, 0.4, 0.548, 0.38, 0.352],
	[0.1, 0.8, 0.2, 0.352, 0.24, 0.548],
])('%d on true labels and %d on coins make, at ρ = %d, %d', (...row) => {
	const [truth, noise, rho, mixture, linear, swapped] = row;
	const question = mixed.ask({ truth, noise, rho });
	expect(question.answer()).toBeCloseTo(mixture, 12);
	expect(says(question, linear)).toEqual([expect.stringContaining('quadratic')]);
	expect(says(question, swapped)).toEqual([expect.stringContaining('wrong way round')]);
});

it.each([
	[100, 37],
	[144, 45],
	[256, 61],
	[400, 77],
])('the construction stores %d labels in %d neurons', (n, neurons) => {
	const question = relus.ask({ n });
	expect(question.answer()).toBe(neurons);
	expect(says(question, neurons + 1)).toEqual([expect.stringContaining('one neuron less')]);
	expect(says(question, 4 * Math.sqrt(n))).toEqual([expect.stringContaining('4√N')]);
	expect(says(question, n)).toEqual([expect.stringContaining('One hidden layer')]);
});

it.each([
	[1024, 31, 63],
	[256, 15, 31],
	[400, 19, 39],
	[900, 29, 59],
])('%d alternating labels need a width of %d, and %d is enough', (n, width, enough) => {
	const question = narrowest.ask({ n });
	expect(question.answer()).toBe(width);
	expect(says(question, Math.sqrt(n))).toEqual([expect.stringContaining('the root')]);
	expect(says(question, enough)).toEqual([expect.stringContaining('enough')]);
	expect(says(question, n - 2)).toEqual([expect.stringContaining('one hidden layer')]);
});

it.each([0.4, 0.2, 0.6, 0.8])('of a share %d of coins half is wrong', (rho) => {
	const question = honest.ask({ rho });
	expect(question.answer()).toBeCloseTo(rho / 2, 12);
	expect(says(question, rho)).toEqual([expect.stringContaining('agrees')]);
	expect(says(question, 1 - rho / 2)).toEqual([expect.stringContaining('is right')]);
});

it('no slip catches what counts as right, however the question is asked', () => {
	for (const question of [floor, mixed, relus, narrowest, honest])
		for (let n = 0; n < waysToAsk(question); n++) {
			const asked = draw(question, n).question as NumberQuestion;
			for (const off of [-asked.within, 0, asked.within])
				expect(says(asked, asked.answer() * (1 + off))).toEqual([]);
		}
});
