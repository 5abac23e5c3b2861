import type { Job, Probe } from '#contract';
import type { Checkpoint } from '../../kernel.ts';

/** From the engine to a hand; `kernel` names a job, chosen by the engine. */
export type ToHand = { readonly kernel: number } & (
	| { readonly kind: 'open'; readonly job: Job; readonly module: WebAssembly.Module }
	| { readonly kind: 'steps'; readonly count: number }
	| { readonly kind: 'stepSizes'; readonly sizes: Float64Array }
	| { readonly kind: 'restore'; readonly checkpoint: Checkpoint }
	| { readonly kind: 'dispose' }
	| ({ readonly id: number } & Question)
);

/** What a hand answers, with the same `id`. */
export type Question =
	{ readonly kind: 'fence' | 'checkpoint' } | { readonly kind: 'probe'; readonly probe: Probe };

export type FromHand = { readonly id: number } & (
	| { readonly kind: 'answer'; readonly value: Checkpoint | Float64Array | null }
	| { readonly kind: 'problem'; readonly sentence: string }
);

/** What a worker, its global scope and a MessagePort have in common. */
export interface HandPort {
	postMessage(message: unknown, options: { transfer: Transferable[] }): void;
	onmessage: ((event: MessageEvent) => void) | null;
}
