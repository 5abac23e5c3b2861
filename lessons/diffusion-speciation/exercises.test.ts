import { describe, expect, test } from 'vitest';
import exercises from './exercises.ts';

const says = (slips: readonly { when: (g: number) => boolean; say: string }[], given: number) =>
	slips.filter(({ when }) => when(given)).map(({ say }) => say);

describe('exercises', () => {
	test('the answers are those of the formulas', () => {
		expect(exercises.splits.answer()).toBeCloseTo(Math.log(4), 12);
		expect(exercises.cumulant.answer()).toBeCloseTo(1 / 6, 12);
		expect(exercises.decided.answer()).toBe(1);
		expect(exercises.shift.answer()).toBe(0);
		expect(exercises.speciation.ask({ d: 256, mu: 1, s: 1 }).answer()).toBeCloseTo(2.77454, 5);
		expect(exercises.samples.ask({ d: 16, t: 0.1 }).answer() / 8.6e5).toBeCloseTo(1, 2);
	});

	test('each slip of the varied questions catches the answer it is about', () => {
		const { slips } = exercises.speciation.ask({ d: 256, mu: 0.5, s: 1 });
		expect(says(slips, Math.log(65))).toEqual([expect.stringContaining('log Λ')]);
		expect(says(slips, 0.5 * Math.log10(65))).toEqual([expect.stringContaining('natural')]);
		expect(says(slips, 0.5 * Math.log(129))).toEqual([expect.stringContaining('squared')]);
		expect(says(slips, 0.5 * Math.log(1.25))).toEqual([expect.stringContaining('one coordinate')]);
		const many = exercises.samples.ask({ d: 16, t: 0.1 }).slips;
		expect(says(many, 5.5167 ** 16)).toEqual([expect.stringContaining('d/2')]);
		expect(says(many, 4.5167 ** 8)).toEqual([expect.stringContaining('lost')]);
		expect(says(many, 10.508 ** 8)).toEqual([expect.stringContaining('factor 2')]);
		expect(says(many, 5.5167)).toEqual([expect.stringContaining('power')]);
	});
});
