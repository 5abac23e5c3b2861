import { memory, profile, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation, Job, Probe } from '#contract';
import { cpuDevice } from '../../cpu/kernel.ts';
import type { Device } from '../../kernel.ts';
import { random } from '#theory/random.ts';
import { allowedError, errorAgainstReference, relativeError, smallJob } from '../../selfTest.ts';
import { start } from '../webgl.ts';
import { FusedKernel } from './kernel.ts';

let device: Device;
beforeAll(async () => {
	device = await start();
});

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear'];
/** d, m, n and R: one to eleven coordinates, so that a_j stands in every channel of a texel. */
const shapes = [
	[1, 7, 5, 3],
	[2, 5, 33, 1],
	[3, 9, 7, 32],
	[4, 5, 9, 3],
	[5, 7, 6, 1],
	[6, 3, 11, 3],
	[7, 8, 4, 2],
	[11, 6, 5, 32],
] as const;
const cases = activations.flatMap((activation) => shapes.map((shape) => ({ activation, shape })));

function jobOf(activation: Activation, [d, m, samples, replicas]: readonly number[]): Job {
	const job = smallJob({ sizes: [d!, m!, 1], samples: samples!, activation, replicas: replicas! });
	const stepSize = Array.from({ length: replicas! }, (_, r) => 0.05 * (1 + (r % 3)));
	return { ...job, optimiser: { kind: 'gd', stepSize } };
}

describe('the fused kernel', () => {
	it.each(cases)(
		'agrees with the reference after 100 steps: $activation, d m n R = $shape',
		async ({ activation, shape }) => {
			const job = jobOf(activation, shape);
			const kernel = device.kernel(job);
			expect(kernel).toBeInstanceOf(FusedKernel);
			kernel.dispose();
			expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
		},
	);

	it.each([2, 6])('leaves frozen layers alone, d = %i', async (d) => {
		for (const trained of [
			[true, false],
			[false, true],
		]) {
			const job = jobOf('tanh', [d, 5, 7, 3]);
			const frozen = { ...job, network: { ...job.network, trained } };
			expect(await errorAgainstReference(device, frozen)).toBeLessThan(allowedError);
		}
	});

	it.each([2, 5])('answers every probe as the reference does, d = %i', async (d) => {
		const job = jobOf('erf', [d, 300, 7, 3]);
		const { normal } = random(3, 'probe');
		const probes: Probe[] = [
			{ kind: 'outputs' },
			{ kind: 'field', x: Float64Array.from({ length: 3 * 10 * d }, normal) },
			{ kind: 'travel' },
			{ kind: 'tangentKernel' },
		];
		const [found, expected] = [device.kernel(job), cpuDevice.kernel(job)];
		for (const kernel of [found, expected]) kernel.steps(100);
		for (const probe of probes)
			expect(
				relativeError(await found.probe(probe), await expected.probe(probe)),
				probe.kind,
			).toBeLessThan(allowedError);
		found.dispose();
	});

	it.each([
		[3, 2],
		[4, 3],
	])('draws, for d = %i, %i times a step, as tfjs and WebGL count them', async (d, draws) => {
		const kernel = device.kernel(jobOf('relu', [d, 300, 5, 3]));
		kernel.steps(1); // uploads
		expect(kernel.kernelsPerStep).toBe(draws);
		const { kernels } = await profile(() => kernel.steps(1) as unknown as Tensor);
		expect(kernels.length).toBe(draws);
		kernel.dispose();
	});

	it('holds as much after 2,000 steps as before, and nothing once disposed', async () => {
		const before = memory().numTensors;
		for (const d of [2, 5]) {
			const kernel = device.kernel(jobOf('tanh', [d, 5, 7, 3]));
			kernel.steps(10);
			await kernel.fence();
			const { numTensors, numBytes } = memory();
			for (let slice = 0; slice < 20; slice++) {
				kernel.steps(100);
				await kernel.fence();
			}
			expect(memory()).toMatchObject({ numTensors, numBytes });
			kernel.dispose();
			kernel.dispose();
			expect(memory().numTensors).toBe(before);
		}
	});
});
