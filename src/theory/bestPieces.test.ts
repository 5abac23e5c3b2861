import { expect, test } from 'vitest';
import { bestPieces } from './bestPieces.ts';

const x = Array.from({ length: 64 }, (_, i) => (i + 0.5) / 64);

test('a function of three pieces is free from three pieces on', () => {
	const values = x.map((t) => (t < 0.3 ? t : t < 0.6 ? 2 - 3 * t : 0.1));
	const best = bestPieces({ values, most: 4 });
	expect(best[1]).toBeGreaterThan(1e-3);
	expect(best[2]).toBeLessThan(1e-14);
});

test('one piece is the regression line', () => {
	const best = bestPieces({ values: x.map((t) => t ** 2), most: 1 });
	expect(best[0]).toBeCloseTo(1 / 180, 4);
});

test('against every partition of eight samples into three runs', () => {
	const y = [0, 3, 1, 4, 1, 5, 9, 2];
	const fit = (from: number, to: number) => {
		const part = y.slice(from, to);
		const mean = part.reduce((a, b) => a + b) / part.length;
		const middle = (part.length - 1) / 2;
		const slope =
			part.reduce((sum, v, i) => sum + (i - middle) * v, 0) /
			Math.max(
				1e-9,
				part.reduce((sum, _, i) => sum + (i - middle) ** 2, 0),
			);
		return part.reduce((sum, v, i) => sum + (v - mean - slope * (i - middle)) ** 2, 0);
	};
	let least = Infinity;
	for (let a = 1; a < 7; a++)
		for (let b = a + 1; b < 8; b++) least = Math.min(least, fit(0, a) + fit(a, b) + fit(b, 8));
	expect(bestPieces({ values: y, most: 3 })[2]).toBeCloseTo(least / 8, 10);
});
