import { describe, expect, test } from 'vitest';
import type { Question } from '#contract';
import exercises from './exercises.ts';

const all: [string, Question][] = Object.entries(exercises);

describe('exercises', () => {
	test.each([
		['worst', 2, 0],
		['sameRisk', 67, 0],
		['networkPeak', 1, 0],
		['hill', 0.8143, 0.0001],
		['twoReasons', 1, 0],
		['rows', 0.083, 0.0001],
		['stopping', 0.3904, 0.0001],
	] as const)('the answer to %s is %d', (name, answer, within) => {
		expect(Math.abs(exercises[name].answer() - answer)).toBeLessThanOrEqual(within);
	});

	test.each(all)('%s: no slip catches the right answer, and each can be made', (_, question) => {
		if (question.kind === 'choice') {
			expect(question.replies).toHaveLength(question.options.length);
			return;
		}
		expect(question.hints.length).toBeGreaterThan(0);
		expect(question.slips.filter(({ when }) => when(question.answer()))).toEqual([]);
	});

	test('every slip catches the answer it is about', () => {
		const says = (name: 'sameRisk' | 'rows' | 'stopping' | 'hill', given: number) =>
			exercises[name].slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(says('sameRisk', 66)).toEqual([expect.stringContaining('1.976')]);
		expect(says('sameRisk', 60)).toHaveLength(1);
		expect(says('rows', 0.332)).toEqual([expect.stringContaining('Multiply')]);
		expect(says('rows', 0.0623)).toEqual([expect.stringContaining('Divide')]);
		expect(says('rows', 0.075)).toEqual([expect.stringContaining('constants')]);
		expect(says('hill', 0.4286)).toEqual([expect.stringContaining('noise as well')]);
		expect(says('hill', 1.7143)).toEqual([expect.stringContaining('of both')]);
		expect(says('hill', 0.57)).toEqual([expect.stringContaining('Divide')]);
		expect(says('stopping', 0.6404)).toEqual([expect.stringContaining('new point')]);
	});
});
