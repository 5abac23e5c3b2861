import { describe, expect, it } from 'vitest';
import { moments } from './activations.ts';
import { gaussianMean } from './gaussian.ts';
import { depthScale, nextCorrelation, pairs, pairScatter, stableCorrelation } from './pairs.ts';
import {
	chiAtFixedPoint,
	criticalWeight,
	fixedPoint,
	gradients,
	meanSquare,
	meanSquareSlope,
	signals,
	type Start,
} from './recursions.ts';
import { logFactor, normVariance } from './reluLaw.ts';
import { scatter } from './scatter.ts';

const tanh = (weight: number, bias = 0.05): Start => ({ name: 'tanh', weight, bias });

describe('Gaussian means', () => {
	it('of powers, and of a function with a kink', () => {
		[1, 1, 3, 15].forEach((moment, k) =>
			expect(gaussianMean((g) => g ** (2 * k))).toBeCloseTo(moment, 9),
		);
		expect(gaussianMean(Math.abs)).toBeCloseTo(Math.sqrt(2 / Math.PI), 10);
	});

	it.each([
		['tanh', 1, 0.394294, 0.464403],
		['tanh', 0.5, 0.273676, 0.592426],
		['sigmoid', 1, 0.293379, 0.044836],
		['relu', 1, 0.5, 0.5],
		['relu', 1e-40, 0.5e-40, 0.5],
		['linear', 3, 3, 1],
	])('E φ² and E φ′² of %s at q = %d', (name, q, square, slope) => {
		expect(meanSquare(name, q) / square).toBeCloseTo(1, 5);
		expect(meanSquareSlope(name, q)).toBeCloseTo(slope, 6);
	});

	it('softsign, whose slope has a kink, as a fine midpoint rule has it', () => {
		const cells = 20_000;
		let [square, slope] = [0, 0];
		for (let i = 0; i < cells; i++) {
			const g = (10 * (i + 0.5)) / cells;
			const density = ((20 / cells) * Math.exp((-g * g) / 2)) / Math.sqrt(2 * Math.PI);
			square += density * (g / (1 + g)) ** 2;
			slope += density * (1 + g) ** -4;
		}
		expect(meanSquare('softsign', 1)).toBeCloseTo(square, 7);
		expect(meanSquareSlope('softsign', 1)).toBeCloseTo(slope, 7);
		expect(square).toBeCloseTo(0.183, 4);
	});

	it('derivatives in q are those of the difference quotient', () => {
		const at = (q: number) => moments({ name: 'tanh', q });
		const h = 1e-4;
		const [low, here, high] = [at(0.7 - h), at(0.7), at(0.7 + h)];
		expect((high.square - low.square) / (2 * h)).toBeCloseTo(here.squareSlope, 6);
		expect((high.squareSlope - low.squareSlope) / (2 * h)).toBeCloseTo(here.squareBend, 6);
		expect((high.slopeSquare - low.slopeSquare) / (2 * h)).toBeCloseTo(here.slopeSquareSlope, 6);
	});
});

describe('signals and gradients', () => {
	it('the signal after twenty layers', () => {
		const last = (start: Start) => signals(start, 20).at(-1)!;
		expect(last(tanh(1, 0))).toBeCloseTo(0.02729, 5);
		expect(last(tanh(2, 0))).toBeCloseTo(0.618, 3);
		expect(last({ name: 'relu', weight: 1, bias: 0 }) * 2 ** 19).toBeCloseTo(1, 9);
	});

	it.each([
		['tanh', 1 / 3, 4.79e-10],
		['tanh', 1, 0.0379],
		['tanh', 2, 2.89],
		['relu', 1, 1.91e-6],
		['sigmoid', 1, 1.19e-24],
		['softsign', 1, 0.00168],
	])('gradients of %s at σ_w² = %d shrink by %d', (name, weight, ratio) => {
		const g = gradients({ name, weight, bias: 0 }, 20);
		expect(Math.abs(g[0]! / g[19]! / ratio - 1)).toBeLessThan(0.005);
	});

	it('without biases at σ_w² = 1 the signal of tanh falls like 1/(2l)', () => {
		const q = signals(tanh(1, 0), 1000);
		expect(1 / q[999]! - 1 / q[499]!).toBeGreaterThan(0.99 * 2 * 500);
		expect(2 * 1000 * q[999]!).toBeCloseTo(1, 1);
	});

	it('gradients of the weights are the same in all layers of a linear network', () => {
		const start = { name: 'linear', weight: 0.5, bias: 0 };
		const [q, g] = [signals(start, 8), gradients(start, 8)];
		const products = g.map((v, l) => v * (l === 0 ? 1 : q[l - 1]!));
		products.forEach((p) => expect(p / products[0]!).toBeCloseTo(1, 9));
	});
});

