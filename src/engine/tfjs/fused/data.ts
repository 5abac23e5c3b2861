import type { Job } from '#contract';
import type { Layer } from '../../kernel.ts';
import type { Gpu, Grid } from './gpu.ts';
import { filledGrid, type Panels, type Size } from './panels.ts';

/** Inputs lie in blocks of four, one texel for each coordinate; a batch begins a block of its own. */
export function blocksFor(inputs: number): number {
	return Math.ceil(inputs / 4);
}

/** Texels that hold k numbers. */
export const texelsFor = blocksFor;

/** A panel of inputs: column t, layer q has coordinate 4t + q, a row is a block. */
export function inputSize({ columns }: Layer, rows: number): Size {
	return { width: texelsFor(columns), height: rows, depth: 4 };
}

/**
 * Inputs of shape [R, k, d] in batches of `batch`, times the scale of the first layer, whose products
 * need no factor then. With biases coordinate d is constant. What fills up a block is 0.
 */
export function inputGrid(
	gpu: Gpu,
	panels: Panels,
	first: Layer,
	x: Float64Array,
	batch: number,
): Grid {
	const { replicas } = panels;
	const { in: d, columns, scale } = first;
	const inputs = x.length / d / replicas;
	const blocks = blocksFor(batch);
	const size = inputSize(first, (inputs / batch) * blocks);
	return filledGrid(gpu, panels, size, (values, at) => {
		for (let r = 0; r < replicas; r++)
			for (let i = 0; i < inputs; i++) {
				const [row, channel] = rowOf(i, batch);
				for (let k = 0; k < columns; k++)
					values[at(r, k >> 2, row, k & 3, channel)] =
						scale * (k < d ? (x[(r * inputs + i) * d + k] as number) : 1);
			}
	});
}

/** Targets of shape [R, n], in the same rows. */
export function targetGrid(gpu: Gpu, panels: Panels, y: Float64Array, batch: number): Grid {
	const n = y.length / panels.replicas;
	const size = { width: 1, height: (n / batch) * blocksFor(batch), depth: 1 };
	return filledGrid(gpu, panels, size, (values, at) => {
		for (let r = 0; r < panels.replicas; r++)
			for (let i = 0; i < n; i++) {
				const [row, channel] = rowOf(i, batch);
				values[at(r, 0, row, 0, channel)] = y[r * n + i] as number;
			}
	});
}

/** Row and channel of input i. */
export function rowOf(i: number, batch: number): readonly [row: number, channel: number] {
	const inBatch = i % batch;
	return [Math.floor(i / batch) * blocksFor(batch) + (inBatch >> 2), inBatch & 3];
}

/** The step sizes, one texel per replica. */
export function rateGrid(gpu: Gpu, panels: Panels, sizes: Float64Array): Grid {
	return filledGrid(gpu, panels, { width: 1, height: 1, depth: 1 }, (values, at) => {
		sizes.forEach((size, r) => (values[at(r, 0, 0, 0, 0)] = size));
	});
}

/** Steps until the samples begin again, and samples of one step. */
export function batchesOf({ y, replicas, batch }: Job): { batches: number; batch: number } {
	const n = y.length / replicas;
	return { batches: n / (batch ?? n), batch: batch ?? n };
}
