import { describe, expect, test } from 'vitest';
import { createNodeLab } from '#engine/node.ts';
import { random } from '#theory/random.ts';
import { logistic, outputsOf, train } from './crossEntropy.ts';
import { disagreementOf, lessonOf, mimicLoss } from './deepTeacher.ts';
import { overlapInTime } from './inTime.ts';
import { hard, logit } from './labels.ts';
import { worstDisagreement, worstDisagreementGaussian } from './margins.ts';
import { overlap } from './overlap.ts';
import { drawLessons, drawStudent, studentJob } from './students.ts';
import { hiddenLayers, parameters } from './width.ts';

const breathe = () => Promise.resolve();

describe('students in training', () => {
	const { teacher, x, logits } = lessonOf(3, 2);
	const taught = drawLessons(teacher, 40, 0.15, 3);
	const start = () => drawStudent([6], random(3, 'test')) as [Float64Array, Float64Array];

	test('the trainer for labels takes the steps of the engine where the loss is squared', async () => {
		const weights = start();
		await train(weights, { x: taught.x, y: taught.logits }, 30, (f, y) => f - y, breathe);
		const lab = await createNodeLab('cpu');
		const job = studentJob([6], [{ x: taught.x, y: taught.logits, start: start() }]);
		const session = await lab.open(job);
		await session.advance(30);
		const there = await session.probe({ kind: 'field', x });
		outputsOf(weights, x).forEach((f, i) => expect(f).toBeCloseTo(there[i]!, 9));
		session.dispose();
	});

	test('the logistic signal is the slope of log(1 + e^(−y f))', () => {
		for (const [f, y] of [
			[0.3, 1],
			[-2, 1],
			[1.5, -1],
		] as const) {
			const loss = (at: number) => Math.log1p(Math.exp(-y * at));
			expect(logistic(f, y)).toBeCloseTo((loss(f + 1e-5) - loss(f - 1e-5)) / 2e-5, 8);
		}
	});

	test("a teacher's logits have median 0 and variance 1, up to the scatter of 2000 points", () => {
		const above = logits.filter((z) => z > 0).length / logits.length;
		expect(Math.abs(above - 0.5)).toBeLessThan(0.06);
		expect(mimicLoss(new Float64Array(logits.length).fill(0), logits)).toBeGreaterThan(0.8);
	});

	test('about the share p of the labels is turned over', () => {
		const { clean, flipped } = drawLessons(teacher, 1000, 0.15, 3);
		const wrong = clean.filter((y, i) => y !== flipped[i]).length / 1000;
		expect(Math.abs(wrong - 0.15)).toBeLessThan(4 * Math.sqrt((0.15 * 0.85) / 1000));
	});
});

test('a student that has diverged disagrees on no share of the points', () => {
	expect(disagreementOf([1, Infinity], Float64Array.from([1, 1]))).toBeNaN();
	expect(disagreementOf([1, -1], Float64Array.from([1, 1]))).toBe(0.5);
});

describe('mimic loss bounds disagreement', () => {
	const logits = Float64Array.from([0.1, -0.2, 0.3, -1, 2]);
	test('(the bound by margins) counts the smallest margins that the loss pays for', () => {
		expect(worstDisagreement(logits, 0)).toBe(0);
		expect(worstDisagreement(logits, 0.0101)).toBe(0.4);
		expect(worstDisagreement(logits, 0.0279)).toBe(0.4);
		expect(worstDisagreement(logits, 0.0281)).toBe(0.6);
		expect(worstDisagreement(logits, 2)).toBe(1);
	});
	test('(the bound by margins) is attained by the student that crosses zero where it is cheapest', () => {
		const student = [-1e-9, 1e-9, -1e-9, -1, 2];
		expect(disagreementOf(student, logits)).toBe(0.6);
		expect(worstDisagreement(logits, mimicLoss(student, logits))).toBe(0.6);
	});
	test('normal logits: close to (12 q² δ)^(1/3) for small δ, and certain from δ = 1 on', () => {
		expect(worstDisagreementGaussian(1e-4) / (6e-4 / Math.PI) ** (1 / 3)).toBeCloseTo(1, 2);
		expect(worstDisagreementGaussian(1)).toBe(1);
	});
});

describe('the overlap in time', () => {
	test.each([
		[0.5, 200],
		[2, 50],
	])('g = %d: tends to the closed form of large dimension', (g, n) => {
		const late = overlapInTime(g, 0.25, 4000, hard);
		const d = g * n;
		expect(late).toBeCloseTo(overlap(1000 * n, 1000 * d, hard), 3);
		expect(overlapInTime(g, 0.25, 4000, logit)).toBeCloseTo(Math.min(1, Math.sqrt(1 / g)), 4);
	});
	test('one step: the direction Xᵀf, cos² = s²/(s² + g (s² + ν²))', () => {
		const s2 = 2 / Math.PI;
		expect(overlapInTime(0.5, 0.1, 1, hard) ** 2).toBeCloseTo(s2 / (s2 + 0.5), 8);
	});
});

test('students of equal size: the widest that fit', () => {
	expect(hiddenLayers(1, 161)).toEqual([16]);
	expect(parameters([16])).toBe(161);
	for (const depth of [1, 2, 3])
		for (const size of [50, 800]) {
			const hidden = hiddenLayers(depth, size);
			expect(parameters(hidden)).toBeLessThanOrEqual(size);
			expect(parameters(hidden.map((m) => m + 1))).toBeGreaterThan(size);
		}
});
