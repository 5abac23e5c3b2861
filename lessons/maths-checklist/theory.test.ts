import { describe, expect, test } from 'vitest';
import { integrate, marchenkoPastur } from '#theory/marchenkoPastur.ts';
import { random } from '#theory/random.ts';
import { onto, rangeOf } from './approximate.ts';
import { chebyshev, exactTail, hoeffding, normalApproximation } from './coin.ts';
import { meanLength, spreadOfCosine, spreadOfLength } from './lengths.ts';
import { leastError, singularValues } from './lowRank.ts';
import { largestOf, unionBound } from './maximum.ts';
import {
	covarianceSpectrum,
	drawMatrix,
	inverseTrace,
	topOfCovariance,
	wignerSpectrum,
} from './matrices.ts';
import { normalTail } from './normal.ts';
import { conditional, factors, products } from './pairs.ts';
import { curvatures, keptAtMost, promisedAt, slopeAt, valueAt } from './quadratic.ts';
import {
	largestOfWigner,
	marchenkoPasturCdf,
	meanInverse,
	semicircleCdf,
	spike,
	threshold,
} from './spectralLaws.ts';

test('the normal tail is that of the tables', () => {
	expect(normalTail(0)).toBe(0.5);
	expect(normalTail(1.959963984540054)).toBeCloseTo(0.025, 14);
	expect(normalTail(-1)).toBeCloseTo(0.8413447460685429, 14);
	expect(normalTail(3.0000001) / normalTail(2.9999999)).toBeCloseTo(1, 5);
	expect(normalTail(6) / 9.865876450376981e-10).toBeCloseTo(1, 12);
});

test.each([
	[2, 1.2533, 0.6551],
	[10, 3.0843, 0.6978],
	[100, 9.975, 0.7062],
	[1000, 31.6149, 0.707],
])('a Gaussian vector in %i dimensions has length %d, give or take %d', (d, mean, spread) => {
	expect(meanLength(d)).toBeCloseTo(mean, 3);
	expect(spreadOfLength(d)).toBeCloseTo(spread, 3);
	expect(spreadOfCosine(d)).toBe(1 / Math.sqrt(d));
});

test('the coin of 100 tosses, ten away from one half, is bounded by Hoeffding and by Chebyshev', () => {
	expect(exactTail(100, 10)).toBeCloseTo(0.056888, 6);
	expect(hoeffding(100, 0.1)).toBeCloseTo(0.2707, 4);
	expect(chebyshev(100, 0.1)).toBeCloseTo(0.25, 12);
	expect(normalApproximation(100, 10)).toBeCloseTo(0.0574, 4);
	expect(2 * normalTail(2)).toBeCloseTo(0.0455, 4);
});

test('the corrected normal tail is within 0.1/n of the binomial one', () => {
	for (let n = 10; n <= 1000; n += n < 100 ? 10 : 90)
		for (let k = 1; k <= n / 2; k += 1 + Math.floor(n / 100))
			expect(n * Math.abs(normalApproximation(n, k) - exactTail(n, k))).toBeLessThan(0.1);
});

test.each([
	[10, 1.5388, 2.146],
	[100, 2.5076, 3.035],
	[1000, 3.2414, 3.717],
	[10_000, 3.8516, 4.292],
])('the largest of %i normal variables is %d in the mean, below √(2 ln n)', (n, mean, bound) => {
	expect(largestOf(n).mean).toBeCloseTo(mean, 4);
	expect(unionBound(n)).toBeCloseTo(bound, 3);
});

test('products of functions of a Gaussian pair at correlation 0.6', () => {
	expect(products.hermite(0.6)).toBeCloseTo(0.36, 12);
	expect(products.relu(0.6)).toBeCloseTo(0.33877, 5);
	expect(products.sign(0.6)).toBeCloseTo(0.40967, 5);
	for (const name of ['relu', 'sign', 'hermite'] as const)
		for (const z of [-1.5, 0.7]) expect(factors[name](z)).toBeDefined();
	expect(factors.hermite(2)).toBeCloseTo(3 / Math.SQRT2, 12);
});

test('a variable given its partner keeps 1 − ρ² of its variance', () => {
	expect(conditional(0.6, 2).mean).toBeCloseTo(1.2, 12);
	expect(conditional(0.6, 2).variance).toBeCloseTo(0.64, 12);
	expect(conditional(0.6, -7).variance).toBe(conditional(0.6, 0).variance);
});

