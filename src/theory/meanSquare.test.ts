import { describe, expect, test } from 'vitest';
import { symmetricEigen } from './eigen.ts';
import { largestEigenvalue } from './lanczos.ts';
import { hessian, meanSquare } from './meanSquare.ts';
import { drawMlp, mlpLayers, mlpSize, type Mlp } from './mlp.ts';
import { random } from './random.ts';

const shapes = [
	[3, 1],
	[2, 5, 1],
	[2, 4, 3, 1],
];
const nets: Mlp[] = (['tanh', 'relu'] as const).flatMap((activation) =>
	shapes.map((sizes) => ({ sizes, activation })),
);
const samples = (d: number, n: number) => {
	const { normal } = random(3, 'samples');
	const draw = (k: number) => Float64Array.from({ length: k }, normal);
	return { x: draw(n * d), y: draw(n) };
};
/** A start whose biases are not 0. */
const start = (net: Mlp) => {
	const { normal } = random(1, 'biases');
	return drawMlp(net, 2, random(1, 'start')).map((w) => w + 0.1 * normal());
};
const moved = (theta: Float64Array, v: Float64Array, by: number) =>
	theta.map((w, i) => w + by * v[i]!);

test('parameters are counted with their biases', () => {
	expect(mlpSize({ sizes: [2, 12, 12, 1] })).toBe(205);
	expect(mlpLayers({ sizes: [2, 3, 1] })).toEqual([
		{ from: 0, out: 3, in: 2 },
		{ from: 9, out: 1, in: 3 },
	]);
});

test('one layer is a straight line: the loss by hand', () => {
	const surface = meanSquare(
		{ sizes: [1, 1], activation: 'tanh' },
		{ x: Float64Array.of(1, 2), y: Float64Array.of(0, 1) },
	);
	// f = 2x + 1: errors 3 and 4.
	expect(surface.loss(Float64Array.of(2, 1))).toBe(12.5);
	expect(Array.from(surface.gradient(Float64Array.of(2, 1)))).toEqual([11, 7]);
});

test('inputs that do not fit the targets are refused', () => {
	const net: Mlp = { sizes: [2, 1], activation: 'relu' };
	expect(() => meanSquare(net, { x: new Float64Array(5), y: new Float64Array(3) })).toThrow(
		'3 targets need 6 inputs, not 5',
	);
});

describe.each(nets)('$activation $sizes', (net) => {
	const surface = meanSquare(net, samples(net.sizes[0]!, 7));
	const theta = start(net);

	test('the gradient is what the loss changes by', () => {
		const g = surface.gradient(theta);
		theta.forEach((_, i) => {
			const unit = new Float64Array(theta.length);
			unit[i] = 1;
			const h = 1e-6;
			const change = surface.loss(moved(theta, unit, h)) - surface.loss(moved(theta, unit, -h));
			expect(change / (2 * h)).toBeCloseTo(g[i]!, 6);
		});
	});

	test('the Hessian product is what the gradient changes by', () => {
		const v = Float64Array.from(theta, (_, i) => Math.sin(3 * i + 1));
		const product = surface.hessianProduct(theta)(v);
		const h = 1e-6;
		const up = surface.gradient(moved(theta, v, h));
		const down = surface.gradient(moved(theta, v, -h));
		product.forEach((value, i) => expect((up[i]! - down[i]!) / (2 * h)).toBeCloseTo(value, 5));
	});

	test('the Hessian is symmetric, and Lanczos finds its top', () => {
		const P = surface.size;
		const H = hessian(surface, theta);
		for (let i = 0; i < P; i++)
			for (let j = 0; j < i; j++) expect(H[i * P + j]).toBeCloseTo(H[j * P + i]!, 12);
		const { values, vectors } = symmetricEigen(H);
		const top = values.at(-1)!;
		const { normal } = random(2, 'lanczos');
		const found = largestEigenvalue(
			surface.hessianProduct(theta),
			Float64Array.from(theta, normal),
			P,
			1e-12,
		);
		expect(found.value / top).toBeCloseTo(1, 9);
		const along = found.vector.reduce((s, value, i) => s + value * vectors[(P - 1) * P + i]!, 0);
		expect(Math.abs(along)).toBeCloseTo(1, 6);
		const warm = largestEigenvalue(surface.hessianProduct(theta), found.vector, 2);
		expect(warm.value / top).toBeCloseTo(1, 9);
	});
});

test('Lanczos refuses a start of length 0', () => {
	expect(() => largestEigenvalue((v) => v, new Float64Array(3), 5)).toThrow(/not 0/);
});

test('where numbers are no longer finite the largest eigenvalue is not a number', () => {
	const nowhere = (v: Float64Array) => v.map(() => NaN);
	expect(largestEigenvalue(nowhere, Float64Array.of(1, 1), 5).value).toBeNaN();
});
