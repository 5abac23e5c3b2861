import { expect, it } from 'vitest';
import { sumOfSquares } from '#theory/arrays.ts';
import { cholesky, solveCholesky } from '#theory/cholesky.ts';
import { random } from '#theory/random.ts';
import { kernels } from './harmonicLaw.ts';
import { alignment, width } from './network.ts';
import { oneStep } from './oneStep.ts';
import { planeOf } from './rival.ts';
import { drawSphere, harmonic, kernelMatrix, predictions, ridgeFactor, whiten } from './ridge.ts';
import {
	byDistance,
	distances,
	drawDataSet,
	firstMeans,
	nearest,
	target,
	tests,
} from './search.ts';

it('distances on the torus go the short way round', () => {
	const out = new Float64Array(2);
	distances(Float64Array.of(0.9, 0.5), 0, Float64Array.of(0.1, 0.5, 0.6, 0.9), 2, out);
	expect(out[0]).toBeCloseTo(0.04, 12);
	expect(out[1]).toBeCloseTo(0.25, 12);
});

it('the nearest of the first n points, and the means of the k nearest', () => {
	const squares = Float64Array.of(0.5, 0.2, 0.9, 0.1);
	const y = Float64Array.of(1, 2, 3, 4);
	expect(nearest(squares, y, [1, 3, 4]).map(({ label }) => label)).toEqual([1, 2, 4]);
	const order = byDistance(squares, 4);
	expect([...order]).toEqual([3, 1, 0, 2]);
	expect(firstMeans(order, y, [1, 2, 4])).toEqual([4, 3, 2.5]);
});

it('targets have mean square 1, on a plane as well', () => {
	for (const layout of ['uniform', 'plane'] as const)
		for (const d of [2, 5]) {
			const { y, fresh, truth } = drawDataSet({ d, n: 4000, layout }, 3);
			expect(sumOfSquares(y) / 4000).toBeCloseTo(1, 1);
			expect(truth).toEqual(target(fresh, d, layout));
			expect(truth).toHaveLength(tests);
		}
});

it('ridge regression for all sizes at once is ridge regression for each', () => {
	const d = 4;
	const x = drawSphere(12, d, random(1, 'x'));
	const z = drawSphere(1, d, random(2, 'z'));
	const y = Float64Array.from({ length: 12 }, (_, i) =>
		harmonic[3](x.subarray(i * d, i * d + d), 1),
	);
	const factor = ridgeFactor(x, d, kernels.exponential, 0.1);
	const k = kernelMatrix(z, x, d, kernels.exponential);
	const told = predictions(whiten(factor, k), whiten(factor, y), [5, 12]);
	[5, 12].forEach((n, i) => {
		const matrix = kernelMatrix(x.subarray(0, n * d), x.subarray(0, n * d), d, kernels.exponential);
		for (let j = 0; j < n; j++) matrix[j * n + j]! += 0.1;
		const weights = solveCholesky(cholesky(matrix), y.slice(0, n));
		expect(told[i]).toBeCloseTo(
			weights.reduce((sum, w, j) => sum + w * k[j]!, 0),
			10,
		);
	});
});

it('harmonics have mean square 1', () => {
	const x = drawSphere(20_000, 5, random(4, 'sphere'));
	for (const degree of [1, 2, 3] as const) {
		let sum = 0;
		for (let i = 0; i < x.length; i += 5) sum += harmonic[degree](x.subarray(i, i + 5), 2) ** 2;
		expect(Math.abs(sum / 20_000 - 1)).toBeLessThan(0.08);
	}
});

it('the plane lies on the sphere of radius √d', () => {
	const plane = planeOf(8, 0);
	for (const i of [0, 300, 624])
		expect(sumOfSquares(plane.subarray(i * 8, i * 8 + 8))).toBeCloseTo(8, 10);
});

it('a network whose neurons all look along the first axis is aligned, and one that looks across is not', () => {
	const weights = new Float64Array(width * 3 + width).fill(1);
	for (let j = 0; j < width; j++) weights.set([2, 0, 0], j * 3);
	expect(alignment(weights, 3)).toBe(1);
	for (let j = 0; j < width; j++) weights.set([0, 1, 1], j * 3);
	expect(alignment(weights, 3)).toBe(0);
});

it('correlated coordinates turn the step away for ever', () => {
	const at = { d: 8, link: 'relu' } as const;
	const [free] = oneStep({ ...at, inputs: 'independent' }, [20_000], 1).cosines;
	const [bent] = oneStep({ ...at, inputs: 'correlated' }, [20_000], 1).cosines;
	expect(free).toBeGreaterThan(0.99);
	expect(bent).toBeCloseTo(1 / (1 + 7 / 4), 1);
});
