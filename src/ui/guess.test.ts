import { expect, test } from 'vitest';
import type { CurveQuestion } from '#contract';
import {
	gapInWords,
	levelGuess,
	repliesTo,
	sampled,
	shareOf,
	stroke,
	valueAtShare,
} from './guess.ts';

const question: CurveQuestion = {
	kind: 'curve',
	x: { label: 'n', scale: 'log', domain: [1, 64] },
	y: { label: 'error', scale: 'log', domain: [1e-3, 10] },
	knots: [1, 4, 16, 64],
	answer: () => ({ x: [1, 64], y: [1, 1 / 64] }),
	label: '1/n',
	misses: [{ when: ({ y }) => (y.at(-1) ?? 0) > 0.1, say: 'It falls.' }],
	met: 'Yes.',
};

test('places and values on an axis are inverse, and end with it', () => {
	for (const value of [1e-3, 0.2, 10])
		expect(valueAtShare(question.y, shareOf(question.y, value))).toBeCloseTo(value, 12);
	expect(valueAtShare(question.y, 2)).toBe(10);
});

test('a fast stroke passes all knots between its ends, straight in the scales of the axes', () => {
	const drawn = stroke(question, levelGuess(question), [1, 1], [16, 0.01]);
	expect(drawn[0]).toBeCloseTo(1, 12);
	expect(drawn[1]).toBeCloseTo(0.1, 12);
	expect(drawn[2]).toBe(0.01);
	expect(drawn[3]).toBeCloseTo(0.1, 12);
});

test('a single click sets the nearest knot alone', () => {
	expect(stroke(question, [1, 1, 1, 1], [15, 0.2], [15, 0.2])).toEqual([1, 1, 0.2, 1]);
});

test('the formula is sampled along its own scales', () => {
	const [, second] = sampled(question.answer(), question.knots, question.x, question.y);
	expect(second).toBeCloseTo(1 / 4, 12);
});

test('a guess is told its gap and what it missed', () => {
	const truth = [1, 1 / 4, 1 / 16, 1 / 64];
	const gap = (heights: number[]) => gapInWords(question, heights, question.answer());
	expect(gap(truth)).toContain('a factor of 1.');
	expect(gap(truth.map((v) => 3 * v))).toContain('a factor of 3.');
	const said = (y: number[]) => repliesTo(question.misses, question.met, { x: question.knots, y });
	expect(said(truth)).toEqual(['Yes.']);
	expect(said([1, 1, 1, 1])).toEqual(['It falls.']);
});
