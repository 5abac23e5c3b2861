import { memory, profile } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation, Job, Optimiser, Probe } from '#contract';
import { cpuDevice } from '../cpu/kernel.ts';
import type { Device } from '../kernel.ts';
import { allowedError, errorAgainstReference, relativeError, smallJob } from '../selfTest.ts';
import { startTfjsWasm } from '../../../tests/tfjsWasm.ts';

let device: Device;
beforeAll(async () => {
	device = await startTfjsWasm();
});

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear', 'softplus'];
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

/** All that a job may have besides its shape, with odd sizes. */
function news(sizes: readonly number[], optimiser: Optimiser): Job {
	const small = smallJob({ sizes, samples: 9, activation: 'softplus', biases: true });
	return { ...small, optimiser, batch: 3, schedule: [1, 0.5, 1.25, 0.75, 0] };
}

function probes({ x, y }: Job): Probe[] {
	const half = { x: x.map((v) => v / 2), y: y.map((v) => v + 1) };
	return [
		{ kind: 'outputs' },
		{ kind: 'field', x: half.x },
		{ kind: 'loss' },
		{ kind: 'testLoss', ...half },
		{ kind: 'travel' },
		{ kind: 'weights' },
		{ kind: 'tangentKernel' },
		{ kind: 'sharpness' },
	];
}

describe('training with tfjs operations', () => {
	it.each(cases)(
		'agrees with the reference after 100 steps: $activation $sizes $optimiser.kind',
		async ({ activation, sizes, optimiser }) => {
			const job = { ...smallJob({ sizes, samples: 7, activation }), optimiser };
			expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
		},
	);

	it.each(optimisers)(
		'trains biases, batches, a schedule and new step sizes as the reference does: $kind',
		async (optimiser) => {
			for (const sizes of shapes) await follows(news(sizes, optimiser));
		},
	);

	async function follows(job: Job): Promise<void> {
		const kernels = [device.kernel(job), cpuDevice.kernel(job)] as const;
		for (const kernel of kernels) {
			kernel.steps(60);
			kernel.setStepSizes!(Float64Array.of(0.002, 0.001));
			kernel.steps(41);
		}
		const [ours, reference] = kernels;
		for (const probe of probes(job)) {
			const expected = await reference.probe(probe);
			const error = relativeError(await ours.probe(probe), expected);
			expect(error, `${job.network.sizes} ${probe.kind}`).toBeLessThan(allowedError);
		}
		ours.dispose();
	}

	it.each(optimisers)(
		'hands a run to the reference and takes it back: $kind',
		async (optimiser) => {
			for (const there of [device, cpuDevice]) {
				const job = news([3, 5, 4, 1], optimiser);
				const back = there === device ? cpuDevice : device;
				const [first, second, third, whole] = [back, there, back, cpuDevice].map((on) =>
					on.kernel(job),
				);
				first!.steps(31);
				second!.restore!(await first!.checkpoint!());
				second!.steps(30);
				third!.restore!(await second!.checkpoint!());
				third!.steps(40);
				whole!.steps(101);
				const expected = await whole!.probe({ kind: 'weights' });
				expect(relativeError(await third!.probe({ kind: 'weights' }), expected)).toBeLessThan(
					allowedError,
				);
				for (const kernel of [first!, second!, third!]) kernel.dispose();
			}
		},
	);

	it.each(optimisers)('goes on from a checkpoint with the same bits: $kind', async (optimiser) => {
		const job = news([3, 5, 4, 1], optimiser);
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
		['relu', optimisers[1], 18],
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
