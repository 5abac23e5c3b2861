import { startWasm } from './device.ts';

/** For the browser only: Vite turns the address into that of a hashed file. */
const address = new URL('./build/train.wasm', import.meta.url);

export const start = () =>
	startWasm(async () => {
		const response = await fetch(address);
		if (!response.ok) throw new Error(response.statusText);
		return WebAssembly.compile(await response.arrayBuffer());
	});
