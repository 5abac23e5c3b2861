import { describe, expect, test } from 'vitest';
import { toleranceAt, type Claim } from './claim.ts';
import type { Curve } from './curve.ts';
import { judge, logLogSlope } from './verdict.ts';

const run = { params: {}, seed: 1, seeds: 1 };
const x = [1, 2, 4];
const curve = (...y: number[]): Curve => ({ x, y });
const verdict = (claim: Claim, predicted: Curve, measured: Curve, finished = true) =>
	judge(claim, run, predicted, measured, [], finished);

const equal = (within: number, gap: 'relative' | 'absolute' = 'relative'): Claim => ({
	kind: 'equal',
	gap,
	within: () => within,
	because: 'a test',
});
const bound = (kind: 'upper bound' | 'lower bound', slack = 0): Claim => ({
	kind,
	slack,
	because: 'a test',
});

describe('verdicts', () => {
	test('the worst point decides, and is named', () => {
		const told = verdict(equal(0.1), curve(1, 2, 4), curve(1.05, 2.3, 4));
		expect(told).toMatchObject({ verdict: 'disagrees', at: 2, allowed: 0.1 });
		expect(told.sentence).toBe('disagrees: largest gap 15 %, allowed 10 %');
		expect(verdict(equal(0.2), curve(1, 2, 4), curve(1.05, 2.3, 4)).verdict).toBe('agrees');
	});

	test('the worst point is the one worst for its own tolerance', () => {
		const claim: Claim = {
			kind: 'equal',
			gap: 'absolute',
			within: () => [
				[1, 0.01],
				[4, 1],
			],
			because: 'a test',
		};
		const told = verdict(claim, curve(0, 0, 0), curve(0.005, 0.4, 0.1));
		expect(told).toMatchObject({ verdict: 'agrees', at: 1, allowed: 0.01 });
	});

	test.each([[curve(NaN, 2, 4)], [curve(1, 2, Infinity)], [curve(1, 2)]])(
		'what is not a finite number never agrees: %o',
		(measured) => {
			expect(verdict(equal(1), curve(1, 2, 4), measured).verdict).toBe('disagrees');
		},
	);

	test('a tolerance that is not a number never agrees', () => {
		expect(verdict(equal(NaN), curve(1, 2, 4), curve(1, 2, 4)).verdict).toBe('disagrees');
	});

	test('an empty curve does not agree', () => {
		expect(verdict(equal(1), { x: [], y: [] }, { x: [], y: [] }).verdict).toBe('disagrees');
	});

	test('exactly nothing off is within a tolerance of nothing', () => {
		expect(verdict(equal(0), curve(0, 2, 4), curve(0, 2, 4)).verdict).toBe('agrees');
		expect(verdict(equal(0), curve(0, 2, 4), curve(0, 2, 4.1)).verdict).toBe('disagrees');
	});

	test('a bound that is kept by far agrees', () => {
		const told = verdict(bound('upper bound', 0.01), curve(10, 20, 40), curve(1, 2, 8));
		expect(told).toMatchObject({ verdict: 'agrees', at: 4 });
		expect(told.sentence).toBe('agrees: never above the bound; closest by 80 %');
	});

	test('a bound without slack is kept, touched and broken', () => {
		expect(verdict(bound('upper bound'), curve(1, 2, 4), curve(0, 1, 2)).verdict).toBe('agrees');
		expect(verdict(bound('upper bound'), curve(1, 2, 4), curve(1, 2, 4)).verdict).toBe('agrees');
		const told = verdict(bound('lower bound'), curve(1, 2, 4), curve(1, 1.8, 4));
		expect(told).toMatchObject({ verdict: 'disagrees', at: 2 });
	});

	test('a bound of zero is kept or broken by a finite gap', () => {
		const kept = verdict(bound('lower bound', 0.01), curve(0, 0, 0), curve(1, 2, 3));
		expect(kept).toMatchObject({ verdict: 'agrees', gap: -1 });
		const told = verdict(bound('lower bound', 0.01), curve(0, 0, 0), curve(1, -1e-9, 3));
		expect(told).toMatchObject({ verdict: 'disagrees', gap: 1, at: 2 });
	});

	test('a slope is judged on its own', () => {
		const claim: Claim = { kind: 'slope', within: () => 0.05, because: 'a test' };
		const law = curve(1, 2 ** -0.5, 0.5);
		expect(verdict(claim, law, curve(3, 3 * 2 ** -0.5, 1.5)).gap).toBeCloseTo(0, 12);
		expect(verdict(claim, law, curve(1, 0.5, 0.25)).verdict).toBe('disagrees');
		expect(verdict(claim, law, curve(1, 0.7, 0)).verdict).toBe('disagrees');
		expect(logLogSlope(x, [5, 10, 20])).toBeCloseTo(1, 12);
	});

	test('broken hypotheses go before numbers, unfinished runs after', () => {
		const broken = [{ holds: false, text: 'step 0.31 ≥ 2/λ_max = 0.24' }];
		const told = judge(equal(1), run, curve(1, 2, 4), curve(9, 9, 9), broken, true);
		expect(told.sentence).toBe('outside the theorem: step 0.31 ≥ 2/λ_max = 0.24');
		expect(verdict(equal(1), curve(1, 2, 4), curve(1, 2, 4), false).verdict).toBe('still running');
	});

	test('seeds inside are counted, each against its own prediction', () => {
		const measured = { ...curve(1, 2, 4), each: [curve(1, 2, 4).y, curve(2, 4, 8).y] };
		const told = verdict(equal(0.1), curve(1, 2, 4), measured);
		expect(told.seedsInside).toBe(1);
		const own = { ...curve(1, 2, 4), each: measured.each };
		expect(verdict(equal(0.1), own, measured).seedsInside).toBe(2);
		expect(verdict(equal(0.1), curve(1, 2, 4), curve(1, 2, 4)).seedsInside).toBeNull();
	});
});

describe('tolerances', () => {
	test('the first row that reaches x counts, the last goes on', () => {
		const table = [
			[5, 0.1],
			[20, 0.2],
		] as const;
		expect([0, 5, 6, 20, 99].map((at) => toleranceAt(table, at))).toEqual([
			0.1, 0.1, 0.2, 0.2, 0.2,
		]);
		expect(() => toleranceAt([], 1)).toThrow('at least one row');
	});
});
