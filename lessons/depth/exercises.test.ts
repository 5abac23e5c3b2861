import { describe, expect, test } from 'vitest';
import exercises from './exercises.ts';

const unbeatable = exercises.unbeatable.ask({ units: 12 });
const halfOfTheKinks = exercises.halfOfTheKinks.ask({ layer: 4, bias: 2 });
const reachable = exercises.reachable.ask({ units: 8 });

describe('exercises', () => {
	test.each([
		[exercises.tenFolds, 2, 0],
		[exercises.deeper, 0, 0],
		[unbeatable, 1 / 48, 1e-12],
		[exercises.bestFold, 1, 0],
		[halfOfTheKinks, 4, 1e-12],
		[reachable, 9472, 0],
	] as const)('the answer to question %# is %d', (question, answer, within) => {
		expect(Math.abs(question.answer() - answer)).toBeLessThanOrEqual(within);
	});

	test.each([
		[unbeatable, 0.25, 'Each costs 1/12'],
		[unbeatable, 0.0625, 'must cost'],
		[unbeatable, 13 / 12 / 16, null],
		[unbeatable, 0.0521, '32 teeth'],
		[halfOfTheKinks, 2, 'first layer'],
		[halfOfTheKinks, 8, 'not by l'],
		[reachable, 301, 'one layer'],
		[reachable, 592, 'power'],
		[reachable, 151552, 'last'],
	] as const)('slip %#, %d, is recognised', ({ slips }, given, says) => {
		const said = slips.filter(({ when }) => when(given)).map(({ say }) => say);
		expect(said).toEqual(says ? [expect.stringContaining(says)] : []);
	});
});
