import { describe, expect, test } from 'vitest';
import type { NumberQuestion } from '#contract';
import exercises from './exercises.ts';

const sameRisk = exercises.sameRisk.ask({ p: 20 });
const rows = exercises.rows.ask({ noise: 0.25 });
const stopping = exercises.stopping.ask({ c: 0.25 });

describe('exercises', () => {
	test.each([
		[sameRisk, 67, 0],
		[exercises.networkPeak, 1, 0],
		[exercises.hill, 0.8143, 0.0001],
		[exercises.twoReasons, 1, 0],
		[rows, 0.083, 0.0001],
		[stopping, 0.3904, 0.0001],
	] as const)('the answer to question %# is %d', (question, answer, within) => {
		expect(Math.abs(question.answer() - answer)).toBeLessThanOrEqual(within);
	});

	test('at its best the excess risk is κ/(1 + κ)', () => {
		expect(stopping.answer()).toBeCloseTo(0.640388 / 1.640388, 6);
	});

	test('every slip catches the answer it is about', () => {
		const says = ({ slips }: Pick<NumberQuestion, 'slips'>, given: number) =>
			slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(says(sameRisk, 66)).toEqual([expect.stringContaining('1.98')]);
		expect(says(sameRisk, 60)).toHaveLength(1);
		expect(says(rows, 0.332)).toEqual([expect.stringContaining('Multiply')]);
		expect(says(rows, 0.0623)).toEqual([expect.stringContaining('Divide')]);
		expect(says(rows, 0.075)).toEqual([expect.stringContaining('constants')]);
		expect(says(exercises.hill, 0.4286)).toEqual([expect.stringContaining('noise as well')]);
		expect(says(exercises.hill, 1.7143)).toEqual([expect.stringContaining('of both')]);
		expect(says(exercises.hill, 0.57)).toEqual([expect.stringContaining('Divide')]);
		expect(says(stopping, 0.6404)).toEqual([expect.stringContaining('new point')]);
	});

	test('a guess that rises to the end is told so', () => {
		const { knots, misses } = exercises.worst;
		const y = knots.map((p) => 0.6 * 1.02 ** p);
		const said = misses.filter(({ when }) => when({ x: knots, y })).map(({ say }) => say);
		expect(said).toContainEqual(expect.stringContaining('comes down again'));
	});
});
