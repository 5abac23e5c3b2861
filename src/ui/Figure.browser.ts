import '../styles/tokens.css';
import '../styles/page.css';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Report } from '#contract';
import FigureSlot from './FigureSlot.svelte';
import { fakeFigure, fakeLab, fakeReport, type FakeOptions } from './fake.ts';

const said: unknown[] = [];
beforeEach(() => {
	said.length = 0;
	for (const kind of ['error', 'warn'] as const)
		vi.spyOn(console, kind).mockImplementation((...words) => void said.push(words));
});
afterEach(async () => {
	expect(said).toEqual([]);
	vi.restoreAllMocks();
	await page.viewport(1000, 800);
});

interface Shown extends FakeOptions {
	recorded?: Report;
	query?: string;
	autorun?: boolean;
	load?: () => Promise<never>;
}

async function show({ recorded, query, autorun, load, ...options }: Shown = {}) {
	const lab = fakeLab(options);
	const navigate = vi.fn<(query: string, before: string | null) => void>();
	const shown = await render(FigureSlot, {
		lesson: 'toy',
		of: 'decay',
		number: 1,
		captionHtml: '<p>A caption.</p>',
		posterHtml: '<div class="poster">A still picture</div>',
		texHtml: { m: '<i>m</i>' },
		sources: { a: 'A, 2020' },
		lab: () => Promise.resolve(lab),
		load:
			load ??
			(() => Promise.resolve({ figure: fakeFigure, recorded: recorded ?? null, view: null })),
		history: {
			queryOf: () => query ?? null,
			replace: (_figure, query) => navigate(query, null),
			push: (_figure, query, before) => navigate(query, before),
		},
		autorun,
	});
	if (!load)
		await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
	return { lab, navigate, shown };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const status = () => page.getByRole('status');
const slider = () => page.getByRole('slider', { name: 'step size' });
const curves = (kind: string) => document.querySelectorAll(`.panels svg ${kind}`).length;

test('theory is drawn before anything runs', async () => {
	const { lab } = await show();
	await vi.waitFor(() => expect(curves('path')).toBeGreaterThan(0));
	expect(lab.started).toEqual([]);
	expect(lab.predicted).toHaveLength(1);
	await expect.element(page.getByText('theory alone; Run trains 2 networks')).toBeVisible();
	await expect.element(status()).toBeEmptyDOMElement();
	await expect.element(page.getByText('Figure 1.')).toBeVisible();
});

test('a run ends with its verdict in the live region, and says its lane', async () => {
	await show({ pace: 200 });
	await button('Run').click();
	await expect.element(button('Pause')).toBeVisible();
	await expect.element(status()).toHaveTextContent(/the output in decay: agrees: largest gap 0/);
	await expect
		.element(page.getByText('WASM float32 · self-test 3·10⁻⁷ · 14 kernels a step'))
		.toBeVisible();
	await expect.element(page.getByText('WebGL is not available here.')).toBeVisible();
	await expect.element(button('Run')).toBeVisible();
});

test('a knob turned by keyboard stops the run and redraws theory at once', async () => {
	const { lab, navigate } = await show({ pace: 200 });
	await button('Run').click();
	await vi.waitFor(() => expect(lab.started).toHaveLength(1));
	(slider().element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	await expect.element(slider()).toHaveAttribute('aria-valuetext', '0.6');
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.rate).toBe(0.6));
	expect(lab.stopped).toBe(1);
	await expect.element(button('Run')).toBeVisible();
	await vi.waitFor(() =>
		expect(navigate).toHaveBeenLastCalledWith('?figure=decay&rate=0.6', '?figure=decay'),
	);
	await userEvent.keyboard('{End}');
	await expect.element(slider()).toHaveAttribute('aria-valuetext', '3');
	await expect.element(page.getByText('broken: step 3 > 2')).toBeVisible();
	await slider().dblClick();
	await expect.element(slider()).toHaveAttribute('aria-valuetext', '0.5');
});

test('a value can be typed, and one that is not allowed is answered', async () => {
	const { lab } = await show();
	const box = page.getByRole('textbox', { name: 'width, value' });
	await box.fill('17');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(page.getByText(/width must be a multiple of 2 from 16 to 4096; “17”/))
		.toBeVisible();
	await box.fill('18');
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.width).toBe(18));
	expect(page.getByText(/width must be/).elements()).toHaveLength(0);
});

