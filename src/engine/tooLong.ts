import { showNumber, type Job } from '#contract';
import { split } from '#theory/arrays.ts';
import { workOf } from './choice.ts';
import { cpuDevice } from './cpu/kernel.ts';

/** Milliseconds that may be spent on the reason. */
const patience = 500;
/** Operations of a step beyond which one curvature alone would take longer. */
const mostWork = 1e7;

/**
 * Why plain gradient descent ran away, if its step is too long for the curvature of the loss at the
 * start: "the step size 0.31 is longer than 2/λ_max = 0.24". Null where that is not the reason, or where
 * it would take too long to know. `sizes` are the step sizes in force, shape [R].
 */
export async function whyTooLong(job: Job, sizes: Float64Array): Promise<string | null> {
	if (job.optimiser.kind !== 'gd' || job.batch || job.schedule) return null;
	if (workOf(job) / job.replicas > mostWork) return null;
	const until = performance.now() + patience;
	const longestFirst = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
	for (const r of longestFirst) {
		const [curvature = NaN] = await cpuDevice.kernel(one(job, r)).probe({ kind: 'sharpness' });
		const edge = 2 / curvature;
		if (sizes[r]! > edge)
			return `the step size ${showNumber(sizes[r]!)} is longer than 2/λ_max = ${showNumber(edge)}`;
		if (performance.now() > until) return null;
	}
	return null;
}

/** A job with one replica of another alone. */
function one(job: Job, r: number): Job {
	const part = (values: Float64Array) => split(values, job.replicas)[r]!;
	return {
		...job,
		replicas: 1,
		optimiser: { ...job.optimiser, stepSize: 1 },
		weights: job.weights.map(part),
		x: part(job.x),
		y: part(job.y),
	};
}
