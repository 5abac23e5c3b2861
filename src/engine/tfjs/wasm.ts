import { env, setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { LaneError, type Device } from '../kernel.ts';
import { within } from '../timing.ts';
import { backendNamed, quieten } from './backend.ts';
import { TfKernel } from './kernel.ts';

/** Where the package's .wasm files are: a folder, or an address for each file. */
export type WasmPaths = Parameters<typeof setWasmPaths>[0];

/** tfjs on one WASM thread, float32. */
export async function startWasm(paths: WasmPaths): Promise<Device> {
	if (typeof WebAssembly === 'undefined')
		throw new LaneError('WASM is not available in this browser');
	quieten();
	env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	setWasmPaths(paths);
	const started = within(setBackend('wasm'), 'WASM did not start in time');
	if (!(await started)) throw new LaneError('WASM could not be started');
	const isLost = () => false;
	const backend = backendNamed('wasm', { fence: () => Promise.resolve(), isLost });
	const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
	return {
		lane: 'wasm',
		renderer: simd ? 'WebAssembly with SIMD, float32' : 'WebAssembly, float32',
		sliceMs: 8,
		isLost,
		kernel: (job) => new TfKernel(job, backend),
	};
}
