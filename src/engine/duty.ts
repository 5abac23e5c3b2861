import { sleep } from './timing.ts';

/** A timer cannot rest for less. */
const shortestMs = 4;
/** A stop or pause must be heard in between. */
const longestMs = 50;

/** How much of its time training may take: all of it where the page has other cores to run on. */
export function dutyFor(cores: number | undefined): number {
	return cores !== undefined && cores <= 2 ? 0.7 : 1;
}

export interface Clock {
	now(): number;
	sleep(ms: number): Promise<void>;
}

const wall: Clock = { now: () => performance.now(), sleep };

/** Keeps work to a share of the time by resting after it, in proportion. */
export class Duty {
	readonly #restPerWork: number;
	readonly #clock: Clock;
	/** Milliseconds of rest still to be taken; below 0 where a timer came late. */
	#owed = 0;

	constructor(share: number, clock: Clock = wall) {
		this.#restPerWork = 1 / share - 1;
		this.#clock = clock;
	}

	/** Whether any rest is taken at all. */
	get isCapped(): boolean {
		return this.#restPerWork > 0;
	}

	/** Rests for what the work has earned, once that is worth a timer. */
	async worked(ms: number): Promise<void> {
		if (!this.isCapped) return;
		this.#owed = Math.min(this.#owed + ms * this.#restPerWork, longestMs);
		if (this.#owed < shortestMs) return;
		const since = this.#clock.now();
		await this.#clock.sleep(this.#owed);
		// What a late timer slept too long counts towards the next rest, but not for ever.
		this.#owed = Math.max(this.#owed - (this.#clock.now() - since), -longestMs);
	}
}
