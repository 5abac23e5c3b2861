import type { Job, Probe } from '#contract';
import { concatenate } from '#theory/arrays.ts';
import { workOf } from '../../choice.ts';
import type { Checkpoint, Kernel } from '../../kernel.ts';
import { within } from '../../timing.ts';
import type { FromHand, HandPort, Question, ToHand } from './messages.ts';
import {
	buffersIn,
	checkpointOf,
	jobOf,
	joined,
	probeOf,
	sharesOf,
	sizesOf,
	type Share,
} from './shares.ts';

/**
 * Operations per step from which a job is shared out: 0.1 ms of one worker, about what a message there
 * and back takes, so that even a step that is waited for is not slower.
 */
const leastWork = 2e6;

const gone = 'A worker that trains these networks has stopped; run the figure again.';
const silent = 'The workers that train these networks do not answer; run the figure again.';

/** Whether a job is large enough, and of enough replicas, to be shared out. */
export function isShared(job: Job): boolean {
	return job.replicas >= 2 && workOf(job) >= leastWork;
}

/** A worker as the engine sees it. */
class Hand {
	readonly #port: HandPort;
	readonly #waiting = new Map<number, (message: FromHand) => void>();
	#asked = 0;
	/** Why nothing is to be expected of it any more. */
	#lost: string | null = null;

	constructor(port: HandPort) {
		this.#port = port;
		port.onmessage = ({ data }) => {
			const message = data as FromHand;
			this.#waiting.get(message.id)?.(message);
			this.#waiting.delete(message.id);
		};
	}

	get isLost(): boolean {
		return this.#lost !== null;
	}

	order(message: ToHand): void {
		if (!this.isLost) this.#port.postMessage(message, { transfer: buffersIn(message) });
	}

	ask(kernel: number, question: Question): Promise<Checkpoint | Float64Array | null> {
		const id = this.#asked++;
		return new Promise((resolve, reject) => {
			if (this.#lost !== null) return reject(new Error(this.#lost));
			this.#waiting.set(id, (message) => {
				if (message.kind === 'answer') resolve(message.value);
				else reject(new Error(message.sentence));
			});
			this.order({ id, kernel, ...question });
		});
	}

	/** The worker is gone: all who wait are told. */
	lose(sentence = gone): void {
		this.#lost ??= sentence;
		for (const [id, tell] of this.#waiting) tell({ id, kind: 'problem', sentence });
		this.#waiting.clear();
	}
}

/** Workers that train shares of the replicas of a job, in memories of their own. */
export class Crew {
	readonly #hands: readonly Hand[];
	#opened = 0;

	/** `hire` starts a worker; it calls `lost` once that worker is gone. */
	constructor(count: number, hire: (lost: () => void) => HandPort) {
		this.#hands = Array.from({ length: count }, () => {
			const hand: Hand = new Hand(hire(() => hand.lose()));
			return hand;
		});
	}

	get isLost(): boolean {
		return this.#hands.some((hand) => hand.isLost);
	}

	/** Lays a job out over the hands; `module` is the program for its precision. */
	kernel(job: Job, module: WebAssembly.Module): Kernel {
		const hands = this.#hands.slice(0, job.replicas);
		return new CrewKernel(job, module, hands, this.#opened++);
	}
}

class CrewKernel implements Kernel {
	readonly kernelsPerStep = null;
	readonly #replicas: number;
	readonly #name: number;
	readonly #hands: readonly (Share & { readonly hand: Hand })[];
	#disposed = false;

	constructor(job: Job, module: WebAssembly.Module, hands: readonly Hand[], name: number) {
		this.#replicas = job.replicas;
		this.#name = name;
		this.#hands = sharesOf(job.replicas, hands.length).map((share, h) => ({
			...share,
			hand: hands[h]!,
		}));
		this.#order((share) => ({ kind: 'open', job: jobOf(job, share), module }));
	}

	steps(count: number): void {
		this.#order(() => ({ kind: 'steps', count }));
	}

	setStepSizes(sizes: Float64Array): void {
		this.#order((share) => ({ kind: 'stepSizes', sizes: sizesOf(sizes, share) }));
	}

	restore(checkpoint: Checkpoint): void {
		this.#order((share) => ({
			kind: 'restore',
			checkpoint: checkpointOf(checkpoint, this.#replicas, share),
		}));
	}

	async fence(): Promise<void> {
		await this.#ask(() => ({ kind: 'fence' }));
	}

	async checkpoint(): Promise<Checkpoint> {
		return joined((await this.#ask(() => ({ kind: 'checkpoint' }))) as Checkpoint[]);
	}

	async probe(probe: Probe): Promise<Float64Array> {
		const answers = await this.#ask((share) => ({
			kind: 'probe',
			probe: probeOf(probe, this.#replicas, share),
		}));
		return concatenate(answers as Float64Array[]);
	}

	dispose(): void {
		if (!this.#disposed) this.#order(() => ({ kind: 'dispose' }));
		this.#disposed = true;
	}

	#order(messageFor: (share: Share) => Omit<ToHand, 'kernel'>): void {
		if (this.#disposed) throw new Error('This run has been disposed of.');
		for (const { hand, ...share } of this.#hands)
			hand.order({ ...messageFor(share), kernel: this.#name } as ToHand);
	}

	#ask(questionFor: (share: Share) => Question) {
		if (this.#disposed) return Promise.reject(new Error('This run has been disposed of.'));
		const answers = this.#hands.map(({ hand, ...share }) =>
			hand.ask(this.#name, questionFor(share)),
		);
		return within(Promise.all(answers), silent);
	}
}
