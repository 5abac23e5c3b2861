import { expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { batchFactor, nonUniformity, points, tolerated } from './batches.ts';
import { edgeStart } from './edge.ts';

test('the expected square after a step with batches: over all pairs, by the formula', () => {
	const eta = 0.3;
	const { normal } = random(1, 'test');
	// Numbers in place of matrices: the law is one of means without replacement.
	const h = Array.from({ length: points }, () => normal() ** 2);
	const mean = h.reduce((sum, v) => sum + v, 0) / points;
	const sigma = h.reduce((sum, v) => sum + v * v, 0) / points - mean ** 2;
	let [sum, pairs] = [0, 0];
	for (let i = 0; i < points; i++)
		for (let j = 0; j < i; j++, pairs++) sum += (1 - (eta * (h[i]! + h[j]!)) / 2) ** 2;
	expect(sum / pairs).toBeCloseTo((1 - eta * mean) ** 2 + eta ** 2 * batchFactor(2) * sigma, 12);
});

test('batches of 1, 5 and all bear 1/η, 2.517/η and anything', () => {
	expect(tolerated(1, 0.1)).toBeCloseTo(10, 12);
	expect(tolerated(5, 0.1)).toBeCloseTo(25.166, 3);
	expect(tolerated(points, 0.1)).toBe(Infinity);
});

test('the samples of a random network differ by about as much as its sharpness', () => {
	const value = nonUniformity(edgeStart(32, 0));
	expect(value).toBeGreaterThan(5);
	expect(value).toBeLessThan(60);
});
