import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { lessons } from './src/build/plugin.ts';
import { wasm } from './src/engine/wasm/plugin.ts';
import { browserArgs, rememberedBrowser } from './tests/findBrowser.ts';

const everywhere = '{src,lessons,tests}/**';

/** Plain functions, in Node. */
const unit = {
	extends: true as const,
	test: {
		name: 'unit',
		environment: 'node',
		// Nothing is timed here: a busy machine may take its time.
		testTimeout: 60_000,
		include: [`${everywhere}/*.test.ts`],
		exclude: ['tests/site/**', '**/node_modules/**'],
		sequence: { groupOrder: 0 },
	},
};

/** Components and the engine, inside a real browser, one file after the other. */
const browser = {
	extends: true as const,
	// Bundled before the first test: found later, they would reload the page in the middle of one.
	optimizeDeps: {
		include: [
			'@tensorflow/tfjs',
			'@tensorflow/tfjs-core',
			'@tensorflow/tfjs-backend-webgl',
			'@observablehq/plot',
			'axe-core',
			'd3',
			'fastest-levenshtein',
			'lean-qr',
			'lean-qr/extras/svg',
		],
	},
	test: {
		name: 'browser',
		include: [`${everywhere}/*.browser.ts`],
		testTimeout: 60_000,
		fileParallelism: false,
		sequence: { groupOrder: 1 },
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: playwright({
				launchOptions: { executablePath: rememberedBrowser()?.path, args: browserArgs },
			}),
			instances: [{ browser: 'chromium' as const }],
		},
	},
};

/** The built site, visited as a reader would. */
const site = {
	extends: true as const,
	test: {
		name: 'site',
		environment: 'node',
		include: ['tests/site/*.test.ts'],
		globalSetup: 'tests/site/setup.ts',
		testTimeout: 120_000,
		hookTimeout: 240_000,
		sequence: { groupOrder: 2 },
	},
};

export default defineConfig({
	plugins: [
		lessons(),
		wasm(),
		sveltekit({
			adapter: adapter({ fallback: '404.html' }),
			files: { assets: 'public' },
			paths: { base: (process.env.BASE_PATH ?? '') as '' | `/${string}` },
		}),
	],
	worker: {
		format: 'es',
		// The notices of all packages stand in one file, public/notices.txt.
		rolldownOptions: { output: { comments: { legal: false } } },
	},
	test: { projects: [unit, browser, site] },
});
