import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { startWasm } from './wasm.ts';

/** For the browser only: Vite turns `?url` into the address of a hashed file. Threads are never used. */
export const start = () =>
	startWasm({
		'tfjs-backend-wasm.wasm': plain,
		'tfjs-backend-wasm-simd.wasm': simd,
		'tfjs-backend-wasm-threaded-simd.wasm': simd,
	});
