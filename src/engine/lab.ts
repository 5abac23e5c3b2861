import type { Job, Lab, LaneInfo, LiveTurn, Session } from '#contract';
import { checkBudget } from './budget.ts';
import { checkJob } from './checkJob.ts';
import type { Duty } from './duty.ts';
import { Gate } from './gate.ts';
import { beingRestarted, moved, type Lanes, type OpenLane } from './lane.ts';
import type { Device } from './kernel.ts';
import { SlicedSession, type Place } from './session.ts';
import { whyTooLong } from './tooLong.ts';

export interface LabOptions {
	/** Ends the run: sessions reject with AbortError from then on. */
	readonly signal?: AbortSignal;
	/** Where the run waits while it is paused. */
	readonly gate?: Gate;
	/** Keeps training to a share of the time; left out, it takes all. */
	readonly duty?: Duty;
	/** Where to go on after a device is lost, or where one is missing; left out, the run then ends. */
	readonly lanes?: Pick<Lanes, 'replace' | 'suit' | 'later' | 'precise'>;
	/** The reader has chosen no lane: the one that suits the first job is sought. */
	readonly automatic?: boolean;
	/** The lane, or what is known of it, has changed. */
	readonly onLane?: () => void;
}

/** A lab on one lane, for one run. */
export class LaneLab implements Lab {
	#lane: OpenLane;
	readonly #options: LabOptions;
	readonly #sessions: SlicedSession[] = [];
	readonly #turns: LiveTurn[] = [];
	/** What the reader's live knob multiplies all step sizes by. */
	#factor = 1;
	#suited: Promise<void> | null = null;
	/** While a trial has the devices to itself. */
	#trial: Promise<void> | null = null;
	#disposed = false;

	constructor(lane: OpenLane, options: LabOptions = {}) {
		this.#lane = lane;
		this.#options = options;
	}

	/** Changes where the run goes on elsewhere, or a device is lost. */
	get info(): LaneInfo {
		return this.#lane.info;
	}

	/** Kernels per step of the network that began to train last; null before any did. */
	get kernelsPerStep(): number | null {
		const counts = this.#sessions.map((session) => session.kernelsPerStep);
		return counts.findLast((count) => count !== null) ?? null;
	}

	/** Whether nothing was trained on the lane so far: the figure computes by itself, if it does. */
	get isIdle(): boolean {
		return this.#sessions.length === 0;
	}

	/** How the live knob was turned while the run trained. */
	get turns(): readonly LiveTurn[] {
		return this.#turns;
	}

	/** Rejects with a RangeError if the job is not well formed, or cannot fit into memory. */
	async open(job: Job): Promise<Session> {
		const { signal = new AbortController().signal, gate = new Gate(), duty } = this.#options;
		signal.throwIfAborted();
		checkBudget(job);
		checkJob(job);
		await (this.#suited ??= this.#suit(job));
		if (job.precision === 'float64') await this.#bePrecise();
		signal.throwIfAborted();
		const place: Place = {
			lane: () => this.#lane,
			...(this.#options.lanes && { replace: (lost) => this.#replaced(lost) }),
		};
		await place.replace?.(this.#lane.device);
		signal.throwIfAborted();
		const turn = () => this.#trial;
		const session = new SlicedSession(job, place, { gate, signal, turn, ...(duty && { duty }) });
		if (this.#factor !== 1) session.scaleStepSize(this.#factor);
		this.#sessions.push(session);
		return session;
	}

	/** Multiplies all step sizes by to/began, from the next step of each session on. */
	turn(began: number, to: number): void {
		this.#factor = to / began;
		for (const session of this.#sessions) session.scaleStepSize(this.#factor);
		const step = Math.max(0, ...this.#sessions.map((session) => session.step));
		// Turns between two steps are one turn; one that comes to nothing is none.
		const same = this.#turns.at(-1)?.step === step ? this.#turns.pop() : undefined;
		const from = same?.from ?? this.#turns.at(-1)?.to ?? began;
		if (from !== to) this.#turns.push({ step, from, to });
	}

	/** Why the run left all bounds, as half a sentence; null where that is not known. */
	async whyRunaway(): Promise<string | null> {
		for (const { job, stepSizes } of this.#sessions.toReversed()) {
			const why = await whyTooLong(job, stepSizes);
			if (why !== null) return why;
		}
		return null;
	}

	/** Once, for the first job: all sessions of a run train on one lane, or move to another together. */
	async #suit(job: Job): Promise<void> {
		const { lanes, automatic, gate } = this.#options;
		if (!lanes || !automatic || job.precision) return;
		const begun = this.#lane;
		const isUnwanted = () => this.#isOver || (gate?.isClosed ?? false);
		this.#tell(await lanes.suit(begun, job, { isUnwanted }));
		void lanes
			.later(begun, job, {
				isUnwanted: () => this.#isOver,
				alone: (trial) => this.#alone(trial),
			})
			?.then((next) => this.#goOn(next))
			// Training goes on where it is.
			.catch(() => undefined);
	}

	/** Trains on a lane that has float64, whichever was chosen. */
	async #bePrecise(): Promise<void> {
		const { lanes } = this.#options;
		if (lanes) this.#tell(await lanes.precise(this.#lane));
	}

	/** Holds all sessions between slices until the work is done. */
	async #alone<T>(work: () => Promise<T>): Promise<T> {
		const working = work();
		this.#trial = working.then(
			() => undefined,
			() => undefined,
		);
		try {
			return await working;
		} finally {
			this.#trial = null;
		}
	}

	/** Moves every session to a lane that is ready, once it has taken one step of each job there. */
	async #goOn(next: OpenLane): Promise<void> {
		if (this.#isOver || this.#sessions.some(({ job }) => job.precision)) return;
		if (next.device === this.#lane.device) return this.#tell(next);
		const { lane } = this.#lane.info;
		await Promise.all(
			this.#sessions.map(async (session) => {
				const kernel = next.device.kernel(session.job);
				try {
					kernel.steps(1);
					await kernel.fence();
				} catch (error) {
					kernel.dispose();
					throw error;
				}
				await session.move(next.device, kernel);
				if (this.#lane.info.lane === lane) this.#tell(moved(next, lane, session.step));
			}),
		);
	}

	/** The lane to be on, once `seen` may be lost; where several sessions ask, all get the same device. */
	async #replaced(seen: Device): Promise<OpenLane> {
		const { lanes } = this.#options;
		if (lanes && this.#lane.device === seen && seen.isLost()) {
			this.#tell(beingRestarted(this.#lane));
			const next = await lanes.replace(seen);
			if (this.#lane.device === seen) this.#tell(next);
		}
		return this.#lane;
	}

	#tell(lane: OpenLane): void {
		if (lane === this.#lane) return;
		this.#lane = lane;
		this.#options.onLane?.();
	}

	get #isOver(): boolean {
		return this.#disposed || (this.#options.signal?.aborted ?? false);
	}

	/** Frees every session of the run, those a figure forgot as well. */
	dispose(): void {
		this.#disposed = true;
		for (const session of this.#sessions.splice(0)) session.dispose();
	}
}
