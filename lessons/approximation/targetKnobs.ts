import type { Knobs } from '#contract';

/** The Gaussian target of the figures in many dimensions: how many, and how fast it varies. */
export const targetKnobs: Knobs<{ d: number; s: number }> = {
	d: {
		kind: 'number',
		label: 'dimension',
		symbol: 'd',
		min: 1,
		max: 32,
		step: 1,
		default: 8,
		scale: 'log',
	},
	s: {
		kind: 'number',
		label: 'frequency scale',
		symbol: 's',
		min: 0.2,
		max: 1.5,
		step: 0.05,
		default: 0.5,
		scale: 'linear',
	},
};
