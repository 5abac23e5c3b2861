import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activation, Job, Optimiser, Probe } from '#contract';
import { openContext } from '../../context.ts';
import { cpuDevice } from '../../cpu/kernel.ts';
import type { Device, Kernel } from '../../kernel.ts';
import { allowedError, relativeError, smallJob } from '../../selfTest.ts';
import { backendNamed } from '../backend.ts';
import { TfKernel } from '../kernel.ts';
import { start } from '../webgl.ts';
import { Gpu } from './gpu.ts';
import { FusedKernel } from './kernel.ts';
import type { Way } from './way.ts';
import { wayFor } from './ways.ts';

let device: Device;
let mostOutputs = 0;
beforeAll(async () => {
	device = await start();
	mostOutputs = new Gpu(openContext()!).outputs;
});
afterEach(() => {
	vi.restoreAllMocks();
});

const gd: Optimiser = { kind: 'gd', stepSize: 0.02 };
const momentum: Optimiser = { kind: 'momentum', stepSize: 0.003, momentum: 0.9 };
const adam: Optimiser = {
	kind: 'adam',
	stepSize: 0.01,
	beta1: 0.9,
	beta2: 0.999,
	epsilon: 1e-7,
};
const optimisers = { gd, momentum, adam } as const;

type Extra = 'plain' | 'all';
type Scaling = 'ntk' | 'mean field' | 'standard';

interface Case {
	readonly way: Way['name'];
	readonly sizes: readonly number[];
	readonly activation: Activation;
	readonly by: keyof typeof optimisers;
	readonly replicas: number;
	readonly scaling: Scaling;
	/** all: biases, batches that do not fill up their blocks, and a schedule. */
	readonly extra: Extra;
}

/** Any two of way or depth, activation, optimiser, scaling and extra meet somewhere; sizes are odd. */
const cases: readonly Case[] = (
	[
		['many steps', [2, 7, 1], 'relu', 'gd', 5, 'ntk', 'plain'],
		['many steps', [2, 5, 1], 'softplus', 'gd', 3, 'standard', 'all'],
		['many steps', [1, 3, 2, 1], 'tanh', 'gd', 2, 'mean field', 'all'],
		['many steps', [3, 1], 'linear', 'momentum', 3, 'ntk', 'all'],
		['many steps', [2, 3, 1], 'erf', 'momentum', 3, 'standard', 'all'],
		['narrow', [3, 9, 1], 'relu', 'momentum', 33, 'mean field', 'plain'],
		['narrow', [1, 17, 1], 'tanh', 'adam', 1, 'standard', 'all'],
		['narrow', [2, 301, 1], 'erf', 'gd', 2, 'mean field', 'all'],
		['narrow', [2, 9, 1], 'softplus', 'adam', 3, 'ntk', 'all'],
		['narrow', [3, 9, 1], 'linear', 'adam', 2, 'mean field', 'plain'],
		['deep', [5, 1], 'linear', 'adam', 3, 'standard', 'all'],
		['deep', [11, 9, 1], 'tanh', 'momentum', 2, 'ntk', 'plain'],
		['deep', [4, 70, 1], 'softplus', 'gd', 2, 'mean field', 'plain'],
		['deep', [3, 7, 5, 1], 'relu', 'adam', 3, 'ntk', 'all'],
		['deep', [2, 4, 9, 6, 1], 'erf', 'adam', 2, 'ntk', 'plain'],
		['deep', [2, 5, 5, 5, 5, 1], 'softplus', 'momentum', 1, 'ntk', 'all'],
		['deep', [3, 4, 5, 6, 7, 3, 1], 'relu', 'gd', 2, 'standard', 'plain'],
		['deep', [4, 5, 6, 3, 5, 7, 8, 1], 'tanh', 'gd', 2, 'ntk', 'all'],
	] as const
).map(([way, sizes, activation, by, replicas, scaling, extra]) => ({
	way,
	sizes,
	activation,
	by,
	replicas,
	scaling,
	extra,
}));

