import { describe, expect, test } from 'vitest';
import { symmetricEigen } from '#theory/eigen.ts';
import { hessian, meanSquare } from '#theory/meanSquare.ts';
import { drawMlp, mlpLayers, mlpSize, type Mlp } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';
import {
	bezier,
	chord,
	noiseFloor,
	pairs,
	pathNet,
	pathStart,
	straight,
	widePath,
} from './connectivity.ts';
import {
	along,
	blocksOf,
	curvatureVariance,
	drawDirection,
	meanCurvature,
	type Normalisation,
} from './directions.ts';
import { chebyshev, edgeSurface, edgeStart, sharpness, threshold } from './edge.ts';
import { start, surfaceOf, trained, trainingJob, wave } from './network.ts';
import { blocksAt, flattest, rescale, sharpnessBound, traceAt } from './rescaling.ts';
import {
	componentDeviation,
	fractionDeviation,
	principalComponents,
	randomWalk,
	walkComponent,
	walkFractions,
} from './walk.ts';

const setting = { width: 6, activation: 'relu', steps: 150 } as const;
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const diagonalOf = (H: Float64Array, P: number) =>
	Array.from({ length: P }, (_, i) => H[i * P + i]!);

describe('random directions', () => {
	const nets: [Mlp, Normalisation][] = [
		[{ sizes: [2, 12, 12, 1], activation: 'relu' }, 'filter'],
		[{ sizes: [2, 20, 1], activation: 'tanh' }, 'filter'],
		[{ sizes: [2, 8, 8, 8, 1], activation: 'relu' }, 'filter'],
		[{ sizes: [2, 8, 8, 1], activation: 'tanh' }, 'layer'],
		[{ sizes: [2, 8, 8, 1], activation: 'tanh' }, 'raw'],
	];

	test.each(nets)(
		'%j, %s: dᵀHd over 1000 directions has the mean Σ (r²/n) tr H_ff and the variance of the law',
		(net, how) => {
			const theta = drawMlp(net, 2, random(1, 'theta'));
			const surface = meanSquare(net, wave);
			const H = hessian(surface, theta);
			const blocks = blocksOf(net, theta, how);
			const multiply = surface.hessianProduct(theta);
			const stream = random(2, 'directions');
			const values = Array.from({ length: 1000 }, () => {
				const d = drawDirection(blocks, theta.length, stream);
				return dot(d, multiply(d));
			});
			const predicted = meanCurvature(blocks, diagonalOf(H, theta.length));
			const variance = curvatureVariance(blocks, H, theta.length);
			const mean = values.reduce((a, b) => a + b, 0) / 1000;
			const measured = values.reduce((a, b) => a + (b - mean) ** 2, 0) / 999;
			// Five directions in ten million are further off than five standard errors.
			expect(
				Math.abs(mean - predicted) / Math.sqrt(variance / 1000),
				'in standard errors of the mean',
			).toBeLessThan(5);
			// A variance of 1000 draws whose kurtosis is up to 12 scatters by some 10 %.
			expect(measured / variance, 'variance, measured over predicted').toBeGreaterThan(0.7);
			expect(measured / variance, 'variance, measured over predicted').toBeLessThan(1.4);
		},
	);

	test('each filter of a direction is as long as its own weights, and biases stand still', () => {
		const net: Mlp = { sizes: [2, 3, 1], activation: 'relu' };
		const theta = drawMlp(net, 2, random(1)).map((w) => w + 0.1);
		const d = drawDirection(blocksOf(net, theta, 'filter'), theta.length, random(3));
		for (const { from, out, in: columns } of mlpLayers(net))
			for (let j = 0; j < out; j++) {
				const row = from + j * (columns + 1);
				const length = (v: Float64Array) => Math.hypot(...v.subarray(row, row + columns));
				expect(length(d)).toBeCloseTo(length(theta), 12);
				expect(d[row + columns]).toBe(0);
			}
	});
});

