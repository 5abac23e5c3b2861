import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const unit = {
	extends: true as const,
	test: {
		name: 'unit',
		environment: 'node',
		include: ['{src,lessons,tests}/**/*.test.ts'],
		exclude: ['tests/site/**', 'node_modules/**'],
	},
};

const browser = {
	extends: true as const,
	// Found by Vite before the first test runs: a reload in the middle would lose it.
	optimizeDeps: {
		include: [
			'@tensorflow/tfjs',
			'@tensorflow/tfjs-core',
			'@tensorflow/tfjs-backend-webgl',
			'@tensorflow/tfjs-backend-wasm',
		],
	},
	test: {
		name: 'browser',
		include: ['{src,lessons,tests}/**/*.browser.ts'],
		testTimeout: 60_000,
		fileParallelism: false,
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: playwright({
				launchOptions: {
					executablePath: process.env.BROWSER_PATH ?? '/usr/bin/chromium',
					args: [
						'--no-sandbox',
						'--disable-quic',
						'--no-first-run',
						'--disable-background-networking',
						'--disable-component-update',
						'--disable-sync',
						'--use-angle=swiftshader',
						'--enable-unsafe-swiftshader',
					],
				},
			}),
			instances: [{ browser: 'chromium' as const }],
		},
	},
};

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ fallback: '404.html' }),
			files: { assets: 'public' },
			paths: { base: (process.env.BASE_PATH ?? '') as '' | `/${string}` },
		}),
	],
	worker: { format: 'es' },
	server: { fs: { allow: ['lessons', 'src'] } },
	test: {
		projects: [unit, browser],
	},
});
