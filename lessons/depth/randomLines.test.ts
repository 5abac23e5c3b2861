import { describe, expect, test } from 'vitest';
import { meanAndDeviation } from '#theory/arrays.ts';
import { activationRegions, arrangementRegions, planeNet, regionNumbers } from './inThePlane.ts';
import { cross, expectedRegions, meanCrossing, regionsVariance } from './randomLines.ts';
import { hyperplaneRegions } from './theory.ts';

const counts = (n: number, radius: number, bias: number, draws: number) =>
	Array.from({ length: draws }, (_, seed) =>
		arrangementRegions(planeNet(n, 1, bias, seed)[0]!, radius),
	);

describe('random lines in a disc', () => {
	test.each([
		[16, 1, 47.46, 0.33],
		[32, 2, 303.8, 0.93],
		[64, 2, 1172.7, 2.5],
	])('n = %i, r = %d: %d regions, ± %d over 2000 draws', (n, r, mean, error) => {
		expect(Math.abs(expectedRegions(n, r) - mean)).toBeLessThan(0.05);
		expect(Math.sqrt(regionsVariance(n, r) / 2000) / error).toBeCloseTo(1, 1);
	});

	test.each([0.1, 1, 3, 20])('r = %d: the chord formula has the mean 1 − 1/√(1 + r²)', (r) => {
		expect(meanCrossing(r, 1) / cross(r)).toBeCloseTo(1, 4);
	});

	test.each([
		[16, 1],
		[40, 3],
		[12, 0.3],
	])('n = %i, r = %d: 1500 draws keep to the mean and variance of the formula', (n, r) => {
		const { mean, deviation } = meanAndDeviation(counts(n, r, 1, 1500));
		const law = Math.sqrt(regionsVariance(n, r));
		expect(Math.abs(mean - expectedRegions(n, r))).toBeLessThan((3.5 * law) / Math.sqrt(1500));
		expect(Math.abs(deviation / law - 1)).toBeLessThan((3.5 * 0.8) / Math.sqrt(1500));
	});

	test('only R/σ_b matters; a huge disc has all regions of the plane', () => {
		expect(counts(12, 6, 2, 5)).toEqual(counts(12, 3, 1, 5));
		expect(counts(12, 1e6, 1, 1)).toEqual([hyperplaneRegions(12, 2)]);
	});
});

describe('regions of deep networks', () => {
	test('cutting cells counts what crossings count, where there is one layer', () => {
		for (let seed = 0; seed < 5; seed++) {
			const net = planeNet(24, 1, 1, seed);
			expect(activationRegions(net, 1.5, 2048)).toBe(arrangementRegions(net[0]!, 1.5));
		}
	});

	test('the cells of three layers are the activation patterns on a fine grid', () => {
		const net = planeNet(5, 3, 0.7, 3);
		const side = Array.from({ length: 401 }, (_, i) => i / 200 - 1);
		const inside = side
			.flatMap((y) => side.map((x) => [x, y]))
			.filter(([x, y]) => Math.hypot(x!, y!) < 1);
		const points = Float64Array.from([...inside.map(([x]) => x!), ...inside.map(([, y]) => y!)]);
		const seen = new Set(regionNumbers(net, points)).size;
		const counted = activationRegions(net, 1);
		expect(seen).toBeLessThanOrEqual(counted);
		expect(seen).toBeGreaterThan(0.9 * counted);
	});

	test('a picture misses small cells: some 941 of 1173 on 200 × 200 points', () => {
		const net = planeNet(64, 1, 1, 0);
		const side = Array.from({ length: 200 }, (_, i) => (4 * (i + 0.5)) / 200 - 2);
		const inside = side
			.flatMap((y) => side.map((x) => [x, y]))
			.filter(([x, y]) => Math.hypot(x!, y!) < 2);
		const points = Float64Array.from([...inside.map(([x]) => x!), ...inside.map(([, y]) => y!)]);
		const share = new Set(regionNumbers(net, points)).size / arrangementRegions(net[0]!, 2);
		expect(share).toBeGreaterThan(0.7);
		expect(share).toBeLessThan(0.9);
	});
});
