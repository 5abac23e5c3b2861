/** Knobs that the figures "labels" and "floor" share. */
import type { NumberKnob } from '#contract';

export const samples: NumberKnob = {
	kind: 'number',
	label: 'samples',
	symbol: 'N',
	min: 16,
	max: 192,
	step: 16,
	default: 128,
	scale: 'log',
};

export const features: NumberKnob = {
	kind: 'number',
	label: 'features',
	symbol: 'm',
	min: 16,
	max: 256,
	step: 16,
	default: 64,
	scale: 'log',
};

export const steps: NumberKnob = {
	kind: 'number',
	label: 'steps',
	symbol: 'T',
	min: 50,
	max: 2000,
	step: 50,
	default: 500,
	scale: 'log',
};
