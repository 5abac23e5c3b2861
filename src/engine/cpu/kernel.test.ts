import { describe, expect, it } from 'vitest';
import type { Activation, Job, Optimiser, Probe } from '#contract';
import { concatenate, split } from '#theory/arrays.ts';
import { relativeError, smallJob } from '../selfTest.ts';
import { erf } from './activation.ts';
import { cpuDevice } from './kernel.ts';

const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear', 'softplus'];
const depths = [
	[3, 1],
	[3, 5, 1],
	[3, 5, 4, 1],
	[2, 7, 6, 5, 1],
];
const cases = activations.flatMap((activation) =>
	depths.flatMap((sizes) => [false, true].map((biases) => ({ activation, sizes, biases }))),
);

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
	it.each(cases)(
		'agree with finite differences: $activation $sizes, biases: $biases',
		async (task) => {
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
		},
	);
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

describe('what a step is made of', () => {
	const job = smallJob({ sizes: [3, 5, 1], samples: 6, activation: 'tanh', biases: true });
	const after = async (changed: Job, steps: number, kind: Probe['kind'] = 'weights') => {
		const kernel = cpuDevice.kernel(changed);
		kernel.steps(steps);
		return kernel.probe({ kind } as Probe);
	};
	/** The job with some of its samples only. */
	const only = (from: number, to: number): Job => {
		const cut = (values: Float64Array, size: number) =>
			concatenate(split(values, job.replicas).map((v) => v.slice(from * size, to * size)));
		return { ...job, x: cut(job.x, 3), y: cut(job.y, 1) };
	};

	it('takes batches in the order in which samples lie, round and round', async () => {
		let by = job.weights;
		for (const from of [0, 2, 4, 0]) {
			const step = { ...only(from, from + 2), weights: by };
			const kernel = cpuDevice.kernel(step);
			kernel.steps(1);
			by = (await kernel.checkpoint!()).layers.map(([w]) => w as Float64Array);
		}
		const flat = await after({ ...job, weights: by }, 0);
		expect(await after({ ...job, batch: 2 }, 4)).toEqual(flat);
	});

	it('multiplies the step size by the schedule, which begins again', async () => {
		const optimiser = gd(0.05);
		const scheduled = { ...job, optimiser, schedule: [2, 1] };
		const kernel = cpuDevice.kernel({ ...job, optimiser: gd(0.1) });
		kernel.steps(1);
		kernel.setStepSizes!(Float64Array.of(0.05, 0.05));
		kernel.steps(1);
		kernel.setStepSizes!(Float64Array.of(0.1, 0.1));
		kernel.steps(1);
		expect(await after(scheduled, 3)).toEqual(await kernel.probe({ kind: 'weights' }));
	});

	it.each([
		{ kind: 'momentum', stepSize: 0.01, momentum: 0.9 },
		{ kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
	] as const)('goes on from a checkpoint with the same bits: $kind', async (optimiser) => {
		const learning = { ...job, optimiser, batch: 3 };
		const [before, later] = [learning, learning].map((each) => cpuDevice.kernel(each));
		before!.steps(7);
		later!.restore!(await before!.checkpoint!());
		later!.steps(5);
		expect(await later!.probe({ kind: 'weights' })).toEqual(await after(learning, 12));
	});

	it('sums the loss over all samples, and the test loss as a mean', async () => {
		const f = await outputs(job);
		const squares = split(f, 2).map((v, r) =>
			v.reduce((sum, value, i) => sum + (value - job.y[6 * r + i]!) ** 2, 0),
		);
		const loss = await after(job, 0, 'loss');
		squares.forEach((s, r) => expect(loss[r]).toBeCloseTo((job.lossFactor / 2) * s, 13));
		const probe = { kind: 'testLoss', x: job.x, y: job.y } as const;
		const test = await cpuDevice.kernel(job).probe(probe);
		squares.forEach((s, r) => expect(test[r]).toBeCloseTo(s / 6, 13));
	});
});
