/** Knobs that several figures share. */
import type { NumberKnob } from '#contract';

export const equations: NumberKnob = {
	kind: 'number',
	label: 'equations',
	symbol: 'n',
	min: 10,
	max: 40,
	step: 5,
	default: 40,
	scale: 'log',
};

export const sparsity: NumberKnob = {
	kind: 'number',
	label: 'ones in the truth',
	symbol: 'k',
	min: 1,
	max: 16,
	step: 1,
	default: 4,
	scale: 'log',
};
