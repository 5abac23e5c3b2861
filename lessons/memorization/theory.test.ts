import { describe, expect, it } from 'vitest';
import type { Eigen } from '#theory/eigen.ts';
import { multiply } from '#theory/kernelDescent.ts';
import { random } from '#theory/random.ts';
import { wrongShare } from './capacity.ts';
import { corrupted, kernelOf } from './data.ts';
import { problem } from './gradient.ts';
import { corruptedLoss, labelLoss, noiseFloor, noiseLoss } from './spectrum.ts';
import {
	groupsFor,
	guaranteedWidth,
	mostPieces,
	necessaryWidth,
	stored,
	unavoidable,
	weightCount,
	wrongWithChanges,
	yunWidth,
} from './widths.ts';

const setting = (n: number, m: number, copies = 1) => ({ n, m, copies, pace: 1 });

describe('widths', () => {
	it.each([
		[64, 15, 16, 7],
		[256, 31, 32, 15],
		[1024, 63, 64, 31],
	])(
		'%d labels: enough by the construction, by Yun et al., and necessary',
		(n, own, yun, least) => {
			expect([guaranteedWidth(n), yunWidth(n), necessaryWidth(n)]).toEqual([own, yun, least]);
		},
	);

	it('the construction stores (d₁ + 1)(d₂ + 2)/4 labels', () => {
		for (let w = 1; w < 60; w++) {
			const { groups, each } = groupsFor(w);
			const [d1, d2] = [2 * groups - 1, 2 * (each - 1)];
			expect(Math.max(d1, d2)).toBeLessThanOrEqual(w);
			expect(stored(w)).toBe(((d1 + 1) * (d2 + 2)) / 4);
		}
	});

	it('weights and biases of 8 → w → w → 1', () => {
		const counts = [3, 4, 5, 6, 8, 10].map((w) => weightCount(8, w));
		expect(counts).toEqual([43, 61, 81, 103, 153, 211]);
	});

	it('of alternating labels as many are wrong as the best function with so few changes of sign', () => {
		for (const n of [5, 6, 9])
			for (let changes = 0; changes < n; changes++) {
				let best = n;
				for (let signs = 0; signs < 2 ** n; signs++) {
					const bit = (i: number) => (signs >> i) & 1;
					let [turns, wrong] = [0, 0];
					for (let i = 0; i < n; i++) {
						if (bit(i) !== i % 2) wrong++;
						if (i > 0 && bit(i) !== bit(i - 1)) turns++;
					}
					if (turns <= changes) best = Math.min(best, wrong);
				}
				expect(wrongWithChanges(n, changes), `${n} labels, ${changes} changes`).toBe(best);
			}
	});

	it('is unavoidable up to the necessary width, and not from there on', () => {
		expect(mostPieces(2, 3)).toBe(12);
		for (const n of [32, 64, 200]) {
			const w = necessaryWidth(n);
			expect(unavoidable(n, w)).toBe(0);
			expect(mostPieces(w - 1, w - 1)).toBeLessThan(n - 1);
		}
	});
});

