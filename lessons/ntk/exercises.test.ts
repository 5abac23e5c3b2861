import { describe, expect, test } from 'vitest';
import type { NumberQuestion } from '#contract';
import exercises from './exercises.ts';

const halfLife = exercises.halfLife.ask({ k: 4, step: 1 });
const vanishing = exercises.vanishing.ask({ n: 16 });
const travel = exercises.travel.ask({ m: 1024, alpha: 1 });

describe('exercises', () => {
	test.each([
		[halfLife, 111.5, 0.05],
		[vanishing, 3, 0],
		[travel, 0.07, 0.00005],
		[exercises.lastFrequency, 2, 0],
		[exercises.fluctuationRate, 0, 0],
		[exercises.whichError, 1, 0],
	] as const)('the answer to question %# is %d', (question, answer, within) => {
		expect(Math.abs(question.answer() - answer)).toBeLessThanOrEqual(within);
	});

	test('every slip catches the answer it is about', () => {
		const says = ({ slips }: Pick<NumberQuestion, 'slips'>, given: number) =>
			slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(says(halfLife, 55.8)).toEqual([expect.stringContaining('square')]);
		expect(says(halfLife, 161)).toEqual([expect.stringContaining('ln 2')]);
		expect(says(halfLife, 6.76)).toEqual([expect.stringContaining('step size')]);
		expect(says(vanishing, 6)).toHaveLength(1);
		expect(says(vanishing, 4)).toHaveLength(1);
		expect(says(travel, 0.0049)).toEqual([expect.stringContaining('root')]);
		expect(says(travel, 0.14)).toEqual([expect.stringContaining('four')]);
		expect(says(travel, 0.0808)).toEqual([expect.stringContaining('outer')]);
	});

	test('a guess with a single rate is told that there are three', () => {
		const { knots, misses } = exercises.falling;
		const y = knots.map((t) => Math.exp(-t / 50));
		const said = misses.filter(({ when }) => when({ x: knots, y })).map(({ say }) => say);
		expect(said).toContainEqual(expect.stringContaining('There are three'));
	});
});
