/** What a student finds on every page: guesses, exercises, symbols that answer, the way on. */
import { expect, it } from 'vitest';
import { accessibilityFaults, hydrated, useBrowser } from './visit.ts';

const open = useBrowser();

it('a figure waits for the guess before it, and a guess is remembered', async () => {
	const visit = await open('/ntk/');
	await hydrated(visit.page);
	const figure = visit.page.locator('#figure-training');
	const guess = visit.page.locator('#guess-falling');
	await guess.scrollIntoViewIfNeeded();
	await guess.getByRole('slider').last().press('End');
	await figure.getByText('This figure answers the guess above').waitFor();
	expect(await figure.locator('.still').isVisible()).toBe(false);
	await guess.getByRole('button', { name: 'Check' }).click();
	await guess.getByText(/On average your curve is off by a factor/).waitFor();
	await figure.getByRole('button', { name: 'Run', exact: true }).waitFor();
	expect(await accessibilityFaults(visit.page)).toEqual([]);
	await visit.page.reload();
	await guess.scrollIntoViewIfNeeded();
	await guess.getByRole('button', { name: 'Draw again' }).waitFor();
	visit.expectQuiet();
	await visit.close();
});

it('an exercise that is solved offers its run, and one left open is listed on the next visit', async () => {
	const visit = await open('/long-steps/');
	await hydrated(visit.page);
	const exercise = visit.page.locator('#exercise-silverWorst');
	await exercise.scrollIntoViewIfNeeded();
	await exercise.getByRole('button', { name: 'Check' }).waitFor();
	const n = Number(await exercise.locator('[data-value]').textContent());
	await exercise.getByRole('textbox').fill(`1/(4*(1+sqrt(2))^${Math.log2(n + 1)} - 2)`);
	await exercise.getByRole('button', { name: 'Check' }).click();
	await exercise.getByText('That is right.').waitFor();
	await exercise.getByRole('button', { name: /Show me/ }).click();
	await exercise
		.getByText(/agrees/)
		.first()
		.waitFor({ timeout: 30_000 });
	await visit.page.reload();
	const left = visit.page.getByText('Still open from your last visit');
	await left.waitFor();
	expect(await left.getByRole('link').allTextContents()).not.toContain('exercise 2');
	visit.expectQuiet();
	await visit.close();
});

it('a symbol says what it means and where its knob stands, by keyboard', async () => {
	const visit = await open('/ntk/?figure=training&width=256#figure-training');
	await hydrated(visit.page);
	await visit.page
		.locator('#figure-training')
		.getByRole('button', { name: 'Run', exact: true })
		.waitFor();
	const symbol = visit.page.getByRole('button', { name: 'm', exact: true }).first();
	await symbol.focus();
	const note = visit.page.getByRole('tooltip');
	await note.getByText(/how many neurons the hidden layer has/).waitFor();
	await note.getByText('Now 256 in the figure “Training”.').waitFor();
	await visit.page.keyboard.press('Escape');
	await note.waitFor({ state: 'hidden' });
	visit.expectQuiet();
	await visit.close();
});

it('a curve and its formula light each other', async () => {
	const visit = await open('/ntk/?figure=training#figure-training');
	const { page } = visit;
	await hydrated(page);
	const figure = page.locator('#figure-training');
	const link = figure.locator('.sources a').first();
	await link.waitFor();
	await link.focus();
	const equation = page.locator('.eq[id="eq:loss"]');
	await expect.poll(() => equation.getAttribute('class')).toContain('lit');
	await expect.poll(() => figure.locator('svg.has-lit').count()).toBeGreaterThan(0);
	await equation.focus();
	await expect.poll(() => figure.locator('svg .lit').count()).toBeGreaterThan(0);
	await figure.locator('svg [data-equation="eq:travel"]').last().hover({ force: true });
	await expect.poll(() => equation.getAttribute('class')).not.toContain('lit');
	visit.expectQuiet();
	await visit.close();
});

it('a chosen course leads from lesson to lesson', async () => {
	const visit = await open('/');
	const { page } = visit;
	await hydrated(page);
	await page.getByLabel('Follow a course').selectOption('heidelberg-2023');
	await page.getByRole('link', { name: 'The programme, with its papers' }).waitFor();
	await page.goto(page.url().replace(/\/$/, '/loss-landscape/'));
	await hydrated(page);
	const next = page.getByRole('navigation', { name: 'Where next' });
	await next.getByText('Mathematical machine learning: challenges').waitFor();
	expect(await next.locator('[rel=next]').textContent()).toContain('long steps');
	visit.expectQuiet();
	await visit.close();
});
