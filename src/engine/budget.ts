import type { Job, Optimiser } from '#contract';
import { layersOf, sampleCount } from './kernel.ts';

/** Bytes a job may hold at once: what a page on a phone is still given. */
export const mostBytes = 2 ** 30;

/** Numbers an optimiser keeps per weight. */
const memories: Readonly<Record<Optimiser['kind'], number>> = { gd: 0, momentum: 1, adam: 2 };

/**
 * Bytes a job holds at most, in float64: weights and the optimiser's memory three times over (in the job,
 * on the lane, in a checkpoint), inputs and targets twice, and the activations of all samples.
 */
export function bytesOf(job: Job): number {
	const { replicas, network, optimiser } = job;
	const n = sampleCount(job);
	const layers = layersOf(job);
	const weights = layers.reduce((sum, { out, columns }) => sum + out * columns, 0);
	const units = network.sizes.reduce((sum, size) => sum + size, 0);
	const [d = 0] = network.sizes;
	const state = 3 * weights * (1 + memories[optimiser.kind]);
	return 8 * replicas * (state + 2 * n * (d + 1) + n * units);
}

/** Throws a RangeError, for the reader, where a job cannot fit into memory; what else may be wrong with it is for `checkJob`. */
export function checkBudget(job: Job): void {
	const bytes = bytesOf(job);
	if (!(bytes > mostBytes)) return;
	throw new RangeError(
		`This run would hold ${gigabytes(bytes)} of memory at once, and ${gigabytes(mostBytes)} is allowed; choose a smaller network, fewer samples or fewer seeds.`,
	);
}

function gigabytes(bytes: number): string {
	return `${Number((bytes / 2 ** 30).toPrecision(2))} GB`;
}
