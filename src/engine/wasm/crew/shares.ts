import type { Job, Probe } from '#contract';
import { concatenate } from '#theory/arrays.ts';
import { stepSizes, type Checkpoint } from '../../kernel.ts';

/** Replicas from..to of a job, those of one hand. */
export interface Share {
	readonly from: number;
	readonly to: number;
}

/** Cuts R replicas into so many shares that differ by one at most. */
export function sharesOf(replicas: number, hands: number): Share[] {
	return Array.from({ length: hands }, (_, h) => ({
		from: Math.floor((h * replicas) / hands),
		to: Math.floor(((h + 1) * replicas) / hands),
	}));
}

/** A copy of one share of numbers of shape [R, …]. */
function cut(values: Float64Array, replicas: number, { from, to }: Share): Float64Array {
	const size = values.length / replicas;
	return values.slice(from * size, to * size);
}

export function jobOf(job: Job, share: Share): Job {
	const { replicas, weights, x, y, optimiser } = job;
	return {
		...job,
		replicas: share.to - share.from,
		optimiser: { ...optimiser, stepSize: [...cut(stepSizes(job), replicas, share)] },
		weights: weights.map((w) => cut(w, replicas, share)),
		x: cut(x, replicas, share),
		y: cut(y, replicas, share),
	};
}

export function sizesOf(sizes: Float64Array, share: Share): Float64Array {
	return cut(sizes, sizes.length, share);
}

export function probeOf(probe: Probe, replicas: number, share: Share): Probe {
	const own = (values: Float64Array) => cut(values, replicas, share);
	if (probe.kind === 'field') return { ...probe, x: own(probe.x) };
	if (probe.kind === 'testLoss') return { ...probe, x: own(probe.x), y: own(probe.y) };
	return probe;
}

export function checkpointOf(
	{ steps, layers }: Checkpoint,
	replicas: number,
	share: Share,
): Checkpoint {
	return { steps, layers: layers.map((l) => l.map((values) => cut(values, replicas, share))) };
}

/** Puts together what the hands kept, in order. */
export function joined(parts: readonly Checkpoint[]): Checkpoint {
	const [first] = parts;
	if (!first) throw new Error('Nothing was kept.');
	const layers = first.layers.map((layer, l) =>
		layer.map((_, k) => concatenate(parts.map((part) => part.layers[l]![k]!))),
	);
	return { steps: first.steps, layers };
}

/** The memory of all numbers in a message that its sender needs no more. */
export function buffersIn(message: unknown): ArrayBuffer[] {
	if (message instanceof Float64Array) {
		const { buffer, byteLength } = message;
		const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
		return isWhole ? [buffer] : [];
	}
	if (message === null || typeof message !== 'object') return [];
	if (Object.getPrototypeOf(message) === Object.prototype || Array.isArray(message))
		return [...new Set(Object.values(message).flatMap(buffersIn))];
	return [];
}
