import '../styles/tokens.css';
import '../styles/page.css';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import FigureSlot from './FigureSlot.svelte';
import { fakeFigure, fakeLab, fakeReport } from './fake.ts';
import { defaultSetting } from './link.ts';
import { keepRecord, recordOf } from './records.ts';
import { formatResult, resultOf } from './result.ts';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const status = () => page.getByRole('status');
const pinned = () => page.getByRole('region', { name: 'Pinned runs' });

beforeEach(() => localStorage.clear());
afterEach(async () => {
	vi.restoreAllMocks();
	await page.viewport(1000, 800);
});

async function show(query: string | null = null) {
	const history: (string | null)[] = [];
	const lab = fakeLab();
	const shown = await render(FigureSlot, {
		...{ lesson: 'toy', of: 'decay', number: 1, captionHtml: '', posterHtml: '' },
		...{ texHtml: {}, sources: {}, lab: () => Promise.resolve(lab) },
		load: () =>
			Promise.resolve({
				...{ figure: fakeFigure, recorded: null, view: null },
				scripts: {
					ts: () => Promise.resolve("const run = JSON.parse('THE RUN');"),
					py: () => Promise.resolve('RUN = json.loads("THE RUN")'),
				},
			}),
		history: {
			queryOf: () => query,
			replace: (_, next) => history.push('replace', next),
			push: (_, next, before) => history.push('push', next, before),
		},
	});
	await expect.element(button('Run')).toBeVisible();
	return { shown, history, lab };
}

async function run(): Promise<void> {
	await button('Run').click();
	await expect.element(status()).toHaveTextContent(/agrees|outside/);
}

/** The files that are handed to the browser from now on, as texts. */
function downloads(): { files: Blob[]; last(): Promise<string> } {
	const files: Blob[] = [];
	const make = URL.createObjectURL.bind(URL);
	vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
		files.push(file as Blob);
		return make(file);
	});
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
	return { files, last: async () => (await files.at(-1)?.text()) ?? '' };
}

/** Colour and dash of the lines of pinned runs. */
const dashes = (hue: string) =>
	[...document.querySelectorAll(`.panels [stroke^="var(--${hue}-"]`)].map((line) => [
		line.getAttribute('stroke'),
		line.getAttribute('stroke-dasharray'),
	]);
const setting = defaultSetting(fakeFigure);
const given = resultOf(fakeReport({ lesson: 'toy', figure: 'decay' }, setting), false);

test('a link that tells a result is answered when it is run', async () => {
	const told = formatResult(given);
	await show(`?figure=decay&result=${told}`);
	await expect.element(page.getByText(/press Run to see whether it is reproduced/)).toBeVisible();
	await run();
	await expect
		.element(status())
		.toHaveTextContent('Reproduced: the link’s result, to the last bit.');
});

