import { describe, expect, it } from 'vitest';
import { eigenvalueFlow, eigenvaluePath, halfTime, passage } from './population.ts';
import * as sensing from './sensing.ts';

describe('every entry seen', () => {
	// Reference values of the recursion at η = .2, a = .001.
	it.each([
		[1, 20, 0.001468],
		[1, 40, 0.756999],
		[0.5, 40, 0.002041],
		[0.5, 80, 0.46172],
	])('eigenvalue %d after %d steps is %d', (s, t, sigma) => {
		expect(eigenvaluePath(s, 0.001, 0.2, t)[t]).toBeCloseTo(sigma, 6);
	});

	it('in continuous time it would be .899', () => {
		expect(eigenvalueFlow(1, 0.001, 8)).toBeCloseTo(0.899, 3);
	});

	it('the flow solves the logistic equation and is half learnt at the half time', () => {
		const [s, a] = [0.7, 0.01];
		const at = (t: number) => eigenvalueFlow(s, a, t);
		expect(at(0)).toBeCloseTo(a * a, 14);
		expect((at(5.00001) - at(4.99999)) / 2e-5).toBeCloseTo(2 * at(5) * (s - at(5)), 6);
		expect(at(0.1 * halfTime(s, a, 0.1))).toBeCloseTo(s / 2, 12);
	});

	it('short steps pass s/2 when the flow does', () => {
		const steps = eigenvaluePath(1, 0.01, 0.001, 6000);
		expect(passage(steps, 1) / halfTime(1, 0.01, 0.001)).toBeCloseTo(1, 3);
	});

	it('descent on the matrix is the recursion on its eigenvalues', () => {
		const problem = sensing.drawSensing([1, 0.4], Infinity, 0);
		const u = sensing.startOf(0.1);
		for (let t = 0; t < 30; t++) sensing.sensingStep(u, problem, 0.2);
		[1, 0.4].forEach((s, i) =>
			expect(sensing.along(u, problem.vectors[i]!)).toBeCloseTo(
				eigenvaluePath(s, 0.1, 0.2, 30)[30]!,
				12,
			),
		);
	});
});

describe('measurements', () => {
	it('on average see a matrix as it is', () => {
		const problem = sensing.drawSensing([1], 4000, 1);
		const u = sensing.startOf(0.5);
		const whole = { ...problem, measurements: null };
		const [one, other] = [u.slice(), u.slice()];
		sensing.sensingStep(one, problem, 1);
		sensing.sensingStep(other, whole, 1);
		const gap = Math.hypot(...one.map((v, i) => v - other[i]!));
		const size = Math.hypot(...other.map((v, i) => v - u[i]!));
		// Isotropic noise of relative size √(210/m).
		expect(gap / size).toBeLessThan(1.5 * Math.sqrt(210 / 4000));
	});

	it('a step is the gradient of the mean square, by differences', () => {
		const problem = sensing.drawSensing([1], 30, 2);
		const start = sensing.startOf(0.4).map((v, i) => v + 0.01 * Math.sin(i));
		const loss = (u: Float64Array) => {
			const x = sensing.squareOf(u);
			let sum = 0;
			for (let k = 0; k < 30; k++) {
				const from = k * sensing.entries;
				let r = 0;
				x.forEach((v, at) => (r += problem.measurements![from + at]! * (v - problem.truth[at]!)));
				sum += r * r;
			}
			// Half the mean square has the gradient 2 G U; a step takes half of that.
			return sum / 120;
		};
		const after = start.slice();
		sensing.sensingStep(after, problem, 1);
		for (const at of [0, 21, 137]) {
			const moved = (h: number) => start.map((v, i) => (i === at ? v + h : v));
			const slope = (loss(moved(1e-5)) - loss(moved(-1e-5))) / 2e-5;
			expect(start[at]! - after[at]!).toBeCloseTo(slope, 6);
		}
	});

	it('the least norm leaves √(1 − m/210) of a matrix, on average', () => {
		const squares = Array.from(
			{ length: 20 },
			(_, seed) => sensing.leastNormError(sensing.drawSensing([1], 63, seed)) ** 2,
		);
		const mean = squares.reduce((sum, v) => sum + v, 0) / 20;
		expect(Math.abs(mean - 0.7)).toBeLessThan(0.03);
		expect(sensing.leastNormError(sensing.drawSensing([1], 210, 0))).toBe(0);
	});

	// Reference errors over five draws of rank 1 from 100 measurements, 400 steps of .1.
	it.each([
		[0.1, 0.121],
		[0.01, 0.0185],
	])('from a = %d descent ends about %d away', (a, reference) => {
		const errors = [0, 1].map((seed) => {
			const problem = sensing.drawSensing([1], 100, seed);
			const u = sensing.startOf(a);
			for (let t = 0; t < 400; t++) sensing.sensingStep(u, problem, 0.1);
			return sensing.errorOf(u, problem);
		});
		const mean = (errors[0]! + errors[1]!) / 2;
		// Single draws scatter by a half.
		expect(Math.abs(Math.log(mean / reference))).toBeLessThan(0.7);
	});
});
