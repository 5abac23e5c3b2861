import { describe, expect, it } from 'vitest';
import { random } from '#theory/random.ts';
import { overlap, populationError, sampleError } from './features.ts';
import { estimates } from './fourier.ts';
import { fromSamples, randomFeatures } from './theory.ts';

describe('features', () => {
	it('overlaps by degrees are those of the arc-cosine kernel where both are known', () => {
		const exact = overlap({ d: 10, bias: 0 });
		const close = overlap({ d: 10, bias: 1e-9 });
		for (const r of [-0.9, -0.3, 0, 0.4, 0.8, 1]) expect(close(r)).toBeCloseTo(exact(r), 4);
	});

	it('one feature leaves 1 − E overlap², whatever its direction', () => {
		const k = overlap({ d: 5, bias: 0 });
		const { normal } = random(3);
		let sum = 0;
		for (let i = 0; i < 20_000; i++) {
			const u = Array.from({ length: 5 }, normal);
			sum += k(u[0]! / Math.hypot(...u)) ** 2;
		}
		const left = populationError({ d: 5, bias: 0 }, 1, 4000, 1);
		expect(left).toBeCloseTo(1 - sum / 20_000, 1);
	});

	it('more features never leave more, with all data', () => {
		const left = [2, 4, 8, 16].map((n) => populationError({ d: 10, bias: 1 }, n, 30, 5));
		left.slice(1).forEach((v, i) => expect(v).toBeLessThan(left[i]!));
	});

	it('n κ to 5 % in ten dimensions, mean of ten draws', () => {
		for (const n of [8, 32, 128]) {
			const draws = Array.from({ length: 10 }, (_, s) =>
				populationError({ d: 10, bias: 0 }, n, 100, s),
			);
			const mean = draws.reduce((a, b) => a + b) / 10;
			expect(Math.abs(mean / randomFeatures(n, { d: 10, bias: 0 }) - 1)).toBeLessThan(0.05);
		}
	});

	it('samples cost 1/(1 − n/M)', () => {
		const neuron = { d: 20, bias: 0 };
		const draws = Array.from({ length: 10 }, (_, s) => sampleError(neuron, 32, 128, 60, s));
		const mean = draws.reduce((a, b) => a + b) / 10;
		expect(Math.abs(mean / fromSamples(32, 128, neuron) - 1)).toBeLessThan(0.05);
	});

	it('estimates of a kernel are right on the mean', () => {
		const one = estimates(1, { features: 4096, d: 3, draws: 20 }, random(2));
		expect(one.paired).toBeLessThan(0.02);
		expect(one.phased).toBeLessThan(0.02);
	});
});
