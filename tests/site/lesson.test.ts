/** The lesson `ntk`, read and used as a reader would. */
import { brotliCompressSync } from 'node:zlib';
import { expect, inject, it } from 'vitest';
import { accessibilityFaults, hydrated, useBrowser } from './visit.ts';

const open = useBrowser();
const kilobytes = 1000;

it('gives words, formulas and a still picture of each figure without JavaScript', async () => {
	const { page, close } = await open('/ntk/', { javaScriptEnabled: false });
	expect(await page.textContent('h1')).toContain('lazy regime');
	expect(await page.locator('mjx-container').count()).toBeGreaterThan(50);
	const figures = page.locator('figure[id^="figure-"]');
	expect(await figures.count()).toBeGreaterThanOrEqual(3);
	for (const figure of await figures.all())
		expect(await figure.locator('svg path').count()).toBeGreaterThan(0);
	await close();
});

it('weighs at most 140 kB compressed before a figure is asked for', async () => {
	const other = await open('/claims/', { serviceWorkers: 'block' });
	const page = await other.page.context().newPage();
	// A third of it is one sheet of type and formulas for all lessons.
	let weight = 0;
	const seen: string[] = [];
	page.on('response', async (response) => {
		if (!response.ok()) return;
		const body = await response.body().catch(() => Buffer.alloc(0));
		const packed = response.url().endsWith('.woff2')
			? body.length
			: brotliCompressSync(body).length;
		weight += packed;
		seen.push(`${(packed / kilobytes).toFixed(1)} kB ${new URL(response.url()).pathname}`);
	});
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
	await page.goto(`${inject('address')}/ntk/`, { waitUntil: 'networkidle' });
	expect(weight, seen.join('\n')).toBeLessThanOrEqual(140 * kilobytes);
	expect(seen.join('\n')).not.toMatch(/tfjs|mathjax/i);
	await other.close();
});

it('keeps its words when the page hydrates', async () => {
	const visit = await open('/ntk/');
	await hydrated(visit.page);
	expect(await visit.page.locator('mjx-container').count()).toBeGreaterThan(50);
	visit.expectQuiet();
	await visit.close();
});

it('shows the lesson when one comes from the home page', async () => {
	const visit = await open('/');
	await hydrated(visit.page);
	await visit.page
		.getByRole('link', { name: /lazy regime/ })
		.first()
		.click();
	await visit.page.waitForURL('**/ntk/');
	await visit.page.getByRole('heading', { level: 2, name: /tangent/ }).waitFor();
	expect(await visit.page.locator('mjx-container').count()).toBeGreaterThan(50);
	visit.expectQuiet();
	await visit.close();
});

it('trains a network in the page and says that it agrees', async () => {
	const visit = await open('/ntk/?figure=training&width=256&seeds=2&lane=webgl#figure-training');
	const figure = visit.page.locator('#figure-training');
	await figure.scrollIntoViewIfNeeded();
	await figure.getByRole('button', { name: 'Run', exact: true }).click();
	await expect
		.poll(() => figure.getByRole('status').textContent(), { timeout: 50_000 })
		.toMatch(/agrees|outside the theorem/);
	visit.expectQuiet();
	await visit.close();
});

it('answers a bad link with one sentence for each bad field', async () => {
	const query = '?figure=training&width=banana&alpha=1e9&x=<script>alert(1)</script>';
	const visit = await open(`/ntk/${query}`);
	const figure = visit.page.locator('#figure-training');
	await figure.scrollIntoViewIfNeeded();
	await figure.getByText(/width must be a multiple of 2/).waitFor();
	await figure.getByText(/alpha must be a number from 1 to 64/).waitFor();
	await figure.getByText(/“x” is not a knob/).waitFor();
	visit.expectQuiet();
	await visit.close();
});

it('answers a link to a figure that does not stand with one sentence', async () => {
	const visit = await open('/ntk/?figure=trainning');
	await visit.page
		.getByText(/There is no figure “trainning” here. Did you mean training/)
		.waitFor();
	visit.expectQuiet();
	await visit.close();
});

it('trains on WASM, and says so, where there is no WebGL', async () => {
	const visit = await open('/ntk/?figure=training&width=64&seeds=2', {
		initScript: () => {
			HTMLCanvasElement.prototype.getContext = () => null;
			// Workers start from a script of their own, which is given the same stub.
			const Original = Worker;
			window.Worker = class extends Original {
				constructor(url: string | URL, options?: WorkerOptions) {
					const stub = 'data:text/javascript,OffscreenCanvas.prototype.getContext = () => null;';
					const real = new URL(url, location.href).href;
					const source = `import ${JSON.stringify(stub)}; import ${JSON.stringify(real)};`;
					super(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), options);
				}
			};
		},
	});
	const figure = visit.page.locator('#figure-training');
	await figure.scrollIntoViewIfNeeded();
	await figure.getByRole('button', { name: 'Run', exact: true }).click();
	await figure.getByText(/WebGL is not available/).waitFor({ timeout: 30_000 });
	await figure.getByText(/WASM float32/).waitFor({ timeout: 30_000 });
	visit.expectQuiet();
	await visit.close();
});

it('explains a run that leaves all bounds by the hypothesis it breaks', async () => {
	const visit = await open('/ntk/?figure=training&step=3&width=256&seeds=2&lane=wasm');
	const figure = visit.page.locator('#figure-training');
	await figure.scrollIntoViewIfNeeded();
	await figure.getByRole('button', { name: 'Run', exact: true }).click();
	await expect
		.poll(() => figure.getByRole('status').textContent(), { timeout: 50_000 })
		.toMatch(/outside the theorem: step .* [>≥] 2\/λ_max/);
	visit.expectQuiet();
	await visit.close();
});

it('has no accessibility fault that axe finds once its figures live', async () => {
	const visit = await open('/ntk/');
	await hydrated(visit.page);
	await visit.page.getByRole('button', { name: 'Show it without a guess' }).click();
	for (const id of ['kernel', 'training', 'fineGrained']) {
		const figure = visit.page.locator(`#figure-${id}`);
		await figure.scrollIntoViewIfNeeded();
		await figure.getByRole('button', { name: 'Run', exact: true }).waitFor();
		await figure.getByRole('button', { name: 'data table' }).click();
	}
	for (const details of await visit.page.locator('details').all())
		await details.evaluate((node: HTMLDetailsElement) => (node.open = true));
	expect(await accessibilityFaults(visit.page)).toEqual([]);
	visit.expectQuiet();
	await visit.close();
});

it('finds a theorem by a misspelt word', async () => {
	const visit = await open('/');
	await hydrated(visit.page);
	await visit.page.keyboard.press('/');
	await visit.page.getByRole('combobox', { name: 'Search for' }).fill('lazines');
	await visit.page.getByRole('option').first().waitFor();
	await visit.page.keyboard.press('Enter');
	await visit.page.waitForURL('**/ntk/**');
	visit.expectQuiet();
	await visit.close();
});

it('opens offline after one visit', async () => {
	const visit = await open('/');
	await visit.page.evaluate(() => navigator.serviceWorker.ready);
	await visit.page.reload();
	await visit.page.context().setOffline(true);
	await visit.page.goto(`${inject('address')}/ntk/`);
	expect(await visit.page.textContent('h1')).toContain('lazy regime');
	await visit.close();
});
