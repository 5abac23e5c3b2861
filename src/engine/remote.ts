import type { FromWorker, Port, ToWorker } from './wire.ts';

/** A worker as the page holds it. */
export interface WorkerLike extends Port {
	onerror: ((event: ErrorEvent) => void) | null;
	onmessageerror: ((event: MessageEvent) => void) | null;
	terminate(): void;
}
export type SpawnWorker = () => WorkerLike;

/** One conversation with the worker. */
export interface Link {
	post(message: WithoutId<ToWorker>): void;
	close(): void;
}
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface Listener {
	hear(message: FromWorker): void;
	/** The worker died; no more will be heard. */
	lost(sentence: string): void;
}

const died = 'The engine stopped unexpectedly. Run again to start it afresh.';

/** A worker that is started when first spoken to, and afresh after it died. */
export class Remote {
	readonly #spawn: SpawnWorker;
	readonly #listeners = new Map<number, Listener>();
	#worker: WorkerLike | null = null;
	#lastId = 0;

	constructor(spawn: SpawnWorker) {
		this.#spawn = spawn;
	}

	open(listener: Listener): Link {
		const id = ++this.#lastId;
		this.#listeners.set(id, listener);
		return {
			post: (message) => {
				if (this.#listeners.has(id)) this.#started().postMessage({ ...message, id });
			},
			close: () => this.#listeners.delete(id),
		};
	}

	/** Ends the worker and with it every conversation. */
	close(): void {
		const listeners = [...this.#listeners.values()];
		this.#listeners.clear();
		this.#worker?.terminate();
		this.#worker = null;
		for (const listener of listeners) listener.lost(died);
	}

	#started(): WorkerLike {
		if (this.#worker) return this.#worker;
		const worker = this.#spawn();
		worker.onmessage = ({ data }: MessageEvent) => {
			const message = data as FromWorker;
			this.#listeners.get(message.id)?.hear(message);
		};
		const lose = (event: Event) => {
			event.preventDefault();
			if (worker === this.#worker) this.close();
		};
		worker.onerror = lose;
		worker.onmessageerror = lose;
		this.#worker = worker;
		return worker;
	}
}
