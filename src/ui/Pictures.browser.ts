/** Pictures over a plane as a reader meets them: read by mouse, touch and keyboard, and turned. */
import '../styles/tokens.css';
import '../styles/page.css';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { defaults, type Figure, type Grid, type Recording } from '#contract';
import { paintSurface } from '#plot/paintSurface.ts';
import { firstView, meshOf } from '#plot/surface.ts';
import FakeView from './FakeView.svelte';
import FigureSlot from './FigureSlot.svelte';
import { fakeFigure, fakeLab, fakeReport } from './fake.ts';

const said: unknown[] = [];
beforeEach(() => {
	said.length = 0;
	for (const kind of ['error', 'warn'] as const)
		vi.spyOn(console, kind).mockImplementation((...words) => void said.push(words));
});
afterEach(async () => {
	expect(said).toEqual([]);
	vi.restoreAllMocks();
	delete document.documentElement.dataset.theme;
	await page.viewport(1000, 800);
});

const address = { lesson: 'toy', figure: 'decay' };
const params = defaults(fakeFigure.knobs);
const side = [-1, 0, 1];
const grid: Grid = { x: side, y: side, values: [2, 1, 2, 1, 0.5, 1, 2, 1, 8] };
const recorded: Recording = {
	...fakeReport(address, { params, seed: 0, seeds: 2 }),
	pictures: {
		bowl: { grid: { ...grid, values: [...grid.values] }, description: 'A recorded bowl.' },
		regions: { grid: { ...grid, values: [1, 1, 2, 1, 1, 2, 3, 3, 2] }, description: 'Three.' },
	},
};

async function show(
	figure: Figure = fakeFigure,
	kept: Recording | null = recorded,
	view: unknown = null,
) {
	const shown = await render(FigureSlot, {
		lesson: 'toy',
		of: 'decay',
		number: 1,
		captionHtml: '<p>A caption.</p>',
		posterHtml: '<div class="poster">A still picture</div>',
		texHtml: {},
		sources: {},
		lab: () => Promise.resolve(fakeLab()),
		load: () => Promise.resolve({ figure, recorded: kept, view: view as null }),
	});
	await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
	return shown;
}

const map = () => page.getByRole('application', { name: 'A bowl, a map' });
const surface = () => page.getByRole('application', { name: 'A bowl, a surface' });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const pixels = (canvas: HTMLCanvasElement) => {
	const { width, height } = canvas;
	return canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
};
const canvasIn = (host: { element(): Element }) => host.element().querySelector('canvas')!;

test('a recorded picture stands there first, and a run paints its own', async () => {
	await show();
	await expect.element(map()).toHaveAccessibleDescription('A recorded bowl.');
	const before = pixels(canvasIn(map())).slice();
	expect(before.some((v) => v > 0)).toBe(true);
	await button('Run').click();
	await expect.element(page.getByRole('status')).toHaveTextContent('agrees');
	await expect.element(map()).toHaveAccessibleDescription('The loss grows from 4 in the middle.');
	expect(pixels(canvasIn(map())).some((v, i) => v !== before[i])).toBe(true);
});

test('before there is anything to draw, it says so, and leaves room', async () => {
	await show(fakeFigure, null);
	await expect.element(page.getByText('Drawn as the run goes.').first()).toBeVisible();
	const height = page.getByText('Drawn as the run goes.').first().element().clientHeight;
	expect(height).toBeGreaterThan(300);
});

