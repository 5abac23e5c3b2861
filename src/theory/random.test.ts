import { describe, expect, test } from 'vitest';
import { random } from './random.ts';

describe('random numbers', () => {
	test('same seed, same stream; another seed or stream name, another one', () => {
		const first = (seed: number, stream?: string) => {
			const { uniform } = random(seed, stream);
			return Array.from({ length: 8 }, uniform);
		};
		expect(first(1, 'weights')).toEqual(first(1, 'weights'));
		expect(first(1, 'weights')).not.toEqual(first(2, 'weights'));
		expect(first(1, 'weights')).not.toEqual(first(1, 'labels'));
	});

	test('moments of 200,000 normals within four standard errors', () => {
		const { normal } = random(17);
		const n = 200_000;
		const draws = Array.from({ length: n }, normal);
		const moment = (k: number) => draws.reduce((sum, v) => sum + v ** k, 0) / n;
		expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n));
		expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
		expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
	});

	test('uniforms stay in [0, 1) and fill it evenly', () => {
		const { uniform } = random(18);
		const bins = new Array<number>(10).fill(0);
		for (let i = 0; i < 100_000; i++) bins[Math.floor(10 * uniform())]! += 1;
		const chi2 = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
		expect(chi2).toBeLessThan(30);
	});

	test('neighbouring seeds are uncorrelated', () => {
		const n = 20_000;
		const [a, b] = [random(5).normal, random(6).normal];
		let product = 0;
		for (let i = 0; i < n; i++) product += a() * b();
		expect(Math.abs(product / n)).toBeLessThan(4 / Math.sqrt(n));
	});
});
