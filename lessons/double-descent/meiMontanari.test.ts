import { describe, expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { featuresRisk, linearPart, rest } from './meiMontanari.ts';
import { drawFeatures, featureRisks } from './randomFeatures.ts';

const setting = { psi2: 3, signal: 1, noise: 0.2 };

test('the centred rectifier has E Gσ = ½, a rest of .0908451 and ζ² = 2.751938', () => {
	expect(linearPart).toBe(0.5);
	expect(rest).toBeCloseTo(0.0908451, 7);
	expect(linearPart ** 2 / rest).toBeCloseTo(2.751938, 6);
});

describe('the risk of random features, ψ₂ = 3, τ² = .2', () => {
	test.each([
		[0.3, 0.905],
		[1, 0.772],
		[2, 1.085],
		[3.3, 3.54],
		[4, 1.127],
		[6, 0.437],
		[12, 0.207],
	])('without a ridge, ψ₁ = %d: %d', (psi1, value) => {
		expect(featuresRisk({ ...setting, psi1, lambda: 0 }) / value).toBeCloseTo(1, 2);
	});
	test.each([
		[1, 0.717],
		[3, 0.442],
		[6, 0.26],
	])('with λ = .01, ψ₁ = %d: %d', (psi1, value) => {
		expect(featuresRisk({ ...setting, psi1, lambda: 0.01 })).toBeCloseTo(value, 3);
	});
	test('a vanishing ridge is no ridge', () => {
		const [none, tiny] = [0, 1e-9].map((lambda) => featuresRisk({ ...setting, psi1: 6, lambda }));
		expect(tiny! / none!).toBeCloseTo(1, 4);
	});
	test('it is infinite at ψ₁ = ψ₂ and nowhere else', () => {
		expect(featuresRisk({ ...setting, psi1: 3, lambda: 0 })).toBe(Infinity);
		expect(featuresRisk({ ...setting, psi1: 3.01, lambda: 0 })).toBeLessThan(1e4);
	});
});

test('the risk over the sphere in closed form is that over a test set', () => {
	const shape = { d: 12, n: 40, features: 25, noise: 0.2 };
	const drawn = drawFeatures(shape, random(5, 'closed'));
	const [exact] = featureRisks(drawn, 25, [0.05]);
	const { normal } = random(6, 'test set');
	const a = exact!.weights;
	let sum = 0;
	const count = 40_000;
	for (let k = 0; k < count; k++) {
		const g = Float64Array.from({ length: 12 }, normal);
		const scale = Math.sqrt(12 / g.reduce((s, v) => s + v * v, 0));
		let f = -scale * g[0]!;
		for (let j = 0; j < 25; j++) {
			let u = 0;
			for (let c = 0; c < 12; c++) u += drawn.theta[j * 12 + c]! * g[c]! * scale;
			f += a[j]! * (Math.max(0, u / Math.sqrt(12)) - 1 / Math.sqrt(2 * Math.PI));
		}
		sum += f * f;
	}
	expect(sum / count / exact!.risk).toBeCloseTo(1, 1);
});
