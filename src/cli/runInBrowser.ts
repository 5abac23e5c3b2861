import type { Lane, Run } from '#contract';
import type { Address } from '#engine/protocol.ts';
import { openHeadless } from './headless.ts';
import type { Outcome, RunFigureOptions } from './runFigure.ts';

/** Runs a figure in headless Chromium, through the same worker and client as the page. */
export async function runInBrowser(
	address: Address,
	run: Run,
	lane: Lane,
	{ signal, onProgress }: RunFigureOptions,
): Promise<Outcome> {
	const headless = await openHeadless('experiment');
	const close = () => void headless.browser.close();
	signal?.addEventListener('abort', close, { once: true });
	try {
		const page = await headless.browser.newPage();
		await page.exposeFunction('onProgress', (fraction: number) => onProgress?.(fraction));
		await page.goto(headless.address('src/cli/inBrowser.html'));
		await page.waitForFunction(() => 'runFigure' in window);
		const outcome = await page.evaluate(
			({ address, run, lane }) => window.runFigure(address, run, lane),
			{ address, run, lane },
		);
		if ('sentence' in outcome) throw new Error(outcome.sentence);
		return outcome;
	} finally {
		await headless.close();
	}
}