test('a set of frequencies refuses to become empty', async () => {
	const { lab } = await show();
	await page.getByRole('checkbox', { name: '2' }).click();
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.waves).toEqual([1]));
	await page.getByRole('checkbox', { name: '1' }).click();
	await expect.element(page.getByText('At least one must stay.')).toBeVisible();
	await expect.element(page.getByRole('checkbox', { name: '1' })).toBeChecked();
});

test('a function can be typed or picked, and one that cannot be read is answered', async () => {
	const { lab, navigate } = await show();
	const box = page.getByRole('textbox', { name: 'target' });
	await box.fill('x^2 +');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(page.getByText('does not parse at character 6: expected expression after +.'))
		.toBeVisible();
	await expect.element(box).toHaveAttribute('aria-invalid', 'true');
	await box.fill('x^2 + 1');
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.target).toBe('x^2 + 1'));
	expect(page.getByText(/does not parse/).elements()).toHaveLength(0);
	await vi.waitFor(() =>
		expect(navigate).toHaveBeenLastCalledWith('?figure=decay&target=x%5E2+%2B+1', '?figure=decay'),
	);
	await page.getByRole('combobox', { name: 'target, from a list' }).selectOptions('bump');
	await expect.element(box).toHaveValue('exp(-(x-0.5)^2)');
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.target).toBe('exp(-(x-0.5)^2)'));
});

test('a function is drawn with the mouse or by keyboard, and is part of the link', async () => {
	const { lab, navigate, shown } = await show();
	const target = () => String(lab.predicted.at(-1)?.params.target);
	await button('draw').click();
	await vi.waitFor(() => expect(target()).toBe('spline(x, 0, 1, 0, -1, 0)'));
	await expect.element(button('draw')).toHaveAttribute('aria-pressed', 'true');

	const point = page.getByRole('slider', { name: 'height at x = 0', exact: true });
	point.element().focus();
	await userEvent.keyboard('{ArrowUp}{ArrowRight}{PageDown}');
	await vi.waitFor(() => expect(target()).toBe('spline(x, 0.03, 0.8, 0, -1, 0)'));
	expect(document.activeElement?.getAttribute('aria-label')).toBe('height at x = 0.25');

	const pad = page.getByRole('group', { name: 'target, drawn by hand' }).element();
	const { left, top, width, height } = pad.getBoundingClientRect();
	const at = (type: string, x: number, y: number) => {
		const place = { clientX: left + x * width, clientY: top + y * height };
		pad.dispatchEvent(new PointerEvent(type, { ...place, button: 0, bubbles: true, pointerId: 1 }));
	};
	vi.spyOn(pad, 'setPointerCapture').mockImplementation(() => undefined);
	at('pointerdown', 0.5, 0.5);
	at('pointermove', 1, 0);
	at('pointerup', 1, 0);
	at('pointermove', 0, 0);
	await vi.waitFor(() => expect(target()).toBe('spline(x, 0.03, 0.8, 0, 0.5, 1)'));
	await vi.waitFor(() => expect(navigate.mock.lastCall?.[0]).toContain('target=spline%28x,+0.03'));
	expect((await axe.run(shown.container)).violations).toEqual([]);
	await button('draw').click();
	await vi.waitFor(() => expect(target()).toBe('sin(2*pi*x)'));
});

test('a list of numbers is typed, and what is refused stays to be mended', async () => {
	const { lab } = await show();
	const box = page.getByRole('textbox', { name: 'pattern' });
	await box.fill('1.5; −1');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(page.getByText(/pattern must be 1 to 3 numbers from 0 to 9, .*“1.5; -1”/))
		.toBeVisible();
	await expect.element(box).toHaveValue('1.5; −1');
	await box.fill('1.5 4 1.5');
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.pattern).toEqual([1.5, 4, 1.5]));
	expect(page.getByText(/pattern must be/).elements()).toHaveLength(0);
});

test('a bad link is answered with a sentence for each bad field, as text', async () => {
	const query = '?figure=decay&width=banana&rate=0.7&x=<img src=x onerror=alert(1)>';
	await show({ query });
	await expect.element(page.getByText(/width must be a multiple of 2.*“banana”/)).toBeVisible();
	await expect.element(page.getByText(/“x” is not a knob of this figure/)).toBeVisible();
	await expect.element(slider()).toHaveAttribute('aria-valuetext', '0.7');
	expect(document.querySelector('img')).toBeNull();
});

