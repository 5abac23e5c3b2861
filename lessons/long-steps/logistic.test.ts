import { describe, expect, it } from 'vitest';
import { descendLogistic, gradientOf, logisticProblem, lossOf } from './logistic.ts';
import { constantSteps, patternOf, repeated, silverSteps } from './schedules.ts';
import { constantWorst, silverBound } from './theory.ts';

const problem = logisticProblem({ seed: 0, spread: 2 });
const after = (steps: readonly number[], wanted: readonly number[]) => [
	...descendLogistic(problem, steps, wanted),
];

describe('logistic regression', () => {
	it('its gradient is that of finite differences', () => {
		const w = Float64Array.from({ length: 20 }, (_, k) => Math.sin(k));
		const gradient = gradientOf(problem, w);
		const h = 1e-6;
		for (const k of [0, 7, 19]) {
			const at = (by: number) =>
				lossOf(
					problem,
					w.map((v, i) => (i === k ? v + by : v)),
				);
			expect(gradient[k]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 8);
		}
	});

	it('the minimum is one: no step of gradient descent ever goes below it', () => {
		for (const gap of after(silverSteps(255), [1, 31, 127, 255])) expect(gap).toBeGreaterThan(0);
	});

	it('L bounds the curvature: steps of 1/L never go up', () => {
		const gaps = after(
			constantSteps(1, 60),
			Array.from({ length: 60 }, (_, t) => t + 1),
		);
		gaps.slice(1).forEach((gap, t) => expect(gap).toBeLessThan(gaps[t]!));
	});

	it('from 31 steps on silver is ahead of 1.9, and 1.9 ahead of 1, all below their bounds', () => {
		for (const n of [31, 127, 511]) {
			const [one] = after(constantSteps(1, n), [n]);
			const [long] = after(constantSteps(1.9, n), [n]);
			const [silver] = after(silverSteps(n), [n]);
			expect(silver!).toBeLessThan(long!);
			expect(long!).toBeLessThan(one!);
			expect(one!).toBeLessThan(constantWorst(1, n));
			expect(silver!).toBeLessThan(silverBound(n));
		}
	});

	it('four passes of Grimmer’s 127 are ahead of as many silver steps', () => {
		const pattern = repeated(patternOf('g127'), 508);
		const [found] = after(pattern, [508]);
		const [silver] = after(silverSteps(508), [508]);
		expect(found!).toBeLessThan(silver!);
	});
});