describe('the network of the figures', () => {
	test('starts as the job of the lab does, replica by replica', () => {
		const job = trainingJob(setting, 5, 2);
		const theta = start(setting, 6);
		const second = job.weights.flatMap((w) => [...w.slice(w.length / 2)]);
		expect(second).toEqual([...theta]);
		expect(mlpSize({ sizes: job.network.sizes })).toBe(theta.length);
	});

	test('is trained: the loss has fallen twentyfold', () => {
		const surface = surfaceOf({ ...setting, steps: 600 });
		const end = surface.loss(trained({ setting: { ...setting, steps: 600 }, seed: 0 }));
		expect(end).toBeLessThan(surface.loss(start(setting, 0)) / 20);
	});
});

describe('rescaling', () => {
	const seed = 0;
	const theta = trained({ setting, seed });
	const surface = surfaceOf(setting);
	const net = { sizes: [2, 6, 6, 1], activation: 'relu' } as const;
	const blocks = blocksAt({ setting, seed });

	test.each([0.25, 0.5, 1, 2, 4])('c = %d: the same function, and the trace by blocks', (c) => {
		const at = rescale(net, theta, c);
		expect(surface.loss(at)).toBeCloseTo(surface.loss(theta), 12);
		const H = hessian(surface, at);
		const diagonal = diagonalOf(H, surface.size);
		const trace = diagonal.reduce((sum, v) => sum + v, 0);
		expect(traceAt(blocks, c) / trace, 'tr H₁₁/c² + c² tr H₂₂ + rest').toBeCloseTo(1, 9);
		expect(
			meanCurvature(blocksOf(net, at, 'filter'), diagonal) / blocks.weighted,
			'normalised curvature',
		).toBeCloseTo(1, 9);
		const top = symmetricEigen(H).values.at(-1)!;
		expect(top).toBeGreaterThanOrEqual(sharpnessBound(blocks, c) * (1 - 1e-9));
	});

	test('neuron by neuron the normalised curvature does change: the next filters turn', () => {
		const at = theta.slice();
		// One neuron of the first layer by 8, and its outgoing weights by 1/8.
		for (let i = 0; i < 3; i++) at[i] = at[i]! * 8;
		for (let j = 0; j < 6; j++) at[18 + j * 7] = at[18 + j * 7]! / 8;
		expect(surface.loss(at)).toBeCloseTo(surface.loss(theta), 12);
		const diagonal = diagonalOf(hessian(surface, at), surface.size);
		const weighted = meanCurvature(blocksOf(net, at, 'filter'), diagonal);
		expect(Math.abs(weighted / blocks.weighted - 1)).toBeGreaterThan(0.01);
	});

	test('a network of another program: traces 14.04, 23.05 and 17.46', () => {
		const other = { first: 14.04, second: 23.05, rest: 17.46 };
		const known = [
			[0.25, 243.6],
			[0.5, 79.399],
			[1, 54.556],
			[2, 113.17],
		] as const;
		for (const [c, trace] of known) expect(traceAt(other, c) / trace).toBeCloseTo(1, 2);
		expect(flattest(other)).toBeCloseTo(0.883, 3);
	});
});

describe('the edge', () => {
	test('GD on λ/2 x² is stable to 2/λ and no further', () => {
		const after = (eta: number, lambda: number) =>
			Math.abs(Array.from({ length: 50 }).reduce<number>((x) => x - eta * lambda * x, 1));
		expect(after(0.1, threshold(0.1) * 0.99), 'threshold 2/η').toBeLessThan(1);
		expect(after(0.1, threshold(0.1) * 1.01), 'threshold 2/η').toBeGreaterThan(1);
		expect([0.16, 0.08].map(threshold)).toEqual([12.5, 25]);
	});

	test('the target is T₄ = 8x⁴ − 8x² + 1 on 20 points', () => {
		const { x, y } = chebyshev(4);
		expect(x).toHaveLength(20);
		x.forEach((at, i) => expect(y[i]).toBeCloseTo(8 * at ** 4 - 8 * at ** 2 + 1, 12));
	});

	test('ten warm products find λ_max of a network that has moved a little', () => {
		const surface = edgeSurface({ width: 8, degree: 4 });
		const theta = edgeStart(8, 1);
		const before = sharpness(surface, theta);
		const next = theta.map((w, i) => w - 0.1 * surface.gradient(theta)[i]!);
		const warm = sharpness(surface, next, before.vector);
		const all = symmetricEigen(hessian(surface, next)).values.at(-1)!;
		expect(warm.value / all).toBeCloseTo(1, 3);
	});
});

