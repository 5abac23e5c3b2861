import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { browserArgs, rememberedBrowser } from '../findBrowser.ts';

export interface Visit {
	readonly page: Page;
	/** Every message and every error of the console. */
	readonly console: string[];
	/** Every request to another host than ours. */
	readonly foreign: string[];
	/** The page has said nothing and asked nobody else. */
	expectQuiet(): void;
	close(): Promise<void>;
}

/** What a browser context takes, and a script that runs before the page's own. */
export type VisitOptions = BrowserContextOptions & { readonly initScript?: () => void };

/** One browser for a test file; call at its top level. */
export function useBrowser(): (path: string, options?: VisitOptions) => Promise<Visit> {
	let browser: Browser;
	beforeAll(async () => {
		browser = await chromium.launch({
			executablePath: rememberedBrowser()?.path,
			args: browserArgs,
		});
	});
	afterAll(() => browser.close());
	return (path, options) => visit(browser, path, options);
}

/** Opens a page of the built site in a context of its own and listens to it. */
async function visit(
	browser: Browser,
	path: string,
	{ initScript, ...options }: VisitOptions = {},
): Promise<Visit> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	if (initScript) await context.addInitScript(initScript);
	const page = await context.newPage();
	const console: string[] = [];
	const foreign: string[] = [];
	page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => console.push(`error: ${error.message}`));
	page.on('request', (request) => {
		const url = new URL(request.url());
		const ours = url.origin === inject('address') || ['data:', 'blob:'].includes(url.protocol);
		if (!ours) foreign.push(request.url());
	});
	await page.goto(`${inject('address')}${path}`, { waitUntil: 'load' });
	return {
		page,
		console,
		foreign,
		expectQuiet() {
			expect(console, `${path} said on the console`).toEqual([]);
			expect(foreign, `${path} asked another host`).toEqual([]);
		},
		close: () => context.close(),
	};
}

/** Waits until the application runs, so that clicks are heard. */
export async function hydrated(page: Page): Promise<void> {
	await page.waitForFunction(() => document.documentElement.dataset.started === 'true');
}

/** Rules of axe that another colour scheme can break. */
export const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it stands, by all its rules or by some: rule, and where. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
	await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
	return page.evaluate(async (rules) => {
		const { axe } = window as unknown as { axe: typeof import('axe-core') };
		const { violations } = await axe.run(rules ? { runOnly: rules } : {});
		return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
	}, rules);
}
