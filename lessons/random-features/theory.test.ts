import { describe, expect, it } from 'vitest';
import { pairedDeviation } from './fourier.ts';
import { gradient, populationRun, relativeError } from './neuron.ts';
import { populationRuns } from './sgd.ts';
import { energies } from './sphere.ts';
import { featuresFor, floorOf, fromSamples, leftAtInfinity, randomFeatures } from './theory.ts';

const at = (d: number, bias = 0) => ({ d, bias });
const above = (d: number, degree: number) =>
	1 -
	energies(at(d))
		.share.slice(0, degree + 1)
		.reduce((sum, e) => sum + e, 0);

describe('energies of a neuron', () => {
	it.each([
		[3, [0.375, 0.5, 0.1172, 0, 0.0059]],
		[10, [0.3346, 0.5, 0.1493, 0, 0.0108]],
		[50, [0.3215, 0.5, 0.1575, 0, 0.0128]],
	])('e_0 … e_4 in dimension %d', (d, expected) => {
		const { share, total } = energies(at(d));
		expected.forEach((e, l) => expect(share[l]).toBeCloseTo(e, 4));
		expect(total).toBeCloseTo(0.5, 8);
	});

	it('left after degrees 1, 2 and 4', () => {
		[0.1654, 0.0161, 0.0053].forEach((left, i) =>
			expect(above(10, [1, 2, 4][i]!)).toBeCloseTo(left, 4),
		);
		[0.1817, 0.0225, 0.0093].forEach((left, i) =>
			expect(leftAtInfinity([1, 2, 4][i]!)).toBeCloseTo(left, 4),
		);
		expect(leftAtInfinity(2)).toBeCloseTo(0.02254, 5);
	});

	it('a bias of 2 puts half of the energy into degrees 3 and 4', () => {
		const { share } = energies(at(10, 2));
		expect(share[3]! + share[4]!).toBeGreaterThan(0.4);
		expect(share[3]! + share[4]!).toBeLessThan(0.6);
	});
});

describe('n κ', () => {
	it.each([
		[
			20,
			[
				[8, 0.6105],
				[16, 0.4652],
				[32, 0.3126],
				[64, 0.2041],
				[128, 0.1279],
				[256, 0.0619],
				[512, 0.0319],
			],
		],
		[
			10,
			[
				[8, 0.4838],
				[32, 0.1651],
				[64, 0.0701],
				[128, 0.0292],
				[256, 0.0187],
			],
		],
		[
			40,
			[
				[32, 0.4554],
				[128, 0.2259],
				[512, 0.114],
			],
		],
	] as const)('the error of random features in dimension %d', (d, values) => {
		for (const [n, error] of values) expect(randomFeatures(n, at(d))).toBeCloseTo(error, 3);
	});

	it('with a bias', () => {
		for (const [n, error] of [
			[16, 0.73],
			[64, 0.409],
			[256, 0.1354],
		] as const)
			expect(randomFeatures(n, at(10, 1))).toBeCloseTo(error, 3);
		for (const [n, error] of [
			[16, 0.978],
			[64, 0.919],
			[256, 0.754],
		] as const)
			expect(randomFeatures(n, at(10, 2))).toBeCloseTo(error, 3);
	});

	it('from samples', () => {
		expect(fromSamples(32, 512, at(20))).toBeCloseTo(0.3334, 3);
		expect(fromSamples(128, 512, at(20))).toBeCloseTo(0.1705, 3);
		expect(fromSamples(32, 128, at(20))).toBeCloseTo(0.417, 3);
	});
});

describe('the floor', () => {
	it('in dimension 20', () => {
		for (const [n, floor] of [
			[16, 0.2986],
			[64, 0.1418],
			[256, 0.0189],
			[1024, 0.0179],
		] as const)
			expect(floorOf(n, at(20))).toBeCloseTo(floor, 4);
	});

	it.each([
		[10, [35, 53, 64, 437]],
		[20, [121, 189, 229, 6638]],
		[50, [686, 1091, 24336, 251584]],
	])('features needed for 10, 5, 2 and 1 per cent in dimension %d', (d, counts) => {
		[0.1, 0.05, 0.02, 0.01].forEach((error, i) =>
			expect(Math.abs(featuresFor(error, at(d)) / counts[i]! - 1)).toBeLessThan(
				2e-3 + 1 / counts[i]!,
			),
		);
	});

	it('is below what random features leave', () => {
		for (const n of [1, 8, 64, 512])
			expect(floorOf(n, at(20))).toBeLessThan(randomFeatures(n, at(20)));
	});
});

describe('one neuron', () => {
	it('the gradient is that of the error, by finite differences', () => {
		const place = { along: 0.3, across: 0.8 };
		const h = 1e-6;
		const { along, across } = gradient(place);
		// The loss is a quarter of the relative error: ½ of E(…)², and E relu² = ½.
		const loss = (a: number, c: number) => relativeError({ along: a, across: c }) / 4;
		expect(along).toBeCloseTo((loss(0.3 + h, 0.8) - loss(0.3 - h, 0.8)) / (2 * h), 8);
		expect(across).toBeCloseTo((loss(0.3, 0.8 + h) - loss(0.3, 0.8 - h)) / (2 * h), 8);
	});

	it.each([
		[10, [1.305, 0.342, 0.035, 1e-4]],
		[100, [1.4, 0.329, 0.029, 1e-4]],
	])('forgets its dimension: the mean error at t = 0, 5, 10, 20 for d = %d', (d, expected) => {
		const params = { d, stepSize: 0.5, batch: 1024, steps: 20 };
		const runs = populationRuns({ params, seed: 0, seeds: 2000 }, d);
		const mean = (t: number) => runs.reduce((sum, run) => sum + run[t]!, 0) / runs.length;
		// 2000 starts against some hundred: two per cent, and the last has one digit.
		expected
			.slice(0, 3)
			.forEach((e, i) => expect(Math.abs(mean([0, 5, 10][i]!) / e - 1)).toBeLessThan(0.06));
		expect(mean(20)).toBeGreaterThan(0.6e-4);
		expect(mean(20)).toBeLessThan(1.7e-4);
	});

	it('from 170 degrees it is slow, and then it is not', () => {
		const angle = (170 * Math.PI) / 180;
		const errors = populationRun({ along: Math.cos(angle), across: Math.sin(angle) }, 0.25, 40);
		expect(errors[20]).toBeCloseTo(1.003, 2);
		expect(errors[40]).toBeCloseTo(0.016, 2);
	});
});

it('random Fourier features: the spread at three distances', () => {
	for (const [distance, spread] of [
		[0.5, 0.01382],
		[1, 0.03951],
		[2, 0.06136],
	] as const)
		expect(pairedDeviation(distance, 128)).toBeCloseTo(spread, 5);
});
