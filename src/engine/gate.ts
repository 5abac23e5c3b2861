/**
 * Where a run waits while it is paused. The trainer passes the gate between slices and between frames;
 * whoever holds the run closes and opens it.
 */
export class Gate {
	#state: 'open' | 'closed' | 'until next frame' = 'open';
	/** How many passers stand at the gate. */
	#parked = 0;
	#over = false;
	readonly #wake = new EventTarget();
	readonly #still = new EventTarget();
	#waited = 0;

	/** Milliseconds spent standing at the gate. */
	get waited(): number {
		return this.#waited;
	}

	/** Whether the run is to go on without end; false while it is led frame by frame. */
	get isOpen(): boolean {
		return this.#state === 'open';
	}

	get isClosed(): boolean {
		return this.#state === 'closed';
	}

	/** Resolves once the run stands still, at once if it does already. */
	async pause(): Promise<void> {
		this.#state = 'closed';
		if (this.#parked === 0 && !this.#over) await heard(this.#still);
	}

	resume(): void {
		this.#open('open');
	}

	/** While paused: lets the run on to its next frame. */
	step(): void {
		if (this.#state === 'closed') this.#open('until next frame');
	}

	/** The run has made a frame. */
	frame(): void {
		if (this.#state === 'until next frame') this.#state = 'closed';
	}

	/** The run is over: nobody will come to the gate any more. */
	end(): void {
		this.#over = true;
		this.#still.dispatchEvent(new Event('now'));
	}

	/** Waits while the gate is closed; rejects with AbortError once the signal aborts. */
	async pass(signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		if (!this.isClosed) return;
		const since = performance.now();
		this.#parked += 1;
		this.#still.dispatchEvent(new Event('now'));
		try {
			while (this.isClosed) {
				await heard(this.#wake, signal);
				signal?.throwIfAborted();
			}
		} finally {
			this.#parked -= 1;
			this.#waited += performance.now() - since;
		}
	}

	#open(state: 'open' | 'until next frame'): void {
		this.#state = state;
		this.#wake.dispatchEvent(new Event('now'));
	}
}

/** Resolves at the next event, or when the signal aborts. */
function heard(target: EventTarget, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			target.removeEventListener('now', done);
			signal?.removeEventListener('abort', done);
			resolve();
		};
		target.addEventListener('now', done);
		signal?.addEventListener('abort', done);
	});
}
