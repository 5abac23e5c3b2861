import type { Job } from '#contract';
import { layersOf, type Checkpoint } from './kernel.ts';

interface PlainCheckpoint {
	readonly steps: number;
	/** Per layer its weights, then what the optimiser remembers of each, float64. */
	readonly layers: readonly (readonly Float64Array[])[];
}

/**
 * A checkpoint in the units of `Job.weights`: W = W̃/s. What the optimiser remembers is in units of the
 * gradient in W in either, so that lanes can hand a run to each other.
 */
export function plainCheckpoint(job: Job, { steps, units, layers }: Checkpoint): PlainCheckpoint {
	return { steps, layers: rescaled(job, layers, units === 'plain' ? () => 1 : (s) => 1 / s) };
}

/** A checkpoint in the units of the tfjs kernels: W̃ = s W. */
export function scaledCheckpoint(job: Job, { steps, units, layers }: Checkpoint): PlainCheckpoint {
	return { steps, layers: rescaled(job, layers, units === 'scaled' ? () => 1 : (s) => s) };
}

/** Weights times `factor` of their layer's scale; the memory of the optimiser stays. */
function rescaled(
	job: Job,
	layers: Checkpoint['layers'],
	factor: (scale: number) => number,
): Float64Array[][] {
	return layersOf(job).map(({ scale }, l) =>
		(layers[l] ?? []).map((values, k) =>
			Float64Array.from(values, (value) => (k === 0 ? factor(scale) * value : value)),
		),
	);
}
