/** The counts of `tf.memory()` that must not grow. */
export const held = [
	'numTensors',
	'numDataBuffers',
	'numBytes',
	'numBytesInGPU',
	'numBytesInGPUAllocated',
] as const;

export type Held = Readonly<Record<(typeof held)[number], number>>;

/** Fused kernels, or the stock operations of tfjs. */
export type Kind = 'fused' | 'stock';

export interface Soaked {
	readonly before: Held;
	readonly after: Held;
}
