import { describe, expect, it } from 'vitest';
import { functionOf, startAt, step } from './diagonal.ts';
import {
	leastNorm,
	minimiser,
	minimisers,
	potential,
	product,
	q,
	transposed,
} from './potential.ts';
import { dimension, distance, drawSparse, l1 } from './sparse.ts';
import { chosen, potentialPicture, toy } from './toy.ts';

describe('the potential', () => {
	it('is a square near 0 and an absolute value with a logarithm far from it', () => {
		expect(q(1e-3) / 1e-6).toBeCloseTo(0.25, 6);
		expect(q(1e6) / (1e6 * (Math.log(1e6) - 1) + 2)).toBeCloseTo(1, 9);
		expect(q(-3)).toBe(q(3));
	});

	it('has the slope asinh(z/2)', () => {
		for (const z of [-4, -0.3, 0.7, 12])
			expect((q(z + 1e-5) - q(z - 1e-5)) / 2e-5).toBeCloseTo(Math.asinh(z / 2), 8);
	});
});

describe('its minimiser', () => {
	// Reference values for b₁ + 2b₂ = 1.
	it.each([
		[0.001, 0.00071, 0.49965],
		[0.01, 0.00704, 0.49648],
		[0.1, 0.06686, 0.46657],
		[0.3, 0.15812, 0.42094],
		[1, 0.19921, 0.40039],
		[10, 0.2, 0.4],
	])('on one equation at a = %d is %d and %d', (a, b1, b2) => {
		const [first, second] = chosen(2, a);
		expect(first).toBeCloseTo(b1, 5);
		expect(second).toBeCloseTo(b2, 5);
	});

	it('meets the equations, and its gradient lies in the span of the rows', () => {
		const problem = drawSparse(20, 3, 1);
		for (const a of [0.02, 0.3, 2]) {
			const { b, nu } = minimiser(problem, new Float64Array(dimension).fill(a * a));
			product(problem, b).forEach((v, i) => expect(v).toBeCloseTo(problem.y[i]!, 8));
			const slopes = transposed(problem, nu);
			b.forEach((v, j) => expect(Math.asinh(v / (2 * a * a))).toBeCloseTo(slopes[j]!, 8));
		}
	});

	it('has a lower potential than its neighbours on the line of solutions', () => {
		for (const a of [0.1, 1]) {
			const [b1, b2] = chosen(2, a);
			for (const h of [-0.01, 0.01])
				expect(potential([b1 + 2 * h, b2 - h], a)).toBeGreaterThan(potential([b1, b2], a));
		}
	});

	it('from a large scale is the solution of least squares', () => {
		const problem = drawSparse(20, 3, 2);
		const [large] = minimisers(problem, [300]);
		expect(distance(large!.b, leastNorm(problem))).toBeLessThan(1e-4);
	});

	// Reference errors of one draw; others scatter, and here are eight of them.
	it.each([
		[0.01, 0.0369],
		[0.03, 0.1385],
		[0.1, 0.5365],
		[0.3, 1.2614],
		[1, 1.5053],
		[3, 1.5094],
	])('misses the sparse truth at a = %d by about %d', (a, reference) => {
		const errors = Array.from({ length: 8 }, (_, seed) => {
			const problem = drawSparse(40, 4, seed);
			return Math.log(distance(minimisers(problem, [3, 0.3, a])[2]!.b, problem.truth));
		});
		const mean = errors.reduce((sum, e) => sum + e, 0) / 8;
		const spread = Math.sqrt(errors.reduce((sum, e) => sum + (e - mean) ** 2, 0) / 7);
		expect(Math.abs(Math.log(reference) - mean)).toBeLessThan(3 * spread);
	});

	it('has the sum 4 where it is the truth, and about 9 by least squares', () => {
		const problem = drawSparse(40, 4, 0);
		expect(l1(problem.truth)).toBe(4);
		expect(Math.abs(l1(leastNorm(problem)) - 9.16)).toBeLessThan(1);
		expect(l1(minimisers(problem, [1, 0.1, 0.01, 0.001])[3]!.b)).toBeCloseTo(4, 1);
	});
});

describe('descent on u and v', () => {
	it('is the gradient of half the mean square', () => {
		const problem = drawSparse(6, 2, 3);
		const loss = (u: Float64Array, v: Float64Array) =>
			product(problem, functionOf({ u, v })).reduce((s, f, i) => s + (f - problem.y[i]!) ** 2, 0) /
			12;
		const weights = startAt(0.3, dimension);
		weights.u[5] = 0.7;
		const { u, v } = { u: weights.u.slice(), v: weights.v.slice() };
		step(weights, problem, 1e-3);
		for (const j of [0, 5, 50]) {
			const moved = (h: number) => u.map((value, k) => (k === j ? value + h : value));
			const slope = (loss(moved(1e-5), v) - loss(moved(-1e-5), v)) / 2e-5;
			expect((u[j]! - weights.u[j]!) / 1e-3).toBeCloseTo(slope, 6);
		}
	});

	it('ends at the minimiser for the scales √(uv) that its steps have left', () => {
		const weights = startAt(0.3, 2);
		for (let t = 0; t < 3000; t++) step(weights, toy(2), 0.005);
		const squares = weights.u.map((u, j) => u * weights.v[j]!);
		const { b } = minimiser(toy(2), squares);
		const off = distance(functionOf(weights), Float64Array.from(chosen(2, 0.3)));
		expect(distance(functionOf(weights), b)).toBeLessThan(0.1 * off);
	});
});

it('the picture of the potential touches 1 on the line of solutions and lies above it elsewhere there', () => {
	const trained = chosen(2, 0.3);
	const { x, y, values } = potentialPicture(2, 0.3, trained);
	const blank = values.filter(Number.isNaN).length;
	expect(blank).toBeGreaterThan(60);
	y.forEach((second, j) =>
		x.forEach((first, i) => {
			if (first + 2 * second > 1.05) expect(values[j * x.length + i]).not.toBeLessThan(1);
		}),
	);
});
