import type { Job, Lab, LaneInfo, Session } from '#contract';
import { checkJob } from './checkJob.ts';
import type { Duty } from './duty.ts';
import { Gate } from './gate.ts';
import type { OpenLane } from './lane.ts';
import type { Device } from './kernel.ts';
import { SlicedSession, type Place } from './session.ts';
import type { TrialOptions } from './trial.ts';

export interface LabOptions {
	/** Ends the run: sessions reject with AbortError from then on. */
	readonly signal?: AbortSignal;
	/** Where the run waits while it is paused. */
	readonly gate?: Gate;
	/** Keeps training to a share of the time; left out, it takes all. */
	readonly duty?: Duty;
	/** Where to go on after a device is lost; left out, the run then ends. */
	readonly replace?: (lost: Device) => Promise<OpenLane>;
	/** Where to train instead of the lane the lab has, given the first job; left out, the lane stays. */
	readonly suit?: (chosen: OpenLane, job: Job, options: TrialOptions) => Promise<OpenLane>;
}

/** A lab on one lane, for one run. */
export class LaneLab implements Lab {
	#lane: OpenLane;
	readonly #options: LabOptions;
	readonly #sessions: Session[] = [];
	#suited: Promise<void> | null = null;

	constructor(lane: OpenLane, options: LabOptions = {}) {
		this.#lane = lane;
		this.#options = options;
	}

	/** Changes if the device is lost and the run goes on elsewhere. */
	get info(): LaneInfo {
		return this.#lane.info;
	}

	/** Kernels per step of the network that began to train last; null before any did. */
	get kernelsPerStep(): number | null {
		const counts = this.#sessions.map((session) => session.kernelsPerStep);
		return counts.findLast((count) => count !== null) ?? null;
	}

	/** Rejects with a RangeError if the job is not well formed. */
	async open(job: Job): Promise<Session> {
		const {
			signal = new AbortController().signal,
			gate = new Gate(),
			replace,
			duty,
		} = this.#options;
		signal.throwIfAborted();
		checkJob(job);
		const place: Place = {
			lane: () => this.#lane,
			...(replace && { replace: (lost) => this.#replaced(lost, replace) }),
		};
		await (this.#suited ??= this.#suit(job));
		signal.throwIfAborted();
		await place.replace?.(this.#lane.device);
		signal.throwIfAborted();
		const session = new SlicedSession(job, place, { gate, signal, ...(duty && { duty }) });
		this.#sessions.push(session);
		return session;
	}

	/** Once, for the first job: all sessions of a run train on one lane. */
	async #suit(job: Job): Promise<void> {
		const { signal, gate, suit } = this.#options;
		if (!suit) return;
		const isUnwanted = () => (signal?.aborted ?? false) || (gate?.isClosed ?? false);
		this.#lane = await suit(this.#lane, job, { isUnwanted });
	}

	/** The lane to be on, once `seen` may be lost; where several sessions ask, all get the same device. */
	async #replaced(seen: Device, replace: Required<LabOptions>['replace']): Promise<OpenLane> {
		if (this.#lane.device === seen && seen.isLost()) {
			const next = await replace(seen);
			if (this.#lane.device === seen) this.#lane = next;
		}
		return this.#lane;
	}

	/** Frees every session of the run, those a figure forgot as well. */
	dispose(): void {
		for (const session of this.#sessions.splice(0)) session.dispose();
	}
}
