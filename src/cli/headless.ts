import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { createServer } from 'vite';
import { wasm } from '#engine/wasm/plugin.ts';
import { browserArgs, findBrowser } from '../../tests/findBrowser.ts';

const root = join(import.meta.dirname, '../..');

/** The sources, served by Vite to a headless Chromium. */
export interface Headless {
	readonly browser: Browser;
	/** Address of a page, by its path in the repository. */
	address(path: string): string;
	close(): Promise<void>;
}

/** `name` keeps the bundled packages of one command apart from those of another. */
export async function openHeadless(
	name: string,
	packages: readonly string[] = [],
): Promise<Headless> {
	const server = await createServer({
		root,
		configFile: false,
		appType: 'mpa',
		logLevel: 'error',
		cacheDir: `node_modules/.cache/${name}`,
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
				...packages,
			],
		},
	});
	await server.listen();
	const { path } = await findBrowser();
	const browser = await chromium.launch({ executablePath: path, args: browserArgs });
	return {
		browser,
		address: (page) => `${server.resolvedUrls?.local[0] ?? ''}${page}`,
		async close() {
			await browser.close();
			await server.close();
		},
	};
}
