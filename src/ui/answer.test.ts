import { expect, test } from 'vitest';
import { judgeAnswer, readAnswer } from './answer.ts';
import { slipOf } from './slips.ts';

test.each([
	['1e-3', 0.001],
	['.07', 0.07],
	['7%', 0.07],
	['7 %', 0.07],
	['3/4', 0.75],
	[' −2.5 ', -2.5],
	['112 steps', 112],
	['1,5', null],
	['', null],
	['1/0', null],
	['2^-5', 1 / 32],
	['sqrt(2)', Math.SQRT2],
	['2·π/4', Math.PI / 2],
	['log(2)/0.1', Math.LN2 / 0.1],
	['x', null],
	['alert(1)', null],
	['0x10', null],
	['Infinity', null],
	['1'.repeat(400), null],
	['about 3', null],
])('“%s” is read as %s', (text, value) => {
	expect(readAnswer(text, 'steps')).toBe(value);
});

const question = {
	kind: 'number' as const,
	answer: () => 2,
	within: 0.01,
	hints: [],
	slips: [{ when: (given: number) => given === 4, say: 'That is the square.' }],
	solution: '√4 = 2.',
};

test('an answer is right within its tolerance, a slip is named, the rest is told what is accepted', () => {
	expect(judgeAnswer(question, '2.019').right).toBe(true);
	expect(judgeAnswer(question, '2.03').right).toBe(false);
	expect(judgeAnswer(question, '4').sentence).toBe('Not quite. That is the square.');
	expect(judgeAnswer(question, 'two').sentence).toContain('3/4');
	expect(judgeAnswer({ ...question, answer: () => 0 }, '0.005').right).toBe(true);
});

test.each([
	[-6, 'wrong sign'],
	[12, 'factor of 2'],
	[3, 'factor of 2'],
	[36, 'square'],
	[6 * Math.LN10, 'base 10'],
	[6 * Math.LN2, 'base 2'],
	[0.06, 'percentage'],
	[1 / 6, 'upside down'],
	[6.3, null],
])('for 6, %d is a usual slip: %s', (given, says) => {
	const found = slipOf(given, 6, 0.02);
	if (says === null) expect(found).toBeNull();
	else expect(found).toContain(says);
});
