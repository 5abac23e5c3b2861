import type { Activation } from '#contract';
import type { Layer } from '../kernel.ts';
import { activations } from './activation.ts';
import { times, timesTransposed } from './products.ts';

/** One replica's weights, one array [out, in] per layer. */
export type Weights = readonly Float64Array[];

/**
 * Room for one pass of n inputs through a net, layer by layer:
 * z_l = s_l W_l h_l, h_{l+1} = σ(z_l), and above the last layer nothing: f = z_L.
 */
export interface Trace {
	readonly n: number;
	/** h_l, what each layer receives, shape [n, in]. The first is x. */
	readonly inputs: Float64Array[];
	/** z_l, shape [n, out]. */
	readonly outputs: Float64Array[];
	/** ∂/∂z_l of what is differentiated, shape [n, out]. */
	readonly signals: Float64Array[];
}

export function traceFor(layers: readonly Layer[], n: number): Trace {
	return {
		n,
		inputs: layers.map((layer) => new Float64Array(n * layer.in)),
		outputs: layers.map((layer) => new Float64Array(n * layer.out)),
		signals: layers.map((layer) => new Float64Array(n * layer.out)),
	};
}

/** A dense network without biases; says how to go forward and back, not how to learn. */
export class Net {
	readonly #sigma;
	constructor(
		readonly layers: readonly Layer[],
		activation: Activation,
	) {
		this.#sigma = activations[activation];
	}

	/** Fills inputs and outputs of the trace; returns f(x), shape [n]. */
	forward(weights: Weights, x: Float64Array, trace: Trace): Float64Array {
		const { n, inputs, outputs } = trace;
		const { value } = this.#sigma;
		inputs[0] = x;
		this.layers.forEach((layer, l) => {
			const z = outputs[l] as Float64Array;
			const input = inputs[l] as Float64Array;
			const w = weights[l] as Float64Array;
			timesTransposed(z, input, w, [n, layer.out, layer.in], layer.scale);
			const h = inputs[l + 1];
			if (!h) return; // above the last layer
			for (let i = 0; i < z.length; i++) h[i] = value(z[i] as number);
		});
		return outputs.at(-1) as Float64Array;
	}

	/** Fills the signals, after `forward`, down to layer `lowest`; `seed` is the signal at f, shape [n]. */
	backward(weights: Weights, seed: Float64Array, lowest: number, trace: Trace): void {
		const { n, inputs, outputs, signals } = trace;
		const { slope } = this.#sigma;
		signals.at(-1)?.set(seed);
		for (let l = this.layers.length - 1; l > lowest; l--) {
			const layer = this.layers[l] as Layer;
			const below = signals[l - 1] as Float64Array;
			const signal = signals[l] as Float64Array;
			const w = weights[l] as Float64Array;
			times(below, signal, w, [n, layer.out, layer.in], layer.scale);
			const z = outputs[l - 1] as Float64Array;
			const h = inputs[l] as Float64Array;
			for (let i = 0; i < z.length; i++) {
				below[i] = (below[i] as number) * slope(z[i] as number, h[i] as number);
			}
		}
	}
}
