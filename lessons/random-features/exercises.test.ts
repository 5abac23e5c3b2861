import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('the answers are those of the solutions', () => {
	expect(exercises.doubling.answer()).toBe(1);
	expect(exercises.shoulder.answer()).toBeCloseTo(0.02254, 5);
	expect(exercises.features.ask({ percent: 5 }).answer()).toBe(512);
	expect(exercises.angle.ask({ degrees: 90 }).answer()).toBeCloseTo(-0.25, 12);
	expect(exercises.degrees.answer()).toBe(1);
	expect(exercises.kinds.answer()).toBe(0);
});
