import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('the answers are those of the solutions', () => {
	expect(exercises.size.answer()).toBe(13);
	expect(exercises.early.answer()).toBe(1);
	expect(exercises.law.answer()).toBe(1);
	expect(exercises.byHand.ask({ n: 64 }).answer()).toBeCloseTo(0.5089, 4);
	expect(exercises.finite.ask({ count: 1000 }).answer()).toBe(381);
	expect(exercises.samples.ask({ gap: 0.1 }).answer()).toBe(235);
	expect(exercises.factor.answer()).toBeCloseTo(8 / Math.PI, 2);
	expect(exercises.wrongCoins.ask({ n: 100 }).answer()).toBeCloseTo(0.384, 3);
});
