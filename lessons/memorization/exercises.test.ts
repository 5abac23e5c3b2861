import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('the answers are those of the solutions', () => {
	expect(exercises.howWide.answer()).toBe(2);
	expect(exercises.spectrum.answer()).toBe(0);
	expect(exercises.floor.answer()).toBe(0.25);
	expect(exercises.mixed.answer()).toBeCloseTo(0.5, 12);
	expect(exercises.relus.answer()).toBe(37);
	expect(exercises.narrowest.answer()).toBe(31);
	expect(exercises.honest.answer()).toBeCloseTo(0.2, 12);
});
