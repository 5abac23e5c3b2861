/** The folded line: tent maps as layers, and what one hidden layer can do with the same number of units. */
import type { Layer, ReluNet } from './reluNet.ts';

/**
 * The sawtooth of k folds on [0, 1] by its closed formula: 2^(k−1) triangles from 0 to 1 and back.
 * Exact at dyadic x.
 */
export function sawtooth(folds: number, x: number): number {
	const teeth = 2 ** (folds - 1);
	return 1 - Math.abs(2 * ((x * teeth) % 1) - 1);
}

/**
 * k tent maps of height `peak` as one network: k hidden layers of two units,
 * tent(x) = peak · (2 relu(x) − 4 relu(x − ½)).
 */
export function foldedNet(folds: number, peak = 1): ReluNet {
	const first = layer([[1], [1]], [0, -0.5]);
	const [up, down] = [2 * peak, -4 * peak];
	const fold = layer(
		[
			[up, down],
			[up, down],
		],
		[0, -0.5],
	);
	const folding = Array.from({ length: folds }, (_, i) => (i === 0 ? first : fold));
	return [...folding, layer([[up, down]], [0])];
}

/**
 * One hidden layer of m units with kinks at i/(m + 1): flat, then up, down, up … in m + 1 pieces on
 * [0, 1], as many as m units can make.
 */
export function zigzagNet(units: number): ReluNet {
	const kinks = Array.from({ length: units }, (_, i) => (i + 1) / (units + 1));
	const turns = kinks.map((_, i) => (i === 0 ? 1 : i % 2 === 0 ? 2 : -2));
	const inner = layer(
		kinks.map(() => [1]),
		kinks.map((at) => -at),
	);
	return [inner, layer([turns], [0])];
}

function layer(rows: readonly (readonly number[])[], biases: readonly number[]): Layer {
	return { weights: Float64Array.from(rows.flat()), biases: Float64Array.from(biases) };
}
