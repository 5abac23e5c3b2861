import { describe, expect, it } from 'vitest';
import {
	angleBetween,
	dot,
	largestMargin,
	lossAfter,
	offset,
	onTheLine,
	pointAt,
	restAt,
	settling,
} from './margin.ts';
import { atMark, descend, drawCloud, logLossAt } from './separable.ts';

/** Two points at height 1, at 1 and −2 along the margin. */
const pair = Float64Array.of(1, 1, 1, -2);

describe('the largest margin', () => {
	it('of two points by hand', () => {
		const { w, support, alpha } = largestMargin(pair)!;
		[w[0] - 1, w[1]].forEach((v) => expect(v).toBeCloseTo(0, 14));
		const byPoint = Object.fromEntries(support.map((i, k) => [i, alpha[k]]));
		expect(byPoint[0]).toBeCloseTo(2 / 3, 14);
		expect(byPoint[1]).toBeCloseTo(1 / 3, 14);
	});

	it('of one point that is alone at the margin, and none where nothing separates', () => {
		const { w, support } = largestMargin(Float64Array.of(2, 0, 5, 1))!;
		expect(w).toEqual([0.5, 0]);
		expect(support).toEqual([0]);
		expect(largestMargin(Float64Array.of(1, 0, -1, 0))).toBeNull();
	});

	it('is what the cloud was drawn with', () => {
		for (let seed = 0; seed < 6; seed++) {
			const z = drawCloud({ n: 40, gap: 0.3, second: -1.5 }, seed);
			const { w, support } = largestMargin(z)!;
			expect([...support].sort()).toEqual([0, 1]);
			expect(Math.hypot(...w)).toBeCloseTo(1, 12);
			for (let i = 2; i < 40; i++) expect(dot(w, pointAt(z, i))).toBeGreaterThan(1.3 - 1e-9);
		}
	});
});

describe('the line', () => {
	const separator = largestMargin(pair)!;
	const tilde = offset(pair, separator);

	it('has the loss that it is asked for, whatever the margin', () => {
		for (const z of [pair, pair.map((v) => v / 3)])
			for (const loss of [1e-2, 1e-9]) {
				const found = largestMargin(z)!;
				const w = onTheLine(found, offset(z, found), loss);
				expect(logLossAt(z, w, 'exponential')).toBeCloseTo(Math.log(loss), 10);
			}
	});

	it('meets w̃·z = −log(n α) on the support', () => {
		separator.support.forEach((i, k) =>
			expect(dot(tilde, pointAt(pair, i))).toBeCloseTo(-Math.log(2 * separator.alpha[k]!), 12),
		);
	});

	it('is where descent ends, with short steps and long ones', () => {
		for (const stepSize of [0.05, 0.4]) {
			const steps = descend(pair, { loss: 'exponential', stepSize, normalised: true });
			let [before, now] = [steps.next().value, steps.next().value];
			while (now.logLoss > -40) [before, now] = [now, steps.next().value];
			const w = atMark(before, now, -40);
			const there = onTheLine(separator, tilde, Math.exp(-40));
			expect(Math.hypot(w[0] - there[0], w[1] - there[1])).toBeLessThan(1e-6);
		}
	});

	it('forgets the start like L^κ, κ = |ŵ|² times the variance across ŵ', () => {
		// Weights ⅔ and ⅓ at 1 and −2: the variance is 2.
		expect(settling(pair, separator)).toBeCloseTo(2, 12);
		const steps = descend(pair, { loss: 'exponential', stepSize: 0.01, normalised: true });
		const away = [-4, -6].map((mark) => {
			let [before, now] = [steps.next().value, steps.next().value];
			while (now.logLoss > mark) [before, now] = [now, steps.next().value];
			const w = atMark(before, now, mark);
			return w[1] - onTheLine(separator, tilde, Math.exp(mark))[1];
		});
		expect(Math.log(away[0]! / away[1]!) / 2).toBeCloseTo(2, 1);
	});

	it('other points weigh L^g', () => {
		const three = Float64Array.of(1, 1, 1, -2, 1.5, 0);
		const wide = largestMargin(three)!;
		const shift = offset(three, wide);
		const [near, far] = [1e-4, 1e-8].map((loss) => restAt(three, wide, shift, loss));
		expect(Math.log(near! / far!) / Math.log(1e4)).toBeCloseTo(0.5, 10);
	});
});

it('plain descent: Lt tends to |ŵ|²/η from below', () => {
	const separator = largestMargin(pair)!;
	const steps = descend(pair, { loss: 'exponential', stepSize: 0.2, normalised: false });
	let now = steps.next().value;
	while (now.t < 30_000) now = steps.next().value;
	const ratio = Math.exp(now.logLoss) / lossAfter(separator, 0.2, now.t);
	expect(ratio).toBeLessThan(1);
	expect(ratio).toBeGreaterThan(0.98);
});

it('the logistic loss ends on the same line', () => {
	const separator = largestMargin(pair)!;
	const steps = descend(pair, { loss: 'logistic', stepSize: 0.2, normalised: true });
	let now = steps.next().value;
	while (now.logLoss > -60) now = steps.next().value;
	const there = onTheLine(separator, offset(pair, separator), Math.exp(now.logLoss));
	expect(angleBetween(now.w, there)).toBeLessThan(1e-6);
});
