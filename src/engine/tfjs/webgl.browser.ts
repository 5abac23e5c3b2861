import { add, engine, fill, matMul, memory, ones, profile } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activation, Job, Optimiser } from '#contract';
import { cpuDevice } from '../cpu/kernel.ts';
import type { Device } from '../kernel.ts';
import { LaneLab } from '../lab.ts';
import { Lanes } from '../lane.ts';
import {
	allowedError,
	errorAgainstReference,
	relativeError,
	selfTest,
	smallJob,
} from '../selfTest.ts';
import { msPerStep } from '../trial.ts';
import { TfKernel } from './kernel.ts';
import { start } from './webgl.ts';

let device: Device;
beforeAll(async () => {
	device = await start();
});

const optimisers: readonly Optimiser[] = [
	{ kind: 'gd', stepSize: [0.1, 0.2] },
	{ kind: 'momentum', stepSize: 0.02, momentum: 0.9 },
	{ kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
];
/** So many coordinates that the operations of tfjs train; for fewer see fused/fused.browser.ts. */
const many = 129;
const cases: [Activation, number[], Optimiser][] = [
	...optimisers.map((o): [Activation, number[], Optimiser] => ['tanh', [many, 5, 3, 1], o]),
	['relu', [many, 5, 1], { kind: 'gd', stepSize: 0.1 }],
	['erf', [many, 7, 1], { kind: 'gd', stepSize: 0.1 }],
	['linear', [many, 3, 1], { kind: 'gd', stepSize: 0.05 }],
];

describe('the webgl lane', () => {
	it('passes its self-test', async () => {
		expect(await selfTest(device)).toBeLessThan(allowedError);
	});

	it('multiplies odd sizes exactly, which stock tfjs does not (stock.browser.ts)', async () => {
		const u = add(fill([5, 1], 2), ones([1, 1]));
		expect(await matMul(u, u, false, true).data()).toEqual(new Float32Array(25).fill(9));
		u.dispose();
	});

	it.each(cases)('agrees with the reference: %s %j %j', async (activation, sizes, optimiser) => {
		const job = { ...smallJob({ sizes, samples: 7, activation }), optimiser };
		expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
	});

	it.each(optimisers)('trains all that the contract offers: $kind', async (optimiser) => {
		for (const sizes of [
			[many, 1],
			[many, 5, 3, 1],
		]) {
			const job: Job = {
				...smallJob({ sizes, samples: 9, activation: 'softplus', biases: true }),
				optimiser,
				batch: 3,
				schedule: [1, 0.5, 0.25, 0.75],
			};
			const kernels = [device.kernel(job), cpuDevice.kernel(job)] as const;
			for (const kernel of kernels) {
				kernel.steps(50);
				kernel.setStepSizes!(Float64Array.of(0.01, 0.02));
				kernel.steps(51);
			}
			const [ours, reference] = kernels;
			for (const kind of ['outputs', 'loss', 'travel', 'weights', 'tangentKernel'] as const) {
				const error = relativeError(await ours.probe({ kind }), await reference.probe({ kind }));
				expect(error, `${sizes} ${kind}`).toBeLessThan(allowedError);
			}
			ours.dispose();
		}
	});

	it('dispatches 20 kernels per three-layer ReLU step, as tfjs counts them', async () => {
		const job = smallJob({ sizes: [many, 5, 3, 1], samples: 7, activation: 'relu' });
		const kernel = device.kernel(job);
		expect(kernel).toBeInstanceOf(TfKernel);
		const { kernels } = await profile(() => kernel.steps(1));
		expect(kernels.length).toBe(20);
		expect(kernel.kernelsPerStep).toBe(20);
		kernel.dispose();
	});

	it('leaks no tensor per step and none per run', async () => {
		const job = smallJob({ sizes: [many, 5, 4, 1], samples: 7, activation: 'tanh' });
		const before = memory().numTensors;
		for (let cycle = 0; cycle < 5; cycle++) {
			const kernel = device.kernel(job);
			const held = memory().numTensors;
			kernel.steps(50);
			const perStep = (memory().numTensors - held) / 50;
			expect(perStep, 'tensors leaked per step').toBe(0);
			await kernel.probe({ kind: 'travel' });
			await kernel.probe({ kind: 'tangentKernel' });
			kernel.dispose();
			expect(memory().numTensors - before, `tensors leaked by run ${cycle}`).toBe(0);
		}
		expect(engine().state.activeScope, 'an open tidy').toBeFalsy();
	});
});

describe('a trial of a job', () => {
	const job = smallJob({ sizes: [2, 64, 1], samples: 20, activation: 'tanh' });

	it('measures webgl, and leaves nothing behind', async () => {
		await msPerStep(device, job, 5000); // compiles
		const before = memory();
		const since = performance.now();
		const ms = await msPerStep(device, job, 110);
		expect(performance.now() - since, 'at most its time').toBeLessThan(200);
		expect(ms).toBeGreaterThan(0);
		expect(ms).toBeLessThan(110);
		expect(memory()).toEqual(before);
	});
});

describe('when the browser takes the context away', () => {
	const contexts: WebGL2RenderingContext[] = [];
	const lose = () => contexts.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext();
	beforeAll(() => {
		const getContext = OffscreenCanvas.prototype.getContext;
		vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockImplementation(function (
			this: OffscreenCanvas,
			...args: unknown[]
		) {
			const gl = Reflect.apply(getContext, this, args) as WebGL2RenderingContext;
			contexts.push(gl);
			return gl;
		} as typeof getContext);
	});
	const lanesHere = () => new Lanes({ webgl: start, cpu: () => Promise.resolve(cpuDevice) });

	it('a kernel answers with a sentence within 2 s', async () => {
		const { device: ours, info } = await lanesHere().choose();
		expect(info.lane).toBe('webgl');
		for (const sizes of [
			[2, 5, 1],
			[3, 9, 1],
			[3, 5, 3, 1],
			[many, 5, 1],
		]) {
			const kernel = ours.kernel(smallJob({ sizes, samples: 7, activation: 'tanh' }));
			kernel.steps(3);
			lose();
			const since = performance.now();
			kernel.steps(3);
			await expect(kernel.fence()).rejects.toThrow('stopped answering');
			await expect(kernel.probe({ kind: 'outputs' })).rejects.toThrow('stopped answering');
			expect(performance.now() - since).toBeLessThan(2000);
			kernel.dispose();
		}
	});

	it.each<[string, number[], Optimiser]>([
		['many steps', [2, 5, 1], optimisers[1]!],
		['deep', [3, 5, 3, 1], optimisers[2]!],
		['stock', [many, 5, 1], optimisers[0]!],
	])(
		'a run goes on with the identical curve, and the second time elsewhere: %s',
		async (...its) => {
			const [, sizes, optimiser] = its;
			const job = { ...smallJob({ sizes, samples: 7, activation: 'tanh' }), optimiser };
			const before = memory().numTensors;
			const lanes = lanesHere();
			const run = async (losses: readonly number[]) => {
				const lab = new LaneLab(await lanes.choose(), { lanes });
				const sessions = [await lab.open(job), await lab.open(job)];
				const curves: number[][] = [];
				for (let frame = 0; frame < 10; frame++) {
					for (const session of sessions) {
						if (losses.includes(frame) && session === sessions[0]) lose();
						await session.advance(20);
						curves.push([...(await session.probe({ kind: 'outputs' }))]);
					}
				}
				const { info } = lab;
				lab.dispose();
				return { curves, info };
			};
			const undisturbed = await run([]);
			const once = await run([4]);
			expect(once.info.notes).toHaveLength(1);
			expect(once.info.notes[0]).toContain('started again');
			expect(once.curves).toEqual(undisturbed.curves);
			const again = await run([3]);
			expect(again.info).toMatchObject({
				lane: 'cpu',
				notes: ['WebGL was taken away by the browser; training runs on plain TypeScript.'],
			});
			for (const [i, outputs] of again.curves.entries())
				expect(relativeError(outputs, undisturbed.curves[i]!)).toBeLessThan(allowedError);
			expect(memory().numTensors, 'tensors left').toBe(before);
		},
	);
});
