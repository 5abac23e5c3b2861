import { env, getBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { within } from '../timing.ts';
import type { Backend } from './kernel.ts';

/** Keeps tfjs from writing to the console; must run before any backend starts. */
export function quieten(): void {
	env().set('PROD', true);
}

export interface Watch {
	fence(): Promise<void>;
	/** Rejects when the device is lost: tfjs would wait for its answer without end. */
	readonly lost?: Promise<never>;
}

/** A started tfjs backend as kernels use it. */
export function backendNamed(name: string, { fence, lost }: Watch): Backend {
	return {
		use() {
			// Synchronous for a backend that has started, whatever its type says.
			if (getBackend() !== name) void setBackend(name);
		},
		fence,
		async read(tensor: Tensor) {
			try {
				const data = tensor.data<'float32'>();
				return await within(lost ? Promise.race([data, lost]) : data, stuck);
			} finally {
				tensor.dispose();
			}
		},
	};
}

export const stuck = 'The graphics device stopped answering. Run again to go on without it.';
