import { describe, expect, test } from 'vitest';
import { gram } from './cholesky.ts';
import { symmetricEigen } from './eigen.ts';
import { integrate, marchenkoPastur, marchenkoPasturEdges } from './marchenkoPastur.ts';
import { random } from './random.ts';

describe.each([0.125, 0.5, 1, 2, 5])('the Marchenko-Pastur law at g = %d', (g) => {
	const law = marchenkoPastur(g);
	test('has mass one, mean one and second moment 1 + g', () => {
		expect(integrate(law, () => 1) + law.atZero).toBeCloseTo(1, 10);
		expect(integrate(law, (s) => s)).toBeCloseTo(1, 10);
		expect(integrate(law, (s) => s * s)).toBeCloseTo(1 + g, 10);
	});
	test.runIf(g !== 1)('has E 1/s = 1/(1 − g), or 1/(g(g − 1)) above one', () => {
		const truth = g < 1 ? 1 / (1 - g) : 1 / (g * (g - 1));
		expect(integrate(law, (s) => 1 / s)).toBeCloseTo(truth, 8);
	});
});

test('a large random matrix has this spectrum', () => {
	const [n, p] = [300, 150];
	const { normal } = random(11);
	const x = Float64Array.from({ length: n * p }, normal);
	const { values } = symmetricEigen(gram(x, p).map((v) => v / n));
	const [a, b] = marchenkoPasturEdges(p / n);
	expect(values[0]! / a).toBeCloseTo(1, 0);
	expect(values.at(-1)! / b).toBeCloseTo(1, 1);
	const mean = values.reduce((sum, s) => sum + Math.exp(-s), 0) / p;
	expect(mean / integrate(marchenkoPastur(p / n), (s) => Math.exp(-s))).toBeCloseTo(1, 2);
});
