import { quadsOf, type LayerLayout } from './layout.ts';

/**
 * One replica's weights of one layer, from rows [out, columns] into the kernel's order: quads of units
 * in a hidden layer, plain in the last, whose one unit has its weights side by side. Biases come last.
 */
export function packWeights(target: Float32Array, rows: Float64Array, layer: LayerLayout): void {
	target.fill(0);
	for (let unit = 0; unit < layer.out; unit++) {
		for (let input = 0; input < layer.columns; input++) {
			target[placeOf(layer, unit, input)] = rows[unit * layer.columns + input] as number;
		}
	}
}

/** The way back. */
export function unpackWeights(
	rows: Float64Array | Float32Array,
	source: Float32Array,
	layer: LayerLayout,
): void {
	for (let unit = 0; unit < layer.out; unit++) {
		for (let input = 0; input < layer.columns; input++) {
			rows[unit * layer.columns + input] = source[placeOf(layer, unit, input)] as number;
		}
	}
}

function placeOf(layer: LayerLayout, unit: number, input: number): number {
	const isBias = input === layer.in;
	if (layer.last) return isBias ? 4 * layer.quads : input;
	const column = isBias ? layer.inputs : input;
	const row = layer.size / layer.quads;
	return (unit >> 2) * row + 4 * column + (unit & 3);
}

/** Inputs, rows of `width` numbers, times `factor`, into blocks of four samples; the rest is zero. */
export function packInputs(
	target: Float32Array,
	rows: Float64Array,
	width: number,
	factor: number,
): void {
	const block = 16 * quadsOf(width);
	target.fill(0);
	for (let i = 0; i * width < rows.length; i++) {
		const start = (i >> 2) * block + (i & 3) * 4;
		for (let p = 0; p < width; p++) {
			const place = start + (p >> 2) * 16 + (p & 3);
			target[place] = factor * (rows[i * width + p] as number);
		}
	}
}
