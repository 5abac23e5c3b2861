/** Knobs that several figures share, and the tolerance of a mean over linear students. */
import type { NumberKnob, Tolerance } from '#contract';
import type { Disagreement } from './angleLaw.ts';

export const dimension: NumberKnob = {
	kind: 'number',
	label: 'dimension',
	symbol: 'd',
	min: 20,
	max: 200,
	step: 10,
	default: 50,
	scale: 'log',
};

export const temperature: NumberKnob = {
	kind: 'number',
	label: 'temperature of soft labels',
	symbol: 'T',
	min: 0.25,
	max: 4,
	step: 0.25,
	default: 1,
	scale: 'log',
};

export const flips: NumberKnob = {
	kind: 'number',
	label: 'share of wrong labels',
	symbol: 'p',
	min: 0,
	max: 0.4,
	step: 0.05,
	default: 0.15,
	scale: 'linear',
};

/** Standard errors allowed: a verdict looks at some fifteen places. */
const z = 4;
/** What the law's expansion in 1/n and its quadrature may be off by, beyond rounding of logits. */
const expansion = 0.001;

export function withinErrors(
	x: readonly number[],
	laws: readonly Disagreement[],
	seeds: number,
): Tolerance {
	return x.map((at, i) => {
		const { mean, deviation } = laws[i]!;
		return [at, (z * deviation) / Math.sqrt(seeds) + (mean > 0 ? expansion : 0) + 1e-6] as const;
	});
}
export const because = `${z} standard errors of a mean over the seeds, with the deviation of the law itself, and ${expansion} for its expansion in 1/n: 600 students at each of thirteen n showed no difference beyond their standard errors`;
