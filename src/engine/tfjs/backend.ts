import { env, getBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { within } from '../timing.ts';
import type { Backend } from './kernel.ts';

/** Keeps tfjs from writing to the console; must run before any backend starts. */
export function quieten(): void {
	env().set('PROD', true);
}

/** A started tfjs backend as kernels use it. */
export function backendNamed(name: string, fence: () => Promise<void>): Backend {
	return {
		use() {
			// Synchronous for a backend that has started, whatever its type says.
			if (getBackend() !== name) void setBackend(name);
		},
		fence,
		async read(tensor: Tensor) {
			try {
				return await within(tensor.data<'float32'>(), stuck);
			} finally {
				tensor.dispose();
			}
		},
	};
}

export const stuck = 'The graphics device stopped answering. Run again, or choose another engine.';
