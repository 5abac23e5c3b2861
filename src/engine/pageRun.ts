import type { Run } from '#contract';
import type { Decisions } from './decisions.ts';
import type { Address, RunOptions, Running, Update } from './protocol.ts';
import type { Link, Remote } from './remote.ts';
import type { FromWorker } from './wire.ts';

interface Hooks {
	/** The run is about to train. */
	onTurn(): void;
	onEnd(): void;
	onDecided(decisions: Decisions): void;
}

/** A run as the page holds it: a queue in which a new frame takes the place of one not yet taken. */
export class PageRun implements Running {
	readonly #link: Link;
	readonly #hooks: Hooks;
	#queue: Update[] = [];
	#taker: (() => void) | null = null;
	#paused = false;
	#over = false;
	readonly #still: (() => void)[] = [];
	readonly #ended: (() => void)[] = [];

	constructor(remote: Remote, hooks: Hooks) {
		this.#hooks = hooks;
		this.#link = remote.open({
			hear: (message) => this.#hear(message),
			lost: (sentence) => {
				if (!this.#over) this.#push({ kind: 'failed', sentence });
				this.#end();
			},
		});
	}

	begin(address: Address, run: Run, options: RunOptions): void {
		this.#paused = options.paused ?? false;
		if (!this.#paused) this.#hooks.onTurn();
		this.#link.post({ kind: 'start', address, run, options });
	}

	/** Makes room for another run. */
	yieldTurn(): void {
		if (this.#paused || this.#over) return;
		void this.pause();
		this.#push({ kind: 'paused' });
	}

	pause(): Promise<void> {
		if (this.#over) return Promise.resolve();
		this.#paused = true;
		this.#link.post({ kind: 'pause' });
		return new Promise((resolve) => this.#still.push(resolve));
	}

	resume(): void {
		this.#paused = false;
		this.#hooks.onTurn();
		this.#link.post({ kind: 'resume' });
	}

	step(): void {
		this.#hooks.onTurn();
		this.#link.post({ kind: 'step' });
	}

	turn(value: number): void {
		this.#link.post({ kind: 'turn', value });
	}

	stop(): Promise<void> {
		if (this.#over) return Promise.resolve();
		const ended = new Promise<void>((resolve) => this.#ended.push(resolve));
		this.#link.post({ kind: 'stop' });
		// The page hears no more from here on, however long the worker takes.
		this.#close();
		return ended;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Update, void, void> {
		try {
			for (;;) {
				const update = this.#queue.shift();
				if (update) yield update;
				else if (this.#over) return;
				else await new Promise<void>((resolve) => (this.#taker = resolve));
			}
		} finally {
			void this.stop();
		}
	}

	#hear(message: FromWorker): void {
		switch (message.kind) {
			case 'update':
				if (message.update.kind === 'frame') this.#link.post({ kind: 'credit' });
				if (!this.#over) this.#push(message.update);
				return;
			case 'decided':
				return this.#hooks.onDecided(message.decisions);
			case 'still':
				return settle(this.#still);
			case 'ended':
				return this.#end();
		}
	}

	#push(update: Update): void {
		if (update.kind === 'frame') this.#queue = this.#queue.filter(({ kind }) => kind !== 'frame');
		this.#queue.push(update);
		this.#wake();
	}

	/** No further update is wanted. */
	#close(): void {
		this.#over = true;
		this.#queue = [];
		this.#hooks.onEnd();
		settle(this.#still);
		this.#wake();
	}

	/** The worker is done with the run. */
	#end(): void {
		const queue = this.#queue;
		this.#close();
		this.#queue = queue;
		this.#link.close();
		settle(this.#ended);
	}

	#wake(): void {
		this.#taker?.();
		this.#taker = null;
	}
}

function settle(waiting: (() => void)[]): void {
	for (const resolve of waiting.splice(0)) resolve();
}
