import { lanes, type Lane, type LaneInfo } from '#contract';
import { LaneError, type Device, type Starter } from './kernel.ts';
import { allowedError, selfTest } from './selfTest.ts';
import { within } from './timing.ts';

/** How to start each lane that exists here; the CPU lane always does. */
export type Starters = Readonly<Partial<Record<Lane, Starter>>> & { readonly cpu: Starter };

export interface OpenLane {
	readonly device: Device;
	readonly info: LaneInfo;
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
	readonly #now: () => number;

	constructor(starters: Starters, now = () => performance.now()) {
		this.#starters = starters;
		this.#now = now;
	}

	/** Where to go on after a device is lost: its lane, started again, or the next; the notes say so. */
	async replace({ lane }: Device): Promise<OpenLane> {
		const next = await this.choose(lane);
		if (next.info.lane !== lane) return next;
		const note = `${names[lane]} was taken away by the browser and started again; training went on from the last checkpoint.`;
		return { ...next, info: { ...next.info, notes: [...next.info.notes, note] } };
	}

	/** The wanted lane, or else the first of webgl, wasm, cpu that is there and computes rightly. */
	async choose(wanted?: Lane): Promise<OpenLane> {
		const order = wanted ? [wanted, ...lanes.filter((lane) => lane !== wanted)] : lanes;
		const reasons: string[] = [];
		for (const lane of order) {
			const starter = this.#starters[lane];
			if (!starter) continue;
			try {
				const { device, error } = await this.#alive(lane, starter);
				const notes = reasons.map((why) => `${why}; training runs on ${names[lane]}.`);
				const { renderer } = device;
				return { device, info: { lane, selfTestError: error, renderer, notes } };
			} catch (error) {
				reasons.push(error instanceof LaneError ? error.message : `${names[lane]} did not start`);
			}
		}
		throw new Error('No engine could be started here.');
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
