/**
 * Features of two sizes, one linear model in training: 60 of variance 1 that hold little of the signal,
 * 10 of variance ε that hold most of it. Gradient descent learns the large ones first, with the small
 * ones as noise, and the small ones 1/ε times later.
 */
import type { Job, Run } from '#contract';
import { residualFilter } from '#theory/descentFilter.ts';
import { random } from '#theory/random.ts';
import { limitRisk, scatter, type Filtered, type Scatter } from './filterLaw.ts';

export type TwoScalesParams = { time: number; ratio: number; noise: number; n: number };

/** Large features and small ones: how many, and how much of the variance of y the signal in each makes. */
export const large = { count: 60, energy: 0.024 };
export const small = { count: 10, energy: 0.9 };
const inputs = large.count + small.count;
export const stepSize = 0.3;

export interface Parts<T> {
	readonly large: T;
	readonly small: T;
}

/**
 * What each group faces. Once the large features have settled they follow the small ones as a least-squares
 * fit does, so that these see the residuals of that fit: n − 60 samples, and n/(n − 60) times as small a
 * step. To the large ones, all that is not yet learnt of the small ones is noise.
 */
function filters({ params: { n, noise, ratio } }: Run<TwoScalesParams>, t: number) {
	const left = n - large.count;
	const slowed = (stepSize * ratio * left) / n;
	return {
		small: {
			n: left,
			p: small.count,
			signal: small.energy,
			noise,
			residual: (s: number) => residualFilter(slowed, s, t),
		},
		large: (missed: number): Filtered => ({
			n,
			p: large.count,
			signal: large.energy,
			noise: noise + missed,
			residual: (s: number) => residualFilter(stepSize, s, t),
		}),
	};
}

/** Excess risk in each group after t steps, for n → ∞ and ε → 0. */
export function excess(run: Run<TwoScalesParams>, t: number): Parts<number> {
	const filter = filters(run, t);
	const missed = limitRisk(filter.small);
	return { small: missed, large: limitRisk(filter.large(missed)) };
}

/** How far draws of n samples scatter about it, and what ε > 0 adds to the shift of the small features. */
export function scatters(run: Run<TwoScalesParams>, t: number): Parts<Scatter> {
	const filter = filters(run, t);
	const { n, ratio } = run.params;
	const own = scatter(filter.small);
	const early = 4 * ratio * small.energy * (large.count / n);
	const of = scatter(filter.large(limitRisk(filter.small)));
	return { small: { ...own, shift: Math.abs(own.shift) + early }, large: of };
}

const weights = (ratio: number) =>
	Float64Array.from({ length: inputs }, (_, j) =>
		j < large.count
			? Math.sqrt(large.energy / large.count)
			: Math.sqrt(small.energy / small.count / ratio),
	);

/** One linear network per seed from zero, on loss |Xb − y|²/(2n). */
export function twoScalesJob({ params, seed, seeds }: Run<TwoScalesParams>): Job {
	const { n, ratio, noise } = params;
	const truth = weights(ratio);
	const x = new Float64Array(seeds * n * inputs);
	const y = new Float64Array(seeds * n);
	for (let r = 0; r < seeds; r++) {
		const { normal } = random(seed + r, 'double-descent/epochs');
		for (let i = r * n; i < (r + 1) * n; i++) {
			let sum = Math.sqrt(noise) * normal();
			for (let j = 0; j < inputs; j++) {
				const value = normal() * (j < large.count ? 1 : Math.sqrt(ratio));
				x[i * inputs + j] = value;
				sum += value * truth[j]!;
			}
			y[i] = sum;
		}
	}
	return {
		network: { sizes: [inputs, 1], activation: 'linear', scales: [1] },
		optimiser: { kind: 'gd', stepSize },
		replicas: seeds,
		weights: [new Float64Array(seeds * inputs)],
		x,
		y,
		lossFactor: 1 / n,
	};
}

/** Excess risk of weights b in each group: exact, as the features are independent. */
export function excessOf(b: Float64Array, ratio: number): Parts<number> {
	const truth = weights(ratio);
	const parts = { large: 0, small: 0 };
	b.forEach((value, j) => {
		const square = (value - truth[j]!) ** 2;
		if (j < large.count) parts.large += square;
		else parts.small += ratio * square;
	});
	return parts;
}
