import { describe, expect, test } from 'vitest';
import type { Question } from '#contract';
import exercises from './exercises.ts';

const all: [string, Question][] = Object.entries(exercises);

describe('exercises', () => {
	test.each([
		['worthless', 2, 0],
		['hundred', 0.206, 0.0001],
		['angle', 45, 1e-9],
		['worth', 2.946, 0.001],
		['margins', 0.2673, 0.0001],
	] as const)('the answer to %s is %d', (name, answer, within) => {
		expect(Math.abs(exercises[name].answer() - answer)).toBeLessThanOrEqual(within);
	});

	test.each(all)('%s: no slip catches the right answer', (_, question) => {
		if (question.kind !== 'number') return;
		expect(question.hints.length).toBeGreaterThan(0);
		expect(question.slips.filter(({ when }) => when(question.answer()))).toEqual([]);
	});

	test('every slip catches the answer it is about', () => {
		const says = (name: 'hundred' | 'angle' | 'worth' | 'margins', given: number) =>
			exercises[name].slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(says('hundred', 0.647)).toEqual([expect.stringContaining('radians')]);
		expect(says('hundred', 0.412)).toEqual([expect.stringContaining('Twice')]);
		expect(says('hundred', 0.798)).toEqual([expect.stringContaining('cosine')]);
		expect(says('hundred', 0.2804)).toEqual([expect.stringContaining('square root')]);
		expect(says('angle', 60)).toHaveLength(1);
		expect(says('angle', 0.785)).toHaveLength(1);
		expect(says('angle', 0.25)).toHaveLength(1);
		expect(says('worth', 0.339)).toHaveLength(1);
		expect(says('worth', 1.716)).toHaveLength(1);
		expect(says('worth', 7.64)).toHaveLength(1);
		expect(says('margins', 0.1382)).toHaveLength(1);
		expect(says('margins', 0.363)).toHaveLength(1);
		expect(says('margins', 0.1337)).toHaveLength(1);
	});
});
