/** Knobs, hypotheses and spreads that figures of this lesson share. */
import type { Hypothesis, NumberKnob } from '#contract';

/** What computes the figures that train no network. */
export const plain = 'plain float64 arrays in a worker; no network is trained';

export const whole = (
	label: string,
	symbol: string,
	range: [number, number, number],
): NumberKnob => ({
	kind: 'number',
	label,
	symbol,
	min: range[0],
	max: range[1],
	default: range[2],
	step: 1,
	scale: 'linear',
});

/** Standard errors allowed, over some ten points of a curve that are far from independent. */
export const z = 4;

/** 2, 4, 8, … times `from`, as long as it is at most `most`. */
export function doublings(from: number, most: number): number[] {
	const all: number[] = [];
	for (let n = from; n <= most; n *= 2) all.push(n);
	return all;
}

/** Sample sizes of the nearest-neighbour figures. */
export const sizesTo = (most: number) => doublings(64, most);

/** Holds for the figures whose knob `layout` may put the points on a plane. */
export const uniformPoints: Hypothesis<{ layout: string; d: number }> = {
	id: 'uniform',
	text: 'points are uniform in all d dimensions',
	broken: ({ params: { layout, d } }) =>
		layout === 'uniform' || d === 2
			? null
			: `${d} coordinates are copies of two: the points lie on a plane`,
};

/** Relative spread from data set to data set of an error of nearest neighbours. */
export const spreadOf = (d: number, k: 1 | 'many') =>
	k === 1 ? (d < 4 ? 0.14 : 0.09) : d < 4 ? 0.26 : 0.13;

/** `z` standard errors of a mean over the seeds. */
export const standardErrors = (spread: number, seeds: number) => (z * spread) / Math.sqrt(seeds);
