/**
 * The networks that the figures slice: two hidden layers on 64 points of a wave, trained by
 * gradient descent with momentum. The training here is the prediction's own, in float64 from the seed alone; the figures train through the
 * lab, and neither sees the other.
 */
import type { Job, Optimiser } from '#contract';
import { concatenate, repeat, split } from '#theory/arrays.ts';
import { meanSquare, type Samples, type Surface } from '#theory/meanSquare.ts';
import { memo } from '#theory/memo.ts';
import { drawMlp, mlpLayers, type Mlp } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';

/** Everything a trained network depends on, but its seed. */
export interface Setting {
	readonly width: number;
	readonly activation: Mlp['activation'];
	/** Steps of gradient descent with momentum. */
	readonly steps: number;
}

/**
 * Stable up to a sharpness of 2(1 + µ)/η = 127, which these networks do not reach. Beyond it, and under
 * Adam, training is chaotic: two orders of summation end in different networks, and no prediction
 * could know which.
 */
const heavyBall = { kind: 'momentum', stepSize: 0.03, momentum: 0.9 } as const;
const side = 8;

/**
 * y = sin 2x₁ cos x₂ on a grid of 8 × 8 points of [−1.4, 1.6]². The grid lies off centre on purpose: on
 * a symmetric one the target is odd, as a tanh network without biases is, and the biases would never
 * learn.
 */
export const wave: Samples = (() => {
	const at = Array.from({ length: side }, (_, i) => -1.4 + (3 * i) / (side - 1));
	const points = at.flatMap((a) => at.map((b) => [a, b] as const));
	return {
		x: Float64Array.from(points.flat()),
		y: Float64Array.from(points, ([a, b]) => Math.sin(2 * a) * Math.cos(b)),
	};
})();

export function netOf({ width, activation }: Setting): Mlp {
	return { sizes: [2, width, width, 1], activation };
}

export function surfaceOf(setting: Setting): Surface {
	return meanSquare(netOf(setting), wave);
}

export function start(setting: Setting, seed: number): Float64Array {
	const gain = setting.activation === 'relu' ? 2 : 1;
	return drawMlp(netOf(setting), gain, random(seed, 'loss-landscape/start'));
}

/** The parameters after training from the start of this seed: computed from the seed, not read from a run. */
export const trained = memo(({ setting, seed }: { setting: Setting; seed: number }) => {
	const theta = start(setting, seed);
	const surface = surfaceOf(setting);
	const { stepSize, momentum } = heavyBall;
	const velocity = new Float64Array(theta.length);
	for (let t = 0; t < setting.steps; t++) {
		const gradient = surface.gradient(theta);
		for (let i = 0; i < theta.length; i++) {
			velocity[i] = momentum * velocity[i]! + gradient[i]!;
			theta[i] = theta[i]! - stepSize * velocity[i]!;
		}
	}
	return theta;
}, 32);

/** The same training, for the lab: replica r from seed + r. */
export function trainingJob(setting: Setting, seed: number, seeds: number): Job {
	const starts = Array.from({ length: seeds }, (_, r) => start(setting, seed + r));
	return jobOf(netOf(setting), wave, starts);
}

/** A job whose replicas start at the given parameters; its loss is the mean squared error. */
export function jobOf(
	net: Mlp,
	{ x, y }: Samples,
	thetas: readonly Float64Array[],
	optimiser: Optimiser = heavyBall,
): Job {
	return {
		network: {
			sizes: net.sizes,
			activation: net.activation,
			scales: net.sizes.slice(1).map(() => 1),
			biases: true,
		},
		optimiser,
		replicas: thetas.length,
		weights: mlpLayers(net).map(({ from, out, in: columns }) =>
			concatenate(thetas.map((theta) => theta.subarray(from, from + out * (columns + 1)))),
		),
		x: repeat(x, thetas.length),
		y: repeat(y, thetas.length),
		lossFactor: 2 / y.length,
		precision: 'float64',
	};
}

/** The answer of the probe `weights`, cut into the flat parameters of each replica. */
export function parametersOf(weights: Float64Array, replicas: number): Float64Array[] {
	return split(weights, replicas).map((theta) => theta.slice());
}
