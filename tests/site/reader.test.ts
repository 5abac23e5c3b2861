/** What a reader does here, and what the browser keeps of it. */
import { expect, it } from 'vitest';
import { hydrated, useBrowser } from './visit.ts';

const open = useBrowser();

it('Back and Forward move between runs, and the figure follows', async () => {
	const visit = await open('/long-steps/');
	const { page } = visit;
	await hydrated(page);
	const figure = page.locator('#figure-worst');
	await figure.scrollIntoViewIfNeeded();
	const preset = (name: string) => figure.getByRole('button', { name, exact: true });
	const isOn = (name: string) => expect.poll(() => preset(name).getAttribute('aria-pressed'));
	await preset('the classical step').click();
	await page.waitForURL('**/?figure=worst&schedule=constant#figure-worst');
	await preset('constant 1.95').click();
	await page.waitForURL('**/?figure=worst&schedule=constant&h=1.95&length=10#figure-worst');
	await page.goBack();
	await isOn('the classical step').toBe('true');
	await page.goBack();
	await isOn('the classical step').toBe('false');
	expect(new URL(page.url()).search).toBe('');
	await page.goForward();
	await isOn('the classical step').toBe('true');
	await page.reload();
	await isOn('the classical step').toBe('true');
	visit.expectQuiet();
	await visit.close();
});

it('forgets everything: no storage of the browser holds anything', async () => {
	const visit = await open('/progress/');
	const { page } = visit;
	await page.evaluate(async () => {
		const solved = '{"seed":1,"tries":1,"answer":"2","solved":true,"shown":false}';
		localStorage.setItem('lemma-lab:1:exercise:ntk/travel', solved);
		sessionStorage.setItem('something', 'else');
		await navigator.serviceWorker.ready;
		await new Promise((resolve) => (indexedDB.open('notes').onsuccess = resolve));
	});
	await page.reload();
	await page.getByText('1 exercise solved').waitFor();
	const held = () =>
		page.evaluate(async () => ({
			local: localStorage.length,
			session: sessionStorage.length,
			databases: (await indexedDB.databases()).length,
			caches: (await caches.keys()).length,
			workers: (await navigator.serviceWorker.getRegistrations()).length,
		}));
	const before = await held();
	for (const [where, count] of Object.entries(before)) expect(count, where).toBeGreaterThan(0);
	await page.getByRole('button', { name: 'Forget everything' }).click();
	await page.getByRole('button', { name: 'Yes, forget them' }).click();
	await page.getByText('Forgotten: nothing of this site is left').waitFor();
	expect(await held()).toEqual({ local: 0, session: 0, databases: 0, caches: 0, workers: 0 });
	await page.getByText('Nothing is kept yet.').waitFor();
	visit.expectQuiet();
	await visit.close();
});

it('where storage is blocked a line says so, and offers a file', async () => {
	const visit = await open('/progress/', {
		// As in a frame without an origin of its own.
		initScript: () => {
			for (const name of ['localStorage', 'sessionStorage', 'caches'])
				Object.defineProperty(window, name, {
					get() {
						throw new DOMException('denied', 'SecurityError');
					},
				});
		},
	});
	const { page } = visit;
	await hydrated(page);
	const notSaved = page.getByText('Not saved: this browser keeps nothing more');
	expect(await notSaved.count()).toBe(0);
	await page.getByRole('combobox', { name: 'Colours' }).selectOption('Dark');
	await notSaved.waitFor();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export what is here' }).click();
	expect((await download).suggestedFilename()).toBe('lemma-lab-records.json');
	await page.getByLabel('Import a file').setInputFiles({
		name: 'records.json',
		mimeType: 'application/json',
		buffer: Buffer.from('{"format": "lemma-lab rec'),
	});
	await page.getByText('The file cannot be read: it is cut off').waitFor();
	visit.expectQuiet();
	await visit.close();
});
