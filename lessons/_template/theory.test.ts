import { expect, test } from 'vitest';
import exercises from './exercises.ts';
import { longestStep, output } from './theory.ts';

test('the formula is gradient descent, stepped by hand', () => {
	let f = 1;
	for (let t = 0; t < 10; t++) {
		expect(output(0.3, t)).toBeCloseTo(f, 14);
		f -= 0.3 * f;
	}
});

test('at the longest step the output neither grows nor falls', () => {
	expect(output(longestStep, 7)).toBe(-1);
});

test('the answers are those of the solutions', () => {
	expect(exercises.half.ask({ step: 0.3 }).answer()).toBeCloseTo(1.94, 2);
	expect(exercises.sign.answer()).toBe(1);
});
