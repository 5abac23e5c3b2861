/** The job and the clock of the figure "training"; its predictions read these, never frames. */
import type { Job, Run } from '#contract';
import { concatenate } from '#theory/arrays.ts';
import { ridgeFits } from '#theory/leastSquares.ts';
import { random } from '#theory/random.ts';
import { awayFrom, drawSample, firstColumns, meanSquareOf, signal, type Sample } from './model.ts';

export type TrainingParams = {
	n: number;
	sigma: number;
	decay: number;
	stepSize: number;
	steps: number;
	stop: number;
	shown: string;
};

/** Sizes p as shares of n. */
const shares = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4];

export function sizesOf({ params }: Run<TrainingParams>): number[] {
	return shares.map((share) => Math.round(share * params.n));
}

/** The size whose error is followed over time. */
export function sizeShown({ params }: Run<TrainingParams>): number {
	return Math.round(Number(params.shown) * params.n);
}

/** The step at which one stops early, if one does. */
export function stopOf({ params: { steps, stop } }: Run<TrainingParams>): number {
	return Math.min(stop, steps);
}

/** Steps at which a frame is taken: each a quarter later than the one before, the stop and T among them. */
export function clock(run: Run<TrainingParams>): number[] {
	const { steps } = run.params;
	const times = new Set([stopOf(run), steps]);
	for (let t = 1; t < steps; t = Math.max(t + 1, Math.round(1.25 * t))) times.add(t);
	return [...times].sort((a, b) => a - b);
}

/** One data set per seed. */
export function samplesOf(run: Run<TrainingParams>): Sample[] {
	return Array.from({ length: run.seeds }, (_, r) =>
		drawSample(run.params, 'independent', random(run.seed + r, 'erm/training')),
	);
}

/** The inputs with all but the first p of the first `width` coordinates put to 0, shape [n, width]. */
function masked(x: Float64Array, p: number, width: number): Float64Array {
	return firstColumns(x, width).map((v, k) => (k % width < p ? v : 0));
}

/**
 * Linear models of all sizes on the same data, size by size and in each seed by seed: a weight whose
 * input is always 0 stays where it starts, at 0.
 */
export function descentJob(run: Run<TrainingParams>, samples: readonly Sample[]): Job {
	const sizes = sizesOf(run);
	const width = sizes.at(-1)!;
	const replicas = sizes.length * samples.length;
	return {
		network: { sizes: [width, 1], activation: 'linear', scales: [1] },
		optimiser: { kind: 'gd', stepSize: run.params.stepSize },
		replicas,
		weights: [new Float64Array(replicas * width)],
		x: concatenate(sizes.flatMap((p) => samples.map(({ x }) => masked(x, p, width)))),
		y: concatenate(sizes.flatMap(() => samples.map(({ y }) => y))),
		lossFactor: 1 / run.params.n,
	};
}

/** Beyond this test error a model has diverged. */
const lost = 1e4;

/** R(f) of weights of the first coordinates, noise included; not a number where they have diverged. */
export function riskOf({ params }: Run<TrainingParams>, w: Float64Array): number {
	const away = awayFrom(signal(params.decay), w);
	const risk = params.sigma ** 2 + meanSquareOf(away, 'independent');
	return risk < lost ? risk : NaN;
}

/** R(f_ERM) for each size, one row per seed. */
export function minimiserRisks(run: Run<TrainingParams>, samples: readonly Sample[]): number[][] {
	return samples.map(({ x, y }) =>
		sizesOf(run).map((p) => riskOf(run, ridgeFits(firstColumns(x, p), y, [0])[0]!)),
	);
}
