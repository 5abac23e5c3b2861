import { expect, test } from 'vitest';
import { meanSquare } from '#theory/meanSquare.ts';
import { random } from '#theory/random.ts';
import { deepSurface, drawDeep, localMinima, sizesOf } from './residual.ts';

const { normal } = random(1, 'samples');
const samples = {
	x: Float64Array.from({ length: 10 }, normal),
	y: Float64Array.from({ length: 5 }, normal),
};

test.each([
	[1, false],
	[1, true],
	[3, false],
	[3, true],
])('depth %i, skips %s: the gradient is what the loss changes by', (depth, skips) => {
	const net = { depth, width: 4, skips };
	const noise = random(2, 'biases');
	const theta = drawDeep(net, 1).map((w) => w + 0.1 * noise.normal());
	const surface = deepSurface(net, samples);
	const gradient = surface.gradient(theta).slice();
	theta.forEach((_, i) => {
		const at = (h: number) => surface.loss(theta.map((w, k) => (k === i ? w + h : w)));
		expect((at(1e-6) - at(-1e-6)) / 2e-6, `weight ${i}`).toBeCloseTo(gradient[i]!, 6);
	});
});

test('skips add what a block receives, and the branch counts L^{−1/2}', () => {
	// Blocks whose weights are 0 leave the branch at relu(b) = b for a positive bias b.
	const net = { depth: 4, width: 1, skips: true };
	expect(sizesOf(net)).toEqual([2, 1, 1, 1, 1, 1, 1]);
	const theta = Float64Array.of(1, 0, 0, 0, 3, 0, 3, 0, 3, 0, 3, 1, 0);
	const one = { x: Float64Array.of(5, 0), y: Float64Array.of(0) };
	// f = 5 + 4 · 3/2.
	expect(deepSurface(net, one).loss(theta)).toBeCloseTo(121, 12);
	expect(deepSurface({ ...net, skips: false }, one).loss(theta)).toBeCloseTo(9, 12);
});

test('a plain deep network is a dense one, but for its first layer', () => {
	// A first layer of positive outputs is not changed by a rectifier.
	const net = { depth: 1, width: 2, skips: false };
	const theta = Float64Array.of(1, 0, 9, 0, 1, 9, 1, -1, 0.5, 0.3, 1, -1, 2, -1, 0.2);
	const dense = meanSquare({ sizes: [2, 2, 2, 1], activation: 'relu' }, samples);
	expect(deepSurface(net, samples).loss(theta)).toBeCloseTo(dense.loss(theta), 12);
});

test.each([
	[[3, 1, 0, 1, 3], 1],
	[[0, 1, 2], 1],
	[[2, 1, 0], 1],
	[[3, 1, 2, 0, 4], 2],
	[[0, 1, 0], 2],
	[[1, 1, 1], 1],
	[[2, 1, 1, 2, 1, 3], 2],
])('%j has %i local minima', (values, count) => expect(localMinima(values)).toBe(count));
