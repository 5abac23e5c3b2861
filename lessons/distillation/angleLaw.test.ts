import { describe, expect, test } from 'vitest';
import { meanAndDeviation } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { cosines, disagreement, mimicCosines, summary } from './angleLaw.ts';
import { hard, logit } from './labels.ts';
import { errorOfStudent, labels, student } from './linear.ts';
import { errorOf, overlap } from './overlap.ts';

const d = 20;
const draws = 200;

describe('the law of the angle against students drawn in d = 20', () => {
	const soft = { temperature: 1, flips: 0 };
	const noisy = { temperature: 0, flips: 0.15 };
	const cases = [
		...[4, 10, 18, 20, 22, 40].map((n) => ({ n, name: 'hard labels', label: hard })),
		...[10, 19, 40].map((n) => ({ n, name: 'soft labels', label: soft })),
		...[10, 22].map((n) => ({ n, name: 'labels with noise', label: noisy })),
	];
	test.each(cases)('$n samples, $name', ({ n, label }) => {
		const errors = Array.from({ length: draws }, (_, r) => {
			const stream = random(r, `law/${n}`);
			const x = Float64Array.from({ length: n * d }, stream.normal);
			return errorOfStudent(student(x, labels(x, d, label, stream)));
		});
		const measured = meanAndDeviation(errors);
		const law = disagreement(n, d, label);
		expect(Math.abs(measured.mean - law.mean)).toBeLessThan(
			(4 * law.deviation) / Math.sqrt(draws) + 0.001,
		);
		// The expansion of the sample's angle is coarsest for the scatter at n = 4.
		expect(measured.deviation / law.deviation - 1).toBeCloseTo(0, n > 4 ? 0 : -1);
	});
});

describe('the law of the angle in its limits', () => {
	test('tends to the closed form: within .003 at n = d/2 and n = 4d, within .02 near n = d', () => {
		const gap = (n: number) => disagreement(n, 50, hard).mean - errorOf(overlap(n, 50, hard));
		for (const n of [10, 25, 200, 400]) expect(Math.abs(gap(n))).toBeLessThan(0.005);
		for (const n of [40, 60, 75]) expect(Math.abs(gap(n))).toBeLessThan(0.02);
	});

	test('logits: cos² is Beta(n/2, (d − n)/2), of mean n/d, and from n = d on the angle is 0', () => {
		const { at, chance } = cosines(25, 50, logit);
		const square = at.reduce((sum, c, i) => sum + chance[i]! * c * c, 0);
		expect(square).toBeCloseTo(0.5, 4);
		expect(disagreement(50, 50, logit)).toEqual({ mean: 0, deviation: 0 });
	});

	test('both sides of n = d meet there', () => {
		const [below, at, above] = [49, 50, 51].map((n) => disagreement(n, 50, hard).mean);
		expect(at).toBeGreaterThan(Math.max(below!, above!));
		expect(at! - (below! + above!) / 2).toBeLessThan(0.03);
	});
});

describe('the mimic of an imperfect teacher', () => {
	const teacher = { at: [0.6], chance: [1] };
	test('is the teacher from n = d on', () => {
		expect(mimicCosines(teacher, 50, 50)).toBe(teacher);
	});
	test('has the mean overlap R √(n/d), up to the spread of the Beta law', () => {
		const { at, chance } = mimicCosines(teacher, 100, 200);
		const mean = at.reduce((sum, c, i) => sum + chance[i]! * c, 0);
		expect(mean).toBeCloseTo(0.6 * Math.SQRT1_2, 2);
		expect(summary({ at: [0], chance: [1] }).mean).toBeCloseTo(0.5, 14);
	});
});
