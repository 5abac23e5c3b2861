import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('the answers are those of the solutions', () => {
	expect(exercises.safestStep.answer()).toBe(2);
	expect(exercises.bestConstant.answer()).toBeCloseTo(1.83405, 5);
	expect(exercises.silverWorst.answer()).toBeCloseTo(0.0012659, 7);
	expect(exercises.silverDoubling.answer()).toBeCloseTo(2.41421, 5);
	expect(exercises.chebyshevCount.answer()).toBe(27);
	expect(exercises.whatCounts.answer()).toBe(1);
});

it('equal steps need 231 where Chebyshev’s need 27', () => {
	const slip = exercises.chebyshevCount.slips.find(({ when }) => when(231));
	expect(slip?.say).toMatch(/So many equal steps/);
});
