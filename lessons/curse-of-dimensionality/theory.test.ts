import { describe, expect, it } from 'vitest';
import { harmonics } from '#theory/gegenbauer.ts';
import { random } from '#theory/random.ts';
import { eigenvalues, energiesOf, regressionError, resolve } from './harmonicLaw.ts';
import { missed, momentsOf } from './links.ts';
import {
	betaMean,
	bestCount,
	freeMeanSquareDistance,
	meanSquareDistance,
	neighbourError,
} from './neighbourLaw.ts';
import { ratioOfMeans, stepLaw } from './stepLaw.ts';
import { ballsOf, sphereWave, unitBall } from './torus.ts';

describe('balls of the torus', () => {
	it('unit balls have the known volumes', () => {
		expect([1, 2, 3, 8].map(unitBall).map((v) => v.toFixed(4))).toEqual([
			'2.0000',
			'3.1416',
			'4.1888',
			'4.0587',
		]);
	});

	it('the mean of cos kδ over a sphere is cos k, J₀ and sin k/k in one, two and three dimensions', () => {
		expect(sphereWave(1, 2)).toBeCloseTo(Math.cos(2), 12);
		expect(sphereWave(2, 2)).toBeCloseTo(0.2238907791, 9);
		expect(sphereWave(3, 2)).toBeCloseTo(Math.sin(2) / 2, 12);
	});

	it.each([2, 3, 8])(
		'balls that reach round it, d = %d: volume and wave are those of random points',
		(d) => {
			const { uniform } = random(1, 'balls');
			const r = 0.5 + 0.4 * (Math.sqrt(d) / 2 - 0.5);
			const count = 20_000;
			let [inside, wave] = [0, 0];
			for (let i = 0; i < count; i++) {
				const point = Array.from({ length: d }, () => uniform() - 0.5);
				if (Math.hypot(...point) > r) continue;
				inside++;
				wave += Math.cos(2 * Math.PI * point[0]!);
			}
			const balls = ballsOf(d);
			// Four standard errors.
			expect(Math.abs(inside / count - balls.volume(r))).toBeLessThan(0.0142);
			expect(Math.abs(wave / inside - balls.wave(r))).toBeLessThan(2.9 / Math.sqrt(inside));
			expect(balls.volume(balls.radius(0.6))).toBeCloseTo(0.6, 6);
			expect(balls.volume(Math.sqrt(d) / 2)).toBeCloseTo(1, 3);
		},
	);
});

describe('nearest neighbours', () => {
	it.each([
		[2, 1024, 0.00612],
		[4, 1024, 0.11984],
		[8, 1024, 0.49459],
		[8, 4096, 0.36205],
	])('the error of one neighbour in %d dimensions among %d points is %d', (d, n, reference) => {
		expect(neighbourError({ d, n, k: 1, noise: 0 }).total).toBeCloseTo(reference, 5);
	});

	it('in sixteen dimensions balls reach round the torus: .7929, where those of free space say .7917', () => {
		const free = betaMean(1, 4096, (u) => {
			const r = (u / unitBall(16)) ** (1 / 16);
			return 2 * (1 - sphereWave(16, 2 * Math.PI * r));
		});
		expect(free).toBeCloseTo(0.79172, 4);
		expect(neighbourError({ d: 16, n: 4096, k: 1, noise: 0 }).total).toBeCloseTo(0.793, 3);
	});

	it('the law for k = 1 is that of the distance to the nearest alone', () => {
		const balls = ballsOf(4);
		const direct = betaMean(1, 500, (u) => {
			return 2 * (1 - sphereWave(4, 2 * Math.PI * balls.radius(u)));
		});
		expect(neighbourError({ d: 4, n: 500, k: 1, noise: 0 }).total).toBeCloseTo(direct, 8);
	});

	it('squared distances are those of the Gamma functions while balls are free', () => {
		for (const [d, n] of [
			[2, 100],
			[4, 1000],
			[8, 4096],
		] as const)
			expect(meanSquareDistance(d, n) / freeMeanSquareDistance(d, n)).toBeCloseTo(1, 6);
	});

	it('slopes between 1024 and 4096 points tend to −2/d', () => {
		const slope = (d: number) => {
			const [few, many] = [1024, 4096].map((n) => neighbourError({ d, n, k: 1, noise: 0 }).total);
			return Math.log(many! / few!) / Math.log(4);
		};
		expect(slope(2)).toBeCloseTo(-1, 2);
		expect(slope(4)).toBeCloseTo(-0.49, 2);
		expect(slope(8)).toBeCloseTo(-0.225, 2);
	});

	it('noise is divided by k, and the best k grows with n', () => {
		const { noise, bias, spread, total } = neighbourError({ d: 4, n: 1024, k: 16, noise: 0.25 });
		expect(noise).toBe(0.25 / 16);
		expect(bias + spread + noise).toBe(total);
		expect([64, 256, 1024].map((n) => bestCount(2, n, 0.25))).toEqual([6, 16, 32]);
	});

	it('means under a Beta law are right for few points and for many', () => {
		for (const [a, b] of [
			[1, 4096],
			[257, 768],
			[5, 20],
		] as const)
			expect(betaMean(a, b, (u) => u) * ((a + b) / a)).toBeCloseTo(1, 4);
	});
});

