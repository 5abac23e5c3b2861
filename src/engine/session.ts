import type { Job, LaneInfo, Probe, Session } from '#contract';
import { Duty } from './duty.ts';
import type { Gate } from './gate.ts';
import type { Checkpoint, Device, Kernel } from './kernel.ts';
import type { OpenLane } from './lane.ts';
import { nextTask } from './timing.ts';

export interface Pace {
	readonly gate: Gate;
	readonly signal: AbortSignal;
	readonly now?: () => number;
	/** Left out, training takes all the time it can have. */
	readonly duty?: Duty;
}

/** Where a session trains, and where it goes on should the device be lost. */
export interface Place {
	lane(): OpenLane;
	/** Left out, a run ends where its device does. */
	replace?(lost: Device): Promise<OpenLane>;
}

/** Slices the device may hold unfinished: enough to keep it busy, few enough to stop at once. */
const inFlightLimit = 2;
const uncapped = new Duty(1);
const largestSlice = 100_000;
/** Milliseconds of training that a lost device may cost. */
const checkpointMs = 1000;

/**
 * Trains in slices short enough that a pause or stop is heard between them. What is computed depends
 * only on the number of steps, never on how they were sliced, nor on whether the device was lost on
 * the way: the steps since the last checkpoint are then taken again.
 */
export class SlicedSession implements Session {
	readonly #job: Job;
	readonly #place: Place;
	readonly #pace: Pace;
	#device: Device;
	#kernel: Kernel;
	#inFlight: Promise<void>[] = [];
	#checkpoint: Checkpoint | null = null;
	#checkpointAt: number;
	#slice = 1;
	/** Steps handed to the kernel. */
	#taken = 0;
	/** Steps asked for so far. */
	#step = 0;
	#disposed = false;

	constructor(job: Job, place: Place, pace: Pace) {
		this.#job = job;
		this.#place = place;
		this.#pace = pace;
		this.#device = place.lane().device;
		this.#kernel = this.#device.kernel(job);
		this.#checkpointAt = this.#now();
	}

	get info(): LaneInfo {
		return this.#place.lane().info;
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
		this.#pace.signal.throwIfAborted();
		await this.#reach(this.#step + steps);
	}

	async #reach(goal: number): Promise<void> {
		while (this.#taken < goal) {
			try {
				await this.#takeSlice(goal - this.#taken);
			} catch (error) {
				await this.#recover(error);
			}
		}
	}

	async #takeSlice(most: number): Promise<void> {
		const { gate, signal, duty = uncapped } = this.#pace;
		if (gate.isClosed) await this.#drain();
		await gate.pass(signal);
		const since = this.#now();
		const k = Math.min(this.#slice, most);
		this.#kernel.steps(k);
		this.#taken += k;
		this.#step = Math.max(this.#step, this.#taken);
		this.#inFlight.push(this.#fence());
		// A device with work left would not rest when the session does.
		if (duty.isCapped) await this.#drain();
		else if (this.#inFlight.length >= inFlightLimit) await this.#inFlight.shift();
		const took = this.#now() - since;
		this.#adapt(k, this.#device.sliceMs / Math.max(took, 0.01));
		await this.#keep();
		await duty.worked(took);
		await nextTask();
	}

	/** The next slice, given by what factor this one could have been longer. */
	#adapt(k: number, room: number): void {
		// A slice cut short by the end of an advance says little: it may shrink the next, not cap it.
		const from = room < 1 ? k : Math.max(k, this.#slice / 2);
		const next = from * Math.min(2, Math.max(0.5, room));
		this.#slice = Math.min(largestSlice, Math.max(1, Math.floor(next)));
	}

	/** Takes a checkpoint when one is due. */
	async #keep(): Promise<void> {
		if (!this.#kernel.checkpoint || this.#now() - this.#checkpointAt < checkpointMs) return;
		await this.#drain();
		this.#checkpoint = await this.#kernel.checkpoint();
		this.#checkpointAt = this.#now();
	}

	/** After a failure: begins again at the last checkpoint if the device was lost, else passes the error on. */
	async #recover(error: unknown): Promise<void> {
		const lost = this.#device;
		if (this.#ended || !this.#place.replace || !lost.isLost()) throw error;
		this.#inFlight = [];
		this.#kernel.dispose();
		const { device } = await this.#place.replace(lost);
		if (this.#ended) throw error;
		this.#device = device;
		this.#kernel = device.kernel(this.#job);
		this.#slice = 1;
		// A kernel that cannot take up a checkpoint begins at the beginning.
		this.#taken = 0;
		if (!this.#checkpoint || !this.#kernel.restore) return;
		this.#kernel.restore(this.#checkpoint);
		this.#taken = this.#checkpoint.steps;
	}

	get #ended(): boolean {
		return this.#disposed || this.#pace.signal.aborted;
	}

	#now(): number {
		return (this.#pace.now ?? (() => performance.now()))();
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
		const { signal } = this.#pace;
		for (;;) {
			signal.throwIfAborted();
			await this.#reach(this.#step);
			try {
				await this.#drain();
				const values = await this.#kernel.probe(probe);
				signal.throwIfAborted();
				return values;
			} catch (error) {
				await this.#recover(error);
			}
		}
	}

	dispose(): void {
		this.#disposed = true;
		this.#kernel.dispose();
	}
}
