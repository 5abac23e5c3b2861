import { tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * A grid of texels, each of four numbers, as a packed tensor of tfjs. tfjs puts the 2×2 block of a
 * matrix into one texel, so that a grid [rows, columns] is a tensor [2 rows, 2 columns] to it, and in
 * its texture texel (column, row) is exactly texel (column, row) of the grid.
 */
export interface Grid {
	readonly rows: number;
	readonly columns: number;
}

export type Texels = Tensor2D;

/** The shape of a grid to tfjs. */
export function shapeOf({ rows, columns }: Grid): [number, number] {
	return [2 * rows, 2 * columns];
}

/** Where tfjs keeps a channel (0 to 3) of a texel. */
function indexOf({ columns }: Grid, row: number, column: number, channel: number): number {
	return (2 * row + (channel >> 1)) * 2 * columns + 2 * column + (channel & 1);
}

/** A grid on its way to the device; what is not set is 0. */
export class Filling {
	readonly grid: Grid;
	readonly #values: Float32Array;

	constructor(grid: Grid) {
		this.grid = grid;
		this.#values = new Float32Array(4 * grid.rows * grid.columns);
	}

	set(row: number, column: number, channel: number, value: number): void {
		this.#values[indexOf(this.grid, row, column, channel)] = value;
	}

	tensor(): Texels {
		return tensor2d(this.#values, shapeOf(this.grid));
	}
}

/** Reads channels of a grid that has come back. */
export function readerOf(values: Float32Array, grid: Grid) {
	return (row: number, column: number, channel: number): number =>
		values[indexOf(grid, row, column, channel)] ?? NaN;
}
