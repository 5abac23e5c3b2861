import { describe, expect, test } from 'vitest';
import { draw, waysToAsk, type NumberQuestion } from '#contract';
import exercises from './exercises.ts';

const { hundred, angle, worth, margins } = exercises;
const says = ({ slips }: Pick<NumberQuestion, 'slips'>, given: number) =>
	slips.filter(({ when }) => when(given)).map(({ say }) => say);

describe('exercises', () => {
	test('a student is worst after as many labels as weights', () => {
		expect(exercises.worthless.answer()).toBe(2);
	});

	test.each([
		[100, 0.206, 0.7979, 0.2804],
		[75, 0.26217, 0.6796, 0.3472],
		[150, 0.15551, 0.883, 0.2154],
		[200, 0.13014, 0.9176, 0.1814],
	])('after %d hard labels a student errs on %d', (n, share, cosine, squared) => {
		const question = hundred.ask({ n });
		expect(Math.abs(question.answer() - share)).toBeLessThan(1e-4);
		expect(says(question, Math.PI * share)).toEqual([expect.stringContaining('radians')]);
		expect(says(question, 2 * share)).toEqual([expect.stringContaining('Twice')]);
		expect(says(question, cosine)).toEqual([expect.stringContaining('cosine')]);
		expect(says(question, squared)).toEqual([expect.stringContaining('square root')]);
	});

	test('at n = 2d alone signal and residual are in the proportion of a single label', () => {
		expect(hundred.ask({ n: 100 }).solution).toContain('√(2/π)');
		expect(hundred.ask({ n: 150 }).solution).not.toContain('√(2/π)');
	});

	test.each([
		[25, 45, 60],
		[10, 63.435, 78.463],
		[40, 26.565, 36.87],
	])('a student of %d logits is at %d degrees', (n, degrees, unrooted) => {
		const question = angle.ask({ n });
		expect(question.answer()).toBeCloseTo(degrees, 3);
		expect(says(question, unrooted)).toEqual([expect.stringContaining('R = n/d')]);
		expect(says(question, (degrees * Math.PI) / 180)).toEqual([expect.stringContaining('radians')]);
		expect(says(question, degrees / 180)).toEqual([expect.stringContaining('share')]);
	});

	test.each([
		{ T: 0.5, count: 2.946, others: { 1: 7.64, 2: 35.5 } },
		{ T: 1, count: 7.639, others: { 0.5: 2.946, 2: 35.5 } },
		{ T: 2, count: 35.48, others: { 0.5: 2.946, 1: 7.64 } },
	])('a soft label at T = $T is worth $count hard ones', ({ T, count, others }) => {
		const question = worth.ask({ T });
		expect(question.answer() / count).toBeCloseTo(1, 3);
		expect(says(question, 1 / count)).toEqual([expect.stringContaining('wrong way round')]);
		expect(says(question, Math.sqrt(count))).toEqual([expect.stringContaining('ratio')]);
		for (const [other, value] of Object.entries(others)) {
			expect(says(question, value)).toEqual([`That is the value at T = ${other}.`]);
			expect(question.solution).toContain(`at T = ${other}`);
		}
	});

	test.each([
		[0.01, 0.2673, 0.1382, 0.3631],
		[0.001, 0.12407, 0.0437, 0.16854],
		[0.005, 0.21216, 0.09772, 0.28819],
		[0.02, 0.33678, 0.19544, 0.45748],
	])('a loss of %d leaves room for %d', (loss, share, root, unsquared) => {
		const question = margins.ask({ loss });
		expect(Math.abs(question.answer() - share)).toBeLessThan(1e-4);
		expect(says(question, root)).toEqual([expect.stringContaining('square root')]);
		expect(says(question, unsquared)).toEqual([expect.stringContaining('q enters squared')]);
		expect(says(question, share / 2)).toEqual([expect.stringContaining('both sides')]);
	});

	test('no slip catches what counts as right, however the question is asked', () => {
		for (const question of [hundred, angle, worth, margins])
			for (let n = 0; n < waysToAsk(question); n++) {
				const asked = draw(question, n).question as NumberQuestion;
				expect(asked.hints.length).toBeGreaterThan(0);
				for (const off of [-asked.within, 0, asked.within])
					expect(says(asked, asked.answer() * (1 + off))).toEqual([]);
			}
	});
});
