import { expect, test } from 'vitest';
import type { NumberQuestion } from '#contract';
import exercises from './exercises.ts';

const { settles, flattest, special } = exercises;
const shape = exercises.shape.ask({ c: 0.25 });
const halved = exercises.halved.ask({ eta: 0.1, by: 2 });

test.each([
	[settles, 20, 0],
	[shape, 4.46, 0.01],
	[flattest, 0.883, 0.001],
	[halved, 40, 0],
	[exercises.bears, 25.166, 0.001],
	[special, 1, 0],
] as const)('the answer to question %# is %d', (question, answer, within) => {
	expect(Math.abs(question.answer() - answer)).toBeLessThanOrEqual(within + 1e-12);
});

test('every slip catches the answer it is about', () => {
	const says = ({ slips }: Pick<NumberQuestion, 'slips'>, given: number) =>
		slips.filter(({ when }) => when(given)).map(({ say }) => say);
	expect(says(shape, 7.1)).toEqual([expect.stringContaining('c = 4')]);
	expect(says(shape, 16)).toEqual([expect.stringContaining('first block')]);
	expect(says(shape, 1.455)).toEqual([expect.stringContaining('1/c²')]);
	expect(says(flattest, 0.78)).toEqual([expect.stringContaining('root')]);
	expect(says(flattest, 1.1325)).toEqual([expect.stringContaining('other way')]);
	expect(says(flattest, 0.609)).toEqual([expect.stringContaining('c⁴')]);
	expect(says(exercises.bears, 63.3)).toEqual([expect.stringContaining('root')]);
	expect(says(exercises.bears, 22.36)).toEqual([expect.stringContaining('replacement')]);
	expect(says(exercises.bears, 20)).toEqual([expect.stringContaining('sharpness')]);
	expect(says(halved, 20)).toEqual([expect.stringContaining('before')]);
	expect(says(halved, 10)).toEqual([expect.stringContaining('shorter step')]);
});
