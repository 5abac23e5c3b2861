import { describe, expect, it } from 'vitest';
import type { Activation, Job, Optimiser } from '#contract';
import { relativeError, smallJob } from '../selfTest.ts';
import { erf } from './activation.ts';
import { cpuDevice } from './kernel.ts';

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear'];
const depths = [
	[3, 1],
	[3, 5, 1],
	[3, 5, 4, 1],
	[2, 7, 6, 5, 1],
];
const cases = activations.flatMap((activation) => depths.map((sizes) => ({ activation, sizes })));

async function outputs(job: Job): Promise<Float64Array> {
	return cpuDevice.kernel(job).probe({ kind: 'outputs' });
}

/** ∂ loss / ∂ W_l of the first replica, by central differences of the forward pass. */
async function numericalGradient(job: Job): Promise<Float64Array[]> {
	const n = job.y.length / job.replicas;
	const loss = async (weights: readonly Float64Array[]) => {
		const f = await outputs({ ...job, weights });
		return (
			(job.lossFactor / 2) *
			f.slice(0, n).reduce((sum, v, i) => sum + (v - (job.y[i] ?? NaN)) ** 2, 0)
		);
	};
	const shifted = (layer: number, i: number, by: number) =>
		job.weights.map((w, l) => (l === layer ? w.map((v, j) => (j === i ? v + by : v)) : w));
	const h = 1e-6;
	return Promise.all(
		job.weights.map(async (w, l) => {
			const gradient = new Float64Array(w.length / job.replicas);
			for (let i = 0; i < gradient.length; i++) {
				const up = await loss(shifted(l, i, h));
				const down = await loss(shifted(l, i, -h));
				gradient[i] = (up - down) / (2 * h);
			}
			return gradient;
		}),
	);
}

async function travelAfter(job: Job, steps: number): Promise<Float64Array> {
	const kernel = cpuDevice.kernel(job);
	kernel.steps(steps);
	return kernel.probe({ kind: 'travel' });
}

const gd = (stepSize: number): Optimiser => ({ kind: 'gd', stepSize });

describe('gradients', () => {
	it.each(cases)('agree with finite differences: $activation $sizes', async (task) => {
		const job = smallJob({ ...task, samples: 4 });
		const numerical = await numericalGradient(job);
		for (let l = 0; l < numerical.length; l++) {
			// One step in layer l alone must land where the numbers say.
			const eta = 0.1;
			const kernel = cpuDevice.kernel({
				...job,
				network: { ...job.network, trained: numerical.map((_, k) => k === l) },
				optimiser: gd(eta),
			});
			kernel.steps(1);
			const moved = job.weights.map((w, k) =>
				k === l ? w.map((v, i) => v - eta * (numerical[l]?.[i] ?? 0)) : w,
			);
			const n = job.y.length / job.replicas;
			const found = (await kernel.probe({ kind: 'outputs' })).slice(0, n);
			const expected = (await outputs({ ...job, weights: moved })).slice(0, n);
			expect(relativeError(found, expected)).toBeLessThan(1e-6);
		}
	});
});

describe('optimisers', () => {
	/** One weight, f = w x with x = 1, y = 0, so that the gradient is w itself. */
	const single = (optimiser: Optimiser): Job => ({
		network: { sizes: [1, 1], activation: 'linear', scales: [1] },
		optimiser,
		replicas: 1,
		weights: [Float64Array.of(2)],
		x: Float64Array.of(1),
		y: Float64Array.of(0),
		lossFactor: 1,
	});
	const after = async (optimiser: Optimiser, steps: number) => {
		const kernel = cpuDevice.kernel(single(optimiser));
		kernel.steps(steps);
		return (await kernel.probe({ kind: 'outputs' }))[0];
	};

	it('gd multiplies by 1 − η', async () => {
		expect(await after(gd(0.1), 3)).toBeCloseTo(2 * 0.9 ** 3, 12);
	});
	it('momentum follows the heavy ball', async () => {
		// v: 2, 0.5·2 + 1.8 = 2.8; w: 2 − 0.2 = 1.8, 1.8 − 0.28 = 1.52
		expect(await after({ kind: 'momentum', stepSize: 0.1, momentum: 0.5 }, 2)).toBeCloseTo(
			1.52,
			12,
		);
	});
	it('adam begins with a step of η g / (|g| + ε)', async () => {
		const adam = { kind: 'adam', stepSize: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0.5 } as const;
		expect(await after(adam, 1)).toBeCloseTo(2 - (0.1 * 2) / 2.5, 12);
	});
	it('takes one step size per replica', async () => {
		const job = smallJob({ sizes: [3, 5, 1], samples: 4, activation: 'tanh', replicas: 2 });
		const both = (w: Float64Array) =>
			Float64Array.of(...w.slice(0, w.length / 2), ...w.slice(0, w.length / 2));
		const twins = { ...job, weights: job.weights.map(both), x: both(job.x), y: both(job.y) };
		const [slow = NaN, fast = NaN] = await travelAfter(
			{ ...twins, optimiser: { kind: 'gd', stepSize: [0.1, 0.2] } },
			1,
		);
		expect(fast / slow).toBeCloseTo(4, 10);
	});
});

describe('probes', () => {
	it.each(cases)('tangent kernel is J Jᵀ: $activation $sizes', async (task) => {
		const job = smallJob({ ...task, samples: 3, replicas: 1 });
		const kernel = await cpuDevice.kernel(job).probe({ kind: 'tangentKernel' });
		const h = 1e-6;
		const expected = new Float64Array(9);
		for (let l = 0; l < job.weights.length; l++) {
			for (let i = 0; i < (job.weights[l]?.length ?? 0); i++) {
				const at = (by: number) =>
					outputs({
						...job,
						weights: job.weights.map((w, k) =>
							k === l ? w.map((v, j) => (j === i ? v + by : v)) : w,
						),
					});
				const [up, down] = [await at(h), await at(-h)];
				const row = up.map((v, s) => (v - (down[s] ?? NaN)) / (2 * h));
				row.forEach((a, s) =>
					row.forEach((b, t) => (expected[3 * s + t] = (expected[3 * s + t] ?? 0) + a * b)),
				);
			}
		}
		expect(relativeError(kernel, expected)).toBeLessThan(1e-6);
	});

	it('evaluates the field at other inputs', async () => {
		const job = smallJob({ sizes: [3, 5, 1], samples: 4, activation: 'tanh' });
		const kernel = cpuDevice.kernel(job);
		const field = await kernel.probe({ kind: 'field', x: job.x });
		expect(field).toEqual(await kernel.probe({ kind: 'outputs' }));
	});
});

describe('erf', () => {
	// Abramowitz & Stegun, Table 7.1
	it.each([
		[0, 0],
		[0.5, 0.5204998778],
		[1, 0.8427007929],
		[2, 0.995322265],
		[-1, -0.8427007929],
	])('erf(%d)', (z, value) => expect(erf(z)).toBeCloseTo(value, 10));
	it('is smooth where its two formulas meet', () => {
		const slope = (erf(2.5 + 1e-7) - erf(2.5 - 1e-7)) / 2e-7;
		expect(slope / ((2 / Math.sqrt(Math.PI)) * Math.exp(-6.25))).toBeCloseTo(1, 5);
	});
});
