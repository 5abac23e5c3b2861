import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import type { Lane, Run } from '#contract';
import { wasm } from '#engine/wasm/plugin.ts';
import type { Address } from '#engine/protocol.ts';
import { browserArgs, findBrowser } from '../../tests/findBrowser.ts';
import type { Outcome, RunFigureOptions } from './runFigure.ts';

const root = join(import.meta.dirname, '../..');

/** Runs a figure in headless Chromium, through the same worker and client as the page. */
export async function runInBrowser(
	address: Address,
	run: Run,
	lane: Lane,
	{ signal, onProgress }: RunFigureOptions,
): Promise<Outcome> {
	const server = await createServer({
		root,
		configFile: false,
		appType: 'mpa',
		logLevel: 'error',
		cacheDir: 'node_modules/.cache/experiment',
		plugins: [wasm()],
		worker: { format: 'es' },
		server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
		optimizeDeps: {
			noDiscovery: true,
			include: [
				'@tensorflow/tfjs-core',
				'@tensorflow/tfjs-backend-webgl',
				'ml-matrix',
				'fastest-levenshtein',
			],
		},
	});
	await server.listen();
	const { path } = await findBrowser();
	const browser = await chromium.launch({ executablePath: path, args: browserArgs });
	const close = () => void browser.close();
	signal?.addEventListener('abort', close, { once: true });
	try {
		const page = await browser.newPage();
		await page.exposeFunction('onProgress', (fraction: number) => onProgress?.(fraction));
		await page.goto(`${server.resolvedUrls?.local[0] ?? ''}src/cli/inBrowser.html`);
		await page.waitForFunction(() => 'runFigure' in window);
		const outcome = await page.evaluate(
			({ address, run, lane }) => window.runFigure(address, run, lane),
			{ address, run, lane },
		);
		if ('sentence' in outcome) throw new Error(outcome.sentence);
		return outcome;
	} finally {
		await browser.close();
		await server.close();
	}
}