describe('the estimate for kernels', () => {
	it('the tangent kernel in sixteen dimensions has these eigenvalues', () => {
		const lambda = eigenvalues({ kernel: 'tangent', d: 16 });
		[0.348933, 0.0625, 0.0034801, 0, 1.75097e-5].forEach((value, l) =>
			expect(Math.abs(lambda[l]! - value)).toBeLessThan(2e-6 * (value + 0.01)),
		);
	});

	it.each([
		[16, 0.09639],
		[32, 0.14341],
		[64, 0.1733],
		[128, 0.18973],
	])('a rectifier in %d dimensions, n = 8d: %d is left', (d, reference) => {
		const at = { kernel: 'tangent', d, n: 8 * d, ridge: 1e-3, noise: 0 } as const;
		expect(regressionError(at, energiesOf({ d, link: 'relu' }))).toBeCloseTo(reference, 4);
	});

	it.each([
		[8, 23, 0.81737],
		[16, 64, 0.84443],
		[32, 181, 0.87499],
		[64, 512, 0.90549],
		[16, 128, 0.42731],
		[16, 256, 0.11184],
		[16, 512, 0.01933],
	])('degree two in %d dimensions from %d samples: %d is left', (d, n, reference) => {
		const at = { kernel: 'tangent', d, n, ridge: 1e-3, noise: 0 } as const;
		expect(regressionError(at, [0, 0, 1])).toBeCloseTo(reference, 4);
	});

	it('degree three is never learnt by the tangent kernel', () => {
		for (const n of [64, 512, 4096]) {
			const at = { kernel: 'tangent', d: 16, n, ridge: 1e-3, noise: 0 } as const;
			expect(regressionError(at, [0, 0, 0, 1])).toBeGreaterThan(1);
		}
	});

	it('a rectifier in 64 dimensions has these energies', () => {
		const energies = energiesOf({ d: 64, link: 'relu' });
		[0.3208, 0.5, 0.1579, 0, 0.0129].forEach((value, l) =>
			expect(energies[l]).toBeCloseTo(value, 4),
		);
		expect(energies.reduce((sum, e) => sum + e, 0)).toBeCloseTo(1, 6);
	});

	it('all samples are spent: Σ N_l L_l + ρ/q = n', () => {
		const at = { kernel: 'exponential', d: 8, n: 100, ridge: 1e-3 } as const;
		const { learnt, factor } = resolve(at);
		const used = learnt.reduce((sum, share, l) => sum + harmonics(8, l) * share, 0);
		expect(used).toBeLessThan(100);
		expect(used).toBeGreaterThan(90);
		expect(factor).toBeGreaterThan(1);
	});
});

describe('one step', () => {
	it.each([
		[256, 0.6744, 0.2689],
		[512, 0.804, 0.1697],
		[1024, 0.8909, 0.0982],
	])('ratio of means in 64 dimensions, n = %d: %d', (n, cosine, left) => {
		const c = ratioOfMeans({ d: 64, n, link: 'relu' });
		expect(c).toBeCloseTo(cosine, 4);
		expect(missed(momentsOf('relu'), c)).toBeCloseTo(left, 3);
	});

	it('the mean of the law of one step is a little below the ratio, and tends to it', () => {
		const gap = (n: number) =>
			ratioOfMeans({ d: 64, n, link: 'relu' }) - stepLaw({ d: 64, n, link: 'relu' }).cosine;
		expect(gap(256)).toBeCloseTo(0.0049, 3);
		expect(gap(64)).toBeGreaterThan(gap(256));
		expect(Math.abs(gap(4096))).toBeLessThan(3e-4);
	});

	it('links have mean square 1, and only the rectifier a linear part', () => {
		for (const link of ['relu', 'square', 'cubic'] as const)
			expect(momentsOf(link).energies.reduce((sum, e) => sum + e, 0)).toBeCloseTo(1, 5);
		expect(momentsOf('relu').slope).toBeCloseTo(Math.SQRT1_2, 5);
		expect(momentsOf('relu').y2u2).toBeCloseTo(3, 4);
		expect(momentsOf('cubic').slope).toBeCloseTo(0, 9);
		expect(momentsOf('cubic').y2u2).toBeCloseTo(7, 4);
	});
});
