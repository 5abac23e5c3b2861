import { showNumber, type Job } from '#contract';
import { split } from '#theory/arrays.ts';
import { workOf } from './choice.ts';
import { cpuDevice } from './cpu/kernel.ts';

/** Milliseconds that may be spent on the reason. */
const patience = 500;
/** Operations of a step beyond which one curvature alone would take longer. */
const mostWork = 1e7;

/** How long a step may be, as a multiple of 1/λ_max, and how that is written. */
interface Limit {
	readonly factor: number;
	readonly text: string;
}

/**
 * Why training ran away, as half a sentence, if its step is too long for the curvature of the loss at the
 * start: "the step size 0.31 is longer than 2/λ_max = 0.24". Null where that is not the reason, or where
 * it would take too long to know. `sizes` are the step sizes in force, shape [R].
 *
 * On a quadratic, gradient descent is stable up to 2/λ_max, and v ← μ v + g, w ← w − η v up to
 * 2(1 + μ)/λ_max (Polyak 1964). With minibatches no exact limit is known, and Adam has none in λ_max: it
 * settles where η times the largest eigenvalue of the preconditioned Hessian is (2 + 2β₁)/(1 − β₁), 38 at
 * β₁ = 0.9 (Cohen et al. 2022), and that Hessian changes as it trains. Both are said. Nothing is said of
 * schedules, whose long steps may be part of a theorem.
 */
export async function whyTooLong(job: Job, sizes: Float64Array): Promise<string | null> {
	if (job.schedule || workOf(job) / job.replicas > mostWork) return null;
	const limit = limitOf(job);
	const until = performance.now() + patience;
	const longestFirst = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!);
	for (const r of longestFirst) {
		const [curvature = NaN] = await cpuDevice.kernel(one(job, r)).probe({ kind: 'sharpness' });
		const size = showNumber(sizes[r]!);
		if (limit === null)
			return Number.isFinite(curvature)
				? `Adam with the step size ${size}, where λ_max = ${showNumber(curvature)} at the start; for Adam no limit in λ_max is known`
				: null;
		const edge = limit.factor / curvature;
		if (sizes[r]! > edge) {
			const why = `the step size ${size} is longer than ${limit.text}/λ_max = ${showNumber(edge)}`;
			return job.batch
				? `${why}, the limit with all samples at each step; with minibatches no exact one is known`
				: why;
		}
		if (performance.now() > until) return null;
	}
	return null;
}

function limitOf({ optimiser }: Job): Limit | null {
	switch (optimiser.kind) {
		case 'gd':
			return { factor: 2, text: '2' };
		case 'momentum': {
			const { momentum } = optimiser;
			return { factor: 2 * (1 + momentum), text: `2(1 + ${showNumber(momentum)})` };
		}
		case 'adam':
			return null;
	}
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
