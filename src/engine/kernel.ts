import type { Job, Lane, Probe } from '#contract';

/**
 * One training job on one device: the seam behind which lanes differ. A kernel knows nothing of
 * slices, pauses or workers; a session drives it.
 */
export interface Kernel {
	/** Kernels the device dispatches per training step; null before the first, and where there are none to count. */
	readonly kernelsPerStep: number | null;
	/** Runs or enqueues k steps and returns without waiting for the device. */
	steps(k: number): void;
	/** Resolves when all that was enqueued is done; rejects with a sentence if the device is lost or stuck. */
	fence(): Promise<void>;
	/** Copies to the host all that changes in training. Waits for what was enqueued. */
	checkpoint?(): Promise<Checkpoint>;
	/** Goes on from a checkpoint of the same job, of this kernel or another on the same or another lane. */
	restore?(checkpoint: Checkpoint): void;
	/** From the next step on other step sizes, shape [R]; the schedule still multiplies them. */
	setStepSizes?(sizes: Float64Array): void;
	/** Reads a quantity back; shapes stand with the `Probe` type. */
	probe(probe: Probe): Promise<Float64Array>;
	/** Frees all that the job holds; harmless when repeated. */
	dispose(): void;
}

/** Where a kernel stood; restored on a kernel of the same kind, training goes on with the same bits. */
export interface Checkpoint {
	/** Steps taken. */
	readonly steps: number;
	/**
	 * Per layer its weights as in `Job.weights`, then what the optimiser remembers of each as the papers
	 * define it: the velocity of momentum, or both moments of Adam. All lanes speak these units, so that
	 * they can hand a run to each other.
	 */
	readonly layers: readonly (readonly Float64Array[])[];
}

/** A device that has started: it makes kernels. */
export interface Device {
	readonly lane: Lane;
	/** What draws, where that is known: "ANGLE (Intel, …)". */
	readonly renderer: string;
	/** How long a slice of steps may take, in milliseconds. */
	readonly sliceMs: number;
	/** True once the device has gone for good, a lost graphics context say. */
	readonly isLost: () => boolean;
	/** Lays the job out on the device. The job has been checked by `checkJob`. */
	kernel(job: Job): Kernel;
}

/** Starts a device; rejects with a `LaneError` where it cannot be had. */
export type Starter = () => Promise<Device>;

/** Why a lane cannot be used, as half a sentence: "WebGL is not available in this browser". */
export class LaneError extends Error {
	override readonly name = 'LaneError';
}

/** One layer of a job, spelled out. */
export interface Layer {
	readonly out: number;
	readonly in: number;
	/** Numbers in a row of its weights: `in`, and one more with biases. */
	readonly columns: number;
	readonly scale: number;
	readonly trained: boolean;
}

export function layersOf({ network }: Job): Layer[] {
	const { sizes, scales, trained, biases = false } = network;
	return scales.map((scale, l) => ({
		in: sizes[l] ?? 0,
		out: sizes[l + 1] ?? 0,
		columns: (sizes[l] ?? 0) + Number(biases),
		scale,
		trained: trained?.[l] ?? true,
	}));
}

/** Training inputs per replica. */
export function sampleCount({ y, replicas }: Job): number {
	return y.length / replicas;
}

/** The step size of each replica, shape [R]. */
export function stepSizes({ optimiser, replicas }: Job): Float64Array {
	const { stepSize } = optimiser;
	return Float64Array.from({ length: replicas }, (_, r) =>
		typeof stepSize === 'number' ? stepSize : (stepSize[r] ?? NaN),
	);
}
