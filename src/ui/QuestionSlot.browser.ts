import '../styles/tokens.css';
import '../styles/page.css';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Question } from '#contract';
import QuestionSlot from './QuestionSlot.svelte';

const number: Question = {
	kind: 'number',
	answer: () => 0.07,
	within: 0.01,
	unit: 'steps',
	hints: ['Think of the root.', 'Divide by 64.'],
	slips: [{ when: (given) => Math.abs(given - 0.0049) < 1e-6, say: 'Take the root.' }],
	solution: '√20/64 = 0.07.',
};
const choice: Question = {
	kind: 'choice',
	options: ['by 2', 'by 4'],
	answer: () => 0,
	replies: ['The root of 4 <b>is</b> 2.', 'That is the variance.'],
};

function show(question: Question, role: 'exercise' | 'guess' = 'exercise') {
	return render(QuestionSlot, {
		lesson: 'toy',
		of: 'travel',
		role,
		number: 2,
		bodyHtml: '<p>How far do the weights travel?</p>',
		load: () => Promise.resolve(question),
	});
}
const answer = () => page.getByRole('textbox', { name: 'Your answer' });
const status = () => page.getByRole('status');

test('a number is judged, a slip named, hints come one at a time, the solution follows', async () => {
	await show(number);
	await expect.element(page.getByText('Exercise 2')).toBeVisible();
	await answer().fill('0.0049');
	await userEvent.keyboard('{Enter}');
	await expect.element(status()).toHaveTextContent('Take the root.');
	await answer().fill('much');
	await userEvent.keyboard('{Enter}');
	await expect.element(status()).toHaveTextContent('Write a number such as');
	await page.getByRole('button', { name: 'Hint 1 of 2' }).click();
	await expect.element(page.getByText('Think of the root.')).toBeVisible();
	expect(page.getByText('Divide by 64.').elements()).toHaveLength(0);
	expect(page.getByText('√20/64').elements()).toHaveLength(0);
	await answer().fill('7%');
	await userEvent.keyboard('{Enter}');
	await expect.element(status()).toHaveTextContent('That is right.');
	await expect.element(page.getByText('√20/64')).toBeVisible();
});

test('one may give up', async () => {
	await show(number);
	await page.getByRole('button', { name: 'Show the solution' }).click();
	await expect.element(page.getByText('√20/64')).toBeVisible();
});

test('a choice is made by keyboard and answered in words', async () => {
	await show(choice, 'guess');
	await expect.element(page.getByRole('group', { name: 'Guess' })).toBeVisible();
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('Choose one of the answers first.');
	(page.getByRole('radio', { name: 'by 2' }).element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowDown}');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('That is not it. That is the variance.');
	await page.getByRole('radio', { name: 'by 2' }).click();
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('That is right. The root of 4 <b>is</b> 2.');
});

test.each([
	['number', number],
	['choice', choice],
])('axe finds nothing (%s)', async (_, question) => {
	const { container } = await show(question);
	await page.getByRole('button', { name: 'Check' }).click();
	const { violations } = await axe.run(container);
	expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
