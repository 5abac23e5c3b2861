import { lanes, type Job, type Lane, type LaneInfo } from '#contract';
import { orderFor, shapeOf, whyNotWebGL, workloadOf, type Order } from './choice.ts';
import { LaneError, type Device, type Starter } from './kernel.ts';
import { allowedError, selfTest } from './selfTest.ts';
import { within } from './timing.ts';
import { stepTimes, type TrialOptions } from './trial.ts';

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
	/** Why WebGL is passed over, by renderer and workload, where a trial has decided. */
	readonly #decided = new Map<string, string | null>();
	/** The shapes of jobs that were tried on a device to no avail, except that it has compiled them now. */
	readonly #compiled = new WeakMap<Device, Set<string>>();
	readonly #renderer: () => string | null;
	#usual: Order | null = null;
	readonly #now: () => number;

	constructor(starters: Starters, options: LanesOptions = {}) {
		this.#starters = starters;
		this.#renderer = options.renderer ?? (() => null);
		this.#now = options.now ?? (() => performance.now());
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
		const order = wanted ? orderFrom(wanted) : (this.#usual ??= orderFor(this.#renderer()));
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
		const key = `${chosen.info.renderer} ${workloadOf(job)}`;
		let why = this.#decided.get(key);
		if (why === undefined) {
			const devices = { webgl: chosen.device, wasm: other.device };
			const compiled = this.#compiled.get(chosen.device) ?? new Set();
			const isCompiled = compiled.has(shapeOf(job));
			const times = await stepTimes(devices, job, { ...options, isCompiled });
			why = whyNotWebGL(times);
			if (times.webgl !== null) this.#decided.set(key, why);
			else if (times.wasm !== null && !options.isUnwanted?.()) compiled.add(shapeOf(job));
			this.#compiled.set(chosen.device, compiled);
		}
		if (why === null) return chosen;
		const notes = [...chosen.info.notes, noteOf(why, 'wasm')];
		return { device: other.device, info: { ...other.info, notes } };
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
		const tested = this.#tested.get(lane) ?? startAndTest(lane, starter);
		this.#tested.set(lane, tested);
		return tested;
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
