import { describe, expect, test } from 'vitest';
import type { Question } from '#contract';
import exercises from './exercises.ts';

const all: [string, Question][] = Object.entries(exercises);

describe('exercises', () => {
	test.each([
		['halfLife', 111.5, 0.05],
		['vanishing', 3, 0],
		['travel', 0.07, 0.00005],
		['lastFrequency', 2, 0],
		['fluctuationRate', 0, 0],
		['whichError', 1, 0],
	] as const)('the answer to %s is %d', (name, answer, within) => {
		expect(Math.abs(exercises[name].answer() - answer)).toBeLessThanOrEqual(within);
	});

	test.each(all)(
		'%s: every option has its reply; no slip catches the right answer',
		(_, question) => {
			if (question.kind === 'choice') {
				expect(question.replies).toHaveLength(question.options.length);
				expect(question.options[question.answer()]).toBeDefined();
				return;
			}
			expect(question.hints.length).toBeGreaterThan(0);
			expect(question.slips.filter(({ when }) => when(question.answer()))).toEqual([]);
		},
	);

	test('every slip catches the answer it is about', () => {
		const says = (name: 'halfLife' | 'vanishing' | 'travel', given: number) =>
			exercises[name].slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(says('halfLife', 55.8)).toEqual([expect.stringContaining('square')]);
		expect(says('halfLife', 161)).toEqual([expect.stringContaining('ln 2')]);
		expect(says('halfLife', 6.76)).toEqual([expect.stringContaining('step size')]);
		expect(says('vanishing', 6)).toHaveLength(1);
		expect(says('vanishing', 4)).toHaveLength(1);
		expect(says('travel', 0.0049)).toEqual([expect.stringContaining('root')]);
		expect(says('travel', 0.14)).toEqual([expect.stringContaining('four')]);
		expect(says('travel', 0.0808)).toEqual([expect.stringContaining('outer')]);
	});
});