describe('gradient descent on twenty curvatures from 0.1 to 1', () => {
	const lambdas = curvatures(0.1, 20);
	test.each([
		[1, 1.337e-6, 2.835e-2],
		[1.8, 2.22e-10, 0.8795],
	])('at η = %d ends at %d of its bound %d', (eta, value, bound) => {
		expect(valueAt(lambdas, eta, 50) / value).toBeCloseTo(1, 2);
		expect((valueAt(lambdas, eta, 0) * keptAtMost(0.1, eta, 50)) / bound).toBeCloseTo(1, 3);
	});
	test('diverges at η = 2.1', () => {
		expect(valueAt(lambdas, 2.1, 50)).toBeCloseTo(6890.8, 0);
	});
	test('the descent lemma takes off half of η|∇f|² at η = 1/L, and holds at every step size', () => {
		const first = valueAt(lambdas, 1, 0) - slopeAt(lambdas, 1, 0) / 2;
		expect(promisedAt(lambdas, 1, 1)).toBeCloseTo(first, 12);
		for (const eta of [0.3, 1, 1.8, 2.1])
			for (let t = 1; t < 20; t++)
				expect(valueAt(lambdas, eta, t)).toBeLessThanOrEqual(promisedAt(lambdas, eta, t) + 1e-12);
	});
	test('the rate of twenty steps at μ/L = 0.05 is 0.358', () => {
		expect(keptAtMost(0.05, 1, 20)).toBeCloseTo(0.358, 3);
	});
});

test('the best matrix of rank two leaves the smaller singular values, and no other does better', () => {
	const { normal } = random(3);
	const a = Float64Array.from({ length: 40 }, normal);
	const least = leastError(singularValues(a, 5), 2);
	expect(onto(a, rangeOf(a, 5, 2, 300, 1)).error).toBeCloseTo(least, 10);
	for (let seed = 0; seed < 200; seed++)
		expect(onto(a, rangeOf(a, 5, 2, 0, seed)).error).toBeGreaterThan(least);
});

describe.each([0.25, 0.5, 0.75, 1, 2])('the Marchenko-Pastur law at g = %d', (g) => {
	const law = marchenkoPastur(g, 20_000);
	test('has the distribution function of its density', () => {
		for (const x of [0.2, 0.7, 1.3, 2]) {
			const below = law.atZero + integrate(law, (s) => (s < x ? 1 : 0));
			expect(marchenkoPasturCdf(g, x)).toBeCloseTo(below, 3);
		}
		expect(marchenkoPasturCdf(g, 6)).toBe(1);
		expect(marchenkoPasturCdf(g, 1e-12)).toBeCloseTo(law.atZero, 5);
	});
});

test('the eigenvalues of random covariances follow it, and their inverses the Wishart mean', () => {
	const distances: number[] = [];
	const traces: number[] = [];
	for (let seed = 0; seed < 6; seed++) {
		const x = drawMatrix(60, 120, 'normal', random(seed, 'test'));
		const values = covarianceSpectrum(x, 60);
		distances.push(...Array.from(values, (v, i) => (i + 0.5) / 60 - marchenkoPasturCdf(0.5, v)));
		traces.push(values.reduce((sum, v) => sum + 1 / v, 0) / 60);
		expect(inverseTrace(x, 60)).toBeCloseTo(traces.at(-1)!, 9);
	}
	expect(Math.max(...distances.map(Math.abs))).toBeLessThan(0.04);
	const mean = traces.reduce((sum, v) => sum + v) / 6;
	expect(mean / meanInverse(120, 60)).toBeCloseTo(1, 1);
});

test.each([
	[400, 100, 1.3378],
	[400, 200, 2.0101],
	[400, 300, 4.0404],
	[400, 150, 1.6064],
])('of %i samples in %i dimensions the mean of 1/λ is %d', (n, p, value) => {
	expect(meanInverse(n, p)).toBeCloseTo(value, 4);
});

test('the semicircle has second moment 1 and fourth moment 2, and a random matrix follows it', () => {
	const x = Array.from({ length: 4001 }, (_, i) => -2 + i / 1000);
	const moment = (k: number) =>
		x.slice(1).reduce((sum, b, i) => {
			const a = x[i]!;
			return sum + (semicircleCdf(b) - semicircleCdf(a)) * ((a + b) / 2) ** k;
		}, 0);
	expect(moment(2)).toBeCloseTo(1, 5);
	expect(moment(4)).toBeCloseTo(2, 5);
	const values = wignerSpectrum(drawMatrix(150, 150, 'signs', random(1, 'test')));
	values.forEach((v, i) => {
		expect(Math.abs((i + 0.5) / 150 - semicircleCdf(v))).toBeLessThan(0.03);
	});
	expect(values.at(-1)!).toBeCloseTo(largestOfWigner(150).mean, 0);
});

test.each([
	[0.3, 2.9142, 0],
	[1, 3, 0.3333],
	[2, 3.75, 0.7],
])('a spike of %d at g = 0.5 shows at %d with overlap %d', (theta, top, overlap) => {
	expect(spike(theta, 0.5).top).toBeCloseTo(top, 4);
	expect(spike(theta, 0.5).overlap).toBeCloseTo(overlap, 4);
});

test('a spike shows from √g on, and a strong one is found', () => {
	expect(threshold(0.5)).toBeCloseTo(0.7071, 4);
	const [n, p, theta] = [300, 60, 4];
	const stream = random(5, 'test');
	const x = drawMatrix(n, p, 'normal', stream).map((v, i) =>
		i % p === 0 ? Math.sqrt(1 + theta) * v : v,
	);
	const found = topOfCovariance(x, p, Float64Array.from({ length: p }, stream.normal));
	expect(found.overlap).toBeCloseTo(spike(theta, p / n).overlap, 1);
	expect(found.top / spike(theta, p / n).top).toBeCloseTo(1, 0);
});
