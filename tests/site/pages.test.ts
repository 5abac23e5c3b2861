/** What every page owes, listed from what was built: nobody has to enter a page here. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { accessibilityFaults, hydrated, useBrowser } from './visit.ts';

const pages = readdirSync('build', { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('index.html'))
	.map((file) => `/${dirname(file)}/`.replace('/./', '/'));
const open = useBrowser();

describe.each(pages)('%s', (path) => {
	it('is silent and asks no other host', async () => {
		const visit = await open(path);
		await hydrated(visit.page);
		await visit.page.waitForTimeout(300);
		visit.expectQuiet();
		await visit.close();
	});

	it.each([360, 390, 768, 1280, 1920])('fits a screen %i px wide', async (width) => {
		const { page, close } = await open(path, { viewport: { width, height: 800 } });
		await hydrated(page);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(overflow).toBeLessThanOrEqual(0);
		await close();
	});

	it.each(['light', 'dark'] as const)(
		'has no accessibility fault that axe finds, %s',
		async (colorScheme) => {
			const { page, close } = await open(path, { colorScheme });
			await hydrated(page);
			expect(await accessibilityFaults(page)).toEqual([]);
			await close();
		},
	);

	it('links only to what is there', async () => {
		const { page, close } = await open(path);
		const links = await page.$$eval('a[href]', (as) =>
			as.map((a) => (a as HTMLAnchorElement).href),
		);
		for (const link of new Set(links)) {
			const url = new URL(link);
			if (url.origin !== inject('address')) continue;
			const response = await page.request.get(url.href);
			expect(response.status(), link).toBe(200);
			if (!url.hash) continue;
			const html = await response.text();
			expect(html, link).toContain(`id="${decodeURIComponent(url.hash.slice(1))}"`);
		}
		await close();
	});
});

it('built the pages there ought to be', () => {
	expect(pages).toEqual(expect.arrayContaining(['/', '/ntk/', '/claims/']));
	expect(pages.some((path) => path.includes('_template'))).toBe(false);
});
