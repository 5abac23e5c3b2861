import { lanes, type Job, type Lane, type LaneInfo } from '#contract';
import { cannotTrain, orderFor, shapeOf, whyNotWebGL, workloadOf, type Order } from './choice.ts';
import type { Decisions } from './decisions.ts';
import { LaneError, type Device, type Starter } from './kernel.ts';
import { allowedError, allowedErrorInFloat64, selfTest } from './selfTest.ts';
import { within } from './timing.ts';
import { isTooLarge, stepTimes, type Contenders, type TrialOptions } from './trial.ts';

/** How to start each lane that exists here; the CPU lane always does. */
export type Starters = Readonly<Partial<Record<Lane, Starter>>> & { readonly cpu: Starter };

export interface OpenLane {
	readonly device: Device;
	readonly info: LaneInfo;
}

export interface LanesOptions {
	/** What would draw WebGL, found out without starting it; null where nothing would. */
	readonly renderer?: () => string | null;
	readonly now?: () => number;
	/** Told whenever a trial has decided something, or what was decided is forgotten. */
	readonly onDecided?: (decisions: Decisions) => void;
}

/** A trial while a run trains. */
export interface LaterOptions extends TrialOptions {
	/** Runs the trial with the devices to itself. */
	readonly alone: <T>(trial: () => Promise<T>) => Promise<T>;
}

interface Tested {
	readonly device: Device;
	readonly error: number;
}

const names: Readonly<Record<Lane, string>> = {
	webgl: 'WebGL',
	wasm: 'WASM',
	cpu: 'plain TypeScript',
};

/** A lane that is lost again within this time of its restart, in milliseconds, is passed over. */
const probation = 60_000;

/**
 * Starts lanes on demand, each at most once unless the browser takes it away, and lets none through
 * that fails its self-test.
 */
export class Lanes {
	readonly #starters: Starters;
	readonly #tested = new Map<Lane, Promise<Tested>>();
	/** When a lane was last started again. */
	readonly #restartedAt = new Map<Lane, number>();
	/** Why WebGL is passed over, by workload, where a trial has decided. */
	readonly #decided = new Map<string, string | null>();
	/** Those of a run that begins on WASM until WebGL is ready. */
	readonly #provisional = new WeakSet<OpenLane>();
	/** Of WASM's self-test in float64, once it was asked for. */
	#errorInFloat64: Promise<number> | null = null;
	/** Lanes of which it is known whether they are there. */
	readonly #known = new Set<Lane>();
	/** The shapes of jobs that were tried on a device to no avail, except that it has compiled them now. */
	readonly #compiled = new WeakMap<Device, Set<string>>();
	readonly #renderer: () => string | null;
	#drawnBy: string | null | undefined;
	readonly #now: () => number;
	/** Told whenever a trial has decided something, or what was decided is forgotten. */
	onDecided: (decisions: Decisions) => void;

	constructor(starters: Starters, options: LanesOptions = {}) {
		this.#starters = starters;
		this.#renderer = options.renderer ?? (() => null);
		this.#now = options.now ?? (() => performance.now());
		this.onDecided = options.onDecided ?? (() => undefined);
	}

