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

/** Starts lanes on demand, each at most once, and lets none through that fails its self-test. */
export class Lanes {
	readonly #starters: Starters;
	readonly #tested = new Map<Lane, Promise<Tested>>();

	constructor(starters: Starters) {
		this.#starters = starters;
	}

	/** The wanted lane, or else the first of webgl, wasm, cpu that is there and computes rightly. */
	async choose(wanted?: Lane): Promise<OpenLane> {
		const order = wanted ? [wanted, ...lanes.filter((lane) => lane !== wanted)] : lanes;
		const reasons: string[] = [];
		for (const lane of order) {
			const starter = this.#starters[lane];
			if (!starter) continue;
			try {
				const { device, error } = await this.#test(lane, starter);
				if (device.isLost()) throw new LaneError(`${names[lane]} was taken away by the browser`);
				const notes = reasons.map((why) => `${why}; training runs on ${names[lane]}.`);
				const { renderer } = device;
				return { device, info: { lane, selfTestError: error, renderer, notes } };
			} catch (error) {
				reasons.push(error instanceof LaneError ? error.message : `${names[lane]} did not start`);
			}
		}
		throw new Error('No engine could be started here.');
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
