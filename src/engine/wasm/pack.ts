import type { LayerLayout, Layout } from './layout.ts';

/** What a lane computes with. */
export type Floats = Float32Array | Float64Array;

/**
 * One replica's weights of one layer, from rows [out, columns] into the kernel's order: vectors of units
 * in a hidden layer, plain in the last, whose one unit has its weights side by side. Biases come last.
 */
export function packWeights(target: Floats, rows: Float64Array, layer: LayerLayout): void {
	target.fill(0);
	for (let unit = 0; unit < layer.out; unit++) {
		for (let column = 0; column < layer.columns; column++) {
			target[placeOf(layer, unit, column)] = rows[unit * layer.columns + column] as number;
		}
	}
}

/** The way back. */
export function unpackWeights(rows: Floats, source: Floats, layer: LayerLayout): void {
	for (let unit = 0; unit < layer.out; unit++) {
		for (let column = 0; column < layer.columns; column++) {
			rows[unit * layer.columns + column] = source[placeOf(layer, unit, column)] as number;
		}
	}
}

function placeOf(layer: LayerLayout, unit: number, column: number): number {
	const { lanes, vectors, size } = layer;
	const isBias = column === layer.in;
	if (layer.last) return isBias ? lanes * vectors : column;
	const row = isBias ? layer.inputs : column;
	return Math.floor(unit / lanes) * (size / vectors) + lanes * row + (unit % lanes);
}

/** Inputs, rows of d numbers, times `factor`, into blocks of four samples; the rest is zero. */
export function packInputs(
	target: Floats,
	rows: Float64Array,
	d: number,
	factor: number,
	{ lanes, isPlane, width }: Layout,
): void {
	const block = 4 * lanes;
	target.fill(0);
	rows.forEach((value, at) => {
		const i = Math.floor(at / d);
		const p = at % d;
		const sample = (i >> 2) * width * block + (i & 3) * lanes;
		if (isPlane) target.fill(factor * value, sample + p * block, sample + p * block + lanes);
		else target[sample + Math.floor(p / lanes) * block + (p % lanes)] = factor * value;
	});
}
