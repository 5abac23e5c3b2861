import type { Device } from '#engine/kernel.ts';
import type { Contender } from '../contender.ts';
import type { Backend } from '../contenders/tfjs.ts';

/** What trains in a page: two lanes of ours, and tfjs as everybody has it. */
export const names = ['webgl', 'wasm', 'tfjs minimize, webgl', 'tfjs fit, webgl'] as const;
export type Name = (typeof names)[number];

/** Ours must not meet the flags of stock tfjs. */
export const isOurs = (name: Name) => name === 'webgl' || name === 'wasm';

/** Loaded when asked for: importing tfjs as a whole registers backends. */
export const contenders: Readonly<Record<Name, () => Promise<Contender>>> = {
	webgl: async () => lane('webgl', (await import('#engine/tfjs/webgl.ts')).start),
	wasm: async () => lane('wasm', (await import('#engine/wasm/browser.ts')).start),
	'tfjs minimize, webgl': async () =>
		(await import('../contenders/tfjs.ts')).minimize(await stockWebgl()),
	'tfjs fit, webgl': async () => (await import('../contenders/tfjs.ts')).fit(await stockWebgl()),
};

const devices = new Map<Name, Promise<Device>>();

/** A lane of ours, started once in a page. */
function lane(name: Name, start: () => Promise<Device>): Contender {
	return {
		name,
		async start(job) {
			const starting = devices.get(name) ?? start();
			devices.set(name, starting);
			const kernel = (await starting).kernel(job);
			return {
				async steps(k) {
					kernel.steps(k);
					await kernel.fence();
				},
				outputs: () => kernel.probe({ kind: 'outputs' }),
				dispose: () => kernel.dispose(),
			};
		},
	};
}

/** The WebGL backend with its default flags, WEBGL_PACK among them; drawing in software is let through. */
async function stockWebgl(): Promise<Backend> {
	const tf = await import('@tensorflow/tfjs');
	return {
		name: 'webgl',
		async use() {
			if (tf.getBackend() === 'webgl') return;
			tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
			if (!(await tf.setBackend('webgl'))) throw new Error('tfjs could not start WebGL.');
		},
	};
}
