import * as tf from '@tensorflow/tfjs';
import { useTfjsWasm } from '../../tests/tfjsWasm.ts';
import type { Backend } from './tfjs.ts';

/** The backends of tfjs that run in plain Node. */
export const wasmBackend: Backend = {
	name: 'wasm',
	async use() {
		if (tf.getBackend() !== 'wasm') await useTfjsWasm();
	},
};

export const cpuBackend: Backend = {
	name: 'cpu',
	async use() {
		if (tf.getBackend() !== 'cpu') await tf.setBackend('cpu');
	},
};