function jobOf({ sizes, activation, by, replicas, scaling, extra }: Case): Job {
	const biases = extra === 'all';
	const job = smallJob({ sizes, samples: 9, activation, replicas, biases });
	const scales = job.network.scales.map((scale, l) => {
		if (scaling === 'ntk') return scale;
		return scaling === 'standard' ? 0.5 : l === sizes.length - 2 ? 1 / sizes.at(-2)! : 1;
	});
	return {
		...job,
		network: { ...job.network, scales },
		optimiser: optimisers[by],
		...(extra === 'all' && { batch: 3, schedule: [1, 0.5, 1.25, 0.75] }),
	};
}

/** The case of a way, plain or with all extras. */
const one = (way: Way['name'], extra: Extra) =>
	jobOf(cases.find((each) => each.way === way && each.extra === extra)!);
const ways = ['many steps', 'narrow', 'deep'] as const;

function sizesOf({ replicas }: Job): Float64Array {
	return Float64Array.from({ length: replicas }, (_, r) => 0.001 * (1 + (r % 3)));
}

/** Takes 101 steps, some after new step sizes. */
function train(kernel: Kernel, job: Job): void {
	kernel.steps(50);
	kernel.setStepSizes!(sizesOf(job));
	kernel.steps(51);
}

async function expectAgreement(ours: Kernel, job: Job, probes: readonly Probe[]): Promise<void> {
	const reference = cpuDevice.kernel(job);
	train(ours, job);
	train(reference, job);
	for (const probe of probes) {
		const error = relativeError(await ours.probe(probe), await reference.probe(probe));
		expect(error, probe.kind).toBeLessThan(allowedError);
	}
	ours.dispose();
}

/** A kernel on a device of less room: smaller textures, fewer layers at once, or a GPU's many fragments. */
function kernelOn(job: Job, limits: Partial<Gpu>, fragmentsAtOnce = 4): FusedKernel {
	const gl = openContext()!;
	const gpu = Object.assign(new Gpu(gl), limits);
	const watch = { fence: () => Promise.resolve(), isLost: () => false };
	return new FusedKernel(
		job,
		wayFor(job, { gpu, fragmentsAtOnce })!,
		backendNamed('webgl', watch),
		gpu,
	);
}

