import type { Activation, Job } from '#contract';
import { random } from '#theory/random.ts';
import { cpuDevice } from './cpu/kernel.ts';
import type { Device } from './kernel.ts';

/** The largest relative error a lane may show: right engines reach 1e-6, wrong ones 1e-4 and worse. */
export const allowedError = 1e-5;
/** The same of a lane that trains in float64: one that rounds to float32 on the way shows 1e-8 and more. */
export const allowedErrorInFloat64 = 1e-10;

/**
 * One task for every way in which some lane trains. On the webgl lane these are: many steps in a draw,
 * two layers with few coordinates (units enough to be summed in slices), any layers, and the operations
 * of tfjs, which take networks with very many coordinates.
 */
const tasks = [
	{ sizes: [2, 7, 1], samples: 9, activation: 'relu' },
	{ sizes: [2, 130, 1], samples: 33, activation: 'tanh' },
	{ sizes: [5, 7, 3, 1], samples: 9, activation: 'relu' },
	{ sizes: [129, 3, 1], samples: 5, activation: 'relu' },
] as const;

const selfTestSteps = 100;

/** What the reference makes of the tasks: worked out once for all lanes, as it takes most of the time. */
const known = new Map<Task, Promise<Float64Array>>();

/**
 * Trains 100 steps on the device, in the precision asked for, and in the reference; the largest relative
 * error of loss and outputs.
 */
export async function selfTest(device: Device, precision?: 'float64'): Promise<number> {
	const errors: number[] = [];
	for (const task of tasks) {
		const job = { ...smallJob(task), ...(precision && { precision }) };
		const expected = known.get(task) ?? outputsOf(cpuDevice, job, selfTestSteps);
		known.set(task, expected);
		const found = await outputsOf(device, job, selfTestSteps);
		errors.push(errorOf(job, found, await expected));
	}
	return Math.max(...errors);
}

export async function errorAgainstReference(
	device: Device,
	job: Job,
	steps = selfTestSteps,
): Promise<number> {
	const expected = await outputsOf(cpuDevice, job, steps);
	return errorOf(job, await outputsOf(device, job, steps), expected);
}

/** f on the training inputs after some steps. */
async function outputsOf({ kernel }: Device, job: Job, steps: number): Promise<Float64Array> {
	const trained = kernel(job);
	try {
		trained.steps(steps);
		return await trained.probe({ kind: 'outputs' });
	} finally {
		trained.dispose();
	}
}

/** The larger of the relative errors of loss and outputs. */
function errorOf({ y }: Job, found: Float64Array, expected: Float64Array): number {
	const loss = (f: Float64Array) => f.reduce((sum, v, i) => sum + (v - (y[i] ?? NaN)) ** 2, 0);
	const lossError = Math.abs(loss(found) / loss(expected) - 1);
	return Math.max(lossError, relativeError(found, expected));
}

/** Largest difference relative to the largest expected value; NaN if any number is. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
	let difference = 0;
	let size = 0;
	for (let i = 0; i < expected.length; i++) {
		const e = expected[i] ?? NaN;
		difference = Math.max(difference, Math.abs((found[i] ?? NaN) - e));
		size = Math.max(size, Math.abs(e));
	}
	return difference / size;
}

interface Task {
	readonly sizes: readonly number[];
	readonly samples: number;
	readonly activation: Activation;
	readonly replicas?: number;
	readonly seed?: number;
	readonly biases?: boolean;
}

/** A random job in NTK scaling: standard normal weights and inputs, scales √(2/fan-in). */
export function smallJob({
	sizes,
	samples,
	activation,
	replicas = 2,
	seed = 1,
	biases = false,
}: Task): Job {
	const { normal } = random(seed, 'self-test');
	const draw = (size: number) => Float64Array.from({ length: size }, normal);
	const [d = 1] = sizes;
	return {
		network: {
			sizes,
			activation,
			scales: sizes.slice(0, -1).map((fanIn) => Math.sqrt(2 / fanIn)),
			...(biases && { biases }),
		},
		optimiser: { kind: 'gd', stepSize: 0.2 },
		replicas,
		weights: sizes
			.slice(1)
			.map((out, l) => draw(replicas * out * ((sizes[l] ?? 0) + Number(biases)))),
		x: draw(replicas * samples * d),
		y: draw(replicas * samples),
		lossFactor: 1 / samples,
	};
}
