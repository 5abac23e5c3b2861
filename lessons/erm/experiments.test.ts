import { describe, expect, it } from 'vitest';
import { sumOfSquares } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { bestSums, leastErrors } from './coins.ts';
import { clock, sizeShown, sizesOf, stopOf } from './descentRun.ts';
import { testDeviation, testError, trainDeviation } from './leastSquaresLaw.ts';
import { bestOfClass, awayFrom, drawSample, meanSquareOf, signal } from './model.ts';
import { ascend, bestNeuron, drawNeurons, drawSigns, networkScore, score } from './neurons.ts';
import { partsOfRisk, sizesUpTo } from './partsOfRisk.ts';
import { drawPoints, strays, suprema, type Law } from './thresholds.ts';

const world = { n: 32, sigma: 0.5, decay: 1.5 };

describe('the linear world', () => {
	it('the correlated design has the mean square that the formula says', () => {
		const v = signal(1);
		const { x } = drawSample({ ...world, n: 4000 }, 'correlated', random(1));
		let sum = 0;
		for (let i = 0; i < 4000; i++) sum += v.reduce((s, b, j) => s + b * x[i * 128 + j]!, 0) ** 2;
		// Four standard errors of a mean of squares of normal variables.
		expect(Math.abs(sum / 4000 / meanSquareOf(v, 'correlated') - 1)).toBeLessThan(
			4 * Math.sqrt(2 / 4000),
		);
		expect(meanSquareOf(v, 'independent')).toBeCloseTo(1, 12);
	});

	it('no weights of the class do better than the best of it', () => {
		const beta = signal(1.5);
		for (const design of ['independent', 'correlated'] as const) {
			const best = bestOfClass(beta, 5, design);
			const least = meanSquareOf(awayFrom(beta, best), design);
			for (let k = 0; k < 5; k++)
				for (const change of [-0.01, 0.01]) {
					const other = best.map((w, j) => (j === k ? w + change : w));
					expect(meanSquareOf(awayFrom(beta, other), design)).toBeGreaterThan(least);
				}
		}
	});

	it('parts add up, and scatter as the exact law says', () => {
		const draws = Array.from({ length: 120 }, (_, seed) =>
			partsOfRisk(world, 'independent', [8], seed),
		);
		const spread = (of: (d: (typeof draws)[0]) => number) => {
			const values = draws.map(of);
			const mean = values.reduce((a, b) => a + b) / 120;
			return { mean, deviation: Math.sqrt(sumOfSquares(values.map((v) => v - mean)) / 119) };
		};
		const [test, train] = [spread((d) => d.test[0]!), spread((d) => d.train[0]!)];
		expect(test.mean).toBeCloseTo(testError(world, 8), 1);
		expect(test.deviation / testDeviation(world, 8)).toBeCloseTo(1, 0);
		expect(train.deviation / trainDeviation(world, 8)).toBeCloseTo(1, 0);
	});

	it('sizes and clocks contain their ends', () => {
		expect(sizesUpTo(64, 0.75).at(-1)).toBe(48);
		const params = { ...world, n: 64, stepSize: 0.3, steps: 50, stop: 200, shown: '0.75' };
		const run = { params, seed: 0, seeds: 1 };
		expect([stopOf(run), sizeShown(run), clock(run).at(-1)]).toEqual([50, 48, 50]);
		expect(sizesOf(run)).toEqual([2, 4, 8, 16, 24, 32, 40, 48]);
	});
});

describe('thresholds', () => {
	it.each(['uniform', 'exponential', 'cauchy', 'die'] as Law[])(
		'%s: suprema are those over a fine grid',
		(law) => {
			const points = drawPoints(law, 30, 1, random(4));
			const { two, one } = suprema(law, points);
			const us = Array.from({ length: 20_000 }, (_, k) => (k + 0.5) / 20_000);
			const gaps = strays(law, points, us).map((g) => g / Math.sqrt(30));
			expect(Math.max(...gaps.map(Math.abs))).toBeCloseTo(two, 3);
			expect(Math.max(0, ...gaps.map((g) => -g))).toBeCloseTo(one, 3);
		},
	);

	it('points that stand there twice count twice', () => {
		const points = drawPoints('uniform', 10, 2, random(2));
		expect(new Set(points).size).toBe(5);
		const single = Float64Array.from(new Set(points));
		expect(suprema('uniform', points).two).toBeCloseTo(suprema('uniform', single).two, 12);
	});
});

describe('coins', () => {
	it('the best threshold and the best interval are found by trying all', () => {
		const { uniform } = random(8);
		const signs = Float64Array.from({ length: 20 }, () => (uniform() < 0.5 ? 1 : -1));
		let [threshold, interval] = [0, 0];
		for (let a = 0; a <= 20; a++)
			for (let b = a; b <= 20; b++) {
				const sum = signs.subarray(a, b).reduce((s, v) => s + v, 0);
				interval = Math.max(interval, sum);
				if (a === 0) threshold = Math.max(threshold, sum);
			}
		expect(bestSums(signs)).toEqual({ threshold, interval });
	});

	it('a rule is followed but for the labels that are wrong', () => {
		const errors = leastErrors(4000, 'rule', random(3));
		expect(errors.threshold).toBeCloseTo(0.25, 1);
		expect(errors.interval).toBeLessThanOrEqual(errors.threshold);
	});
});

describe('networks', () => {
	it('the best neuron is that of a fine grid of directions', () => {
		for (const n of [1, 2, 3, 8, 33]) {
			const drawn = drawSigns(n, n);
			let grid = 0;
			for (let k = 0; k < 20_000; k++)
				grid = Math.max(grid, Math.abs(score(drawn, (k * Math.PI) / 10_000).value));
			expect(bestNeuron(drawn)).toBeGreaterThan(grid - 1e-12);
			expect(bestNeuron(drawn) - grid).toBeLessThan(1e-5);
		}
	});

	it('training climbs, keeps Σ|a| = 1 and never passes the best neuron', () => {
		const drawn = drawSigns(16, 1);
		const network = drawNeurons(8, 1);
		const start = networkScore(drawn, network);
		for (let t = 0; t < 100; t++) ascend(drawn, network, 0.5);
		expect(network.size.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
		expect(networkScore(drawn, network)).toBeGreaterThan(start);
		expect(networkScore(drawn, network)).toBeLessThanOrEqual(bestNeuron(drawn) + 1e-12);
	});

	it('the slope of a neuron is the derivative of its score', () => {
		const drawn = drawSigns(9, 5);
		const { slope } = score(drawn, 0.7);
		const rise = score(drawn, 0.7 + 1e-6).value - score(drawn, 0.7 - 1e-6).value;
		expect(slope).toBeCloseTo(rise / 2e-6, 6);
	});
});
