/** The job, the starts and the clock of the figure "neuron"; its predictions read these, never frames. */
import type { Job, Run } from '#contract';
import { concatenate, split } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { placeOf, populationRun, relativeError } from './neuron.ts';

export type NeuronParams = { d: number; stepSize: number; batch: number; steps: number };

/** w₀ of a seed: normal, of length about 1. The target is u = e₁. */
function start(d: number, seed: number): Float64Array {
	const { normal } = random(seed, `random-features/start-${d}`);
	return Float64Array.from({ length: d }, () => normal() / Math.sqrt(d));
}

/** Each seed’s error by gradient descent with unlimited data. */
export function populationRuns({ params, seed, seeds }: Run<NeuronParams>, d: number): number[][] {
	const { stepSize, steps } = params;
	return Array.from({ length: seeds }, (_, r) =>
		populationRun(placeOf(start(d, seed + r)), stepSize, steps),
	);
}

/** w₀ of all seeds, shape [R, d]. */
export function starts({ seed, seeds }: Run<NeuronParams>, d: number): Float64Array {
	return concatenate(Array.from({ length: seeds }, (_, r) => start(d, seed + r)));
}

/** One step of all seeds side by side, from w of shape [R, d], each with a fresh batch of its own. */
export function stepJob(
	{ params, seed, seeds }: Run<NeuronParams>,
	d: number,
	step: number,
	w: Float64Array,
): Job {
	const { stepSize, batch } = params;
	const x = new Float64Array(seeds * batch * d);
	const y = new Float64Array(seeds * batch);
	for (let r = 0; r < seeds; r++) {
		const { normal } = random(seed + r, `random-features/data-${d}-${step}`);
		for (let i = r * batch; i < (r + 1) * batch; i++) {
			for (let k = 0; k < d; k++) x[i * d + k] = normal();
			y[i] = Math.max(0, x[i * d]!);
		}
	}
	return {
		network: { sizes: [d, 1, 1], activation: 'relu', scales: [1, 1], trained: [true, false] },
		optimiser: { kind: 'gd', stepSize },
		replicas: seeds,
		weights: [w, new Float64Array(seeds).fill(1)],
		x,
		y,
		lossFactor: 1 / batch,
	};
}

/** The inner weights, shape [R, d], out of all weights, shape [R, d + 1]. */
export function innerOf(weights: Float64Array, seeds: number): Float64Array {
	return concatenate(split(weights, seeds).map((w) => w.subarray(0, w.length - 1)));
}

/** The exact relative error of each seed, from w of shape [R, d]. */
export function errorsOf(w: Float64Array, seeds: number): number[] {
	return split(w, seeds).map((each) => relativeError(placeOf(each)));
}
