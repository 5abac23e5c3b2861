import { memory, profile } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation, Job, Optimiser } from '#contract';
import { cpuDevice } from '../cpu/kernel.ts';
import type { Device } from '../kernel.ts';
import { allowedError, errorAgainstReference, relativeError, smallJob } from '../selfTest.ts';
import { startTfjsWasm } from '../../../tests/tfjsWasm.ts';

let device: Device;
beforeAll(async () => {
	device = await startTfjsWasm();
});

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear'];
const shapes = [
	[3, 1],
	[3, 5, 1],
	[3, 7, 5, 1],
	[2, 7, 6, 5, 1],
];
const optimisers: readonly Optimiser[] = [
	{ kind: 'gd', stepSize: [0.02, 0.03] },
	{ kind: 'momentum', stepSize: 0.003, momentum: 0.9 },
	{ kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
];
const cases = activations.flatMap((activation) =>
	shapes.flatMap((sizes) => optimisers.map((optimiser) => ({ activation, sizes, optimiser }))),
);
const two = (activation: Activation): Job => smallJob({ sizes: [3, 5, 1], samples: 7, activation });

describe('training with tfjs operations', () => {
	it.each(cases)(
		'agrees with the reference after 100 steps: $activation $sizes $optimiser.kind',
		async ({ activation, sizes, optimiser }) => {
			const job = { ...smallJob({ sizes, samples: 7, activation }), optimiser };
			expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
		},
	);

	it.each(optimisers)('goes on from a checkpoint with the same bits: $kind', async (optimiser) => {
		const job = { ...smallJob({ sizes: [3, 5, 4, 1], samples: 7, activation: 'tanh' }), optimiser };
		const [whole, before, after] = [job, job, job].map((each) => device.kernel(each));
		whole!.steps(50);
		before!.steps(20);
		const checkpoint = await before!.checkpoint!();
		before!.dispose();
		after!.restore!(checkpoint);
		after!.steps(30);
		for (const kind of ['outputs', 'travel'] as const)
			expect(await after!.probe({ kind })).toEqual(await whole!.probe({ kind }));
		whole!.dispose();
		after!.dispose();
	});

	it('leaves frozen layers alone', async () => {
		const job = two('relu');
		const frozen = { ...job, network: { ...job.network, trained: [true, false] } };
		expect(await errorAgainstReference(device, frozen)).toBeLessThan(allowedError);
		const top = { ...job, network: { ...job.network, trained: [false, true] } };
		expect(await errorAgainstReference(device, top)).toBeLessThan(allowedError);
	});

	it.each(shapes)('answers every probe as the reference does: %j', async (...sizes) => {
		const job = smallJob({ sizes, samples: 7, activation: 'tanh' });
		const answers = async (on: Device) => {
			const kernel = on.kernel(job);
			kernel.steps(20);
			const answer = [
				await kernel.probe({ kind: 'travel' }),
				await kernel.probe({ kind: 'tangentKernel' }),
				await kernel.probe({
					kind: 'field',
					x: job.x.slice(0, (job.replicas * job.x.length) / 14),
				}),
			];
			kernel.dispose();
			return answer;
		};
		const expected = await answers(cpuDevice);
		(await answers(device)).forEach((found, i) =>
			expect(relativeError(found, expected[i] ?? [])).toBeLessThan(allowedError),
		);
	});

	it.each([
		['relu', optimisers[0], 12],
		['tanh', optimisers[0], 13],
		['erf', optimisers[0], 14],
		['relu', optimisers[1], 16],
		['relu', optimisers[2], 31],
	] as [Activation, Optimiser, number][])(
		'dispatches as many kernels per two-layer step as tfjs counts: %s',
		async (activation, optimiser, count) => {
			const kernel = device.kernel({ ...two(activation), optimiser });
			const { kernels } = await profile(() => kernel.steps(1));
			expect(kernels.length).toBe(count);
			expect(kernel.kernelsPerStep).toBe(count);
			kernel.dispose();
		},
	);

	it.each(optimisers)('leaks no tensor: $kind', async (optimiser) => {
		const before = memory().numTensors;
		for (let cycle = 0; cycle < 20; cycle++) {
			const kernel = device.kernel({ ...two('tanh'), optimiser });
			const held = memory().numTensors;
			kernel.steps(50);
			expect((memory().numTensors - held) / 50, 'tensors leaked per step').toBe(0);
			for (const kind of ['outputs', 'travel', 'tangentKernel'] as const)
				await kernel.probe({ kind });
			kernel.dispose();
			kernel.dispose();
			expect(memory().numTensors - before, 'tensors leaked per run').toBe(0);
		}
	});

	it('does not hide a run that leaves all bounds', async () => {
		const job = two('relu');
		const kernel = device.kernel({
			...job,
			network: { ...job.network, trained: [true, false] },
			weights: job.weights.map((w, l) => (l === 0 ? w.map(() => NaN) : w)),
		});
		expect((await kernel.probe({ kind: 'outputs' })).every(Number.isNaN)).toBe(true);
		kernel.dispose();
	});
});
