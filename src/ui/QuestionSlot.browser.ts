import '../styles/tokens.css';
import '../styles/page.css';
import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { varied, type Question, type VariedQuestion } from '#contract';
import type { Lacking } from './answered.ts';
import QuestionSlot from './QuestionSlot.svelte';

beforeEach(() => localStorage.clear());

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

const line: Question = {
	kind: 'curve',
	x: { label: 'step t', scale: 'linear', domain: [0, 4] },
	y: { label: 'error', scale: 'linear', domain: [0, 1] },
	knots: [0, 2, 4],
	answer: () => ({ x: [0, 4], y: [1, 0] }),
	label: '1 − t/4',
	misses: [
		{ when: ({ y }) => (y.at(-1) ?? 1) >= (y[0] ?? 0), say: 'Its slope: the error falls.' },
		{ when: ({ y }) => Math.abs((y[0] ?? 0) - 1) > 0.2, say: 'Its level: it begins at 1.' },
	],
	met: 'So it is.',
};
const edge: Question = {
	kind: 'threshold',
	place: { kind: 'number', label: 'step', min: 0, max: 4, step: 0.1, default: 1, scale: 'linear' },
	answer: () => 2,
	within: 0.05,
	curve: () => ({ x: [0, 2, 4], y: [1, 0, 1] }),
	y: { label: 'factor', scale: 'linear', domain: [0, 1] },
	label: '|1 − ηλ|',
	misses: [{ when: (at) => at < 2, say: 'Longer steps are still stable.' }],
	met: 'The edge is 2/λ.',
};
const drawnNumber = varied({ n: [4, 9, 16] }, ({ n }) => ({
	...number,
	answer: () => Math.sqrt(n),
}));

function show(
	question: Question | VariedQuestion,
	role: 'exercise' | 'guess' | 'check' = 'exercise',
	lack?: Lacking,
) {
	return render(QuestionSlot, {
		lesson: 'toy',
		of: 'travel',
		role,
		number: 2,
		...(lack && { lack }),
		bodyHtml: '<p>How far do <span data-value="n">4</span> weights travel?</p>',
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
	await expect.element(status()).toHaveTextContent('Not quite. Take the root.');
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

test('an exercise draws its numbers, keeps them on the device, and another one draws others', async () => {
	const first = await show(drawnNumber);
	const words = () => first.container.querySelector('[data-value]')?.textContent;
	await answer().fill('1/0');
	const n = Number(words());
	await answer().fill(`sqrt(${n})`);
	await userEvent.keyboard('{Enter}');
	await expect.element(status()).toHaveTextContent('That is right.');
	await page.getByRole('button', { name: 'Another one' }).click();
	await expect.element(answer()).toHaveValue('');
	expect(words()).not.toBe(String(n));
	const second = words();
	await first.unmount();
	const again = await show(drawnNumber);
	await expect.element(answer()).toBeVisible();
	expect(again.container.querySelector('[data-value]')?.textContent).toBe(second);
});

test('a check that is missed sends the reader to its section, until another one is right', async () => {
	const lack = { section: 'roots', title: 'Roots', figure: 'root' };
	const { container } = await show(drawnNumber, 'check', lack);
	await expect.element(page.getByText('Check 2: Roots')).toBeVisible();
	const way = () => page.getByRole('link', { name: 'Roots' });
	await answer().fill('1');
	expect(way().elements()).toHaveLength(0);
	await userEvent.keyboard('{Enter}');
	await expect.element(way()).toHaveAttribute('href', '#roots');
	await expect
		.element(page.getByRole('link', { name: 'live check' }))
		.toHaveAttribute('href', '#figure-root');
	await page.getByRole('button', { name: 'Another one' }).click();
	await expect.element(answer()).toHaveValue('');
	expect(way().elements()).toHaveLength(0);
	const n = container.querySelector('[data-value]')?.textContent ?? '';
	await answer().fill(`sqrt(${n})`);
	await userEvent.keyboard('{Enter}');
	await expect.element(status()).toHaveTextContent('That is right.');
	expect(way().elements()).toHaveLength(0);
});

test('a curve is drawn by keyboard and by pen, and told what it missed', async () => {
	const { container } = await show(line, 'guess');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('Draw your curve first');
	expect(container.querySelector('path.formula')).toBeNull();
	(page.getByRole('slider').last().element() as SVGElement).focus();
	await userEvent.keyboard('{ArrowUp}');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('Its slope: the error falls.');
	await expect.element(status()).toHaveTextContent('Its level: it begins at 1.');
	expect(container.querySelector('path.formula')).not.toBeNull();
	await page.getByRole('button', { name: 'Draw again' }).click();
	expect(container.querySelector('path.formula')).toBeNull();
	const sheet = container.querySelector('svg.sheet')!;
	const knots = [...container.querySelectorAll('circle')].map((c) => c.getBoundingClientRect());
	const box = sheet.getBoundingClientRect();
	const at = (i: number, share: number) => ({
		clientX: knots[i]!.x + 5,
		clientY: box.top + share * box.height,
		button: 0,
		pointerId: 1,
		bubbles: true,
	});
	Element.prototype.setPointerCapture = () => undefined;
	sheet.dispatchEvent(new PointerEvent('pointerdown', at(0, 0)));
	sheet.dispatchEvent(new PointerEvent('pointermove', at(2, 1)));
	sheet.dispatchEvent(new PointerEvent('pointerup', at(2, 1)));
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('So it is.');
	await expect.element(status()).toHaveTextContent(/curve is 0(\.0\d*)? away/);
});

test('a threshold is placed by keyboard, and stays when the page is opened again', async () => {
	const { unmount } = await show(edge, 'guess');
	await expect.element(page.getByRole('slider')).toBeVisible();
	(page.getByRole('slider').element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect.element(status()).toHaveTextContent('You put it at 1.1; theory puts it at 2.');
	await expect.element(status()).toHaveTextContent('Longer steps are still stable.');
	await unmount();
	await show(edge, 'guess');
	await expect.element(status()).toHaveTextContent('You put it at 1.1');
});

test.each([
	['number', number],
	['choice', choice],
	['curve', line],
	['threshold', edge],
])('axe finds nothing (%s)', async (_, question) => {
	const { container } = await show(question);
	await page.getByRole('button', { name: 'Check' }).click();
	const { violations } = await axe.run(container);
	expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