test('the data table holds what the plots show', async () => {
	await show();
	await button('Run').click();
	await expect.element(status()).toHaveTextContent('agrees');
	await button('data table').click();
	const table = page.getByRole('table', { name: 'the output in decay' });
	await expect.element(table.getByRole('rowheader', { name: '2' })).toBeVisible();
	await expect.element(table.getByRole('row').nth(3)).toHaveTextContent(/2\s*0.25\s*0.25\s*–\s*–/);
	await expect
		.element(page.getByRole('group', { name: /what theory predicts/ }))
		.toHaveAccessibleDescription('After 4 steps the output is small.');
});

test('pause, step, resume and reset', async () => {
	const { lab } = await show({ pace: 500 });
	await button('Step').click();
	expect(lab.started[0]?.options?.paused).toBe(true);
	await expect.element(button('Resume')).toBeVisible();
	await vi.waitFor(() => expect(page.getByText('still running').elements()).not.toHaveLength(0));
	await button('Resume').click();
	await expect.element(button('Pause')).toBeVisible();
	await button('Pause').click();
	await expect.element(button('Resume')).toBeVisible();
	await expect.element(status()).toBeEmptyDOMElement();
	await button('New seed').click();
	await expect.element(page.getByText('seeds 2 to 3')).toBeVisible();
	expect(lab.predicted.at(-1)?.seed).toBe(2);
	await button('Reset').click();
	await expect.element(page.getByText('seeds 0 to 1')).toBeVisible();
	expect(lab.stopped).toBe(1);
});

test('a run that fails or ends early says why', async () => {
	await show({ failed: 'The graphics card gave up; press Run to go on without it.' });
	await button('Run').click();
	await expect.element(status()).toHaveTextContent('The graphics card gave up');
});

test('a run past the edge shows the broken hypothesis', async () => {
	await show({ query: '?figure=decay&rate=2.5', early: 'The outputs left all bounds.' });
	await button('Run').click();
	await expect.element(status()).toHaveTextContent('The outputs left all bounds.');
	await expect.element(status()).toHaveTextContent('outside the theorem: step 2.5 > 2');
});

test('a preset sets its knobs and says why', async () => {
	const { lab } = await show();
	await button('too long a step').click();
	await expect.element(page.getByText('Every step overshoots.')).toBeVisible();
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.rate).toBe(2.5));
});

test('a hypothesis is a switch: off breaks it by its preset, on mends it', async () => {
	const { lab } = await show();
	const hypothesis = page.getByRole('switch', { name: 'the step is shorter than 2' });
	await expect.element(hypothesis).toBeChecked();
	await hypothesis.click();
	await expect.element(page.getByText('broken: step 2.5 > 2')).toBeVisible();
	await expect.element(page.getByText('Every step overshoots.')).toBeVisible();
	await expect.element(hypothesis).not.toBeChecked();
	await hypothesis.click();
	await vi.waitFor(() => expect(lab.predicted.at(-1)?.params.rate).toBe(0.5));
	await expect.element(hypothesis).toBeChecked();
});

test('the recorded run stands there first and leaves when a knob is turned', async () => {
	const params = {
		rate: 0.5,
		width: 1024,
		labels: 'linear',
		waves: [1, 2],
		pattern: [1, 2],
		target: 'sin(2*pi*x)',
	};
	const recorded = fakeReport({ lesson: 'toy', figure: 'decay' }, { params, seed: 0, seeds: 2 });
	await show({ recorded });
	await expect.element(page.getByText('a recorded run, on plain TypeScript float64')).toBeVisible();
	await expect.element(status()).toBeEmptyDOMElement();
	await page.getByRole('combobox', { name: 'labels' }).selectOptions('random');
	await expect.element(page.getByText('theory alone; Run trains 2 networks')).toBeVisible();
});

test('where the hypothesis ends there is a tick under the slider', async () => {
	await show();
	await vi.waitFor(() =>
		expect(document.querySelectorAll('[data-knob=rate] .end')).toHaveLength(1),
	);
	expect(document.querySelectorAll('[data-knob=width] .end')).toHaveLength(0);
});

test('off screen a run stands still, and goes on when it is back', async () => {
	await show({ pace: 150 });
	await button('Run').click();
	const figure = document.querySelector('figure') as HTMLElement;
	figure.style.marginTop = '5000px';
	await vi.waitFor(() => expect(page.getByText('Resume').elements()).toHaveLength(1));
	figure.style.marginTop = '';
	await expect.element(button('Pause')).toBeVisible();
	await expect.element(status()).toHaveTextContent('agrees');
});

