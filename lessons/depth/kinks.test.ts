import { describe, expect, test } from 'vitest';
import { meanAndDeviation } from '#theory/arrays.ts';
import { depthAllowance, growingNet, layerAllowance, type KinksRun } from './kinks.ts';
import { expectedKinks, kinksPerUnit } from './theory.ts';

const runOf = (width: number, depth: number, radius: number, bias: number): KinksRun => ({
	params: { width, depth, radius, bias },
	seed: 0,
	seeds: 100,
});

/** Kinks of 100 random networks. */
function counted(run: KinksRun): number[] {
	const { width, depth } = run.params;
	return Array.from({ length: run.seeds }, (_, seed) => {
		const grow = growingNet(width, run, seed);
		return Array.from({ length: depth }, grow).reduce((a, b) => a + b);
	});
}

describe('kinks of random networks, counted', () => {
	test.each([
		[32, 1, 1, 0.5, 22.5, 0.4],
		[32, 3, 1, 0.5, 59.3, 1],
		[32, 8, 1, 0.25, 173.2, 4.1],
	])(
		'%i units in each of %i layers, R = %d, σ_b = %d: %d ± %d in another program',
		(width, depth, radius, bias, reference, error) => {
			const { mean, deviation } = meanAndDeviation(counted(runOf(width, depth, radius, bias)));
			expect(Math.abs(mean - reference)).toBeLessThan(3 * Math.hypot(error, deviation / 10));
		},
	);

	test('the first layer follows the arctan law at any width', () => {
		const run = runOf(3, 1, 2, 1.5);
		const p = kinksPerUnit(1, 2, { firstDeviation: 1, biasDeviation: 1.5 });
		const { mean } = meanAndDeviation(counted(run));
		expect(Math.abs(mean - 3 * p)).toBeLessThan(3.5 * Math.sqrt((3 * p * (1 - p)) / 100));
	});

	test.each([
		[8, 8, 2, 0.5],
		[32, 4, 8, 0.1],
	])('width %i, depth %i: the spread is within its envelope', (width, depth, radius, bias) => {
		const run = runOf(width, depth, radius, bias);
		const { mean, deviation } = meanAndDeviation(counted(run));
		const formula = expectedKinks(Array<number>(depth).fill(width), radius, {
			firstDeviation: 1,
			biasDeviation: bias,
		});
		expect(Math.abs(mean / formula - 1)).toBeLessThan(depthAllowance(width, depth, run));
		// z = 3.5 standard errors and the lag of finite width, of which the lag is taken off again.
		const oneError = (depthAllowance(width, depth, run) - (0.4 * (depth - 1)) / width) / 3.5;
		expect(deviation / formula / 10).toBeLessThan(1.15 * oneError);
		expect(layerAllowance(1, run)).toBeLessThan(layerAllowance(depth, run));
	});
});
