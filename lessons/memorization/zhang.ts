/** The jobs of the figure "network": one hidden layer, both layers trained, labels spoilt more and more. */
import type { Job, Run } from '#contract';
import { concatenate, repeat } from '#theory/arrays.ts';
import { drawMlp, mlpLayers } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';
import { corrupted, d, spherePoints, trueLabels } from './data.ts';

export type NetworkParams = { n: number; width: number; steps: number };

/** Fractions of the labels that are replaced by coins. */
export const corruptions = [0, 0.25, 0.5, 0.75, 1];
/** Fresh points on which every network is tested. */
export const tests = 2000;

/** The least that any rule has wrong on fresh labels: a coin was thrown, and fell on the other side. */
export const unavoidableError = (corruption: number) => corruption / 2;

/** Weights and biases of the network. */
export const weightsOf = (width: number) => width * (d + 1) + width + 1;

/** Inputs and labels of every replica, corruption by corruption, seed by seed. */
function data(count: number, { seed, seeds }: Run<NetworkParams>, stream: string) {
	const x: Float64Array[] = [];
	const y: Float64Array[] = [];
	for (let r = 0; r < seeds; r++)
		x.push(spherePoints(count, random(seed + r, `memorization/${stream}`)));
	for (const corruption of corruptions)
		for (let r = 0; r < seeds; r++) {
			const coins = random(seed + r, `memorization/${stream}-labels-${corruption}`);
			y.push(corrupted(trueLabels(x[r]!), corruption, coins));
		}
	return { x: repeat(concatenate(x), corruptions.length), y: concatenate(y) };
}

export const testData = (run: Run<NetworkParams>) => data(tests, run, 'fresh');

/** Adam on both layers; replica k·R + r has fraction k of the labels spoilt, and the start of seed r. */
export function networkJob(run: Run<NetworkParams>): Job {
	const { n, width } = run.params;
	const sizes = [d, width, 1];
	const starts = Array.from({ length: run.seeds }, (_, r) =>
		drawMlp({ sizes, activation: 'relu' }, 1, random(run.seed + r, 'memorization/network')),
	);
	return {
		network: { sizes, activation: 'relu', scales: [1, 1], biases: true },
		optimiser: { kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
		replicas: run.seeds * corruptions.length,
		weights: mlpLayers({ sizes }).map((layer) => {
			const to = layer.from + layer.out * (layer.in + 1);
			const each = concatenate(starts.map((theta) => theta.subarray(layer.from, to)));
			return repeat(each, corruptions.length);
		}),
		...data(n, run, 'training'),
		lossFactor: 1 / n,
	};
}
