import { lanes, type Job, type Lane } from '#contract';
import { isSoftware } from './context.ts';
import { sampleCount } from './kernel.ts';

/** In which order lanes are tried where the reader has chosen none, and why not in the usual one. */
export interface Order {
	readonly lanes: readonly Lane[];
	/** Half a sentence about WebGL; null where it stands first. */
	readonly why: string | null;
}

/** WebGL stands first unless the processor would have to draw; `renderer` is null where nothing draws. */
export function orderFor(renderer: string | null): Order {
	if (renderer === null || !isSoftware(renderer)) return { lanes, why: null };
	return { lanes: ['wasm', 'webgl', 'cpu'], why: 'WebGL is drawn in software here' };
}

/** Milliseconds per step of one job; null where a lane could not be measured, Infinity where it failed. */
export interface StepTimes {
	readonly webgl: number | null;
	readonly wasm: number | null;
}

export const cannotTrain = 'WebGL could not train this network';

/** How many times slower than WASM a WebGL lane may be that is still taken. */
const slowest = 3;

/** Why WASM is to train a job in the place of WebGL, as half a sentence; null where WebGL is to train it. */
export function whyNotWebGL({ webgl, wasm }: StepTimes): string | null {
	if (webgl === null || wasm === null || !Number.isFinite(wasm)) return null;
	if (webgl === Infinity) return cannotTrain;
	const ratio = webgl / wasm;
	if (!(ratio > slowest)) return null;
	const times = ratio > 100 ? 'over 100' : Number(ratio.toPrecision(2));
	return `WebGL is ${times} times slower than WASM on this network`;
}

/** Jobs with the same key cost about the same per step, whatever their numbers are. */
export function workloadOf(job: Job): string {
	const { network, optimiser, replicas } = job;
	const { sizes } = network;
	const rough = [replicas, sampleCount(job), sizes[0] ?? 1, Math.max(...sizes.slice(1))].map(
		(count) => Math.round(Math.log2(count)),
	);
	return [optimiser.kind, sizes.length, ...rough].join(' ');
}

/** Jobs with the same shape are trained by the same shaders. */
export function shapeOf(job: Job): string {
	const { network, optimiser, replicas } = job;
	const { sizes, activation, trained } = network;
	return JSON.stringify([optimiser.kind, replicas, sampleCount(job), sizes, activation, trained]);
}

/** Multiplications and additions of one step: two per weight and input forward, four backward. */
export function workOf(job: Job): number {
	const weights = job.weights.reduce((sum, { length }) => sum + length, 0);
	return 6 * weights * sampleCount(job);
}
