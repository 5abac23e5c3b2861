import { engine, memory, profile } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activation, Job, Probe } from '#contract';
import { cpuDevice } from '../../cpu/kernel.ts';
import type { Device } from '../../kernel.ts';
import { random } from '#theory/random.ts';
import { allowedError, errorAgainstReference, relativeError, smallJob } from '../../selfTest.ts';
import { backendNamed } from '../backend.ts';
import { start } from '../webgl.ts';
import { coversJob } from './covers.ts';
import { FusedKernel } from './kernel.ts';
import { layoutOf } from './layout.ts';

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
	[2, 3001, 6, 2],
] as const;
const cases = activations.flatMap((activation) => shapes.map((shape) => ({ activation, shape })));

const heavyBall = { kind: 'momentum', stepSize: 0.1, momentum: 0.9 } as const;

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

	it('leaves to the operations of tfjs what it does not cover', () => {
		const fused = jobOf('relu', [2, 5, 7, 1]);
		const graphics = { largestTexture: 64, fragmentsAtOnce: 4 };
		expect(coversJob(fused, graphics)).toBe(true);
		expect(coversJob({ ...fused, optimiser: heavyBall }, graphics)).toBe(false);
		const frozen = { ...fused.network, trained: [false, false] };
		expect(coversJob({ ...fused, network: frozen }, graphics)).toBe(false);
		for (const job of [
			smallJob({ sizes: [2, 1], samples: 3, activation: 'relu' }),
			smallJob({ sizes: [2, 3, 3, 1], samples: 3, activation: 'relu' }),
			jobOf('relu', [129, 5, 7, 1]),
			jobOf('relu', [2, 65, 7, 1]),
			jobOf('relu', [2, 5, 7, 65]),
			jobOf('relu', [2, 5, 260, 1]),
			jobOf('relu', [4, 5, 40, 8]), // hidden: 80 rows
		])
			expect(coversJob(job, graphics), JSON.stringify(job.network.sizes)).toBe(false);
	});

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

	it.each([2, 5])('answers every probe as the reference does, in slices too, d = %i', async (d) => {
		const job = jobOf('erf', [d, 300, 7, 3]);
		const { normal } = random(3, 'probe');
		const probes: Probe[] = [
			{ kind: 'outputs' },
			{ kind: 'field', x: Float64Array.from({ length: 3 * 30 * d }, normal) },
			{ kind: 'travel' },
			{ kind: 'tangentKernel' },
		];
		// As on a GPU with room for many fragments, where the sum over the units is cut into slices.
		// And as if textures were so small that the field of 30 inputs has to be run in parts.
		const graphics = { largestTexture: 6, fragmentsAtOnce: 512 };
		expect(layoutOf(job, graphics).slices).toBe(4);
		const kernel = device.kernel(job);
		const backend = backendNamed('webgl', { fence: () => kernel.fence(), isLost: () => false });
		const sliced = new FusedKernel(job, backend, graphics);
		const reference = cpuDevice.kernel(job);
		for (const each of [kernel, sliced, reference]) each.steps(100);
		for (const probe of probes) {
			const expected = await reference.probe(probe);
			for (const found of [kernel, sliced])
				expect(relativeError(await found.probe(probe), expected), probe.kind).toBeLessThan(
					allowedError,
				);
		}
		kernel.dispose();
		sliced.dispose();
	});

	it.each([2, 5])('goes on from a checkpoint with the same bits, d = %i', async (d) => {
		const job = jobOf('tanh', [d, 5, 7, 3]);
		const [whole, before, after] = [job, job, job].map((each) => device.kernel(each));
		whole!.steps(50);
		before!.steps(20);
		const checkpoint = await before!.checkpoint!();
		before!.dispose();
		after!.restore!(checkpoint);
		after!.steps(30);
		for (const kind of ['outputs', 'travel'] as const)
			expect(await after!.probe({ kind })).toEqual(await whole!.probe({ kind }));
		expect((await after!.checkpoint!()).steps).toBe(50);
		whole!.dispose();
		after!.dispose();
	});

	it.each([
		[3, 2],
		[4, 3],
	])('draws, for d = %i, %i times a step, as we, tfjs and WebGL count', async (d, draws) => {
		for (const replicas of [1, 32]) {
			const kernel = device.kernel(jobOf('relu', [d, 30, 5, replicas]));
			kernel.steps(1); // uploads
			expect(kernel.kernelsPerStep).toBe(draws);
			const drawElements = vi.spyOn(WebGL2RenderingContext.prototype, 'drawElements');
			const { kernels } = await profile(() => kernel.steps(10));
			expect(kernels.length).toBe(10 * draws);
			expect(drawElements).toHaveBeenCalledTimes(10 * draws);
			drawElements.mockRestore();
			kernel.dispose();
		}
	});

	it.each(activations)('does not hide a run that leaves all bounds: %s', async (activation) => {
		for (const d of [2, 5]) {
			const job = jobOf(activation, [d, 5, 7, 2]);
			const start = { ...job, weights: job.weights.map((w) => w.map(() => NaN)) };
			const kernel = device.kernel(start);
			kernel.steps(1);
			for (const kind of ['outputs', 'travel', 'tangentKernel'] as const)
				expect((await kernel.probe({ kind })).every(Number.isNaN), kind).toBe(true);
			kernel.dispose();
			const leap = { ...job, optimiser: { kind: 'gd' as const, stepSize: 1e6 } };
			const diverging = device.kernel(leap);
			diverging.steps(100);
			const outputs = await diverging.probe({ kind: 'outputs' });
			expect(outputs.some((f) => !(Math.abs(f) < 1e6))).toBe(true);
			diverging.dispose();
		}
	});

	it.each([2, 5])('holds as much after 2,000 steps as before, d = %i', async (d) => {
		const kernel = device.kernel(jobOf('tanh', [d, 5, 7, 3]));
		kernel.steps(100);
		await kernel.fence();
		const before = memory();
		for (let slice = 0; slice < 20; slice++) {
			kernel.steps(100);
			await kernel.fence();
		}
		expect(memory()).toEqual(before);
		kernel.dispose();
	});

	it('holds nothing once disposed, over 50 starts', async () => {
		const job = jobOf('tanh', [5, 5, 7, 3]);
		const cycle = async () => {
			const kernel = device.kernel(job);
			kernel.steps(3);
			for (const kind of ['outputs', 'travel', 'tangentKernel'] as const)
				await kernel.probe({ kind });
			await kernel.probe({ kind: 'field', x: job.x });
			kernel.dispose();
			kernel.dispose();
		};
		await cycle();
		const before = memory();
		for (let i = 0; i < 50; i++) await cycle();
		expect(memory()).toEqual(before);
		expect(engine().state.activeScope, 'an open tidy').toBeFalsy();
	});
});
