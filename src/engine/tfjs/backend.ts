import { env, getBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { Backend } from './kernel.ts';

/** Keeps tfjs from writing to the console; must run before any backend starts. */
export function quieten(): void {
	env().set('PROD', true);
}

export interface Watch {
	/** Resolves when the device has done all it was given; rejects if it is lost or stuck. */
	fence(): Promise<void>;
	isLost(): boolean;
}

/** A started tfjs backend as kernels use it. */
export function backendNamed(name: string, { fence, isLost }: Watch): Backend {
	/** Synchronous for a backend that has started, whatever the type of setBackend says. */
	const use = () => {
		if (getBackend() !== name) void setBackend(name);
	};
	/** A context lost just now reads as zeros. */
	const present = <T>(values: T): T => {
		if (isLost()) throw new Error(stuck);
		return values;
	};
	return {
		use,
		fence,
		present,
		/** Not by `tensor.data()`, which waits without end for a lost context. */
		async read(tensor: Tensor) {
			try {
				await fence();
				use();
				return present(tensor.dataSync<'float32'>());
			} finally {
				tensor.dispose();
			}
		},
	};
}

export const stuck = 'The graphics device stopped answering. Run again to go on without it.';
