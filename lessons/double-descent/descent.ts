/** The job and the clock of the figure "time"; its predictions read these, never frames. */
import type { Job, Run } from '#contract';
import { residualFilter } from '#theory/descentFilter.ts';
import { random } from '#theory/random.ts';
import { drawSample } from './fit.ts';
import type { Model } from './model.ts';

export type TimeParams = { time: number; step: number; noise: number; n: number };

export const dimension = 200;

export function modelOf({ params: { n, noise } }: Run<TimeParams>): Model {
	return { n, noise, dimension };
}

/** Twelve values of p, from n/8 to D. */
export function widths({ params: { n } }: Run<TimeParams>): number[] {
	const ratios = [0.125, 0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2];
	const all = [
		...ratios.map((g) => Math.round(g * n)),
		Math.round((2 * n + dimension) / 2),
		dimension,
	];
	return [...new Set(all)].filter((p) => p <= dimension).sort((a, b) => a - b);
}

/** Steps at which a frame is taken: each a quarter later than the one before, the last at T. */
export function clock({ params: { time } }: { params: { time: number } }): number[] {
	const times = [];
	for (let t = 1; t < time; t = Math.max(t + 1, Math.round(1.25 * t))) times.push(t);
	return [...times, time];
}

/** (1 − ηs)^t. */
export function residual({ params }: Run<TimeParams>, t: number): (s: number) => number {
	return (s) => residualFilter(params.step, s, t);
}

/**
 * One linear network per p and seed, p by p, all padded to D inputs: those from p on are zero, and so
 * their weights stay where they start, at zero. The loss is |Xb − y|²/(2n).
 */
export function descentJob(run: Run<TimeParams>): Job {
	const model = modelOf(run);
	const { n } = model;
	const all = widths(run);
	const samples = Array.from({ length: run.seeds }, (_, r) =>
		drawSample(model, random(run.seed + r, 'double-descent/time')),
	);
	const replicas = all.length * run.seeds;
	const x = new Float64Array(replicas * n * dimension);
	const y = new Float64Array(replicas * n);
	all.forEach((p, k) =>
		samples.forEach((sample, r) => {
			const at = k * run.seeds + r;
			y.set(sample.y, at * n);
			for (let i = 0; i < n; i++) {
				const row = sample.x.subarray(i * dimension, i * dimension + p);
				x.set(row, (at * n + i) * dimension);
			}
		}),
	);
	return {
		network: { sizes: [dimension, 1], activation: 'linear', scales: [1] },
		optimiser: { kind: 'gd', stepSize: run.params.step },
		replicas,
		weights: [new Float64Array(replicas * dimension)],
		x,
		y,
		lossFactor: 1 / n,
	};
}
