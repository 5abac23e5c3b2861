/** What the figures "labels" and "floor" train, and what the formulas say about it. */
import type { Job, Run } from '#contract';
import { concatenate, repeat } from '#theory/arrays.ts';
import { symmetricEigen, type Eigen } from '#theory/eigen.ts';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { centredFeatures, corrupted, drawSample, kernelOf, type Sample } from './data.ts';
import { corruptedLoss, type Expected } from './spectrum.ts';

export type Setting = {
	n: number;
	m: number;
	/** How often each point stands in the sample. */
	copies: number;
	/** The step size in units of 1/λ_max. */
	pace: number;
};

export interface Problem {
	readonly sample: Sample;
	/** Centred features, shape [N, m]. */
	readonly features: Float64Array;
	/** Of K = ΦΦᵀ/N. */
	readonly eigen: Eigen;
	readonly stepSize: number;
}

/** All that a seed draws but the labels. */
export const problem = memo(({ n, m, copies, pace, seed }: Setting & { seed: number }): Problem => {
	const sample = drawSample(n, copies, seed);
	const features = centredFeatures(sample, m, seed);
	const eigen = symmetricEigen(kernelOf(features, m));
	return { sample, features, eigen, stepSize: pace / eigen.values.at(-1)! };
}, 256);

/** Expectation over labels at each of `steps`, mean over the seeds, and the deviation of that mean. */
export const expectation = memo(
	({
		seed,
		seeds,
		corruption,
		steps,
		...setting
	}: Setting & {
		seed: number;
		seeds: number;
		corruption: number;
		steps: readonly number[];
	}): Expected[] =>
		steps.map((t) => {
			let [mean, variance] = [0, 0];
			for (let r = 0; r < seeds; r++) {
				const { eigen, stepSize, sample } = problem({ ...setting, seed: seed + r });
				const one = corruptedLoss(eigen, stepSize, sample.truth, corruption, t);
				mean += one.mean / seeds;
				variance += (one.deviation / seeds) ** 2;
			}
			return { mean, deviation: Math.sqrt(variance) };
		}),
	32,
);

/** Gradient descent on the output weights, for every labelling, by its fraction of coins, and every seed: replica k·R + r. */
export function descentJob(
	{ seed, seeds }: Pick<Run, 'seed' | 'seeds'>,
	setting: Setting,
	corruptions: readonly number[],
): Job {
	const { n, m } = setting;
	const problems = Array.from({ length: seeds }, (_, r) => problem({ ...setting, seed: seed + r }));
	const replicas = seeds * corruptions.length;
	return {
		network: { sizes: [m, 1], activation: 'linear', scales: [1] },
		optimiser: {
			kind: 'gd',
			stepSize: corruptions.flatMap(() => problems.map(({ stepSize }) => stepSize)),
		},
		replicas,
		weights: [new Float64Array(replicas * m)],
		x: repeat(concatenate(problems.map(({ features }) => features)), corruptions.length),
		y: concatenate(
			corruptions.flatMap((corruption, k) =>
				problems.map(({ sample }, r) =>
					corrupted(sample.truth, corruption, random(seed + r, `memorization/labels-${k}`)),
				),
			),
		),
		lossFactor: 1 / n,
	};
}

/** Steps at which frames are taken: 0, then some thirty that thin out, to the last. */
export function clock(last: number): number[] {
	const steps = Array.from({ length: 30 }, (_, i) => Math.round(last ** (i / 29)));
	return [0, ...new Set(steps)];
}
