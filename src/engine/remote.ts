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
const silent = 'The engine stopped answering. Run again to start it afresh.';

/** Milliseconds between two questions whether the worker is alive. */
const beatMs = 5000;
/** Questions in a row that may go unanswered: a minute, for a compiler of shaders may take long. */
const patience = 12;

/** A worker that is started when first spoken to, and afresh after it died. */
export class Remote {
	readonly #spawn: SpawnWorker;
	readonly #listeners = new Map<number, Listener>();
	#worker: WorkerLike | null = null;
	#lastId = 0;
	#heart: ReturnType<typeof setInterval> | undefined;
	/** Beats since the worker was last heard. */
	#unheard = 0;

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
			close: () => void this.#listeners.delete(id),
		};
	}

	/** Ends the worker and with it every conversation. */
	close(sentence = died): void {
		clearInterval(this.#heart);
		const listeners = [...this.#listeners.values()];
		this.#listeners.clear();
		this.#worker?.terminate();
		this.#worker = null;
		for (const listener of listeners) listener.lost(sentence);
	}

	#started(): WorkerLike {
		if (this.#worker) return this.#worker;
		const worker = this.#spawn();
		this.#unheard = 0;
		this.#heart = setInterval(() => this.#beat(), beatMs);
		worker.onmessage = ({ data }: MessageEvent) => {
			this.#unheard = 0;
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

	/** A worker whose memory the browser took back dies without a word: only its silence tells. */
	#beat(): void {
		if (this.#listeners.size === 0) return void (this.#unheard = 0);
		if (this.#unheard >= patience) return this.close(silent);
		this.#unheard += 1;
		this.#worker?.postMessage({ kind: 'ping', id: 0 });
	}
}
