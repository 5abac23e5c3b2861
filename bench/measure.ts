import type { Job } from '#contract';
import { cpuDevice } from '#engine/cpu/kernel.ts';
import type { Contender, Trainer } from './contender.ts';

export interface Measured {
	readonly name: string;
	/** CPU time of one step of all replicas, in µs: the median of the repeats. */
	readonly cpuUs: number;
	/** Relative error of the loss after the first steps, against the reference. */
	readonly lossError: number;
	/** Draws of WebGL in one step; left out where nothing draws. */
	readonly draws?: number;
}

/** A fast wrong contender proves nothing. */
export const allowedLossError = 1e-4;

export interface Method {
	/** Steps after which losses are compared. */
	readonly checkSteps: number;
	readonly repeats: number;
	/** CPU time of one repeat, in ms. */
	readonly sliceMs: number;
}

export const method: Method = { checkSteps: 20, repeats: 7, sliceMs: 60 };

interface Entry {
	readonly name: string;
	readonly trainer: Trainer;
	readonly steps: number;
	readonly lossError: number;
	readonly times: number[];
}

/** All contenders on one job, taking turns, so that a change in the machine's load hits them alike. */
export async function measure(
	job: Job,
	contenders: readonly Contender[],
	{ checkSteps, repeats, sliceMs }: Method = method,
): Promise<Measured[]> {
	const expected = await referenceLoss(job, checkSteps);
	const entries: Entry[] = [];
	for (const contender of contenders) {
		const trainer = await contender.start(job);
		if (!trainer) continue;
		await trainer.steps(checkSteps);
		const lossError = Math.abs(lossOf(job, await trainer.outputs()) / expected - 1);
		const steps = await stepsIn((k) => cpuTime(trainer, k), 1000 * sliceMs);
		entries.push({ name: contender.name, trainer, steps, lossError, times: [] });
	}
	for (let i = 0; i < repeats; i++) {
		for (const { trainer, steps, times } of entries) {
			times.push((await cpuTime(trainer, steps)) / steps);
		}
	}
	for (const { trainer } of entries) trainer.dispose();
	return entries.map(({ name, lossError, times }) => ({ name, lossError, cpuUs: median(times) }));
}

/** The loss of the float64 reference after so many steps. */
export async function referenceLoss(job: Job, steps: number): Promise<number> {
	const reference = cpuDevice.kernel(job);
	reference.steps(steps);
	return lossOf(job, await reference.probe({ kind: 'outputs' }));
}

/** How many steps fill the time, given what k of them take; finding out warms the trainer up. */
export async function stepsIn(timeOf: (k: number) => Promise<number>, us: number): Promise<number> {
	for (let k = 1; ;) {
		const time = await timeOf(k);
		if (time >= us) return k;
		k = Math.ceil(k * Math.min(4, Math.max(1.2, (1.1 * us) / Math.max(time, 1))));
	}
}

/** CPU time of this process, all threads, in µs. */
async function cpuTime(trainer: Trainer, steps: number): Promise<number> {
	const since = process.cpuUsage();
	await trainer.steps(steps);
	const { user, system } = process.cpuUsage(since);
	return user + system;
}

/** Up to a factor, which a relative error does not see. */
export function lossOf({ y }: Job, f: ArrayLike<number>): number {
	return y.reduce((sum, target, i) => sum + ((f[i] ?? NaN) - target) ** 2, 0);
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[sorted.length >> 1] ?? NaN;
}
