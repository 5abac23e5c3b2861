/** The job, the clock and the starts of the figure "training"; its predictions read these, never frames. */
import type { Job, Run } from '#contract';
import { concatenate, repeat } from '#theory/arrays.ts';
import { memo } from '#theory/memo.ts';
import type { Setting } from './finiteWidth.ts';
import { startKernel } from './linearised.ts';
import {
	angles,
	circle,
	dynamics,
	start,
	stepSize,
	targets,
	type Dynamics,
	type Problem,
} from './theory.ts';

export type TrainingParams = {
	width: number;
	alpha: number;
	step: number;
	frequencies: readonly number[];
	n: number;
	lift: number;
	steps: number;
};

/** Angles at which the learned function is drawn. */
export const drawn = angles(64);

export function problemOf({ params }: Run<TrainingParams>): Problem {
	const { n, lift, frequencies, step } = params;
	return { n, lift, frequencies, step };
}

/** Steps at which a frame is taken: every five, or some forty in a long run. */
export function clock({ params }: Run<TrainingParams>): number[] {
	const every = Math.max(5, 5 * Math.ceil(params.steps / 200));
	const times = [];
	for (let t = 0; t < params.steps; t += every) times.push(t);
	return [...times, params.steps];
}

export function settingOf(run: Run<TrainingParams>): Setting {
	const { width, alpha } = run.params;
	return {
		problem: problemOf(run),
		width,
		alpha,
		seeds: run.seeds,
		times: clock(run),
		at: drawn,
	};
}

/** The starting networks of a run: replica r from seed + r. */
function starts({ params, seed, seeds }: Run<TrainingParams>) {
	return Array.from({ length: seeds }, (_, r) => start(params.width, seed + r));
}

const startKernels = memo((run: Run<TrainingParams>) =>
	starts(run).map((net) => startKernel(run.params, net)),
);
const nowhere = new Float64Array();

/** Each seed's network, linearised at its start. */
export function linearisedRun(run: Run<TrainingParams>): Dynamics[] {
	// Only the points and the width decide the kernels: what is taught, and how, does not.
	const params = { ...run.params, alpha: 1, step: 1, steps: 0, frequencies: [] };
	return startKernels({ ...run, params }).map((kernel) =>
		dynamics(problemOf(run), kernel, nowhere),
	);
}

export function trainingJob(run: Run<TrainingParams>): Job {
	const { width, alpha, n, lift } = run.params;
	const nets = starts(run);
	return {
		network: {
			sizes: [3, width, 1],
			activation: 'relu',
			scales: [1, alpha * Math.sqrt(2 / width)],
		},
		optimiser: { kind: 'gd', stepSize: stepSize(problemOf(run)) },
		replicas: run.seeds,
		weights: [concatenate(nets.map((net) => net.inner)), concatenate(nets.map((net) => net.outer))],
		x: repeat(circle(angles(n), lift), run.seeds),
		y: repeat(targets(problemOf(run)), run.seeds),
		lossFactor: 1 / alpha ** 2,
	};
}
