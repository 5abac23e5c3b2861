import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('the answers are those of the solutions', () => {
	expect(exercises.halve.answer()).toBe(2);
	expect(exercises.grows.answer()).toBe(2);
	expect(exercises.points.ask({ d: 8 }).answer() / 1.66e7).toBeCloseTo(1, 2);
	expect(exercises.stair.ask({ d: 12, l: 3 }).answer()).toBe(352);
	expect(exercises.stair.ask({ d: 16, l: 2 }).answer()).toBe(135);
	expect(exercises.oneStepSamples.ask({ d: 64 }).answer()).toBe(1129);
});
