import type { Job, LaneInfo, Probe, Session, StepSize } from '#contract';
import { Checkpoints } from './checkpoints.ts';
import { Duty } from './duty.ts';
import type { Gate } from './gate.ts';
import { stepSizes, type Device, type Kernel } from './kernel.ts';
import type { OpenLane } from './lane.ts';
import { StepSizesInTime, type Spell } from './stepSizesInTime.ts';
import { nextTask } from './timing.ts';

export interface Pace {
	readonly gate: Gate;
	readonly signal: AbortSignal;
	readonly now?: () => number;
	/** Left out, training takes all the time it can have. */
	readonly duty?: Duty;
	/** Asked before each slice: where something else has the device, resolves when that is done. */
	readonly turn?: () => Promise<void> | null;
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

/** A kernel of the same job on another device that is ready to go on. */
interface Move {
	readonly device: Device;
	readonly kernel: Kernel;
	readonly done: (moved: boolean) => void;
}

/**
 * Trains in slices short enough that a pause or stop is heard between them. What is computed depends
 * only on the number of steps and on the step sizes they were taken with, never on how they were
 * sliced, nor on whether the device was lost on the way: the steps since the last checkpoint are then
 * taken again.
 */
export class SlicedSession implements Session {
	readonly job: Job;
	readonly #place: Place;
	readonly #pace: Pace;
	#device: Device;
	#kernel: Kernel;
	#inFlight: Promise<void>[] = [];
	readonly #checkpoints = new Checkpoints();
	#checkpointAt: number;
	#slice = 1;
	/** Steps handed to the kernel. */
	#taken = 0;
	/** Steps asked for so far. */
	#step = 0;
	readonly #sizes: StepSizesInTime;
	/** The step sizes that the kernel has. */
	#told: Spell;
	#move: Move | null = null;
	#disposed = false;

	constructor(job: Job, place: Place, pace: Pace) {
		this.job = job;
		this.#place = place;
		this.#pace = pace;
		this.#device = place.lane().device;
		this.#kernel = this.#device.kernel(job);
		this.#checkpointAt = this.#now();
		this.#sizes = new StepSizesInTime(stepSizes(job));
		this.#told = this.#sizes.first;
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

	/** The step sizes of the next step, shape [R]. */
	get stepSizes(): Float64Array {
		return this.#sizes.at(this.#step).sizes;
	}

	async advance(steps: number): Promise<void> {
		if (!isCount(steps))
			throw new RangeError(`advance takes a whole number of steps, not ${steps}.`);
		this.#pace.signal.throwIfAborted();
		await this.#reach(this.#step + steps);
	}

	async seek(step: number): Promise<void> {
		if (!isCount(step)) throw new RangeError(`seek takes a step from 0 on, not ${step}.`);
		this.#pace.signal.throwIfAborted();
		const kept = this.#checkpoints.before(step)?.steps ?? 0;
		if (step < this.#step || kept > this.#step) {
			await this.#reach(this.#step);
			await this.#drain();
			this.#step = step;
			this.#kernel.dispose();
			this.#use(this.#device, this.#device.kernel(this.job));
			this.#takeUp();
		}
		await this.#reach(step);
	}

	setStepSize(size: StepSize): void {
		const { replicas } = this.job;
		const sizes = stepSizes({ ...this.job, optimiser: { ...this.job.optimiser, stepSize: size } });
		const fits = typeof size === 'number' || size.length === replicas;
		if (!fits || !sizes.every((value) => value > 0 && Number.isFinite(value)))
			throw new RangeError(`A step size is a positive number, or ${replicas} of them.`);
		this.#change((from) => this.#sizes.set(from, sizes));
	}

	/** From the next step on, `factor` times the step sizes of the figure: a knob of the reader's. */
	scaleStepSize(factor: number): void {
		this.#change((from) => this.#sizes.multiply(from, factor));
	}

	#change(change: (from: number) => void): void {
		if (!this.#kernel.setStepSizes)
			throw new Error('This lane cannot change the step size of a run under way.');
		change(this.#step);
		// What was trained beyond is not what will be trained now.
		this.#checkpoints.forgetAfter(this.#step);
	}

	/**
	 * Goes on elsewhere from the end of a slice, on a kernel of the same job; resolves to whether it
	 * did, at the latest when the session is disposed of. The kernel is the session's from here on.
	 */
	move(device: Device, kernel: Kernel): Promise<boolean> {
		return new Promise((done) => {
			this.#move?.done(false);
			this.#move = { device, kernel, done };
			if (this.#disposed) this.#stay();
		});
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
		const { gate, signal, turn, duty = uncapped } = this.#pace;
		if (gate.isClosed) await this.#drain();
		await gate.pass(signal);
		await turn?.();
		if (this.#move) await this.#cross(this.#move);
		signal.throwIfAborted();
		const since = this.#now();
		const k = Math.min(this.#slice, most, this.#sizes.after(this.#taken) - this.#taken);
		this.#tell(this.#sizes.at(this.#taken));
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

	#tell(spell: Spell): void {
		if (spell !== this.#told) this.#kernel.setStepSizes?.(spell.sizes);
		this.#told = spell;
	}

	/** Hands over to a kernel that waits; where that fails, all goes on as before. */
	async #cross({ device, kernel, done }: Move): Promise<void> {
		await this.#drain();
		const checkpoint = await this.#kernel.checkpoint?.();
		if (!this.#move) return;
		try {
			if (!checkpoint) throw new Error('nothing to go on from');
			kernel.restore?.(checkpoint);
		} catch {
			return this.#stay();
		}
		this.#move = null;
		this.#kernel.dispose();
		this.#use(device, kernel);
		this.#taken = checkpoint.steps;
		done(true);
	}

	#stay(): void {
		this.#move?.kernel.dispose();
		this.#move?.done(false);
		this.#move = null;
	}

	#use(device: Device, kernel: Kernel): void {
		this.#device = device;
		this.#kernel = kernel;
		this.#told = this.#sizes.first;
		this.#slice = 1;
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
		this.#checkpoints.add(await this.#kernel.checkpoint());
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
		this.#use(device, device.kernel(this.job));
		this.#takeUp();
	}

	/** Brings a fresh kernel to the last checkpoint; one that cannot take it up begins at the beginning. */
	#takeUp(): void {
		const checkpoint = this.#kernel.restore ? this.#checkpoints.before(this.#step) : null;
		if (checkpoint) this.#kernel.restore?.(checkpoint);
		this.#taken = checkpoint?.steps ?? 0;
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
		this.#stay();
		this.#kernel.dispose();
	}
}

function isCount(value: number): boolean {
	return Number.isInteger(value) && value >= 0;
}
