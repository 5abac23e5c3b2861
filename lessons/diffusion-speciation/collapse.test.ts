import { expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { annealedShare, collapseTime, drawCloud, pointsFor, weigh } from './collapse.ts';
import { shareCopying, twinsByWeights } from './copying.ts';

const cloud = { d: 16, n: 300, s: 1 };

test.each([
	[16, 300, 0.3369],
	[16, 3000, 0.2291],
	[32, 1000, 0.524],
	[8, 100, 0.1901],
])('the collapse time in %d dimensions with %d points', (d, n, known) => {
	const t = collapseTime({ d, n, s: 1 });
	expect(t, 'the collapse time').toBeCloseTo(known, 4);
	expect(pointsFor({ d, s: 1 }, t) / n, 'points for this time').toBeCloseTo(1, 9);
});

test('the limit of the share that copies', () => {
	const known = [0.973, 0.802, 0.573, 0.385, 0.247, 0.149, 0.061];
	[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8].forEach((t, i) => {
		// The known values are a Monte Carlo mean, with an error of some thousandths.
		expect(Math.abs(annealedShare(cloud, t) - known[i]!), `the limit at ${t}`).toBeLessThan(0.008);
	});
});

test('the limit is one half at the collapse time with n − 1 points', () => {
	for (const each of [cloud, { d: 4, n: 50, s: 0.5 }, { d: 32, n: 1000, s: 1.3 }]) {
		const at = collapseTime({ ...each, n: each.n - 1 });
		expect(annealedShare(each, at), 'one half at t_C').toBeCloseTo(0.5, 6);
	}
});

test('weights are those of Bayes, and sum to 1', () => {
	const points = drawCloud({ d: 3, n: 4, s: 1 }, random(0, 'test'));
	const x = Float64Array.of(0.3, -0.2, 0.5);
	const weights = new Float64Array(4);
	const squares = weigh(points, x, 0, 0.6, weights);
	const plain = Array.from({ length: 4 }, (_, b) => {
		const gaps = [0, 1, 2].map((k) => (x[k]! - Math.exp(-0.6) * points[3 * b + k]!) ** 2);
		return Math.exp(-(gaps[0]! + gaps[1]! + gaps[2]!) / (2 * (1 - Math.exp(-1.2))));
	});
	const sum = plain.reduce((a, b) => a + b);
	plain.forEach((w, b) => expect(weights[b], 'w_b').toBeCloseTo(w / sum, 12));
	expect(squares).toBeCloseTo(
		plain.reduce((a, w) => a + (w / sum) ** 2, 0),
		12,
	);
});

test('twins under the score of the points agree as the weights say', async () => {
	const small = { d: 8, n: 60, s: 1 };
	const points = drawCloud(small, random(1, 'test'));
	const told = twinsByWeights(points, 8, 0.3, 400, random(2, 'test'));
	const asked = { pairs: 200, steps: 30, score: 'points' as const, s: 1 };
	const share = await shareCopying(points, 8, 0.3, asked, random(3, 'test'), () =>
		Promise.resolve(),
	);
	const error = Math.hypot(told.error, Math.sqrt((told.mean * (1 - told.mean)) / 200));
	expect(Math.abs(share - told.mean), 'twins and weights').toBeLessThan(4 * error);
	expect(told.mean).toBeGreaterThan(annealedShare(small, 0.3) - 4 * told.error);
});
