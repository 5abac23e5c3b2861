import { expect, it } from 'vitest';
import exercises from './exercises.ts';

it('the answers are those of the solutions', () => {
	expect(exercises.safestStep.answer()).toBeCloseTo(1.83405, 5);
	expect(exercises.bestConstant.ask({ n: 20 }).solution).toContain('1.8971');
	expect(exercises.silverWorst.ask({ n: 63 }).answer()).toBeCloseTo(0.0012659, 7);
	expect(exercises.silverDoubling.ask({ times: 2 }).answer()).toBeCloseTo(2.41421, 5);
	expect(exercises.chebyshevCount.ask({ kappa: 100 }).answer()).toBe(27);
	expect(exercises.whatCounts.answer()).toBe(1);
});

it.each([5, 8, 20, 40])('for %i steps the textbook’s step is known for what it is', (n) => {
	const { slips } = exercises.bestConstant.ask({ n });
	const told = slips.filter(({ when }) => when(1)).map(({ say }) => say);
	expect(told).toEqual([expect.stringContaining(`1/(4·${n} + 2)`)]);
});

it('equal steps need 231 where Chebyshev’s need 27', () => {
	const { slips } = exercises.chebyshevCount.ask({ kappa: 100 });
	expect(slips.find(({ when }) => when(231))?.say).toMatch(/So many equal steps/);
});

it('a guess of the rate is told whose slope it has', () => {
	const { knots, misses } = exercises.silverRate;
	const told = (power: number) => {
		const y = knots.map((n) => 0.13 * n ** power);
		return misses.filter(({ when }) => when({ x: knots, y })).map(({ say }) => say);
	};
	expect(told(-1)).toEqual([expect.stringContaining('Constant steps')]);
	expect(told(-2)).toEqual([expect.stringContaining('momentum')]);
	expect(told(-1.27)).toEqual([]);
});
