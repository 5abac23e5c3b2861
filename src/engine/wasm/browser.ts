import { startWasm } from './device.ts';

/** For the browser only: Vite turns the addresses into those of hashed files. */
const addresses = {
	train: new URL('./build/train.wasm', import.meta.url),
	train64: new URL('./build/train64.wasm', import.meta.url),
};

export const start = () =>
	startWasm(async (program) => {
		const response = await fetch(addresses[program]);
		if (!response.ok) throw new Error(response.statusText);
		return WebAssembly.compile(await response.arrayBuffer());
	});