describe('the fused kernel', () => {
	it.each(cases)(
		'agrees with the reference: $way $sizes $activation $by R=$replicas, $scaling, $extra',
		async (its) => {
			const job = jobOf(its);
			const kernel = device.kernel(job) as FusedKernel;
			// Where fewer layers can be written, some jobs go another way, to the same numbers.
			if (mostOutputs === 8) expect(kernel.way).toBe(its.way);
			await expectAgreement(kernel, job, [{ kind: 'outputs' }, { kind: 'weights' }]);
		},
	);

	it.each(ways)('answers every probe as the reference does: %s', async (way) => {
		const job = one(way, 'all');
		const [x, y] = [job.x.map((v) => v / 2), job.y.map((v) => v + 1)];
		await expectAgreement(device.kernel(job), job, [
			{ kind: 'field', x },
			{ kind: 'loss' },
			{ kind: 'testLoss', x, y },
			{ kind: 'travel' },
			{ kind: 'sharpness' },
			{ kind: 'tangentKernel' },
		]);
	});

	it('trains on devices with fewer layers at once, and with room for sums in slices', async () => {
		for (const [its, expected] of [
			[cases[7]!, 'narrow'],
			[{ ...cases[13]!, sizes: [5, 300, 1], scaling: 'mean field' as const }, 'deep'],
			[cases[11]!, 'deep'],
		] as const) {
			const kernel = kernelOn(jobOf(its), { outputs: 4 }, 4096);
			expect(kernel.way).toBe(expected);
			await expectAgreement(kernel, jobOf(its), [{ kind: 'outputs' }, { kind: 'weights' }]);
		}
	});

	it('runs a field in parts, and replicas side by side, where textures are small', async () => {
		const job = one('narrow', 'plain'); // 33 replicas
		const x = Float64Array.from({ length: 33 * 120 * 3 }, (_, i) => Math.sin(i));
		await expectAgreement(kernelOn(job, { largestTexture: 48 }), job, [{ kind: 'field', x }]);
	});

	it('leaves to the operations of tfjs what it does not cover', () => {
		const gpu = Object.assign(new Gpu(openContext()!), { largestTexture: 64 });
		const graphics = { gpu, fragmentsAtOnce: 4 };
		const relu = (sizes: number[], samples = 7, replicas = 1) =>
			smallJob({ sizes, samples, activation: 'relu', replicas });
		expect(wayFor(relu([2, 64, 1]), graphics)?.name).toBe('narrow');
		expect(wayFor(relu([2, 65, 1]), graphics)?.name).toBe('deep');
		for (const job of [
			relu([129, 5, 1]),
			relu([2, 300, 1]),
			relu([4, 5, 1], 260),
			relu([4, 5, 1], 40, 300),
			relu([2, 3, 3, 3, 3, 3, 3, 3, 1]),
		])
			expect(wayFor(job, graphics), JSON.stringify(job.network.sizes)).toBe(null);
		const shallow = Object.assign(new Gpu(openContext()!), { outputs: 1 });
		const few = { gpu: shallow, fragmentsAtOnce: 4 };
		expect(wayFor(relu([5, 3, 1]), few)).toBe(null);
		const kernel = device.kernel(relu([129, 5, 1]));
		expect(kernel).toBeInstanceOf(TfKernel);
		kernel.dispose();
	});

	it.each([
		[
			[2, 5, 1],
			[
				[true, false],
				[false, true],
			],
		],
		[
			[2, 40, 1],
			[
				[true, false],
				[false, true],
			],
		],
		[
			[5, 7, 4, 1],
			[
				[false, true, false],
				[true, false, true],
				[false, false, true],
				[true, false, false],
			],
		],
	] as [number[], boolean[][]][])('leaves frozen layers alone: %j', async (sizes, choices) => {
		for (const trained of choices) {
			const job = smallJob({ sizes, samples: 7, activation: 'tanh', biases: true });
			const frozen = { ...job, optimiser: momentum, network: { ...job.network, trained } };
			const probes: Probe[] = [{ kind: 'weights' }, { kind: 'travel' }];
			await expectAgreement(device.kernel(frozen), frozen, probes);
		}
	});

	it.each(ways)('goes on from a checkpoint with the same bits: %s', async (way) => {
		const job = one(way, 'all');
		const [whole, before, after] = [job, job, job].map((each) => device.kernel(each));
		whole!.steps(51);
		for (let i = 0; i < 20; i++) before!.steps(1); // however the steps are cut
		const checkpoint = await before!.checkpoint!();
		after!.restore!(checkpoint);
		after!.steps(31);
		expect(await after!.checkpoint!()).toEqual(await whole!.checkpoint!());
		for (const kernel of [whole!, before!, after!]) kernel.dispose();
	});

	it.each(ways)('hands a run to the reference and takes it back: %s', async (way) => {
		const job = one(way, 'all');
		const straight = cpuDevice.kernel(job);
		straight.steps(90);
		const relay = [device, cpuDevice, device].map((on) => on.kernel(job));
		let kept = await relay[0]!.checkpoint!();
		for (const kernel of relay) {
			kernel.restore!(kept);
			kernel.steps(30);
			kept = await kernel.checkpoint!();
			kernel.dispose();
		}
		const found = kept.layers.flatMap(([w]) => [...w!]);
		const expected = (await straight.checkpoint!()).layers.flatMap(([w]) => [...w!]);
		expect(relativeError(found, expected)).toBeLessThan(allowedError);
	});

	it.each<[number[], keyof typeof optimisers, number]>([
		[[3, 30, 1], 'gd', 2],
		[[3, 30, 1], 'adam', 2],
		[[4, 30, 1], 'gd', 3],
		[[4, 30, 1], 'adam', 3],
		[[4, 1], 'gd', 2],
		[[4, 5, 6, 1], 'momentum', 5],
		[[2, 5, 5, 5, 5, 5, 5, 1], 'gd', 13],
	])('draws for %j by %s %i times a step, and makes no tensor', (sizes, by, draws) => {
		for (const replicas of [1, 32]) {
			const job = smallJob({ sizes, samples: 5, activation: 'relu', replicas });
			const kernel = device.kernel({ ...job, optimiser: optimisers[by] });
			const { numTensors } = memory();
			const drawn = vi.spyOn(WebGL2RenderingContext.prototype, 'drawArrays');
			const made = vi.spyOn(WebGL2RenderingContext.prototype, 'createTexture');
			kernel.steps(10);
			expect(drawn).toHaveBeenCalledTimes(10 * draws);
			expect(made).not.toHaveBeenCalled();
			vi.restoreAllMocks();
			expect(kernel.kernelsPerStep).toBe(draws);
			expect(memory().numTensors).toBe(numTensors);
			kernel.dispose();
		}
	});

	it('takes many steps of tiny networks in a draw, more once it knows their time', async () => {
		const kernel = device.kernel(one('many steps', 'plain'));
		kernel.steps(64);
		expect(kernel.kernelsPerStep).toBe(1 / 16);
		for (let i = 0; i < 6; i++) {
			await kernel.fence();
			kernel.steps(256);
		}
		expect(kernel.kernelsPerStep).toBeLessThan(1 / 16);
		kernel.dispose();
	});

	it.each(['relu', 'tanh', 'erf', 'linear', 'softplus'] as const)(
		'does not hide a run that leaves all bounds: %s',
		async (activation) => {
			for (const sizes of [
				[2, 5, 1],
				[2, 40, 1],
				[5, 5, 4, 1],
			]) {
				const job = smallJob({ sizes, samples: 7, activation });
				const nan = { ...job, weights: job.weights.map((w) => w.map(() => NaN)) };
				const kernel = device.kernel(nan);
				kernel.steps(1);
				for (const kind of ['outputs', 'loss', 'travel'] as const)
					expect((await kernel.probe({ kind })).every(Number.isNaN), kind).toBe(true);
				kernel.dispose();
			}
			const leap = { ...one('deep', 'plain'), optimiser: { kind: 'gd' as const, stepSize: 1e6 } };
			const diverging = device.kernel(leap);
			diverging.steps(100);
			const outputs = await diverging.probe({ kind: 'outputs' });
			expect(outputs.some((f) => !(Math.abs(f) < 1e6))).toBe(true);
			diverging.dispose();
		},
	);

	it.each(ways)('holds nothing once disposed, over 20 starts: %s', async (way) => {
		const job = one(way, 'all');
		const cycle = async () => {
			const kernel = device.kernel(job);
			kernel.steps(3);
			kernel.setStepSizes!(sizesOf(job));
			kernel.restore!(await kernel.checkpoint!());
			for (const kind of ['outputs', 'travel', 'tangentKernel'] as const)
				await kernel.probe({ kind });
			kernel.dispose();
			kernel.dispose();
		};
		await cycle();
		const before = memory();
		const { prototype } = WebGL2RenderingContext;
		const made = [vi.spyOn(prototype, 'createTexture'), vi.spyOn(prototype, 'createFramebuffer')];
		const gone = [vi.spyOn(prototype, 'deleteTexture'), vi.spyOn(prototype, 'deleteFramebuffer')];
		for (let i = 0; i < 20; i++) await cycle();
		made.forEach((spy, i) => expect(spy.mock.calls.length).toBe(gone[i]!.mock.calls.length));
		expect(memory()).toEqual(before);
	});
});
