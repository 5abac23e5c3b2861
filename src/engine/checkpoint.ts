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
	const scales = layersOf(job).map(({ scale }) => scale);
	const factors = layers.map((_, l) => (units === 'plain' ? [] : [1 / (scales[l] ?? NaN)]));
	return { steps, layers: timesUnits(layers, factors) };
}

/**
 * What a lane measures in units of its own, times those units, in float64; a unit left out is 1.
 * Divided by them again and rounded, float32 numbers are what they were to the last bit.
 */
export function timesUnits(layers: Checkpoint['layers'], units: Units): Float64Array[][] {
	return converted(layers, units, (value, unit) => value * unit);
}

/** The inverse of `timesUnits`. */
export function overUnits(layers: Checkpoint['layers'], units: Units): Float64Array[][] {
	return converted(layers, units, (value, unit) => value / unit);
}

/** Per layer the unit of its weights, then those of what the optimiser remembers. */
export type Units = readonly (readonly number[])[];

function converted(
	layers: Checkpoint['layers'],
	units: Units,
	convert: (value: number, unit: number) => number,
): Float64Array[][] {
	return layers.map((layer, l) =>
		layer.map((values, k) => {
			const unit = units[l]?.[k] ?? 1;
			return Float64Array.from(values, (value) => convert(value, unit));
		}),
	);
}
