/** Stochastic gradient descent on the Chebyshev wave, and what its batches can bear. */
import type { Job, Run } from '#contract';
import { largestEigenvalue } from '#theory/lanczos.ts';
import { meanSquare } from '#theory/meanSquare.ts';
import { random } from '#theory/random.ts';
import { chebyshev, edgeNet, edgeStart } from './edge.ts';
import { jobOf } from './network.ts';

export type BatchesParams = {
	/** Samples per step, B. */
	batches: readonly number[];
	stepSize: number;
	steps: number;
};

const width = 32;
const samples = chebyshev(4);
/** n. */
export const points = samples.y.length;
const net = edgeNet(width);
export const surface = meanSquare(net, samples);
const ofSample = Array.from({ length: points }, (_, i) =>
	meanSquare(net, { x: samples.x.slice(i, i + 1), y: samples.y.slice(i, i + 1) }),
);

/** Σ = (1/n) Σ_i H_i² − H² enters each step with the factor η² (n − B)/(B(n − 1)): batches without replacement. */
export function batchFactor(batch: number): number {
	return (points - batch) / (batch * (points - 1));
}

/** The largest √λ_max(Σ) with η² (n − B)/(B(n − 1)) Σ ≤ 1; ∞ for the full batch. */
export function tolerated(batch: number, stepSize: number): number {
	return 1 / (stepSize * Math.sqrt(batchFactor(batch)));
}

/** √λ_max(Σ) at θ, exact products of each sample's own Hessian. (Wu, Ma & E 2018: the non-uniformity.) */
export function nonUniformity(theta: Float64Array): number {
	const mean = surface.hessianProduct(theta);
	const each = ofSample.map((one) => one.hessianProduct(theta));
	const multiply = (v: Float64Array) => {
		const out = mean(mean(v)).map((value) => -value);
		for (const product of each) {
			const w = product(product(v));
			for (let k = 0; k < out.length; k++) out[k] = out[k]! + w[k]! / points;
		}
		return out;
	};
	const { normal } = random(0, 'loss-landscape/lanczos');
	const start = Float64Array.from({ length: theta.length }, normal);
	return Math.sqrt(largestEigenvalue(multiply, start, 25, 1e-3).value);
}

/** Batches that are drawn before they come round again; some thousands of samples in all. */
const drawn = (batch: number) => (batch === points ? 1 : Math.floor(4000 / batch));

/** All seeds at one batch size; each batch is drawn from all samples, without replacement. */
export function batchJob(run: Run<BatchesParams>, batch: number): Job {
	const { uniform } = random(run.seed, `loss-landscape/batches/${batch}`);
	const order = Array.from({ length: points }, (_, i) => i);
	const chosen: number[] = [];
	for (let k = 0; k < drawn(batch); k++)
		for (let j = 0; j < batch; j++) {
			const other = j + Math.floor(uniform() * (points - j));
			[order[j], order[other]] = [order[other]!, order[j]!];
			chosen.push(order[j]!);
		}
	const starts = Array.from({ length: run.seeds }, (_, r) => edgeStart(width, run.seed + r));
	const pick = (from: Float64Array) => Float64Array.from(chosen, (i) => from[i]!);
	const optimiser = { kind: 'gd', stepSize: run.params.stepSize } as const;
	return {
		...jobOf(net, { x: pick(samples.x), y: pick(samples.y) }, starts, optimiser),
		batch,
		lossFactor: 2 / batch,
	};
}
