import { describe, expect, test } from 'vitest';
import {
	errorFloor,
	expectedKinks,
	foldedPieces,
	hyperplaneRegions,
	kinksPerUnit,
	mostPieces,
	piecesOfFolds,
	radiusOfShare,
	reachableRegions,
	sampledFloor,
	unitsOfOneLayer,
} from './theory.ts';
import { sawtooth } from './sawtooth.ts';

const start = (biasDeviation: number) => ({ firstDeviation: 1, biasDeviation });
const layers = (depth: number, width: number) => Array<number>(depth).fill(width);

describe('pieces on a line', () => {
	test.each([
		[5, 32],
		[10, 1024],
		[12, 4096],
	])('%i folds make %i pieces', (folds, pieces) => {
		expect(foldedPieces(folds)).toBe(pieces);
		expect(unitsOfOneLayer(folds)).toBe(pieces);
	});

	test('the most pieces: Π (n_l + 1), and for equal layers (1 + m/L)^L', () => {
		expect(mostPieces([32])).toBe(33);
		expect(mostPieces([8, 8, 8, 8])).toBe(6561);
		expect(mostPieces([3, 5])).toBeLessThanOrEqual((1 + 8 / 2) ** 2);
	});

	test('twelve units: 64, 81, 64, 36 pieces with 2, 3, 4, 6 to a fold', () => {
		expect([2, 3, 4, 6].map((n) => piecesOfFolds(12, n))).toEqual([64, 81, 64, 36]);
	});
});

describe('the floor under every network of few pieces', () => {
	test.each([
		[4, 0.0625],
		[8, 0.04167],
		[12, 0.02083],
		[16, 0],
		[64, 0],
	])('k = 5, m = %i: floor %d (red without its 1/12)', (m, floor) => {
		expect(errorFloor(5, m + 1)).toBeCloseTo(floor, 5);
	});

	test('one piece: the variance of the sawtooth, on an interval and on its samples', () => {
		expect(errorFloor(3, 1)).toBeCloseTo(1 / 12, 15);
		const y = Array.from({ length: 64 }, (_, i) => sawtooth(3, (i + 0.5) / 64));
		const variance = y.reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / 64;
		expect(sampledFloor(3, 1, 64)).toBeCloseTo(variance, 15);
	});
});

describe('kinks of random networks', () => {
	test.each([
		[[32], 1, 0.5, 22.6],
		[layers(3, 32), 1, 0.5, 59.5],
		[layers(4, 64), 2, 0.5, 196.6],
		[layers(4, 128), 1, 0.25, 393.3],
		[layers(8, 32), 1, 0.25, 180.3],
		[[256], 2, 0.5, 216],
	])('%j, R = %d, σ_b = %d: %d kinks (red if the scale is l, not √l)', (widths, R, sb, kinks) => {
		expect(Math.abs(expectedKinks(widths, R, start(sb)) - kinks)).toBeLessThanOrEqual(0.1);
	});

	test('three layers of 32: 22.6, 19.5 and 17.5', () => {
		[22.6, 19.5, 17.5].forEach((kinks, l) =>
			expect(32 * kinksPerUnit(l + 1, 1, start(0.5))).toBeCloseTo(kinks, 0),
		);
	});

	test('on the whole line one per unit, whatever the depth', () => {
		expect(expectedKinks([5, 7, 11], 1e12, start(1))).toBeCloseTo(23, 9);
	});

	test('half of the first layer’s kinks lie within R = σ_b/σ_1', () => {
		expect(radiusOfShare(0.5, 1, start(2))).toBeCloseTo(2, 12);
		expect(kinksPerUnit(3, radiusOfShare(0.3, 3, start(2)), start(2))).toBeCloseTo(0.3, 12);
	});
});

describe('regions of the plane', () => {
	test('n lines in general position: 137, 529 and 2081 for 16, 32 and 64', () => {
		expect([16, 24, 32, 64].map((n) => hyperplaneRegions(n, 2))).toEqual([137, 301, 529, 2081]);
	});

	test('what deep networks are known to reach: 9472 for 8, 8, 8 and 35 913 728 for 16 × 4', () => {
		expect(reachableRegions(2, [8, 8, 8])).toBe(9472);
		expect(reachableRegions(2, layers(4, 16))).toBe(35_913_728);
		expect(reachableRegions(2, [24])).toBe(301);
	});
});
