import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activation, Job, Optimiser } from '#contract';
import { cpuDevice } from '../cpu/kernel.ts';
import type { Device } from '../kernel.ts';
import { nodeLanes } from '../node.ts';
import { readProgram } from './compile.ts';
import { startWasm } from './device.ts';
import { own } from './layout.ts';
import { allowedError, errorAgainstReference, relativeError, smallJob } from '../selfTest.ts';

let device: Device;
beforeAll(async () => {
	({ device } = await nodeLanes.choose('wasm'));
	expect(device.lane).toBe('wasm');
}, 60_000);

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear', 'softplus'];
/** Multiples of four and all remainders, one to six hidden layers, and none. */
const shapes = [
	[3, 1],
	[1, 1, 1],
	[1, 6, 1],
	[2, 7, 1],
	[2, 8, 1],
	[3, 5, 1],
	[6, 7, 5, 1],
	[5, 4, 8, 1],
	[2, 7, 6, 5, 1],
	[4, 6, 3, 9, 2, 1],
	[3, 5, 4, 6, 3, 5, 7, 1],
];
/**
 * Slow enough that the loss does not fall so far that float32 cannot tell the last residuals, and with
 * an ε that rounding does not reach.
 */
const optimisers: readonly Optimiser[] = [
	{ kind: 'gd', stepSize: [0.005, 0.006] },
	{ kind: 'momentum', stepSize: 0.003, momentum: 0.9 },
	{ kind: 'adam', stepSize: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-4 },
];
/** Without biases and with; all of 7 samples or a batch of 5 out of 15, neither a multiple of four. */
const ways = [false, true].flatMap((biases) => [undefined, 5].map((batch) => ({ biases, batch })));
const cases = activations.flatMap((activation) =>
	shapes.flatMap((sizes) =>
		optimisers.flatMap((optimiser) =>
			ways.map((way) => ({ activation, sizes, optimiser, ...way })),
		),
	),
);
function jobOf({ activation, sizes, optimiser, biases, batch }: (typeof cases)[number]): Job {
	const samples = batch ? 3 * batch : 7;
	const small = smallJob({ sizes, samples, activation, biases });
	return { ...small, optimiser, lossFactor: 1 / (batch ?? samples), ...(batch && { batch }) };
}
function inFloat64(job: Job): Job {
	return { ...job, precision: 'float64' };
}
const two = (activation: Activation): Job => smallJob({ sizes: [3, 5, 1], samples: 7, activation });
/** A job in which all that the contract has is used at once. */
const rich = (optimiser: Optimiser, activation: Activation = 'softplus'): Job => ({
	...smallJob({ sizes: [3, 6, 5, 1], samples: 12, activation, biases: true }),
	optimiser,
	batch: 3,
	schedule: [1, 0.5, 1.5, 0.25, 2],
});
const learners = optimisers.flatMap((optimiser) => [
	{ kind: optimiser.kind, precision: 'float32', job: rich(optimiser) },
	{ kind: optimiser.kind, precision: 'float64', job: inFloat64(rich(optimiser)) },
]);
const frozen = (job: Job, trained: readonly boolean[]): Job => ({
	...job,
	network: { ...job.network, trained },
});

async function outputsAfter(job: Job, ...slices: number[]): Promise<Float64Array> {
	const kernel = device.kernel(job);
	for (const k of slices) kernel.steps(k);
	return kernel.probe({ kind: 'outputs' });
}

