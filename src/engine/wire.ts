import type { Run } from '#contract';
import type { Decisions } from './decisions.ts';
import type { Address, Predicted, RunOptions, Update } from './protocol.ts';

/** Messages from the page to a worker; `id` names a run or a question, chosen by the page. */
export type ToWorker = { readonly id: number } & (
	| { readonly kind: 'predict'; readonly address: Address; readonly run: Run }
	| {
			readonly kind: 'start';
			readonly address: Address;
			readonly run: Run;
			readonly options: RunOptions;
	  }
	| { readonly kind: 'pause' | 'resume' | 'step' | 'stop' }
	/** The live knob of a run is turned. */
	| { readonly kind: 'turn'; readonly value: number }
	/** The page has taken a frame; another may be sent. */
	| { readonly kind: 'credit' }
	/** Asks for a sign of life. */
	| { readonly kind: 'ping' }
);

export type FromWorker = { readonly id: number } & (
	| { readonly kind: 'predicted'; readonly predicted: Predicted }
	| { readonly kind: 'problem'; readonly sentence: string }
	| { readonly kind: 'update'; readonly update: Update }
	/** What the trials on this device have decided so far. */
	| { readonly kind: 'decided'; readonly decisions: Decisions }
	| { readonly kind: 'pong' }
	/** The run stands still. */
	| { readonly kind: 'still' }
	/** The run is over and all it held is freed. */
	| { readonly kind: 'ended' }
);

/** What a worker, its global scope and a MessagePort have in common. */
export interface Port {
	postMessage(message: unknown): void;
	onmessage: ((event: MessageEvent) => void) | null;
}
