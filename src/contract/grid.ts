import type { Axis, Picture } from './figure.ts';

/**
 * Values over a plane, row by row from the lowest y up: values[j · x.length + i] stands at (x_i, y_j).
 * x and y ascend. NaN where there is no value.
 */
export interface Grid {
	readonly x: readonly number[];
	readonly y: readonly number[];
	readonly values: readonly number[];
}

/** A value and where it stands. */
export interface GridPoint {
	readonly x: number;
	readonly y: number;
	readonly value: number;
}

/** What is wrong with a grid, in one sentence for its author; null where it can be drawn. */
export function gridProblem(picture: Picture, { x, y, values }: Grid): string | null {
	for (const [name, axis, places] of [
		['x', picture.x, x],
		['y', picture.y, y],
	] as const) {
		const problem = placesProblem(axis, places);
		if (problem) return `${picture.id}: ${name} ${problem}.`;
	}
	if (values.length !== x.length * y.length)
		return `${picture.id}: ${values.length} values do not fill ${x.length} × ${y.length} places.`;
	const odd =
		picture.colour.kind === 'regions'
			? values.find((v) => !Number.isNaN(v) && !Number.isInteger(v))
			: undefined;
	return odd === undefined ? null : `${picture.id}: regions are whole numbers, and ${odd} is none.`;
}

function placesProblem(axis: Axis, places: readonly number[]): string | null {
	if (places.length === 0) return 'has no values';
	if (!places.every(Number.isFinite)) return 'has a value that is not finite';
	if (!places.every((v, i) => i === 0 || v > (places[i - 1] ?? NaN))) return 'does not ascend';
	return axis.scale === 'log' && !((places[0] ?? 0) > 0) ? 'is not positive on a log axis' : null;
}

/** The value at column i and row j. */
export function pointAt({ x, y, values }: Grid, i: number, j: number): GridPoint {
	return { x: x[i] ?? NaN, y: y[j] ?? NaN, value: values[j * x.length + i] ?? NaN };
}

/** The least and the greatest finite value, each where it stands first; null where none is finite. */
export function extremes(grid: Grid): { low: GridPoint; high: GridPoint } | null {
	const { x, values } = grid;
	let low = -1;
	let high = -1;
	for (let k = 0; k < values.length; k++) {
		const value = values[k]!;
		if (!Number.isFinite(value)) continue;
		if (low < 0 || value < values[low]!) low = k;
		if (high < 0 || value > values[high]!) high = k;
	}
	if (low < 0) return null;
	const point = (k: number) => pointAt(grid, k % x.length, Math.floor(k / x.length));
	return { low: point(low), high: point(high) };
}

/** Every second, third, … column and row, so that at most `most` of each are left. */
export function thinned({ x, y, values }: Grid, most: number): Grid {
	const everyX = stride(x.length, most);
	const everyY = stride(y.length, most);
	const left = (_: unknown, i: number) => i % everyX === 0;
	const rows = y.flatMap((_, j) =>
		j % everyY === 0 ? values.slice(j * x.length, (j + 1) * x.length).filter(left) : [],
	);
	return { x: x.filter(left), y: y.filter((_, j) => j % everyY === 0), values: rows };
}

function stride(count: number, most: number): number {
	return Math.max(1, Math.ceil((count - 1) / (most - 1)));
}
