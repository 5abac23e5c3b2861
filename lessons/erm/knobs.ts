/** Knobs that the figures "sizes" and "training" share. */
import type { NumberKnob } from '#contract';

export const samples: NumberKnob = {
	kind: 'number',
	label: 'samples',
	symbol: 'n',
	min: 32,
	max: 128,
	step: 32,
	default: 64,
	scale: 'linear',
};

export const noise: NumberKnob = {
	kind: 'number',
	label: 'noise',
	symbol: '\\sigma',
	min: 0,
	max: 1,
	step: 0.05,
	default: 0.5,
	scale: 'linear',
};

export const decay: NumberKnob = {
	kind: 'number',
	label: 'decay of the signal',
	symbol: 'a',
	min: 0.5,
	max: 3,
	step: 0.25,
	default: 1.5,
	scale: 'linear',
};
