import { rendererHere } from './context.ts';
import { cpuDevice } from './cpu/kernel.ts';
import { Lanes } from './lane.ts';

/** The lanes of a browser; tfjs and its backends are fetched only when a run asks for them. */
export function browserLanes(): Lanes {
	return new Lanes(
		{
			webgl: async () => (await import('./tfjs/webgl.ts')).start(),
			wasm: async () => (await import('./wasm/browser.ts')).start(),
			cpu: () => Promise.resolve(cpuDevice),
		},
		{ renderer: rendererHere },
	);
}
