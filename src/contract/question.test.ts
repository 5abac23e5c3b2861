import { expect, test } from 'vitest';
import { draw, varied, waysToAsk } from './question.ts';

const question = varied({ n: [16, 8, 32], step: [1, 0.5] }, ({ n, step }) => ({
	kind: 'number',
	answer: () => n * step,
	within: 0.01,
	hints: [],
	slips: [],
	solution: `${n} · ${step}`,
}));

test('the first draw takes the first numbers, and each way comes once', () => {
	expect(draw(question, 0).values).toEqual({ n: 16, step: 1 });
	const ways = waysToAsk(question);
	expect(ways).toBe(6);
	const drawn = Array.from({ length: ways }, (_, n) => JSON.stringify(draw(question, n).values));
	expect(new Set(drawn).size).toBe(6);
	expect(draw(question, 6)).toMatchObject({ values: draw(question, 0).values });
});

test('a draw asks with its numbers', () => {
	const { question: asked, values } = draw(question, 4);
	expect(asked.answer()).toBe(values.n! * values.step!);
});

test('a question without numbers is itself', () => {
	const plain = question.ask({ n: 1, step: 1 });
	expect(draw(plain, 7)).toEqual({ question: plain, values: {} });
	expect(waysToAsk(plain)).toBe(1);
});
