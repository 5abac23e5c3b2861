/** Jobs of the figure "trainable": deep tanh networks learn random labels, by plain gradient descent. */
import type { Job, Run } from '#contract';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { depthScale } from './pairs.ts';

export type TrainableParams = {
	weights: readonly number[];
	bias: number;
	deepest: string;
	rate: number;
	steps: number;
};
export type TrainableRun = Run<TrainableParams>;

const width = 32;
/** Inputs of dimension d, on a sphere. */
const d = 16;
const samples = 16;
const depths = [4, 6, 9, 13, 20, 30, 45];

export function depthsOf({ params }: TrainableRun): number[] {
	return depths.filter((depth) => depth <= Number(params.deepest));
}

/** The variances of the weights, ascending, each once. */
export function weightsOf({ params }: TrainableRun): number[] {
	return [...new Set(params.weights)].sort((a, b) => a - b);
}

/** Six depth scales, the rule of thumb; NaN where rounding says that ξ is beyond counting. */
export const sixScales = memo(
	({ weight, bias }: { weight: number; bias: number }) =>
		6 * depthScale({ name: 'tanh', weight, bias }),
	512,
);

/** All seeds of each σ_w², one after another, at one depth. Labels are ±1, as many of each. */
export function trainableJob(run: TrainableRun, depth: number): Job {
	const { bias, rate } = run.params;
	const sizes = [d, ...Array.from({ length: depth }, () => width), 1];
	const weights = weightsOf(run);
	const replicas = weights.length * run.seeds;
	const layers = sizes.slice(1).map((out, l) => new Float64Array(replicas * out * (sizes[l]! + 1)));
	const x = new Float64Array(replicas * samples * d);
	const y = new Float64Array(replicas * samples);
	weights.forEach((weight, k) => {
		for (let r = 0; r < run.seeds; r++) {
			const at = k * run.seeds + r;
			const { normal } = random(run.seed + r, `initialization/start/${depth}`);
			layers.forEach((layer, l) => {
				const [columns, top] = [sizes[l]! + 1, l === depth];
				const spread = Math.sqrt((top ? 1 : weight) / sizes[l]!);
				const own = layer.length / replicas;
				for (let i = 0; i < own; i++)
					layer[at * own + i] =
						normal() * ((i + 1) % columns > 0 ? spread : top ? 0 : Math.sqrt(bias));
			});
			x.set(inputs(run.seed + r), at * samples * d);
			for (let i = 0; i < samples; i++) y[at * samples + i] = i % 2 === 0 ? 1 : -1;
		}
	});
	return {
		network: { sizes, activation: 'tanh', scales: sizes.slice(1).map(() => 1), biases: true },
		optimiser: { kind: 'gd', stepSize: rate / depth },
		replicas,
		weights: layers,
		x,
		y,
		lossFactor: 1 / samples,
	};
}

/** Uniform on the sphere of mean square 1. */
function inputs(seed: number): Float64Array {
	const { normal } = random(seed, 'initialization/inputs');
	const x = Float64Array.from({ length: samples * d }, normal);
	for (let i = 0; i < samples; i++) {
		const row = x.subarray(i * d, (i + 1) * d);
		const size = Math.hypot(...row) / Math.sqrt(d);
		row.forEach((v, c) => (row[c] = v / size));
	}
	return x;
}

/**
 * The depth at which the loss crosses `level` upwards for good, between two depths by the logarithm;
 * NaN where it is never below or never above.
 */
export function crossing(at: readonly number[], losses: readonly number[], level: number): number {
	const last = losses.findLastIndex((loss) => loss < level);
	const [a, b, low, high] = [at[last], at[last + 1], losses[last], losses[last + 1]];
	if (a === undefined || b === undefined) return NaN;
	return a * (b / a) ** ((level - low!) / (high! - low!));
}
