import { describe, expect, it } from 'vitest';
import { descendHuber, logSpaced } from './huber.ts';
import {
	constantSteps,
	grimmerLengths,
	grimmerPatterns,
	silverRatio,
	silverSteps,
	total,
} from './schedules.ts';
import {
	bestConstantStep,
	constantWorst,
	farthestOnParabola,
	flatUpTo,
	flatValue,
	huberFloor,
	parabolaValue,
	silverBound,
	silverExponent,
	silverFloor,
	worstThreshold,
} from './theory.ts';

/** The largest final value over Huber functions and the parabola. */
function worstOfFamily(steps: readonly number[]): number {
	const worst = worstThreshold(steps);
	const deltas = [worst, ...logSpaced(worst / 30, 2, 4000)];
	return Math.max(...deltas.map((delta) => descendHuber(steps, delta)));
}

describe('schedules', () => {
	it('silver begins √2, 2, √2, 2 + √2, and 2^k − 1 of its steps sum up to ρ^k − 1', () => {
		const first = silverSteps(4);
		[Math.SQRT2, 2, Math.SQRT2, 2 + Math.SQRT2].forEach((h, i) =>
			expect(first[i]).toBeCloseTo(h, 14),
		);
		for (const k of [1, 3, 7, 10])
			expect(total(silverSteps(2 ** k - 1)) / (silverRatio ** k - 1)).toBeCloseTo(1, 12);
		expect(Math.max(...silverSteps(1023))).toBeCloseTo(1 + silverRatio ** 8, 8);
	});

	it('Grimmer’s patterns are symmetric but for the first, with the averages of his table', () => {
		const averages = [2.2, 7.9 / 3, 3.2, 3.86, 4.6032258, 5.2253968, 741 / 127];
		grimmerLengths.forEach((t, i) => {
			const pattern: readonly number[] = grimmerPatterns[t];
			expect(pattern).toHaveLength(t);
			if (t > 2) expect(pattern.toReversed()).toEqual(pattern);
			expect(total(pattern) / t).toBeCloseTo(averages[i]!, 6);
		});
	});
});

describe('worst cases', () => {
	it.each([
		['constant 1, 7 steps', constantSteps(1, 7), 0.033333, 0.06667],
		['constant 1.5, 7 steps', constantSteps(1.5, 7), 0.022727, 1 / 22],
		['silver, 7 steps', silverSteps(7), 0.018422, 0.03685],
		['silver, 31 steps', silverSteps(31), 0.003067, 0.00614],
		['silver, 127 steps', silverSteps(127), 0.000524, 0.00105],
	])('1/(4H + 2) is the largest over the family: %s', (_, steps, value, threshold) => {
		expect(huberFloor(steps)).toBeCloseTo(value, 6);
		expect(worstThreshold(steps)).toBeCloseTo(threshold, 4);
		expect(worstOfFamily(steps) / huberFloor(steps)).toBeCloseTo(1, 9);
	});

	it.each([
		[1, 0.02381],
		[1.5, 0.016129],
		[1.8, 0.013514],
		[1.9, 0.060788],
		[1.95, 0.179243],
	])('ten constant steps %f: the larger of both ends', (h, value) => {
		expect(constantWorst(h, 10)).toBeCloseTo(value, 6);
		expect(worstOfFamily(constantSteps(h, 10)) / value).toBeCloseTo(1, 4);
	});

	it('the silver bound r_k is within a factor two of the Huber value', () => {
		for (const [n, bound] of [
			[7, 0.034378],
			[31, 0.00606],
			[127, 0.001045],
		] as const) {
			expect(silverBound(n)).toBeCloseTo(bound, 6);
			expect(silverFloor(n)).toBeCloseTo(huberFloor(silverSteps(n)), 14);
			expect(silverBound(n) / silverFloor(n)).toBeLessThan(2);
		}
		// Semidefinite programs give the same for n = 1, 3, 7.
		expect([1, 3, 7].map(silverFloor).map((v) => Number(v.toFixed(6)))).toEqual([
			0.130602, 0.046918, 0.018422,
		]);
		expect(silverExponent).toBeCloseTo(1.271553, 6);
	});

	it('at the other end silver leaves ρ^{−2k}/2 of a parabola', () => {
		for (const k of [1, 3, 5, 7])
			expect(2 * parabolaValue(silverSteps(2 ** k - 1)) * silverRatio ** (2 * k)).toBeCloseTo(
				1,
				10,
			);
		expect(parabolaValue(silverSteps(7))).toBeCloseTo(2.525e-3, 6);
	});

	it('the flat side is exact up to 1/(H + 1), for any steps', () => {
		for (const steps of [silverSteps(15), grimmerPatterns[7], constantSteps(1.9, 9), [0, 3]])
			for (const share of [0.01, 0.3, 0.5, 1]) {
				const delta = share * flatUpTo(steps);
				expect(descendHuber(steps, delta)).toBeCloseTo(flatValue(steps, delta), 13);
			}
	});

	it('one pass of Grimmer’s seven from far away is bad', () => {
		const steps = grimmerPatterns[7];
		expect(worstThreshold(steps)).toBeCloseTo(0.02183, 5);
		expect(huberFloor(steps)).toBeCloseTo(0.010917, 6);
		const deltas = logSpaced(0.02, 1, 4000);
		const values = deltas.map((delta) => descendHuber(steps, delta));
		expect(Math.max(...values)).toBeCloseTo(0.1379, 3);
		expect(deltas[values.indexOf(Math.max(...values))]).toBeCloseTo(0.161, 2);
	});

	it('on the parabola the farthest place bounds every place', () => {
		expect(farthestOnParabola([1.5, 4.9, 1.5])).toBeCloseTo(1.95, 12);
		expect(farthestOnParabola(constantSteps(1.9, 5))).toBe(1);
	});

	it('the best constant step balances both ends', () => {
		const h = bestConstantStep(10);
		expect(h).toBeCloseTo(1.83405, 5);
		expect(constantWorst(h, 10)).toBeCloseTo(0.0132693, 7);
	});

	it('three steps that keep less of this family than three of silver', () => {
		const silver = worstOfFamily(silverSteps(3));
		expect(silver).toBeCloseTo(0.046918, 6);
		expect(worstOfFamily([1.746, 2.964, 1.1907])).toBeLessThan(0.0396);
	});

	it('the exercises of the text', () => {
		expect(Math.max(...silverSteps(63))).toBeCloseTo(34.97, 2);
		expect(silverFloor(63)).toBeCloseTo(0.0012659, 7);
		expect(silverFloor(15)).toBeCloseTo(0.007469, 6);
		expect(1 / (4 * 4 + 2)).toBeCloseTo(constantWorst(1, 4), 14);
		expect(constantWorst(1.9, 3)).toBeCloseTo(0.26572, 5);
	});
});
