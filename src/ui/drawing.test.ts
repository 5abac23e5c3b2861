import { describe, expect, test } from 'vitest';
import { heightBy, stroke } from './drawing.ts';

describe('a stroke over five points', () => {
	const flat = [0, 0, 0, 0, 0];

	test('a touch moves the nearest point alone', () => {
		expect(stroke(flat, { x: 0.3, y: 1 }, { x: 0.3, y: 1 })).toEqual([0, 1, 0, 0, 0]);
		expect(stroke(flat, { x: -2, y: 1 }, { x: -2, y: 1 })).toEqual([1, 0, 0, 0, 0]);
	});

	test('a fast move leaves out no point on its way, in either direction', () => {
		const there = stroke(flat, { x: 0, y: 0 }, { x: 1, y: 4 });
		expect(there).toEqual([0, 1, 2, 3, 4]);
		expect(stroke(flat, { x: 1, y: 4 }, { x: 0, y: 0 })).toEqual([0, 1, 2, 3, 0]);
	});
});

test.each([
	['ArrowUp', 0.5, 0.55],
	['ArrowDown', 0.5, 0.45],
	['ArrowUp', 0.52, 0.55],
	['PageUp', 0, 0.3],
	['PageDown', -1.4, -1.5],
	['Home', 0, -1.5],
	['End', 0, 1.5],
	['Tab', 0, null],
] as const)('%s at height %d', (key, from, to) => {
	const height = heightBy(key, from, -1.5, 1.5);
	if (to === null) expect(height).toBeNull();
	else expect(height).toBeCloseTo(to, 12);
});
