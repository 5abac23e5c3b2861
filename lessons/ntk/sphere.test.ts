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
const complexities = (labels: (x: Float64Array, seed: number) => Float64Array) =>
	meanAndDeviation(
		seeds.map((seed) => {
			const x = sphere(n, d, seed);
			return complexity(kernelDescent(symmetricEigen(gram(x, d)), labels(x, seed), 1));
		}),
	);

describe('complexity √(2yᵀH⁻¹y/n) of labels, n = 100 on S⁹, over 20 seeds', () => {
	// The reference value is one draw: three standard deviations of a draw against a mean of 20.
	const close = ({ mean, deviation }: { mean: number; deviation: number }, value: number) =>
		expect(Math.abs(mean - value)).toBeLessThan(3 * deviation * Math.sqrt(1 + 1 / seeds.length));

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
