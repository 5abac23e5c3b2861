/** The job and the clock of the figure "time"; its predictions read these, never frames. */
import type { Job, Run } from '#contract';
import { concatenate, repeat } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { hard, logit, type Label } from './labels.ts';
import { labels } from './linear.ts';

export type TimeParams = { ratio: number; stepSize: number; time: number; temperature: number };
export const tellings = ['hard', 'soft', 'logits'] as const;
export type Telling = (typeof tellings)[number];

export const dimension = 100;

export function samplesOf({ params }: Run<TimeParams>): number {
	return Math.round(params.ratio * dimension);
}

export function labelFor(telling: Telling, temperature: number): Label {
	return { hard, soft: { temperature, flips: 0 }, logits: logit }[telling];
}

/** Steps at which a frame is taken: each a quarter later than the one before, the last at T. */
export function clock({ params: { time } }: Run<TimeParams>): number[] {
	const times = [];
	for (let t = 1; t < time; t = Math.max(t + 1, Math.round(1.25 * t))) times.push(t);
	return [...times, time];
}

/** Linear students of the same inputs, telling by telling and in each seed by seed. */
export function schoolJob(run: Run<TimeParams>): Job {
	const n = samplesOf(run);
	const streams = Array.from({ length: run.seeds }, (_, r) =>
		random(run.seed + r, 'distillation/time'),
	);
	const inputs = streams.map(({ normal }) => Float64Array.from({ length: n * dimension }, normal));
	const told = tellings.flatMap((telling) =>
		inputs.map((x, r) =>
			labels(x, dimension, labelFor(telling, run.params.temperature), streams[r]!),
		),
	);
	const replicas = tellings.length * run.seeds;
	return {
		network: { sizes: [dimension, 1], activation: 'linear', scales: [1] },
		optimiser: { kind: 'gd', stepSize: run.params.stepSize },
		replicas,
		weights: [new Float64Array(replicas * dimension)],
		x: repeat(concatenate(inputs), tellings.length),
		y: concatenate(told),
		lossFactor: 1 / n,
	};
}