describe('the wasm lane', () => {
	it.each(cases)(
		'agrees with the reference after 100 steps: $activation $sizes $optimiser.kind, biases: $biases, batch: $batch',
		async (task) => {
			const job = jobOf(task);
			expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
			// In float64 both round to 53 bits, though not in the same places.
			expect(await errorAgainstReference(device, inFloat64(job))).toBeLessThan(1e-12);
		},
	);

	it.each([1, 2, 3, 4, 5, 8, 33])('takes any number of samples: %d', async (samples) => {
		const job = smallJob({ sizes: [3, 6, 1], samples, activation: 'tanh', replicas: 3 });
		const slow = { ...job, optimiser: { kind: 'gd', stepSize: 0.003 } as const };
		expect(await errorAgainstReference(device, slow)).toBeLessThan(allowedError);
	});

	it.each([
		[[true, false]],
		[[false, true]],
		[[true, false, true]],
		[[false, true, false]],
		[[false, false, true]],
		[[true, false, false, true]],
	])('leaves frozen layers alone: %j', async (trained) => {
		const sizes = [3, 5, 6, 7].slice(0, trained.length).concat(1);
		const optimiser = { kind: 'gd', stepSize: 0.01 } as const;
		for (const activation of activations) {
			const job = { ...frozen(smallJob({ sizes, samples: 6, activation }), trained), optimiser };
			expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
			expect(await errorAgainstReference(device, inFloat64(job))).toBeLessThan(1e-12);
		}
	});

	it.each(shapes.flatMap((sizes) => ways.map((way) => ({ sizes, ...way }))))(
		'answers every probe as the reference does: $sizes, biases: $biases, batch: $batch',
		async ({ sizes, biases, batch }) => {
			const samples = batch ? 3 * batch : 7;
			const small = smallJob({ sizes, samples, activation: 'tanh', biases });
			const optimiser = { kind: 'gd', stepSize: 0.05 } as const;
			const job = { ...small, optimiser, ...(batch && { batch }) };
			const answers = async (on: Device) => {
				const kernel = on.kernel(job);
				kernel.steps(20);
				const x = job.x.slice(0, job.replicas * (sizes[0] ?? 0) * 3);
				const y = job.y.slice(0, job.replicas * 3);
				const answer = [
					await kernel.probe({ kind: 'outputs' }),
					await kernel.probe({ kind: 'loss' }),
					await kernel.probe({ kind: 'testLoss', x, y }),
					await kernel.probe({ kind: 'travel' }),
					await kernel.probe({ kind: 'weights' }),
					await kernel.probe({ kind: 'sharpness' }),
					await kernel.probe({ kind: 'tangentKernel' }),
					await kernel.probe({ kind: 'field', x }),
				];
				kernel.dispose();
				return answer;
			};
			const expected = await answers(cpuDevice);
			(await answers(device)).forEach((found, i) => {
				expect(found.length).toBe(expected[i]?.length);
				expect(relativeError(found, expected[i] ?? [])).toBeLessThan(allowedError);
			});
		},
	);

	it.each([1, 4, 5, 7, 8])('lets nothing through from what fills up %d units', async (width) => {
		// softplus(0) = log 2 and biases would make filled up units and samples speak, if they could
		const job = {
			...smallJob({
				sizes: [2, width, width, 1],
				samples: 15,
				activation: 'softplus',
				biases: true,
			}),
			optimiser: { kind: 'gd', stepSize: 0.05 } as const,
			batch: 3,
		};
		expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
	});

	it.each(activations)(
		'follows batches, schedule and new step sizes as the reference: %s',
		async (activation) => {
			for (const optimiser of optimisers) {
				const run = async (on: Device) => {
					const kernel = on.kernel(rich(optimiser, activation));
					kernel.steps(50);
					kernel.setStepSizes!(Float64Array.of(0.003, 0.001));
					kernel.steps(50);
					return kernel.probe({ kind: 'weights' });
				};
				expect(relativeError(await run(device), await run(cpuDevice))).toBeLessThan(allowedError);
			}
		},
	);

	it.each(learners)(
		'goes on from a checkpoint with the same bits: $kind $precision',
		async ({ job }) => {
			const [straight, early, late] = [device.kernel(job), device.kernel(job), device.kernel(job)];
			straight.steps(137);
			early.steps(61);
			const kept = await early.checkpoint!();
			early.steps(5); // what was kept does not change any more
			late.steps(9);
			late.restore!(kept);
			late.steps(76);
			expect(await late.checkpoint!()).toEqual(await straight.checkpoint!());
			for (const kind of ['weights', 'travel'] as const)
				expect(await late.probe({ kind })).toEqual(await straight.probe({ kind }));
		},
	);

	it.each(optimisers)(
		'hands a run to the reference and takes it back: $kind',
		async (optimiser) => {
			const job = rich(optimiser, 'tanh');
			const straight = cpuDevice.kernel(job);
			straight.steps(90);
			const relay = [device, cpuDevice, device].map((on) => on.kernel(job));
			let kept = await relay[0]!.checkpoint!();
			for (const kernel of relay) {
				kernel.restore!(kept);
				kernel.steps(30);
				kept = await kernel.checkpoint!();
			}
			expect(kept.steps).toBe(90);
			const found = await relay[2]!.probe({ kind: 'weights' });
			expect(relativeError(found, await straight.probe({ kind: 'weights' }))).toBeLessThan(
				allowedError,
			);
		},
	);

	it.each(learners)(
		'computes the same bits however it is sliced: $kind $precision',
		async ({ job }) => {
			const whole = await outputsAfter(job, 137);
			expect(await outputsAfter(job, 1, 100, 0, 36)).toEqual(whole);
			expect(await outputsAfter(job, ...Array<number>(137).fill(1))).toEqual(whole);
		},
	);

	it('trains each replica as if it were alone', async () => {
		const job = smallJob({ sizes: [2, 6, 1], samples: 5, activation: 'relu', replicas: 4 });
		const optimiser = { ...optimisers[2], stepSize: [0.01, 0.02, 0.03, 0.04] } as Optimiser;
		const together = await outputsAfter({ ...job, optimiser }, 50);
		for (const r of [0, 3]) {
			const own = (values: Float64Array) =>
				values.slice((r * values.length) / 4, ((r + 1) * values.length) / 4);
			const alone = {
				...job,
				optimiser: { ...optimiser, stepSize: (r + 1) / 100 },
				replicas: 1,
				weights: job.weights.map(own),
				x: own(job.x),
				y: own(job.y),
			};
			expect(await outputsAfter(alone, 50)).toEqual(own(together));
		}
	});

	it.each(activations)('does not hide a run that leaves all bounds: %s', async (activation) => {
		const job = two(activation);
		const broken = { ...job, weights: job.weights.map((w, l) => (l === 0 ? w.map(() => NaN) : w)) };
		expect((await outputsAfter(broken)).every(Number.isNaN)).toBe(true);
		expect((await outputsAfter(inFloat64(broken), 3)).every(Number.isNaN)).toBe(true);
		expect((await outputsAfter(broken, 3)).every(Number.isNaN)).toBe(true);
		const fast = { ...two('linear'), optimiser: { kind: 'gd', stepSize: 1e6 } as const };
		expect((await outputsAfter(fast, 100)).some(Number.isFinite)).toBe(false);
	});

	it('keeps σ(z) right far from zero', async () => {
		for (const activation of ['tanh', 'erf', 'softplus'] as const) {
			const z = [0, 1e-20, 1e-3, 0.5, 2, 3.7, 3.9, 8, 9, 50, 1e18, 1e30];
			const x = Float64Array.from([...z, ...z.map((v) => -v)]);
			const job: Job = {
				...two(activation),
				network: { sizes: [1, 1, 1], activation, scales: [1, 1] },
				replicas: 1,
				weights: [Float64Array.of(1), Float64Array.of(1)],
				x,
				y: x.map(() => 0),
				optimiser: { kind: 'gd', stepSize: 0 },
			};
			const expected = await cpuDevice.kernel(job).probe({ kind: 'outputs' });
			const close = (found: Float64Array, relative: number) =>
				found.forEach((value, i) => {
					const exact = expected[i] as number;
					expect(Math.abs(value - exact)).toBeLessThan(relative * Math.abs(exact) + 1e-37);
				});
			close(await outputsAfter(job), 5e-7);
			close(await outputsAfter(inFloat64(job)), 2e-15);
		}
	});

	it('gives its memory back, even if the run holds on to it', () => {
		const job = two('tanh');
		// Each memory reserves gigabytes of addresses: a few hundred held at once would be refused.
		const disposed = Array.from({ length: 600 }, () => {
			const kernel = device.kernel(job);
			kernel.steps(1);
			kernel.dispose();
			kernel.dispose();
			return kernel;
		});
		expect(() => disposed[0]?.steps(1)).toThrow('disposed');
	});
});

describe('starting the wasm lane', () => {
	afterEach(() => void vi.unstubAllGlobals());
	const never = () => Promise.reject(new Error('not to be loaded'));

	it('is passed over without WebAssembly', async () => {
		vi.stubGlobal('WebAssembly', undefined);
		await expect(startWasm(never)).rejects.toThrow('WASM is not available in this browser');
	});

	it('is passed over without SIMD', async () => {
		vi.stubGlobal('WebAssembly', { validate: () => false });
		await expect(startWasm(never)).rejects.toThrow('WASM has no SIMD in this browser');
	});

	it('is passed over where its program cannot be fetched', async () => {
		await expect(startWasm(never)).rejects.toThrow('WASM could not be started');
	});
});

it.each(['train', 'train64'] as const)('%s keeps its tables below all jobs', async (name) => {
	const { instance } = await WebAssembly.instantiate(await readProgram(name));
	const owned = (instance.exports as { owned?: () => number }).owned?.();
	expect(owned).toBeGreaterThan(0);
	expect(owned).toBeLessThanOrEqual(own);
});
