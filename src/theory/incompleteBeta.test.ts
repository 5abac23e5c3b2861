import { describe, expect, test } from 'vitest';
import { betaCdf, logGamma } from './incompleteBeta.ts';

test.each([
	[0.5, Math.log(Math.PI) / 2],
	[1, 0],
	[5, Math.log(24)],
	[
		20.5,
		Math.log(Math.PI) / 2 +
			Array.from({ length: 20 }, (_, k) => Math.log(k + 0.5)).reduce((a, b) => a + b, 0),
	],
])('log Γ(%d)', (x, value) => {
	expect(logGamma(x)).toBeCloseTo(value, 12);
});

describe('the regularised incomplete beta function', () => {
	test('is the arcsine law at a = b = ½', () => {
		for (const x of [0.001, 0.3, 0.5, 0.97])
			expect(betaCdf(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12);
	});
	test('is a power where b = 1', () => {
		for (const x of [0.01, 0.4, 0.99]) expect(betaCdf(x, 7, 1)).toBeCloseTo(x ** 7, 13);
	});
	test('is the chance of at least a of a + b − 1 coins', () => {
		const [x, a, b] = [0.37, 9, 14];
		const n = a + b - 1;
		const choose = (k: number) => Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1));
		let sum = 0;
		for (let k = a; k <= n; k++) sum += choose(k) * x ** k * (1 - x) ** (n - k);
		expect(betaCdf(x, a, b)).toBeCloseTo(sum, 12);
	});
	test('runs from 0 to 1', () => {
		expect([betaCdf(-1, 2, 3), betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaCdf(2, 2, 3)]).toEqual([
			0, 0, 1, 1,
		]);
	});
});