/** As if the browser had hidden the tab, or shown it again. */
function hideTab(isHidden: boolean): void {
	vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isHidden ? 'hidden' : 'visible');
	document.dispatchEvent(new Event('visibilitychange'));
}

test('in a hidden tab a run goes on without a single animation frame', async () => {
	await show({ pace: 100 });
	await button('Run').click();
	await vi.waitFor(() => expect(page.getByText('still running').elements()).not.toHaveLength(0));
	vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
	hideTab(true);
	await vi.waitFor(() => expect(document.querySelector('output')?.textContent).toContain('agrees'));
	hideTab(false);
});

test('in a hidden tab a run stands still where the reader wants that, which is remembered', async () => {
	const pause = page.getByRole('checkbox', { name: 'pause in a hidden tab' });
	const { shown } = await show({ pace: 150 });
	await pause.click();
	expect(localStorage.getItem('lemma-lab:hidden-tab')).toBe('pause');
	await button('Run').click();
	await expect.element(button('Pause')).toBeVisible();
	hideTab(true);
	await expect.element(page.getByText('paused while hidden')).toBeVisible();
	hideTab(false);
	await expect.element(button('Pause')).toBeVisible();
	await expect.element(status()).toHaveTextContent('agrees');
	expect(page.getByText('paused while hidden').elements()).toHaveLength(0);
	await pause.click();
	expect(localStorage.getItem('lemma-lab:hidden-tab')).toBeNull();
	await shown.unmount();
});

test('frames of a run can be looked at again by keyboard', async () => {
	await show({ pace: 5 });
	const look = page.getByRole('slider', { name: 'frame shown' });
	await expect.element(look).toBeDisabled();
	await button('Run').click();
	await expect.element(status()).toHaveTextContent('agrees');
	const rings = () => document.querySelectorAll('.panels svg circle').length;
	const all = rings();
	(look.element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
	await expect.element(look).toHaveAttribute('aria-valuetext', 'step 2');
	await vi.waitFor(() => expect(rings()).toBeLessThan(all));
	await expect.element(status()).toHaveTextContent('agrees');
	await userEvent.keyboard('{End}');
	await vi.waitFor(() => expect(rings()).toBe(all));
});

test('a run that failed can be had on the reference', async () => {
	const { lab } = await show({ failed: 'The graphics device stopped answering.' });
	await button('Run').click();
	await button('Run on the reference').click();
	await vi.waitFor(() => expect(lab.started.at(-1)?.options?.lane).toBe('cpu'));
	await expect.element(page.getByRole('combobox', { name: 'computed by' })).toHaveValue('cpu');
});

test('with autorun the run starts when seen', async () => {
	const { lab, shown } = await show({ autorun: true }).catch(() => ({ lab: null, shown: null }));
	await expect.element(status()).toHaveTextContent('agrees');
	expect(lab?.started ?? [1]).toHaveLength(1);
	await shown?.unmount();
});

test('a figure that cannot be loaded keeps its picture and says so', async () => {
	await show({ load: () => Promise.reject(new Error('offline')) });
	await expect.element(page.getByText('could not be loaded')).toBeVisible();
	await expect.element(page.getByText('A still picture')).toBeVisible();
});

test.each(['light', 'dark'])('axe finds nothing (%s)', async (theme) => {
	document.documentElement.dataset.theme = theme;
	document.documentElement.lang = 'en';
	const { shown } = await show({ query: '?figure=decay&rate=2.5&x=1' });
	await button('Run').click();
	await button('data table').click();
	await expect.element(status()).toHaveTextContent('outside');
	const { violations } = await axe.run(shown.container);
	expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	delete document.documentElement.dataset.theme;
});

test.each([360, 768, 1920])('nothing runs over the side at %d px', async (width) => {
	await page.viewport(width, 800);
	await show({ query: '?figure=decay&rate=2.5&x=1' });
	await button('Run').click();
	await button('data table').click();
	await expect.element(status()).toHaveTextContent('outside');
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
	for (const control of document.querySelectorAll(
		'figure :is(button, select, input[type=text], input[type=range])',
	))
		expect(control.getBoundingClientRect().height, control.outerHTML).toBeGreaterThanOrEqual(24);
});
