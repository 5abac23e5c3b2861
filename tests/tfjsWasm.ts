import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Device } from '#engine/kernel.ts';
import { backendNamed, quieten } from '#engine/tfjs/backend.ts';
import { TfKernel } from '#engine/tfjs/kernel.ts';

/** Puts tfjs on its WASM backend, one thread, in plain Node. */
export async function useTfjsWasm(): Promise<void> {
	const { resolve } = createRequire(import.meta.url);
	quieten();
	env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	setWasmPaths(dirname(resolve('@tensorflow/tfjs-backend-wasm')) + sep);
	if (!(await setBackend('wasm'))) throw new Error('The WASM backend of tfjs did not start.');
}

/** The tfjs kernels of the webgl lane on tfjs' WASM backend, so that they are tested in Node too. */
export async function startTfjsWasm(): Promise<Device> {
	await useTfjsWasm();
	const isLost = () => false;
	const backend = backendNamed('wasm', { fence: () => Promise.resolve(), isLost });
	return {
		lane: 'wasm',
		renderer: 'tfjs on WebAssembly, float32',
		sliceMs: 8,
		isLost,
		kernel: (job) => new TfKernel(job, backend),
	};
}