describe('coins by gradient descent', () => {
	it('the formula for given labels is what descent does, step by step', () => {
		const { features, eigen, stepSize, sample } = problem({ ...setting(8, 5), seed: 1 });
		const kernel = kernelOf(features, 5);
		let residual = sample.truth;
		for (let t = 0; t < 7; t++) {
			const change = multiply(kernel, residual);
			residual = residual.map((r, i) => r - stepSize * change[i]!);
		}
		const left = residual.reduce((sum, r) => sum + r * r, 0) / 8;
		expect(labelLoss(eigen, stepSize, sample.truth, 7)).toBeCloseTo(left, 12);
	});

	it.each([0, 0.3, 1])(
		'mean and deviation are those over all labellings, each with its probability, ρ = %d',
		(corruption) => {
			const n = 6;
			const { eigen, stepSize, sample } = problem({ ...setting(n, 3), seed: 2 });
			let [mean, square] = [0, 0];
			for (let flips = 0; flips < 2 ** n; flips++) {
				let chance = 1;
				const y = sample.truth.map((label, i) => {
					const flipped = (flips >> i) & 1;
					chance *= flipped ? corruption / 2 : 1 - corruption / 2;
					return flipped ? -label : label;
				});
				const loss = labelLoss(eigen, stepSize, y, 4);
				mean += chance * loss;
				square += chance * loss * loss;
			}
			const told = corruptedLoss(eigen, stepSize, sample.truth, corruption, 4);
			expect(told.mean).toBeCloseTo(mean, 12);
			expect(told.deviation ** 2).toBeCloseTo(square - mean * mean, 12);
		},
	);

	it('m centred features leave 1 − min(m, N − 1)/N of coins for ever', () => {
		expect(noiseFloor(128, 96)).toBe(0.25);
		expect(noiseFloor(128, 32)).toBe(0.75);
		for (const m of [3, 11, 12, 40]) {
			const { eigen, stepSize } = problem({ ...setting(12, m), seed: 3 });
			expect(noiseLoss(eigen, stepSize, 1e7)).toBeCloseTo(noiseFloor(12, m), 6);
		}
	});

	it('where every point stands twice, half of the noise stays', () => {
		const { eigen, stepSize } = problem({ ...setting(12, 40, 2), seed: 3 });
		expect(noiseLoss(eigen, stepSize, 1e7)).toBeCloseTo(noiseFloor(12, 5), 6);
	});

	// Reference values of one draw; another scatters by the deviation in the last column, over 20 draws.
	it.each([
		[32, 100, 0.7514, 0.0009],
		[64, 100, 0.5473, 0.0064],
		[96, 1000, 0.281, 0.0042],
		[160, 100, 0.2882, 0.0123],
		[160, 1000, 0.0649, 0.006],
		[256, 1000, 0.0233, 0.0021],
	])('128 coins, m = %d, t = %d: %d', (m, t, reference, deviation) => {
		const losses = [0, 1].map((seed) => {
			const { eigen, stepSize } = problem({ ...setting(128, m), seed });
			return noiseLoss(eigen, stepSize, t);
		});
		const mean = (losses[0]! + losses[1]!) / 2;
		// Two draws against one: √1.5 deviations is one standard error.
		expect(Math.abs(mean - reference)).toBeLessThan(3 * Math.sqrt(1.5) * deviation);
	});

	it.each([
		[64, 100, 0.2087, 0.024],
		[256, 10, 0.2104, 0.0233],
	])('true labels, m = %d, t = %d: %d', (m, t, reference, deviation) => {
		const { eigen, stepSize, sample } = problem({ ...setting(128, m), seed: 0 });
		const loss = labelLoss(eigen, stepSize, sample.truth, t);
		expect(Math.abs(loss - reference)).toBeLessThan(3 * Math.sqrt(2) * deviation);
	});

	it('an eigenvalue that rounding made negative counts as 0', () => {
		const eigen: Eigen = {
			values: Float64Array.of(-1e-15, 1),
			vectors: Float64Array.of(1, 0, 0, 1),
		};
		expect(noiseLoss(eigen, 1, 1e9)).toBe(0.5);
	});
});

it('half of the coins fall on the label that they replace', () => {
	const truth = new Float64Array(20_000).fill(1);
	const wrong = corrupted(truth, 0.4, random(1)).filter((label) => label !== 1).length;
	// Five standard errors.
	expect(Math.abs(wrong / 20_000 - 0.2)).toBeLessThan(0.015);
	expect(corrupted(truth, 0, random(1)).every((label) => label === 1)).toBe(true);
});

it('signs are counted, 0 as −1 and what is not a number as wrong', () => {
	const outputs = Float64Array.of(0.1, -3, 0, 0, NaN, NaN);
	expect(wrongShare(outputs, Float64Array.of(1, 1, 1, -1, 1, -1), 3)).toEqual([0.5, 0.5, 1]);
});
