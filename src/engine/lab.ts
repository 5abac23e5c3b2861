import type { Job, Lab, LaneInfo, Session } from '#contract';
import { checkJob } from './checkJob.ts';
import { Gate } from './gate.ts';
import type { OpenLane } from './lane.ts';
import { SlicedSession } from './session.ts';

export interface LabOptions {
	/** Ends the run: sessions reject with AbortError from then on. */
	readonly signal?: AbortSignal;
	/** Where the run waits while it is paused. */
	readonly gate?: Gate;
}

/** A lab on one lane, for one run. */
export class LaneLab implements Lab {
	readonly info: LaneInfo;
	readonly #lane: OpenLane;
	readonly #options: LabOptions;
	readonly #sessions: Session[] = [];

	constructor(lane: OpenLane, options: LabOptions = {}) {
		this.info = lane.info;
		this.#lane = lane;
		this.#options = options;
	}

	/** Kernels per step of the network that began to train last; null before any did. */
	get kernelsPerStep(): number | null {
		const counts = this.#sessions.map((session) => session.kernelsPerStep);
		return counts.findLast((count) => count !== null) ?? null;
	}

	/** Rejects with a RangeError if the job is not well formed. */
	open(job: Job): Promise<Session> {
		return Promise.resolve().then(() => {
			const { signal = new AbortController().signal, gate = new Gate() } = this.#options;
			signal.throwIfAborted();
			checkJob(job);
			const { device, info } = this.#lane;
			const kernel = device.kernel(job);
			const session = new SlicedSession(kernel, info, { sliceMs: device.sliceMs, gate, signal });
			this.#sessions.push(session);
			return session;
		});
	}

	/** Frees every session of the run, those a figure forgot as well. */
	dispose(): void {
		for (const session of this.#sessions.splice(0)) session.dispose();
	}
}
