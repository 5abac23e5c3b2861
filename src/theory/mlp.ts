import type { Random } from './random.ts';

/**
 * A dense network with biases and one output. Its parameters lie in one flat array, layer after layer,
 * each layer as rows [in weights, then the bias] of its neurons: shape [out, in + 1].
 */
export interface Mlp {
	/** Widths from input to output: [d, m, …, 1]. */
	readonly sizes: readonly number[];
	readonly activation: 'relu' | 'tanh';
}

/** Where layer l of the network lies in the flat array. */
export interface MlpLayer {
	readonly from: number;
	readonly out: number;
	readonly in: number;
}

export function mlpLayers({ sizes }: Pick<Mlp, 'sizes'>): MlpLayer[] {
	let from = 0;
	return sizes.slice(1).map((out, l) => {
		const layer = { from, out, in: sizes[l]! };
		from += out * (layer.in + 1);
		return layer;
	});
}

/** P, the number of parameters. */
export function mlpSize(net: Pick<Mlp, 'sizes'>): number {
	return mlpLayers(net).reduce((sum, layer) => sum + layer.out * (layer.in + 1), 0);
}

/** A start: weights normal with variance gain/in, biases 0. Gain 2 is He's for relu, 1 LeCun's. */
export function drawMlp(net: Mlp, gain: number, { normal }: Random): Float64Array {
	const theta = new Float64Array(mlpSize(net));
	for (const layer of mlpLayers(net)) {
		const deviation = Math.sqrt(gain / layer.in);
		for (let j = 0; j < layer.out; j++)
			for (let k = 0; k < layer.in; k++)
				theta[layer.from + j * (layer.in + 1) + k] = deviation * normal();
	}
	return theta;
}