test('arrow keys read the values, and what is read is said', async () => {
	await show();
	(map().element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	const live = () => document.querySelector('.panel p[aria-live]')?.textContent;
	await vi.waitFor(() => expect(live()).toBe('weight u = 0, weight v = 0, loss = 0.5'));
	await userEvent.keyboard('{ArrowRight}{ArrowUp}');
	await vi.waitFor(() => expect(live()).toBe('weight u = 1, weight v = 1, loss = 8'));
	// The border holds.
	await userEvent.keyboard('{ArrowRight}{Home}{PageDown}');
	await vi.waitFor(() => expect(live()).toBe('weight u = −1, weight v = −1, loss = 2'));
	expect(document.querySelectorAll('.hair')).toHaveLength(2);
	await userEvent.keyboard('{Escape}');
	await vi.waitFor(() => expect(document.querySelectorAll('.hair')).toHaveLength(0));
});

test('the mouse reads the value below it', async () => {
	await show();
	const canvas = canvasIn(map()).getBoundingClientRect();
	const host = map().element();
	const at = (x: number, y: number) =>
		host.dispatchEvent(
			new PointerEvent('pointermove', {
				clientX: canvas.left + x * canvas.width,
				clientY: canvas.top + y * canvas.height,
				bubbles: true,
			}),
		);
	at(0.9, 0.1);
	await expect
		.element(page.getByText('weight u = 1, weight v = 1, loss = 8').first())
		.toBeVisible();
	at(0.5, 0.5);
	await expect
		.element(page.getByText('weight u = 0, weight v = 0, loss = 0.5').first())
		.toBeVisible();
});

test('the theme repaints the regions', async () => {
	document.documentElement.dataset.theme = 'light';
	await show();
	const regions = page.getByRole('application', { name: 'Regions, a map' });
	const before = pixels(canvasIn(regions)).slice();
	document.documentElement.dataset.theme = 'dark';
	await vi.waitFor(() =>
		expect(pixels(canvasIn(regions)).some((v, i) => v !== before[i])).toBe(true),
	);
});

test('a surface is loaded when asked for, and turned by keys, buttons and drag', async () => {
	await show();
	expect(surface().elements()).toHaveLength(0);
	await button('surface').click();
	await expect.element(surface()).toBeVisible();
	const first = pixels(canvasIn(surface())).slice();
	// What a canvas gives back may be rounded otherwise from one reading to the next.
	const same = () => {
		const now = pixels(canvasIn(surface()));
		const off = now.filter((v, i) => Math.abs(v - (first[i] ?? NaN)) > 60).length;
		return now.length === first.length && off < 0.01 * now.length;
	};
	expect(same()).toBe(true);
	(surface().element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	await vi.waitFor(() => expect(same()).toBe(false));
	await expect
		.element(page.getByText('Seen from 45 degrees round and 32 degrees up.'))
		.toBeInTheDocument();
	await button('reset view').click();
	await vi.waitFor(() => expect(same()).toBe(true));
	await button('look from higher up').click();
	await vi.waitFor(() => expect(same()).toBe(false));
	(surface().element() as HTMLElement).focus();
	await userEvent.keyboard('{Home}');
	await vi.waitFor(() => expect(same()).toBe(true));
	await userEvent.dragAndDrop(canvasIn(surface()), canvasIn(surface()), {
		sourcePosition: { x: 100, y: 100 },
		targetPosition: { x: 160, y: 100 },
	});
	await vi.waitFor(() => expect(same()).toBe(false));
	await button('map').click();
	await expect.element(map()).toBeVisible();
});

test('a finger on a map or a surface still scrolls the page', async () => {
	await show();
	expect(getComputedStyle(map().element()).touchAction).toBe('pan-y');
	await button('surface').click();
	await expect.element(surface()).toBeVisible();
	expect(getComputedStyle(surface().element()).touchAction).toBe('pan-y');
});

test('a surface of 51 × 51 values is painted at once', () => {
	const places = Array.from({ length: 51 }, (_, i) => i / 25 - 1);
	const wide: Grid = {
		x: places,
		y: places,
		values: places.flatMap((y) => places.map((x) => Math.sin(3 * x) * y)),
	};
	const picture = fakeFigure.pictures![0]!;
	const context = document.createElement('canvas').getContext('2d')!;
	const look = { dark: false, ink: '#000', line: '#888', font: '12px sans-serif' };
	const mesh = meshOf(picture, wide);
	const times = Array.from({ length: 15 }, () => {
		const start = performance.now();
		paintSurface(context, picture, wide, mesh, firstView, { width: 400, height: 400 }, look);
		return performance.now() - start;
	});
	// The least: what else the machine does is not the painter's.
	expect(Math.min(...times)).toBeLessThan(500);
});

test('the data table tells the extremes, where they are, and the values', async () => {
	await show();
	await button('data table').click();
	await expect
		.element(
			page.getByText(
				/Least: weight u = 0, weight v = 0, loss = 0.5. Greatest: weight u = 1, weight v = 1, loss = 8/,
			),
		)
		.toBeVisible();
	const table = page.getByRole('table', { name: 'A bowl: loss' });
	await expect.element(table.getByRole('row').nth(1)).toHaveTextContent(/^1\s*2\s*1\s*8$/);
});

test('a map of two knobs marks where they stand, and a click or Enter moves them', async () => {
	const [bowl] = fakeFigure.pictures!;
	const plane: Grid = { x: [0.5, 1, 1.5], y: [1024, 2048, 3072], values: grid.values };
	const ofKnobs = { ...bowl!, surface: false, knobs: { x: 'rate', y: 'width' }, draw: () => plane };
	const kept = { bowl: { grid: { ...plane, values: [...plane.values] }, description: 'A map.' } };
	await show({ ...fakeFigure, pictures: [ofKnobs] }, { ...recorded, pictures: kept });
	const slider = (name: string) => page.getByRole('slider', { name });
	const mark = () => map().element().querySelector('.mark')?.getBoundingClientRect();
	const box = canvasIn(map()).getBoundingClientRect();
	// The middle of the map is a step of 1 and a width of 2048.
	const before = mark();
	expect(before!.x).toBeLessThan(box.x + box.width / 2);
	const centre = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true };
	map().element().dispatchEvent(new PointerEvent('pointerdown', centre));
	map().element().dispatchEvent(new MouseEvent('click', centre));
	await expect.element(slider('step size')).toHaveAttribute('aria-valuetext', '1');
	await expect.element(slider('width')).toHaveAttribute('aria-valuetext', '2048');
	expect(mark()!.x).toBeGreaterThan(before!.x);
	await expect.element(map()).toHaveAccessibleDescription('A map.');
	(map().element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}{ArrowUp}{Enter}');
	await expect.element(slider('step size')).toHaveAttribute('aria-valuetext', '1.5');
	await expect.element(slider('width')).toHaveAttribute('aria-valuetext', '3072');
	await expect
		.element(page.getByText('The knobs stand at weight u = 1.5, weight v = 3072.'))
		.toBeInTheDocument();
});

test('a grid that cannot be drawn is answered with a sentence', async () => {
	const [bowl] = fakeFigure.pictures!;
	const torn = { ...bowl!, draw: () => ({ ...grid, values: [1] }) };
	await show({ ...fakeFigure, pictures: [torn] }, null);
	await button('Run').click();
	await expect.element(page.getByText('bowl: 1 values do not fill 3 × 3 places.')).toBeVisible();
});

test("a lesson's own view stands in place of the panels, with the same words and table below", async () => {
	await show(fakeFigure, recorded, FakeView);
	await expect.element(page.getByText('A view of its own: step 4, theory 2 curves')).toBeVisible();
	expect(document.querySelectorAll('.panels svg path[stroke="var(--theory)"]')).toHaveLength(0);
	await expect.element(map()).toBeVisible();
	await button('Run').click();
	await expect.element(page.getByText(/the latest frame is 4/)).toBeVisible();
	await expect
		.element(page.getByRole('group', { name: /what theory predicts/ }))
		.toHaveAccessibleDescription('After 4 steps the output is small.');
	await button('data table').click();
	await expect.element(page.getByRole('table', { name: 'the output in decay' })).toBeVisible();
});

test.each(['light', 'dark'])('axe finds nothing (%s)', async (theme) => {
	document.documentElement.dataset.theme = theme;
	document.documentElement.lang = 'en';
	const { container } = await show();
	await button('surface').click();
	await expect.element(surface()).toBeVisible();
	await button('data table').click();
	const { violations } = await axe.run(container);
	expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