	/** What an earlier visit has decided, if that was on this device. */
	recall({ renderer, why }: Decisions): void {
		if (renderer !== this.#drawer) return this.#tell();
		for (const [workload, reason] of Object.entries(why))
			if (!this.#decided.has(workload)) this.#decided.set(workload, reason);
	}

	get #drawer(): string | null {
		if (this.#drawnBy === undefined) this.#drawnBy = this.#renderer();
		return this.#drawnBy;
	}

	#tell(): void {
		this.onDecided({ renderer: this.#drawer ?? '', why: Object.fromEntries(this.#decided) });
	}

	/**
	 * Where a run begins whose reader has chosen no lane: as `choose` says, but on WASM where WebGL is
	 * to be tried first and has not started yet; `later` tells how such a run goes on.
	 */
	async first(): Promise<OpenLane> {
		const isCold = this.#drawer !== null && !this.#known.has('webgl');
		if (isCold && this.#starters.webgl && orderFor(this.#drawer).why === null) {
			const wasm = await this.choose('wasm');
			if (wasm.info.lane === 'wasm') {
				this.#provisional.add(wasm);
				return wasm;
			}
		}
		return this.choose();
	}

	/**
	 * How a run goes on that `first` let begin on WASM: on WebGL, which is then started and has compiled
	 * what the job needs, or where it is, with a note that says why. Null for any other run.
	 */
	later(begun: OpenLane, job: Job, options: LaterOptions): Promise<OpenLane> | null {
		return this.#provisional.has(begun) ? this.#later(begun, job, options) : null;
	}

	async #later(begun: OpenLane, job: Job, options: LaterOptions): Promise<OpenLane> {
		const known = this.#decided.get(workloadOf(job));
		if (known) return noted(begun, known);
		const webgl = await this.choose('webgl');
		if (webgl.info.lane !== 'webgl')
			return { ...begun, info: { ...begun.info, notes: webgl.info.notes } };
		if (options.isUnwanted?.()) return begun;
		if (known === null) return webgl;
		const devices = { webgl: webgl.device, wasm: begun.device };
		try {
			await compiled(webgl.device, job);
		} catch {
			return webgl.device.isLost() ? begun : noted(begun, cannotTrain);
		}
		const why = await options.alone(() =>
			this.#tried(devices, job, { ...options, isCompiled: true }),
		);
		if (why !== null) return noted(begun, why);
		// A trial that came to nothing is no reason to move.
		return this.#decided.has(workloadOf(job)) || isTooLarge(job) ? webgl : begun;
	}

	/** The lane that has float64 for a run on one that may not. WASM is tested in float64 first, once. */
	async precise(chosen: OpenLane): Promise<OpenLane> {
		const next =
			chosen.info.lane === 'webgl'
				? noted(await this.choose('wasm'), 'This network needs float64, which WebGL does not have')
				: chosen;
		const { device, info } = next;
		if (info.lane !== 'wasm') return next;
		const error = await (this.#errorInFloat64 ??= selfTest(device, 'float64'));
		// Written so that an error that is not a number fails.
		if (!(error <= allowedErrorInFloat64))
			return noted(await this.choose('cpu'), 'WASM computes wrong numbers in float64 here');
		return info.selfTestError === error
			? next
			: { device, info: { ...info, selfTestError: error } };
	}

	/** Where to go on after a device is lost: its lane, started again, or the next; the notes say so. */
	async replace({ lane }: Device): Promise<OpenLane> {
		const next = await this.choose(lane);
		if (next.info.lane !== lane) return next;
		const note = `${names[lane]} was taken away by the browser and started again; training went on from the last checkpoint.`;
		return { ...next, info: { ...next.info, notes: [...next.info.notes, note] } };
	}

	/**
	 * The wanted lane, or else the first that is there and computes rightly: of webgl, wasm, cpu, or,
	 * where WebGL would be drawn in software, of wasm, webgl, cpu.
	 */
	async choose(wanted?: Lane): Promise<OpenLane> {
		const order = wanted ? orderFrom(wanted) : orderFor(this.#drawer);
		const reasons: string[] = [];
		for (const lane of order.lanes) {
			const starter = this.#starters[lane];
			if (!starter) continue;
			try {
				const { device, error } = await this.#alive(lane, starter);
				if (order.why !== null && lane !== 'webgl') reasons.unshift(order.why);
				const notes = reasons.map((why) => noteOf(why, lane));
				const { renderer } = device;
				return { device, info: { lane, selfTestError: error, renderer, notes } };
			} catch (error) {
				reasons.push(error instanceof LaneError ? error.message : `${names[lane]} did not start`);
			}
		}
		throw new Error('No engine could be started here.');
	}

	/**
	 * The lane for a job whose reader has chosen none, given the one that `choose` took: WASM in the
	 * place of a WebGL that a short trial finds far slower. What a trial decides holds for all jobs of
	 * that size.
	 */
	async suit(chosen: OpenLane, job: Job, options: TrialOptions = {}): Promise<OpenLane> {
		if (chosen.info.lane !== 'webgl' || !this.#starters.wasm) return chosen;
		const other = await this.choose('wasm');
		if (other.info.lane !== 'wasm') return chosen;
		const key = workloadOf(job);
		let why = this.#decided.get(key);
		if (why === undefined) {
			const devices = { webgl: chosen.device, wasm: other.device };
			const seen = this.#compiled.get(chosen.device) ?? new Set();
			this.#compiled.set(chosen.device, seen);
			const isCompiled = seen.has(shapeOf(job));
			why = await this.#tried(devices, job, { ...options, isCompiled });
			if (!this.#decided.has(key) && !options.isUnwanted?.()) seen.add(shapeOf(job));
		}
		return why === null
			? chosen
			: noted({ ...other, info: { ...other.info, notes: chosen.info.notes } }, why);
	}

	/** Why WebGL is passed over after a trial; remembered where it came to something. */
	async #tried(devices: Contenders, job: Job, options: TrialOptions): Promise<string | null> {
		const times = await stepTimes(devices, job, { now: this.#now, ...options });
		const why = whyNotWebGL(times);
		if (times.webgl !== null) {
			this.#decided.set(workloadOf(job), why);
			this.#tell();
		}
		return why;
	}

	/** The lane's device; one that was lost is started again, once in a minute. */
	async #alive(lane: Lane, starter: Starter): Promise<Tested> {
		for (;;) {
			const testing = this.#test(lane, starter);
			const tested = await testing;
			if (!tested.device.isLost()) return tested;
			// Another session may have started it again in the meantime.
			if (this.#tested.get(lane) !== testing) continue;
			if (this.#now() - (this.#restartedAt.get(lane) ?? -Infinity) < probation)
				throw new LaneError(`${names[lane]} was taken away by the browser`);
			this.#restartedAt.set(lane, this.#now());
			this.#tested.delete(lane);
		}
	}

	#test(lane: Lane, starter: Starter): Promise<Tested> {
		const known = this.#tested.get(lane);
		if (known) return known;
		const testing = startAndTest(lane, starter);
		this.#tested.set(lane, testing);
		testing
			.catch(() => {
				// What was measured on a device that computes wrongly, or is gone, decides nothing.
				if (lane !== 'webgl' || this.#decided.size === 0) return;
				this.#decided.clear();
				this.#tell();
			})
			.finally(() => this.#known.add(lane));
		return testing;
	}
}

/** A lane whose notes say that another is passed over, and why. */
export function noted({ device, info }: OpenLane, why: string): OpenLane {
	return { device, info: { ...info, notes: [...info.notes, noteOf(why, info.lane)] } };
}

/** A lane whose device has just been lost. */
export function beingRestarted({ device, info }: OpenLane): OpenLane {
	const note = `${names[info.lane]} was taken away by the browser; it is being started again.`;
	return { device, info: { ...info, notes: [...info.notes.filter((n) => n !== note), note] } };
}

/** A lane that a run has moved to, and says what that means for those who run it again. */
export function moved({ device, info }: OpenLane, from: Lane, until: number): OpenLane {
	const note = `This run began on ${names[from]}, while ${names[info.lane]} was made ready: run again, it gives the same numbers to within 10⁻⁵, not to the last bit.`;
	const before = { lane: from, until };
	return { device, info: { ...info, before, notes: [...info.notes, note] } };
}

/** Takes one step of a job, so that all it needs is compiled. */
async function compiled(device: Device, job: Job): Promise<void> {
	const kernel = device.kernel(job);
	try {
		kernel.steps(1);
		await kernel.fence();
	} finally {
		kernel.dispose();
	}
}

function orderFrom(wanted: Lane): Order {
	return { lanes: [wanted, ...lanes.filter((lane) => lane !== wanted)], why: null };
}

function noteOf(why: string, lane: Lane): string {
	return `${why}; training runs on ${names[lane]}.`;
}

async function startAndTest(lane: Lane, starter: Starter): Promise<Tested> {
	const device = await starter();
	const late = `${names[lane]} took too long over its self-test`;
	const error = await within(selfTest(device), late).catch((reason: unknown) => {
		throw new LaneError(reason instanceof Error ? reason.message : late);
	});
	// Written so that an error that is not a number fails.
	if (!(error <= allowedError))
		throw new LaneError(`${names[lane]} computes wrong numbers on this device`);
	return { device, error };
}
