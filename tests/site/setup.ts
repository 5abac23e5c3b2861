/** Builds the site once and serves it for all site tests; `inject('address')` says where. */
import { build, preview, type PreviewServer } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		address: string;
	}
}

let server: PreviewServer;

export async function setup(project: TestProject): Promise<void> {
	// SvelteKit reads this to tell a build from a test run.
	const nodeEnv = process.env.NODE_ENV;
	process.env.NODE_ENV = 'production';
	await build({ logLevel: 'warn' });
	server = await preview({ logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
	process.env.NODE_ENV = nodeEnv;
	const address = server.httpServer.address();
	if (typeof address !== 'object' || !address) throw new Error('the preview has no address');
	project.provide('address', `http://127.0.0.1:${address.port}`);
}

export async function teardown(): Promise<void> {
	await server.close();
}
