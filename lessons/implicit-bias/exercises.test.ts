import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('answers are those of the solutions', () => {
	expect(exercises.toy.ask({ a: 0.1 }).answer()).toBeCloseTo(0.0669, 4);
	expect(exercises.sigma.ask({ s: 1 }).answer()).toBeCloseTo(0.757, 3);
	expect(exercises.halving.ask({ stepSize: 0.002, noise: 1 }).answer()).toBeCloseTo(86643.4, 0);
	expect(exercises.later.answer()).toBeCloseTo(131.2, 1);
});

it('choices are decided by the formulas', () => {
	expect(exercises.which.answer()).toBe(2);
	expect(exercises.patience.answer()).toBe(2);
});

it('the curve from dense to sparse runs from .03 to 1.54, as its replies say', () => {
	const { y } = exercises.dense.answer();
	expect(y[0]).toBeCloseTo(0.0349, 3);
	expect(y.at(-1)).toBeCloseTo(1.539, 3);
});