test('a run is handed on by link and by QR code, which Escape closes', async () => {
	const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
	await show();
	await run();
	await button('share').click();
	await button('copy link').click();
	await expect.element(page.getByText('Copied.')).toBeVisible();
	const link = new URL(write.mock.calls[0]?.[0] ?? '');
	expect(link.search).toBe(`?figure=decay&result=${formatResult(given)}`);
	await button('QR code').click();
	const dialog = page.getByRole('dialog', { name: 'The address of this run' });
	await expect.element(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
	await expect.element(dialog).toHaveTextContent(link.href);
	const { violations } = await axe.run(dialog.element());
	expect(violations.map(({ id }) => id)).toEqual([]);
	await userEvent.keyboard('{Escape}');
	await expect.element(dialog).not.toBeInTheDocument();
});

test('finished runs are pinned, told apart, tabled, kept and removed', async () => {
	await show();
	await run();
	await button('pin this run').click();
	await expect.element(button('pin this run')).toBeDisabled();
	expect(recordOf('pins', 'toy/decay')).toEqual({ runs: ['?figure=decay'] });
	(page.getByRole('slider', { name: 'step size' }).element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	// Of the knobs only the one that differs.
	await expect.element(pinned()).toHaveTextContent(/^runstep sizewhat to do with it/);
	await expect.element(pinned()).toHaveTextContent(/shown0.6 A0.5 /);
	expect(dashes('experiment')).toContainEqual(['var(--experiment-1)', '9 3']);
	await button('data table').click();
	const table = page.getByRole('table', { name: 'the output in decay' });
	await expect.element(table.getByRole('columnheader', { name: 'A: measured' })).toBeVisible();
	await button('remove pin A').click();
	expect(recordOf('pins', 'toy/decay')).toBeNull();
	await expect.element(pinned()).not.toBeInTheDocument();
});

test('a pin of the last visit is theory until it is run', async () => {
	keepRecord('pins', 'toy/decay', { runs: ['?figure=decay&rate=0.6'] });
	await show();
	await expect.element(pinned()).toHaveTextContent(/A0.6 ?theory alone/);
	await vi.waitFor(() => expect(dashes('theory')).toContainEqual(['var(--theory-1)', '9 3']));
	await button('show pin A').click();
	await run();
	await expect.element(pinned()).not.toHaveTextContent(/theory alone/);
	expect(recordOf('pins', 'toy/decay')).toEqual({ runs: ['?figure=decay&rate=0.6'] });
});

test('a figure is taken home as picture, numbers, run and program', async () => {
	const { files, last } = downloads();
	await show();
	await run();
	await button('take home').click();
	const take = async (name: string, is: RegExp) => {
		const before = files.length;
		await button(name).click();
		await vi.waitFor(() => expect(files.length).toBe(before + 1), 15_000);
		expect(await last()).toMatch(is);
	};
	await take('SVG', /^<svg .*var\(--|^<svg (?!.*var\(--).*>Decay<\/text>/s);
	expect(await last()).not.toContain('var(--');
	await take('PNG', /PNG/);
	const image = await createImageBitmap(files.at(-1)!);
	const { width } = document.querySelector('.picture')!.getBoundingClientRect();
	expect(image.width).toBe(2 * (Math.ceil(width) + 24));
	await take('CSV', /^panel,curve,label,run,x,y,low,high\r\ndecay,theory,formula,shown,0,1,,\r\n/);
	expect(await last()).toContain('decay,measured,network,shown,4,0.0625,,\r\n');
	expect(await last()).toMatch(/bowl,picture,loss,shown,-1,-1,6\r\n/);
	await take('run as JSON', /"format": 1/);
	await take('TypeScript', /^const run = JSON\.parse\("\{\\"lesson\\":\\"toy\\"/);
	await take('NumPy', /^RUN = json\.loads\("\{\\"lesson\\":\\"toy\\"/);
});

test('what was run, or gone to at once, is come back to; what was passed through is not', async () => {
	const { history } = await show();
	const slider = page.getByRole('slider', { name: 'step size' }).element() as HTMLElement;
	const turn = async (key: string, entries: number) => {
		slider.focus();
		await userEvent.keyboard(key);
		await vi.waitFor(() => expect(history).toHaveLength(entries), 10_000);
	};
	await turn('{ArrowRight}', 3);
	await turn('{ArrowRight}', 5);
	await run();
	await turn('{ArrowRight}', 8);
	await button('too long a step').click();
	await vi.waitFor(() => expect(history).toHaveLength(10), 10_000);
	await button('Reset').click();
	await vi.waitFor(() => expect(history).toHaveLength(13), 10_000);
	const at = (rate: string) => `?figure=decay${rate && `&rate=${rate}`}`;
	expect(history).toEqual([
		...['push', at('0.6'), at('')],
		...['replace', at('0.7')],
		...['push', at('0.8'), at('0.7')],
		...['replace', at('2.5')],
		...['push', at(''), at('2.5')],
	]);
});

test.each(['light', 'dark'])(
	'axe finds nothing, and nothing runs over at 390 px (%s)',
	async (theme) => {
		document.documentElement.dataset.theme = theme;
		document.documentElement.lang = 'en';
		await page.viewport(390, 800);
		const { shown } = await show('?figure=decay&pin=width:64&pin=rate:2.5;target:x%255E2');
		await run();
		await button('share').click();
		await expect
			.element(page.getByText('the knobs and the seed, what the run measured, 2 pinned runs'))
			.toBeVisible();
		await button('take home').click();
		const { violations } = await axe.run(shown.container);
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
		delete document.documentElement.dataset.theme;
	},
);
