import { startWasm, type Hiring } from './device.ts';

/** For the browser only: Vite turns the addresses into those of hashed files. */
const addresses = {
	train: new URL('./build/train.wasm', import.meta.url),
	train64: new URL('./build/train64.wasm', import.meta.url),
};

export const start = (cores = navigator.hardwareConcurrency) =>
	startWasm(async (program) => {
		const response = await fetch(addresses[program]);
		if (!response.ok) throw new Error(response.statusText);
		return WebAssembly.compile(await response.arrayBuffer());
	}, hiringOn(cores));

/** One core is left to the page; with two there would be nothing to share. No threads share memory. */
function hiringOn(cores: number): Hiring | undefined {
	if (!(cores >= 3) || typeof Worker === 'undefined') return undefined;
	return {
		hands: cores - 1,
		hire(lost) {
			// Vite knows a worker by these very words.
			const worker = new Worker(new URL('./crew/hand.worker.ts', import.meta.url), {
				type: 'module',
			});
			worker.onerror = (event) => {
				event.preventDefault();
				lost();
			};
			worker.onmessageerror = lost;
			return worker;
		},
	};
}
