/** Networks that learn a function of one direction, on the sphere of radius √d: their data and their jobs. */
import type { Job } from '#contract';
import { concatenate, sumOfSquares } from '#theory/arrays.ts';
import { random, type Random } from '#theory/random.ts';
import { links, type Link } from './links.ts';
import { drawSphere } from './ridge.ts';

/** Neurons in the hidden layer. */
export const width = 32;
/** Fresh points on which everything is tested. */
export const tests = 500;
export const stepSize = 0.02;
export const momentum = 0.9;
/** How much smaller than usual the weights begin. */
const small = 0.3;

export interface Samples {
	/** Inputs of length √d, shape [n, d]. */
	readonly x: Float64Array;
	/** Labels, shape [n]. */
	readonly y: Float64Array;
}

/** n inputs and their labels; θ is the first axis, which costs nothing, as nothing else knows the axes. */
export function drawSamples(n: number, d: number, link: Link, stream: Random): Samples {
	const x = drawSphere(n, d, stream).map((c) => Math.sqrt(d) * c);
	return { x, y: Float64Array.from({ length: n }, (_, i) => links[link](x[i * d]!)) };
}

/** The training and test samples of a seed. */
export function drawBoth(
	at: { n: number; d: number; link: Link },
	seed: number,
): { train: Samples; fresh: Samples } {
	const of = (count: number, name: string) =>
		drawSamples(count, at.d, at.link, random(seed, `curse/network/${name}/${at.d}`));
	return { train: of(at.n, 'train'), fresh: of(tests, 'test') };
}

/** All seeds side by side, full batches, momentum, loss half the mean square. */
export function networkJob(d: number, trains: readonly Samples[], seed: number): Job {
	const n = trains[0]?.y.length ?? 0;
	const starts = trains.map((_, r) => {
		const { normal } = random(seed + r, `curse/network/start/${d}`);
		const layer = (out: number, size: number, gain: number) =>
			Float64Array.from({ length: out * size }, () => small * Math.sqrt(gain / size) * normal());
		return [layer(width, d, 2), layer(1, width, 1)] as const;
	});
	return {
		network: { sizes: [d, width, 1], activation: 'relu', scales: [1, 1] },
		optimiser: { kind: 'momentum', stepSize, momentum },
		replicas: trains.length,
		weights: [
			concatenate(starts.map(([inner]) => inner)),
			concatenate(starts.map(([, outer]) => outer)),
		],
		x: concatenate(trains.map(({ x }) => x)),
		y: concatenate(trains.map(({ y }) => y)),
		lossFactor: 1 / n,
	};
}

/**
 * How much of a network looks along θ, the first axis: Σ a_j²w_{j1}²/Σ a_j²|w_j|² over the hidden neurons, of
 * one network of the probe `weights`. 1/d where it looks everywhere alike.
 */
export function alignment(weights: Float64Array, d: number): number {
	let [along, all] = [0, 0];
	for (let j = 0; j < width; j++) {
		const outer = weights[width * d + j]! ** 2;
		along += outer * weights[j * d]! ** 2;
		all += outer * sumOfSquares(weights.subarray(j * d, (j + 1) * d));
	}
	return along / all;
}
