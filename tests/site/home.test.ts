import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { browserArgs, rememberedBrowser } from '../findBrowser.ts';

let browser: Browser;
beforeAll(async () => {
	browser = await chromium.launch({ executablePath: rememberedBrowser()?.path, args: browserArgs });
});
afterAll(() => browser.close());

it('home page opens', async () => {
	const page = await browser.newPage();
	await page.goto(inject('address'));
	expect(await page.title()).toContain('');
	expect(await page.textContent('h1')).toContain('Lemma Lab');
});
