/** Dense ReLU networks as plain numbers: what this lesson builds, draws at random and takes apart. */
import type { Random } from '#theory/random.ts';

/** One affine map z = W h + b. */
export interface Layer {
	/** W, shape [out, in]. */
	readonly weights: Float64Array;
	/** b, shape [out]. */
	readonly biases: Float64Array;
}

/** Affine maps with a rectifier between each two; nothing after the last. */
export type ReluNet = readonly Layer[];

/** Pre-activations W h + b at k points; `h` has shape [in, k], the answer [out, k]. */
export function affine({ weights, biases }: Layer, h: Float64Array, k: number): Float64Array {
	const out = biases.length;
	const into = weights.length / out;
	const z = new Float64Array(out * k);
	for (let j = 0; j < out; j++) {
		const row = z.subarray(j * k, (j + 1) * k).fill(biases[j] as number);
		for (let i = 0; i < into; i++) {
			const w = weights[j * into + i] as number;
			if (w === 0) continue;
			for (let p = 0; p < k; p++) row[p] = (row[p] as number) + w * (h[i * k + p] as number);
		}
	}
	return z;
}

export function relu(z: Float64Array): Float64Array {
	return z.map((value) => Math.max(0, value));
}

/** f at k points; `x` has shape [d, k]. The network has one output. */
export function evaluate(net: ReluNet, x: Float64Array, k: number): Float64Array {
	return net.reduce((h, layer, l) => affine(layer, l === 0 ? h : relu(h), k), x);
}

/**
 * A hidden layer at random: weights N(0, s²/fan-in) and biases N(0, σ_b²). He's initialisation is s² = 2;
 * the first layer of this lesson has s² = fan-in · σ_1².
 */
export function drawLayer(
	shape: { readonly in: number; readonly out: number },
	variance: number,
	biasDeviation: number,
	source: Random,
): Layer {
	const scale = Math.sqrt(variance / shape.in);
	return {
		weights: Float64Array.from({ length: shape.in * shape.out }, () => scale * source.normal()),
		biases: Float64Array.from({ length: shape.out }, () => biasDeviation * source.normal()),
	};
}
