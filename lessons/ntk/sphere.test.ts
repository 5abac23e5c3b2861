import { describe, expect, test } from 'vitest';
import { meanAndDeviation, sumOfSquares } from '#theory/arrays.ts';
import { symmetricEigen } from '#theory/eigen.ts';
import { kernelDescent } from '#theory/kernelDescent.ts';
import {
	complexity,
	gram,
	randomLabels,
	ruleLabels,
	samples,
	sphere,
	type Rule,
} from './sphere.ts';

const [n, d] = [100, 10];
const seeds = Array.from({ length: 20 }, (_, r) => 1 + r);
const draws = seeds.map((seed) => {
	const x = sphere(n, d, seed);
	return { x, seed, eigen: symmetricEigen(gram(x, d)) };
});
type Labelling = (x: Float64Array, seed: number) => Float64Array;
const complexities = (labels: Labelling) =>
	meanAndDeviation(
		draws.map(({ x, seed, eigen }) => complexity(kernelDescent(eigen, labels(x, seed), 1))),
	);
/** The reference value is one draw: three standard deviations of a draw against a mean of 20. */
const close = ({ mean, deviation }: { mean: number; deviation: number }, value: number) =>
	expect(Math.abs(mean - value)).toBeLessThan(3 * deviation * Math.sqrt(1 + 1 / seeds.length));

describe('complexity √(2yᵀH⁻¹y/n) of labels, n = 100 on S⁹, over 20 seeds', () => {
	test.each<[Rule, number]>([
		['linear', 0.871],
		['sign', 2.256],
	])('%s labels: %d', (rule, value) => {
		close(
			complexities((x) => ruleLabels(rule, x, d)),
			value,
		);
	});

	test('random labels: 3.713', () => {
		close(
			complexities((_, seed) => randomLabels(n, seed)),
			3.713,
		);
	});

	test('a product lies between a linear rule and noise', () => {
		const { mean } = complexities((x) => ruleLabels('quadratic', x, d));
		expect(mean).toBeGreaterThan(1);
		expect(mean).toBeLessThan(3);
	});
});

describe('|u − y| by the spectrum of H, n = 100 on S⁹, over 20 seeds', () => {
	const residuals = (labels: Labelling, t: number) =>
		meanAndDeviation(
			draws.map(({ x, seed, eigen }) => {
				const eta = 1 / eigen.values.at(-1)!;
				return Math.sqrt(kernelDescent(eigen, labels(x, seed), eta).loss(t));
			}),
		);

	test.each([
		[0, 11.15, 10],
		[10, 0.31, 6.29],
		[50, 0.054, 2.58],
		[200, 0.001, 0.19],
	])('after %i steps: linear %d, random %d', (t, linear, random) => {
		close(
			residuals((x) => ruleLabels('linear', x, d), t),
			linear,
		);
		// Coin flips have length 10 exactly, at the start.
		if (t === 0) expect(Math.sqrt(sumOfSquares(randomLabels(n, 1)))).toBeCloseTo(random, 12);
		else
			close(
				residuals((_, seed) => randomLabels(n, seed), t),
				random,
			);
	});
});

describe('data on the sphere', () => {
	test('inputs have length 1 and labels mean square 1, within four standard errors', () => {
		const x = sphere(5000, 6, 3);
		expect(sumOfSquares(x.subarray(0, 6))).toBeCloseTo(1, 12);
		for (const rule of ['linear', 'sign', 'quadratic'] as const) {
			const squares = Array.from(ruleLabels(rule, x, 6), (v) => v * v);
			const { mean, deviation } = meanAndDeviation(squares);
			expect(Math.abs(mean - 1)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(5000));
		}
	});

	test('H has ½ on its diagonal and a positive spectrum', () => {
		const params = { rule: 'linear', width: 64, n: 40, d: 10, step: 1, steps: 20 };
		const [sample] = samples({ params, seed: 1, seeds: 1 });
		expect(gram(sphere(3, 5, 1), 5)[4]).toBe(0.5);
		expect(sample?.dynamics.rule.values[0]).toBeGreaterThan(0);
		expect(sample!.eta * sample!.dynamics.rule.values.at(-1)!).toBeCloseTo(1, 12);
	});

	test('distance travelled tends to the complexity, in its unit', () => {
		const params = { rule: 'sign', width: 64, n: 40, d: 10, step: 1, steps: 20 };
		const [sample] = samples({ params, seed: 1, seeds: 1 });
		const { rule } = sample!.dynamics;
		const unit = Math.sqrt(2 / 40);
		expect(unit * Math.sqrt(rule.travelSquared(1e5))).toBeCloseTo(complexity(rule), 8);
	});
});