describe('order and chaos', () => {
	it.each([
		[1, 0.1936, 0.759],
		[1.5, 0.418, 0.9386],
		[2.5, 1.064, 1.1335],
		[4, 2.1955, 1.3424],
	])('fixed point and χ at σ_w² = %d', (weight, q, chi) => {
		expect(fixedPoint(tanh(weight))).toBeCloseTo(q, 4);
		expect(chiAtFixedPoint(tanh(weight))).toBeCloseTo(chi, 4);
	});

	it.each([
		[0, 1],
		[0.05, 1.761],
		[0.2, 2.2852],
		[0.5, 2.8432],
	])('the critical line at σ_b² = %d', (bias, weight) => {
		expect(criticalWeight(bias)).toBeCloseTo(weight, 4);
	});

	it('where nothing holds the signal it runs away', () => {
		expect(fixedPoint({ name: 'relu', weight: 3, bias: 0.1 })).toBe(Infinity);
		expect(fixedPoint(tanh(1.761))).toBeCloseTo(0.57, 3);
	});

	it.each([
		[1, 1, 3.63],
		[1.5, 1, 15.79],
		[2.5, 0.4468, 11.8],
		[4, 0.1651, 6.98],
	])('c* and the depth scale ξ at σ_w² = %d', (weight, c, xi) => {
		expect(stableCorrelation(tanh(weight))).toBeCloseTo(c, 4);
		expect(depthScale(tanh(weight))).toBeCloseTo(xi, 2);
	});

	it.each([
		[1, [0.6, 0.7745, 0.9031, 0.9681, 0.992]],
		[2.5, [0.6, 0.5802, 0.5543, 0.5264, 0.5007]],
	])('correlations from 0.6 at σ_w² = %d', (weight, expected) => {
		const states = pairs(tanh(weight), 0.4, 15);
		[1, 3, 6, 10, 15].forEach((l, i) =>
			expect(1 - states[l - 1]!.e / states[l - 1]!.p).toBeCloseTo(expected[i]!, 4),
		);
	});

	it('the slope of the correlation map at 1 is χ', () => {
		const h = 1e-6;
		for (const weight of [1, 2.5]) {
			const slope = (1 - nextCorrelation(tanh(weight), 1 - h)) / h;
			expect(slope).toBeCloseTo(chiAtFixedPoint(tanh(weight)), 4);
		}
	});
});

describe('networks of finite width', () => {
	it('the norm of ReLU networks has variance (1 + 5/n)^L − 1', () => {
		expect(normVariance(64, 10)).toBeCloseTo(1.122, 3);
		expect(normVariance(64, 20)).toBeCloseTo(3.502, 3);
		expect(normVariance(256, 20)).toBeCloseTo(0.472, 3);
	});

	it('the log of a factor: one unit has ln 4 + ψ(½), and many have −5/(2n) and 5/n', () => {
		const one = logFactor(1);
		expect(one.mean * 2).toBeCloseTo(Math.log(4) - 0.5772156649 - Math.log(4), 8);
		expect(logFactor(4000).mean * 4000).toBeCloseTo(-2.5, 2);
		expect(logFactor(4000).variance * 4000).toBeCloseTo(5, 1);
	});

	it('scatter of ReLU networks: 5/n a layer for the signal and for the gradient', () => {
		const { signal, gradient, shift } = scatter({ name: 'relu', weight: 2, bias: 0 }, 6);
		signal.forEach((v, l) => expect(v).toBeCloseTo(5 * l + 2, 9));
		gradient.forEach((v, l) => expect(v).toBeCloseTo(5 * (6 - l), 9));
		shift.forEach((v) => expect(v).toBeCloseTo(0, 9));
	});

	it('scatter of two nearly equal inputs in a linear-like network: 2/n a layer, after a start of 4/n', () => {
		const scattered = pairScatter({ name: 'tanh', weight: 0.2, bias: 1e-6 }, 1e-6, 4);
		expect(scattered[0]).toBeCloseTo(4, 5);
		expect(scattered[1]! - scattered[0]!).toBeGreaterThan(2);
	});
});
