/** Knobs that figures of this lesson share. */
import type { NumberKnob } from '#contract';

/** n. */
export const samples: NumberKnob = {
	kind: 'number',
	label: 'samples',
	symbol: 'n',
	min: 20,
	max: 100,
	step: 10,
	default: 40,
	scale: 'linear',
};

/** σ². */
export const noise: NumberKnob = {
	kind: 'number',
	label: 'noise',
	symbol: '\\sigma^2',
	min: 0,
	max: 1,
	step: 0.01,
	default: 0.04,
	scale: 'linear',
};
