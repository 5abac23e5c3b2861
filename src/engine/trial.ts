import type { Job } from '#contract';
import { workOf, type StepTimes } from './choice.ts';
import type { Device, Kernel } from './kernel.ts';
import { nextTask } from './timing.ts';

export interface Contenders {
	readonly webgl: Device;
	readonly wasm: Device;
}

export interface TrialOptions {
	/** Asked between slices: whether somebody waits, so that the trial is to be given up. */
	readonly isUnwanted?: () => boolean;
	/** Whether WebGL has compiled all that the job needs, so that its first step tells something too. */
	readonly isCompiled?: boolean;
	readonly now?: () => number;
}

/** Milliseconds a lane may take, its first step included; 150 in all, or 190. WebGL has shaders to compile. */
const patience = { wasm: 40, webgl: 110 } as const;
/** A larger step would keep WASM busy beyond its time, and is what a GPU is best at. */
const mostWork = 1e8;

/** Whether a job is not tried, but left to WebGL. */
export function isTooLarge(job: Job): boolean {
	return workOf(job) > mostWork;
}

/** A clock that browsers make coarse cannot tell shorter times, in milliseconds. */
const readable = 4;

/** Times both lanes on a few steps of a job, one after the other; nothing is kept of what they trained. */
export async function stepTimes(
	{ webgl, wasm }: Contenders,
	job: Job,
	options: TrialOptions = {},
): Promise<StepTimes> {
	if (isTooLarge(job)) return { webgl: null, wasm: null };
	const tryWasm = (isCompiled: boolean) =>
		msPerStep(wasm, job, patience.wasm, { ...options, isCompiled });
	let onWasm = await tryWasm(false);
	// A first step that took all the time may be a busy machine's; a second one is not.
	if (onWasm === null && !options.isUnwanted?.()) onWasm = await tryWasm(true);
	// Without a time to compare with, the other would tell nothing.
	if (onWasm === null || onWasm === Infinity) return { webgl: null, wasm: onWasm };
	return { webgl: await msPerStep(webgl, job, patience.webgl, options), wasm: onWasm };
}

/**
 * The best time per step over slices that double in length. Null if not even the first step, which
 * compiles and uploads and does not count otherwise, is done in time; Infinity if the lane fails.
 */
export async function msPerStep(
	device: Device,
	job: Job,
	budget: number,
	{
		isUnwanted = () => false,
		isCompiled = false,
		now = () => performance.now(),
	}: TrialOptions = {},
): Promise<number | null> {
	const end = now() + budget;
	let kernel: Kernel | null = null;
	let best: number | null = null;
	try {
		kernel = device.kernel(job);
		const begun = now();
		kernel.steps(1);
		const isDone = await settled(kernel.fence(), end - now());
		const first = isCompiled ? now() - begun : 0;
		if (!isDone) return first || null;
		let took = 0;
		let k = 1;
		for (; now() + 2 * took < end; k *= 2) {
			await nextTask();
			if (isUnwanted()) return null;
			const since = now();
			kernel.steps(k);
			const done = await settled(kernel.fence(), end - now());
			took = now() - since;
			// A slice that is not done took at least so long: its time where no better is known.
			if (!done) return best ?? (Math.max(first, took / k) || null);
			if (took >= readable) best = Math.min(best ?? Infinity, took / k);
		}
		return best ?? ((2 * took) / k || first || null);
	} catch {
		return device.isLost() ? null : Infinity;
	} finally {
		kernel?.dispose();
	}
}

/** Whether the promise resolves within so many milliseconds; rejects if it does in that time. */
async function settled(promise: Promise<void>, ms: number): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	try {
		return await Promise.race([promise.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}
