import '../styles/tokens.css';
import '../styles/page.css';
import axe from 'axe-core';
import { tick } from 'svelte';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { keepRecord } from '#ui/records.ts';
import Checklist from './Checklist.svelte';
import type { PagePart } from './pageParts.ts';

beforeEach(() => localStorage.clear());

const check = (of: string, figure: string | null): PagePart => ({
	kind: 'question',
	of,
	role: 'check',
	number: 1,
	bodyHtml: '',
	lack: { section: `on-${of}`, figure },
	posterHtml: '',
});
const parts: PagePart[] = [
	{ kind: 'checklist', posterHtml: '' },
	check('roots', 'root'),
	check('logs', null),
	{ kind: 'question', of: 'more', role: 'exercise', number: 1, bodyHtml: '', posterHtml: '' },
];
const titleOf = (section: string) => `Section ${section}`;
const answered = (of: string, solved: boolean, shown = false) =>
	keepRecord('exercise', `toy/${of}`, { seed: 0, tries: 1, answer: '2', solved, shown });

test('it says which checks stand, follows the answers, and leads to what is missing', async () => {
	answered('roots', false);
	const { container } = await render(Checklist, { slug: 'toy', parts, titleOf });
	const status = page.getByRole('status');
	await expect.element(status).toHaveTextContent('0 of 2 stand, 1 missing, 1 not answered.');
	await userEvent.tab();
	expect(document.activeElement?.getAttribute('href')).toBe('#check-roots');
	await userEvent.tab();
	expect(document.activeElement?.getAttribute('href')).toBe('#on-roots');
	await userEvent.tab();
	expect(document.activeElement?.getAttribute('href')).toBe('#figure-root');
	answered('roots', true);
	await tick();
	await expect.element(status).toHaveTextContent('1 of 2 stand, 0 missing, 1 not answered.');
	expect(container.querySelector('[href="#on-roots"]')).toBeNull();
	expect(container.querySelector('[href="#on-logs"]')).not.toBeNull();
});

test('a solution that was looked at does not stand', async () => {
	answered('logs', true, true);
	await render(Checklist, { slug: 'toy', parts, titleOf });
	await expect.element(page.getByRole('status')).toHaveTextContent('0 of 2 stand, 1 missing');
});

test('it fits a phone, and axe finds nothing', async () => {
	await page.viewport(390, 844);
	const { container } = await render(Checklist, { slug: 'toy', parts, titleOf });
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
	const { violations } = await axe.run(container);
	expect(violations.map(({ id }) => id)).toEqual([]);
});
