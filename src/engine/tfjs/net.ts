import { ones, tensor3d } from '@tensorflow/tfjs-core';
import type { Activation } from '#contract';
import { activations, timesSlope, type Activated } from './activation.ts';
import { add, beside, mul, part, times, timesTransposed, type Batch } from './ops.ts';

/** Inputs and values of the layers in one forward pass. */
export interface Pass {
	readonly inputs: readonly Batch[];
	readonly hidden: readonly Activated[];
	readonly f: Batch;
}

/** A layer's weights times its scale, and what its part in the tangent kernel depends on. */
export interface ScaledLayer {
	readonly weights: Batch;
	readonly scale: number;
	readonly trained: boolean;
}

/**
 * Runs inputs [R, k, columns] through layers of weights [R, out, columns], scales included. With biases
 * `one`, of shape [R, k, 1], stands to the right of what each layer above the first receives; x ends in
 * it already.
 */
export function forward(
	activation: Activation,
	layers: readonly Batch[],
	x: Batch,
	one: Batch | null,
): Pass {
	const inputs: Batch[] = [];
	const hidden: Activated[] = [];
	let input = x;
	let z = x;
	layers.forEach((weights, l) => {
		inputs.push(input);
		z = timesTransposed(input, weights);
		if (l + 1 === layers.length) return;
		const activated = activations[activation](z);
		hidden.push(activated);
		input = one ? beside(activated.value, one) : activated.value;
	});
	return { inputs, hidden, f: z };
}

/** ∂/∂z_l for every layer from `lowest` up, given that at f. */
export function backward(
	layers: readonly Batch[],
	{ hidden }: Pass,
	seed: Batch,
	lowest: number,
): Batch[] {
	const signals: Batch[] = [];
	let signal = seed;
	for (let l = layers.length - 1; ; l--) {
		signals[l] = signal;
		if (l === lowest) return signals;
		const below = hidden[l - 1] as Activated;
		signal = timesSlope(times(signal, withoutBias(layers[l] as Batch, below)), below);
	}
}

/** The columns of the weights that meet the units below. */
function withoutBias(weights: Batch, below: Activated): Batch {
	const [replicas, out, columns] = weights.shape;
	const units = below.value.shape[2];
	return units === columns ? weights : part(weights, [0, 0, 0], [replicas, out, units]);
}

/** Σ_l s_l² (signal_i · signal_j)(input_i · input_j), as in the reference. Call within `tidy`. */
export function tangentKernel(
	activation: Activation,
	layers: readonly ScaledLayer[],
	x: Batch,
	biases: boolean,
): Batch {
	const weights = layers.map((layer) => layer.weights);
	const lowest = layers.findIndex(({ trained }) => trained);
	const one: Batch = ones([x.shape[0], x.shape[1], 1]);
	const pass = forward(activation, weights, x, biases ? one : null);
	const signals = backward(weights, pass, one, lowest);
	const terms = layers.flatMap(({ trained, scale }, l) => {
		if (!trained) return [];
		const signal = mul(signals[l] as Batch, tensor3d([scale], [1, 1, 1]));
		const input = pass.inputs[l] as Batch;
		return [mul(timesTransposed(signal, signal), timesTransposed(input, input))];
	});
	return terms.reduce((sum, term) => add(sum, term));
}
