import type { Update } from './protocol.ts';

/** Frames that may be under way to the page at once. */
export const credit = 2;

/**
 * Sends a run's updates in order, but frames only as fast as the page takes them: of those that wait,
 * the latest wins.
 */
export class Outbox {
	#credit = credit;
	#waiting: Update | null = null;
	readonly #post: (update: Update) => void;

	constructor(post: (update: Update) => void) {
		this.#post = post;
	}

	send(update: Update): void {
		if (update.kind === 'frame') {
			this.#waiting = update;
			this.#flush();
			return;
		}
		// A run's end must not overtake its last frame.
		if (this.#waiting) this.#post(this.#waiting);
		this.#waiting = null;
		this.#post(update);
	}

	taken(): void {
		this.#credit += 1;
		this.#flush();
	}

	#flush(): void {
		if (!this.#waiting || this.#credit === 0) return;
		this.#credit -= 1;
		this.#post(this.#waiting);
		this.#waiting = null;
	}
}
