import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
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
		projects: [unit],
	},
});
