import { describe, expect, it } from 'vitest';
import type { Picture } from './figure.ts';
import { extremes, gridProblem, pointAt, thinned, type Grid } from './grid.ts';

const axis = { label: 'x', scale: 'linear' } as const;
const picture = (more: Partial<Picture> = {}): Picture => ({
	id: 'map',
	title: 'Map',
	x: axis,
	y: axis,
	colour: { label: 'loss', kind: 'magnitude' },
	draw: () => grid,
	describe: () => '',
	...more,
});
const grid: Grid = { x: [0, 1, 2], y: [10, 20], values: [5, 4, NaN, 3, 9, 3] };

it('reads row by row from the lowest y up', () => {
	expect(pointAt(grid, 1, 0)).toEqual({ x: 1, y: 10, value: 4 });
	expect(pointAt(grid, 0, 1)).toEqual({ x: 0, y: 20, value: 3 });
});

it('finds the extremes where they stand first, past what is no number', () => {
	expect(extremes(grid)).toEqual({
		low: { x: 0, y: 20, value: 3 },
		high: { x: 1, y: 20, value: 9 },
	});
	expect(extremes({ x: [0], y: [0], values: [NaN] })).toBeNull();
});

it('is thinned to evenly spaced values that are its own', () => {
	const side = Array.from({ length: 51 }, (_, i) => i);
	const values = side.flatMap((y) => side.map((x) => 100 * y + x));
	const few = thinned({ x: side, y: side, values }, 21);
	expect(few.x).toEqual(side.filter((v) => v % 3 === 0));
	expect(few.values).toHaveLength(17 * 17);
	expect(pointAt(few, 2, 5)).toEqual({ x: 6, y: 15, value: 1506 });
	expect(thinned(grid, 21)).toEqual(grid);
});

describe('a grid that cannot be drawn is named, with its fault', () => {
	const wrong: [string, Grid, Partial<Picture>, RegExp][] = [
		['empty', { x: [], y: [1], values: [] }, {}, /map: x has no values/],
		['infinite', { x: [0, Infinity], y: [1], values: [1, 2] }, {}, /x has a value that is not fin/],
		['falling', { x: [0, 1], y: [2, 1], values: [1, 2, 3, 4] }, {}, /y does not ascend/],
		['torn', { x: [0, 1], y: [1], values: [1] }, {}, /1 values do not fill 2 × 1 places/],
		[
			'not positive',
			{ x: [0, 1], y: [1], values: [1, 2] },
			{ x: { label: 'x', scale: 'log' } },
			/x is not positive on a log axis/,
		],
		[
			'half a region',
			{ x: [0, 1], y: [1], values: [1, 1.5] },
			{ colour: { label: 'r', kind: 'regions' } },
			/regions are whole numbers, and 1.5 is none/,
		],
	];
	it.each(wrong)('%s', (_, bad, more, says) => {
		expect(gridProblem(picture(more), bad)).toMatch(says);
	});
	it('and nothing is said of one that can', () => {
		expect(gridProblem(picture(), grid)).toBeNull();
	});
});
