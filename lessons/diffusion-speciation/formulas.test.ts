import { describe, expect, test } from 'vitest';
import { limitPhi, phi, speciationTime, timeOfAgreement } from './cloning.ts';
import { floorAt, lossFloor, meanSquareScore } from './floor.ts';
import {
	densityAlong,
	lengthOf,
	potential,
	scoreAlong,
	spreadAt,
	splittingTime,
	wellAt,
	type Mixture,
} from './mixture.ts';
import { cumulant, cumulantDeviation, cumulantOf } from './splitting.ts';
import { drawAt, projections } from './walk.ts';
import { random } from '#theory/random.ts';

const sixteen: Mixture = { d: 16, mu: 1, s: 1 };
const narrow: Mixture = { d: 8, mu: 1, s: 0.5 };

/** φ as the mean of the squared posterior probabilities: ½ ∫ (a² + b²)/(a + b), by the trapezoid. */
function phiByPosterior(mixture: Mixture, t: number): number {
	const c = lengthOf(mixture) * Math.exp(-t);
	const g = spreadAt(mixture.s, t);
	const bell = (u: number) => Math.exp(-(u * u) / (2 * g)) / Math.sqrt(2 * Math.PI * g);
	const end = c + 9 * Math.sqrt(g);
	const h = end / 1000;
	let sum = 0;
	for (let k = -1000; k <= 1000; k++) {
		const [a, b] = [bell(k * h - c), bell(k * h + c)];
		sum += (0.5 * h * (a * a + b * b)) / (a + b + 1e-300);
	}
	return sum;
}

describe('two classes under noise', () => {
	test('the score along m is the slope of the log density, and of the potential', () => {
		for (const t of [0.2, 1, 2])
			for (const u of [-2, 0.3, 1.7]) {
				const slope = (f: (at: number) => number) => (f(u + 1e-5) - f(u - 1e-5)) / 2e-5;
				const score = scoreAlong(narrow, t, u);
				expect(slope((at) => Math.log(densityAlong(narrow, t, at)))).toBeCloseTo(score, 6);
				expect(slope((at) => -potential(narrow, t, at))).toBeCloseTo(score, 6);
			}
	});

	test('the valley splits where the potential loses its curvature at 0', () => {
		for (const mixture of [sixteen, narrow, { d: 6, mu: 1.5, s: 1.4 }]) {
			const curvature = (t: number) => potential(mixture, t, 1e-3) - potential(mixture, t, 0);
			const at = splittingTime(mixture);
			expect(curvature(at + 0.01), 'one well before the splitting time').toBeGreaterThan(0);
			expect(curvature(at - 0.01), 'two wells after it').toBeLessThan(0);
			expect(wellAt(mixture, at + 0.01)).toBe(0);
			expect(Math.abs(scoreAlong(mixture, at - 0.3, wellAt(mixture, at - 0.3)))).toBeLessThan(1e-9);
		}
	});

	test('the cumulant is that of a swarm drawn from p_t, and 1/6 at the splitting', () => {
		expect(cumulant(narrow, splittingTime(narrow)), 'the cumulant').toBeCloseTo(1 / 6, 12);
		const n = 20_000;
		const u = projections(drawAt(narrow, 0.9, n, random(1, 'test')), narrow.d);
		const gap = Math.abs(cumulantOf(u) - cumulant(narrow, 0.9));
		expect(gap, 'the cumulant of a swarm').toBeLessThan(4 * cumulantDeviation(narrow, 0.9, n));
	});
});

describe('clones', () => {
	test.each([
		[
			16,
			[0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3],
			'.9986 .98837 .9558 .89599 .8189 .73998 .6708 .61619 .5489 .51909',
		],
		[64, [1, 1.5, 2, 2.5, 3], '.9975 .9444 .8006 .6570 .5692'],
	])('φ in %d dimensions', (d, times, values) => {
		times.forEach((t, i) => {
			const known = Number(values.split(' ')[i]);
			expect(Math.abs(phi({ ...sixteen, d }, t) - known), `φ(${t})`).toBeLessThan(6e-5);
		});
	});

	test('φ is the mean of the squared posterior probabilities', () => {
		for (const mixture of [sixteen, narrow, { d: 4, mu: 0.5, s: 1.5 }])
			for (const t of [0.1, 0.7, 1.5, 3])
				expect(phi(mixture, t), 'φ by posterior').toBeCloseTo(phiByPosterior(mixture, t), 9);
	});

	test('the speciation time, and φ there', () => {
		expect(speciationTime(sixteen), 't_S').toBeCloseTo(1.41661, 5);
		expect(speciationTime({ d: 256, mu: 1, s: 1 })).toBeCloseTo(2.77454, 5);
		const there = [16, 64, 256].map((d) =>
			phi({ ...sixteen, d }, speciationTime({ ...sixteen, d })),
		);
		expect(there.map((p) => p.toFixed(4))).toEqual(['0.7657', '0.7727', '0.7746']);
	});

	test('the limit against the time from the splitting', () => {
		const curve = [-1, -0.5, 0, 0.5, 1].map((offset) => limitPhi(offset).toFixed(4));
		expect(curve).toEqual(['0.9950', '0.9262', '0.7752', '0.6391', '0.5601']);
		expect(limitPhi(0)).toBeCloseTo(0.7752, 6);
	});

	test('twins agree at 77.5 % where the valley splits, whatever d, μ and s are', () => {
		for (const mixture of [sixteen, narrow, { d: 30, mu: 0.7, s: 1.4 }])
			expect(timeOfAgreement(mixture, limitPhi(0)), 'the splitting time').toBeCloseTo(
				splittingTime(mixture),
				9,
			);
	});
});

describe('the floor of the loss', () => {
	test('one Gaussian has the score −x/G, and its noise is told but for a share s² e^(−2t)/G', () => {
		const one = { d: 5, mu: 0, s: 0.7 };
		expect(meanSquareScore(one, 0.4)).toBeCloseTo(5 / spreadAt(0.7, 0.4), 6);
		expect(floorAt(one, 0.4)).toBeCloseTo((5 * 0.49 * Math.exp(-0.8)) / spreadAt(0.7, 0.4), 6);
	});

	test('the mean over the times that are trained', () => {
		expect(lossFloor({ mixture: narrow, least: 0.02, most: 3 }), 'the floor').toBeCloseTo(
			0.7629,
			3,
		);
	});
});
