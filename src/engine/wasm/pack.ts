import type { LayerLayout } from './layout.ts';

/**
 * One replica's weights of one layer, from rows [out, in] into the kernel's order: quads of units in a
 * hidden layer, plain in the last, whose one unit has its weights side by side.
 */
export function packWeights(target: Float32Array, rows: Float64Array, layer: LayerLayout): void {
	target.fill(0);
	for (let unit = 0; unit < layer.out; unit++) {
		for (let input = 0; input < layer.in; input++) {
			target[placeOf(layer, unit, input)] = rows[unit * layer.in + input] as number;
		}
	}
}

/** The way back. */
export function unpackWeights(rows: Float64Array, source: Float32Array, layer: LayerLayout): void {
	for (let unit = 0; unit < layer.out; unit++) {
		for (let input = 0; input < layer.in; input++) {
			rows[unit * layer.in + input] = source[placeOf(layer, unit, input)] as number;
		}
	}
}

function placeOf(layer: LayerLayout, unit: number, input: number): number {
	if (layer.last) return input;
	const quad = unit >> 2;
	return (quad * layer.inputs + input) * 4 + (unit & 3);
}

/** Rows of `width` numbers, times `factor`, spread `stride` apart; the rest is zero. */
export function packRows(
	target: Float32Array,
	rows: Float64Array,
	[width, stride]: readonly [number, number],
	factor: number,
): void {
	target.fill(0);
	for (let i = 0; i * width < rows.length; i++) {
		for (let p = 0; p < width; p++) {
			target[i * stride + p] = factor * (rows[i * width + p] as number);
		}
	}
}
