/** What every page owes, listed from what was built: nobody has to enter a page here. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { accessibilityFaults, hydrated, rulesOfColour, useBrowser, type Visit } from './visit.ts';

const pages = readdirSync('build', { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('index.html'))
	.map((file) => `/${dirname(file)}/`.replace('/./', '/'));
const open = useBrowser();
/** Links that were found to lead somewhere, and what each target says. */
const seen = new Map<string, Promise<string>>();

describe.each(pages)('%s', (path) => {
	let visit: Visit;
	beforeAll(async () => {
		visit = await open(path);
		await hydrated(visit.page);
	});
	afterAll(() => visit.close());

	it.each([360, 390, 768, 1920])('fits a screen %i px wide', async (width) => {
		await visit.page.setViewportSize({ width, height: 800 });
		const overflow = await visit.page.evaluate(
			() =>
				new Promise<number>((tell) => {
					// What follows the width redraws a frame later.
					requestAnimationFrame(() =>
						requestAnimationFrame(() =>
							tell(document.documentElement.scrollWidth - document.documentElement.clientWidth),
						),
					);
				}),
		);
		expect(overflow).toBeLessThanOrEqual(0);
	});

	it('links only to what is there', async () => {
		const links = await visit.page.$$eval('a[href]', (as) =>
			as.map((a) => (a as HTMLAnchorElement).href),
		);
		for (const link of new Set(links)) {
			const { origin, pathname, hash } = new URL(link);
			if (origin !== inject('address')) continue;
			const html = await (seen.get(pathname) ?? fetchPage(pathname));
			if (hash) expect(html, link).toContain(`id="${decodeURIComponent(hash.slice(1))}"`);
		}
	});

	it('has no accessibility fault that axe finds', async () => {
		await withoutGlyphs(visit);
		expect(await accessibilityFaults(visit.page)).toEqual([]);
	});

	it('has no fault of colour in the dark', async () => {
		await visit.page.emulateMedia({ colorScheme: 'dark' });
		expect(await accessibilityFaults(visit.page, rulesOfColour)).toEqual([]);
	});

	it('is silent and asks no other host', () => visit.expectQuiet());
});

/**
 * Two of three elements of a page are glyphs of its formulas: hidden from screen readers, in the colour of
 * the text around them, and most of what axe takes its time for. It sees them all in lesson.test.ts.
 */
function withoutGlyphs({ page }: Visit): Promise<void> {
	return page.evaluate(() => {
		for (const glyphs of document.querySelectorAll('mjx-math')) glyphs.remove();
	});
}

function fetchPage(pathname: string): Promise<string> {
	const html = fetch(inject('address') + pathname).then((response) => {
		expect(response.status, pathname).toBe(200);
		return response.text();
	});
	seen.set(pathname, html);
	return html;
}

it('built the pages there ought to be', () => {
	expect(pages).toEqual(expect.arrayContaining(['/', '/ntk/', '/claims/']));
	expect(pages.some((path) => path.includes('_template'))).toBe(false);
});
