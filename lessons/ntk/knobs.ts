/** Knobs that figures of this lesson share. */
import type { NumberKnob } from '#contract';

/** η in units of 1/λ_max; the theorems end at 2. */
export const stepSize: NumberKnob = {
	kind: 'number',
	label: 'step size',
	symbol: '\\eta\\lambda_{\\max}',
	min: 0.1,
	max: 4,
	step: 0.1,
	default: 1,
	scale: 'linear',
};

/** T, the length of a run. */
export const steps: NumberKnob = {
	kind: 'number',
	label: 'steps',
	symbol: 'T',
	min: 20,
	max: 1000,
	step: 20,
	default: 200,
	scale: 'log',
};

/** Equally spaced points on the circle; even, so that no frequency aliases onto another parity. */
export const points: NumberKnob = {
	kind: 'number',
	label: 'points',
	symbol: 'n',
	min: 8,
	max: 32,
	step: 2,
	default: 16,
	scale: 'linear',
};

/** How far the circle stands out of its plane. */
export const lift: NumberKnob = {
	kind: 'number',
	label: 'lift of the circle',
	symbol: '\\beta',
	min: 0,
	max: 2,
	step: 0.1,
	default: 1,
	scale: 'linear',
};