describe('principal components of a random walk', () => {
	test.each([
		[50, [0.6084, 0.1522, 0.0678]],
		[200, [0.608, 0.152, 0.0676]],
	])('n = %i: shares of the variance', (n, shares) => {
		shares.forEach((share, k) => expect(walkFractions(n)[k], 'share').toBeCloseTo(share, 4));
	});

	test('long walks: 6/(π²k²), 76 % in two', () => {
		const fractions = walkFractions(5000);
		[1, 2, 3].forEach((k) => expect(fractions[k - 1]).toBeCloseTo(6 / (Math.PI * k) ** 2, 4));
		expect(fractions[0]! + fractions[1]!).toBeCloseTo(0.76, 3);
	});

	test('a walk in 1000 dimensions keeps to it, within its own scatter', () => {
		const [n, d] = [50, 1000];
		const { fractions, scores } = principalComponents(randomWalk(n, d, 1), n);
		[1, 2, 3].forEach((k) => {
			const gap = Math.abs(fractions[k - 1]! - walkFractions(n)[k - 1]!);
			expect(gap).toBeLessThan(0.02);
			expect(gap).toBeLessThan(4 * fractionDeviation(n, d, k) + 0.002);
		});
		scores[0].forEach((value, t) =>
			expect(Math.abs(value - walkComponent(n, 1)[t]!)).toBeLessThan(
				5 * componentDeviation(n, d, 1),
			),
		);
	});

	test('the scatter law, over 60 walks', () => {
		const [n, d] = [20, 400];
		const first = Array.from(
			{ length: 60 },
			(_, seed) => principalComponents(randomWalk(n, d, seed), n).fractions[0]!,
		);
		const mean = first.reduce((a, b) => a + b, 0) / 60;
		const deviation = Math.sqrt(first.reduce((a, b) => a + (b - mean) ** 2, 0) / 59);
		// A deviation from 60 draws scatters by 9 %.
		expect(Math.abs(deviation / fractionDeviation(n, d, 1) - 1)).toBeLessThan(0.35);
	});
});

describe('ways between two networks', () => {
	const [width, noise] = [4, 0.1];
	const samples = pairs(noise);
	const [a, b] = [pathStart(width, 0, 0), pathStart(width, 0, 1)];

	test('the floor is reached by the clean function alone', () => {
		const { x, y } = samples;
		const clean = y.map((_, i) => Math.sin(2 * x[2 * i]!) * Math.cos(x[2 * i + 1]!));
		const loss = y.reduce((sum, v, i) => sum + (v - clean[i]!) ** 2, 0) / y.length;
		expect(loss).toBeCloseTo(noiseFloor(noise), 14);
		expect(y).toHaveLength(64);
	});

	test('in twice the width only the middle third changes the function, and linearly', () => {
		const f = (sizes: number[], theta: Float64Array) => {
			const net: Mlp = { sizes, activation: 'tanh' };
			const point = { x: Float64Array.of(0.3, -0.8), y: Float64Array.of(-100) };
			return Math.sqrt(meanSquare(net, point).loss(theta)) - 100;
		};
		const [fa, fb] = [a, b].map((theta) => f([2, width, 1], theta)) as [number, number];
		const at = (t: number) => f([2, 2 * width, 1], widePath(width, a, b, t));
		[0, 0.2, 1 / 3].forEach((t) => expect(at(t)).toBeCloseTo(fa, 10));
		expect(at(0.5)).toBeCloseTo((fa + fb) / 2, 10);
		[2 / 3, 0.8, 1].forEach((t) => expect(at(t)).toBeCloseTo(fb, 10));
		expect(chord(2, 4, 0.5)).toBe(3);
		expect([chord(2, 4, 0.1), chord(2, 4, 0.9)]).toEqual([2, 4]);
	});

	test('both curves begin and end at the networks', () => {
		const middle = straight(a, b, 0.3);
		for (const [t, end] of [
			[0, a],
			[1, b],
		] as const) {
			expect(straight(a, b, t)).toEqual(end);
			expect(bezier(a, middle, b, t)).toEqual(end);
		}
		expect(bezier(a, along(a, 0, b), a, 0.4)[0]).toBeCloseTo(a[0]!, 12);
		expect(mlpSize(pathNet(width))).toBe(a.length);
	});
});
