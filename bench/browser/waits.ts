import type { Page } from 'playwright';
import { lanes, type Lane } from '#contract';
import type { Headless } from '../../src/cli/headless.ts';
import { median } from '../measure.ts';
import { markdown, rounded } from '../report.ts';

/** How long a reader waits on one lane, in ms on the wall. */
export interface Waits {
	readonly lane: Lane;
	readonly first_frame_cold: number;
	readonly first_frame_warm: number;
	readonly stop_p50: number;
	readonly stop_p95: number;
	/** The longest time for which the page's own thread did not answer, from a cold start on. */
	readonly freeze: number;
}

const coldStarts = 3;
const warmStarts = 9;
const stops = 20;
/** How long a run goes on under watch for freezes. */
const trainedMs = 3000;

/** A fresh page for each cold start; warm starts and stops happen in the last of them. */
export async function measureWaits(headless: Headless): Promise<Waits[]> {
	const all: Waits[] = [];
	for (const lane of lanes) {
		process.stderr.write(`waits on ${lane}\n`);
		const cold: number[] = [];
		let page: Page | null = null;
		for (let i = 0; i < coldStarts; i++) {
			await page?.close();
			page = await open(headless);
			cold.push(await page.evaluate((l) => window.waits.firstFrame(l), lane));
		}
		const warm: number[] = [];
		for (let i = 0; i < warmStarts; i++)
			warm.push(await page!.evaluate((l) => window.waits.firstFrame(l), lane));
		const stopped: number[] = [];
		for (let i = 0; i < stops; i++) {
			// At moments that fall anywhere within a slice or a frame.
			const afterMs = 100 + 7 * i;
			stopped.push(
				await page!.evaluate(([l, ms]) => window.waits.stop(l, ms), [lane, afterMs] as const),
			);
		}
		await page!.close();
		// From the first start in a page on, with all its loading and compiling.
		page = await open(headless);
		const freeze = await page.evaluate(([l, ms]) => window.waits.freeze(l, ms), [
			lane,
			trainedMs,
		] as const);
		await page.close();
		all.push({
			lane,
			first_frame_cold: rounded(median(cold)),
			first_frame_warm: rounded(median(warm)),
			stop_p50: rounded(median(stopped)),
			stop_p95: rounded(percentile(stopped, 0.95)),
			freeze: rounded(freeze),
		});
	}
	return all;
}

export function waitsTable(all: readonly Waits[]): string {
	const lines = all.map((waits) => [
		waits.lane,
		...[
			waits.first_frame_cold,
			waits.first_frame_warm,
			waits.stop_p50,
			waits.stop_p95,
			waits.freeze,
		].map(String),
	]);
	return markdown(
		[
			'lane',
			'first frame cold, ms',
			'first frame warm, ms',
			'stop p50, ms',
			'stop p95, ms',
			'longest freeze of the page, ms',
		],
		lines,
	);
}

async function open({ browser, address }: Headless): Promise<Page> {
	const page = await browser.newPage();
	await page.goto(address('bench/browser/waitsPage.html'));
	await page.waitForFunction(() => 'waits' in window);
	return page;
}

/** The smallest value that a share of all do not exceed. */
function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}
