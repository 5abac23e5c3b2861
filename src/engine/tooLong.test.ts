import { describe, expect, it } from 'vitest';
import type { Job, Optimiser } from '#contract';
import { cpuDevice } from './cpu/kernel.ts';
import { whyTooLong } from './tooLong.ts';

/** f = w on two samples with x = 1, so that λ_max = 2 · lossFactor = 1. */
const weightWith = (optimiser: Optimiser, more: Partial<Job> = {}): Job => ({
	network: { sizes: [1, 1], activation: 'linear', scales: [1] },
	optimiser,
	replicas: 1,
	weights: [Float64Array.of(0)],
	x: Float64Array.of(1, 1),
	y: Float64Array.of(1, 1),
	lossFactor: 0.5,
	...more,
});
const momentum = (stepSize: number): Optimiser => ({ kind: 'momentum', stepSize, momentum: 0.5 });
const adam: Optimiser = { kind: 'adam', stepSize: 50, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const why = (job: Job, size: number) => whyTooLong(job, Float64Array.of(size));

describe('why training ran away', () => {
	it('is the limit of the heavy ball, which is where it turns unstable', async () => {
		const at = async (stepSize: number) => {
			const kernel = cpuDevice.kernel(weightWith(momentum(stepSize)));
			kernel.steps(400);
			return Math.abs((await kernel.probe({ kind: 'outputs' }))[0]! - 1);
		};
		expect(await at(2.97)).toBeLessThan(1);
		expect(await at(3.03)).toBeGreaterThan(1);
		expect(await why(weightWith(momentum(2.97)), 2.97)).toBeNull();
		expect(await why(weightWith(momentum(3.03)), 3.03)).toBe(
			'the step size 3.03 is longer than 2(1 + 0.5)/λ_max = 3',
		);
	});

	it('is told with what is not known of minibatches and of Adam', async () => {
		expect(await why(weightWith({ kind: 'gd', stepSize: 3 }, { batch: 1 }), 3)).toBe(
			'the step size 3 is longer than 2/λ_max = 2, the limit with all samples at each step; with minibatches no exact one is known',
		);
		expect(await why(weightWith(adam), 50)).toBe(
			'Adam with the step size 50, where λ_max = 1 at the start; for Adam no limit in λ_max is known',
		);
	});

	it('is not sought where the steps follow a schedule', async () => {
		const job = weightWith({ kind: 'gd', stepSize: 3 }, { schedule: [1, 2] });
		expect(await why(job, 3)).toBeNull();
	});
});
