import type { Activation } from '#contract';
import type { Layer } from '../kernel.ts';
import { activations } from './activation.ts';
import { times, timesTransposed } from './products.ts';

/** One replica's weights, one array [out, columns] per layer. */
export type Weights = readonly Float64Array[];

/**
 * Room for one pass of n inputs through a net, layer by layer:
 * z_l = s_l W_l h_l, h_{l+1} = σ(z_l), and above the last layer nothing: f = z_L. With biases every h
 * ends in a constant 1.
 */
export interface Trace {
	readonly n: number;
	/** h_l, what each layer receives, shape [n, columns]. The first is x. */
	readonly inputs: Float64Array[];
	/** z_l, shape [n, out]. */
	readonly outputs: Float64Array[];
	/** ∂/∂z_l of what is differentiated, shape [n, out]. */
	readonly signals: Float64Array[];
}

export function traceFor(layers: readonly Layer[], n: number): Trace {
	return {
		n,
		// Of a net without biases all is written over; with them the last column stays 1.
		inputs: layers.map((layer) => new Float64Array(n * layer.columns).fill(1)),
		outputs: layers.map((layer) => new Float64Array(n * layer.out)),
		signals: layers.map((layer) => new Float64Array(n * layer.out)),
	};
}

/** A dense network; says how to go forward and back, not how to learn. */
export class Net {
	readonly sigma;
	constructor(
		readonly layers: readonly Layer[],
		activation: Activation,
	) {
		this.sigma = activations[activation];
	}

	/** Fills inputs and outputs of the trace from x, shape [n, d]; returns f(x), shape [n]. */
	forward(weights: Weights, x: Float64Array, trace: Trace): Float64Array {
		const { n, inputs, outputs } = trace;
		const { value } = this.sigma;
		this.layers.forEach((layer, l) => {
			const input = inputs[l] as Float64Array;
			if (l === 0) spread(input, x, layer, (v) => v);
			else spread(input, outputs[l - 1] as Float64Array, layer, value);
			const z = outputs[l] as Float64Array;
			const w = weights[l] as Float64Array;
			timesTransposed(z, input, w, [n, layer.out, layer.columns], layer.scale);
		});
		return outputs.at(-1) as Float64Array;
	}

	/** Fills the signals, after `forward`, down to layer `lowest`; `seed` is the signal at f, shape [n]. */
	backward(weights: Weights, seed: Float64Array, lowest: number, trace: Trace): void {
		const { n, inputs, outputs, signals } = trace;
		const { slope } = this.sigma;
		signals.at(-1)?.set(seed);
		for (let l = this.layers.length - 1; l > lowest; l--) {
			const layer = this.layers[l] as Layer;
			const below = signals[l - 1] as Float64Array;
			const signal = signals[l] as Float64Array;
			const w = weights[l] as Float64Array;
			times(below, signal, w, [n, layer.out, layer.in], layer.scale, layer.columns);
			const z = outputs[l - 1] as Float64Array;
			const h = inputs[l] as Float64Array;
			for (let i = 0, at = 0; i < n; i++) {
				for (let j = 0; j < layer.in; j++, at++) {
					const kept = h[i * layer.columns + j] as number;
					below[at] = (below[at] as number) * slope(z[at] as number, kept);
				}
			}
		}
	}
}

/** Writes f(values), shape [n, in], into rows of the layer's columns; the constant behind them stays. */
function spread(
	target: Float64Array,
	values: Float64Array,
	layer: Layer,
	f: (value: number) => number,
): void {
	const { in: size, columns } = layer;
	for (let at = 0, i = 0; at < values.length; i += columns) {
		for (let j = 0; j < size; j++, at++) target[i + j] = f(values[at] as number);
	}
}
