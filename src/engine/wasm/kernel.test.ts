import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activation, Job, Optimiser } from '#contract';
import { cpuDevice } from '../cpu/kernel.ts';
import type { Device } from '../kernel.ts';
import { nodeLanes } from '../node.ts';
import { startWasm } from './device.ts';
import { allowedError, errorAgainstReference, relativeError, smallJob } from '../selfTest.ts';

let device: Device;
beforeAll(async () => {
	({ device } = await nodeLanes.choose('wasm'));
	expect(device.lane).toBe('wasm');
}, 60_000);

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear'];
/** Multiples of four and all remainders, one to six hidden layers, and none. */
const shapes = [
	[3, 1],
	[1, 1, 1],
	[2, 8, 1],
	[3, 5, 1],
	[6, 7, 5, 1],
	[5, 4, 8, 1],
	[2, 7, 6, 5, 1],
	[4, 6, 3, 9, 2, 1],
	[3, 5, 4, 6, 3, 5, 7, 1],
];
/** Slow enough that the deepest nets are not chaotic, where no two roundings agree for 100 steps. */
const optimisers: readonly Optimiser[] = [
	{ kind: 'gd', stepSize: [0.005, 0.006] },
	{ kind: 'momentum', stepSize: 0.003, momentum: 0.9 },
	{ kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
];
const cases = activations.flatMap((activation) =>
	shapes.flatMap((sizes) => optimisers.map((optimiser) => ({ activation, sizes, optimiser }))),
);
const two = (activation: Activation): Job => smallJob({ sizes: [3, 5, 1], samples: 7, activation });
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
		'agrees with the reference after 100 steps: $activation $sizes $optimiser.kind',
		async ({ activation, sizes, optimiser }) => {
			const job = { ...smallJob({ sizes, samples: 7, activation }), optimiser };
			expect(await errorAgainstReference(device, job)).toBeLessThan(allowedError);
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
		}
	});

	it.each(shapes)('answers every probe as the reference does: %j', async (...sizes) => {
		const job = smallJob({ sizes, samples: 7, activation: 'tanh' });
		const answers = async (on: Device) => {
			const kernel = on.kernel(job);
			kernel.steps(20);
			const field = job.x.slice(0, job.replicas * (sizes[0] ?? 0) * 3);
			const answer = [
				await kernel.probe({ kind: 'outputs' }),
				await kernel.probe({ kind: 'travel' }),
				await kernel.probe({ kind: 'tangentKernel' }),
				await kernel.probe({ kind: 'field', x: field }),
			];
			kernel.dispose();
			return answer;
		};
		const expected = await answers(cpuDevice);
		(await answers(device)).forEach((found, i) => {
			expect(found.length).toBe(expected[i]?.length);
			expect(relativeError(found, expected[i] ?? [])).toBeLessThan(allowedError);
		});
	});

	it.each(optimisers)('computes the same bits however it is sliced: $kind', async (optimiser) => {
		const job = { ...two('erf'), optimiser };
		const whole = await outputsAfter(job, 137);
		expect(await outputsAfter(job, 1, 100, 0, 36)).toEqual(whole);
		expect(await outputsAfter(job, ...Array<number>(137).fill(1))).toEqual(whole);
	});

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
		expect((await outputsAfter(broken, 3)).every(Number.isNaN)).toBe(true);
		const fast = { ...two('linear'), optimiser: { kind: 'gd', stepSize: 1e6 } as const };
		expect((await outputsAfter(fast, 100)).some(Number.isFinite)).toBe(false);
	});

	it('keeps σ(z) right far from zero', async () => {
		for (const activation of ['tanh', 'erf'] as const) {
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
			const found = await outputsAfter(job);
			const expected = await cpuDevice.kernel(job).probe({ kind: 'outputs' });
			found.forEach((value, i) =>
				expect(value / (expected[i] || 1)).toBeCloseTo(i % 12 ? 1 : 0, 6),
			);
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
