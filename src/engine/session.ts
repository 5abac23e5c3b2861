import type { LaneInfo, Probe, Session } from '#contract';
import type { Gate } from './gate.ts';
import type { Kernel } from './kernel.ts';
import { nextTask } from './timing.ts';

export interface Pace {
	/** How long a slice of steps should take, in milliseconds. */
	readonly sliceMs: number;
	readonly gate: Gate;
	readonly signal: AbortSignal;
	readonly now?: () => number;
}

/** Slices the device may hold unfinished: enough to keep it busy, few enough to stop at once. */
const inFlightLimit = 2;
const largestSlice = 100_000;

/**
 * Trains in slices short enough that a pause or stop is heard between them. What is computed depends
 * only on the number of steps, never on how they were sliced.
 */
export class SlicedSession implements Session {
	readonly info: LaneInfo;
	readonly #kernel: Kernel;
	readonly #pace: Pace;
	readonly #inFlight: Promise<void>[] = [];
	#slice = 1;
	#step = 0;

	constructor(kernel: Kernel, info: LaneInfo, pace: Pace) {
		this.info = info;
		this.#kernel = kernel;
		this.#pace = pace;
	}

	get step(): number {
		return this.#step;
	}

	get kernelsPerStep(): number | null {
		return this.#kernel.kernelsPerStep;
	}

	async advance(steps: number): Promise<void> {
		if (!Number.isInteger(steps) || steps < 0)
			throw new RangeError(`advance takes a whole number of steps, not ${steps}.`);
		const { gate, signal, sliceMs, now = () => performance.now() } = this.#pace;
		signal.throwIfAborted();
		for (let left = steps; left > 0;) {
			if (gate.isClosed) await this.#drain();
			await gate.pass(signal);
			const since = now();
			const k = Math.min(this.#slice, left);
			this.#kernel.steps(k);
			this.#step += k;
			left -= k;
			this.#inFlight.push(this.#fence());
			if (this.#inFlight.length >= inFlightLimit) await this.#inFlight.shift();
			this.#adapt(k, sliceMs / Math.max(now() - since, 0.01));
			await nextTask();
		}
	}

	/** The next slice, given by what factor this one could have been longer. */
	#adapt(k: number, room: number): void {
		// A slice cut short by the end of an advance says little: it may shrink the next, not cap it.
		const from = room < 1 ? k : Math.max(k, this.#slice / 2);
		const next = from * Math.min(2, Math.max(0.5, room));
		this.#slice = Math.min(largestSlice, Math.max(1, Math.floor(next)));
	}

	#fence(): Promise<void> {
		const fence = this.#kernel.fence();
		fence.catch(() => undefined); // reported where it is awaited
		return fence;
	}

	async #drain(): Promise<void> {
		while (this.#inFlight.length > 0) await this.#inFlight.shift();
	}

	async probe(probe: Probe): Promise<Float64Array> {
		this.#pace.signal.throwIfAborted();
		await this.#drain();
		const values = await this.#kernel.probe(probe);
		this.#pace.signal.throwIfAborted();
		return values;
	}

	dispose(): void {
		this.#kernel.dispose();
	}
}
