/** Knobs and hypotheses that figures of this lesson share. */
import { type Hypothesis, type NumberKnob } from '#contract';

export const dimension: NumberKnob = {
	kind: 'number',
	label: 'dimension',
	symbol: 'd',
	min: 3,
	max: 40,
	step: 1,
	default: 20,
	scale: 'linear',
};

export const bias: NumberKnob = {
	kind: 'number',
	label: 'bias of the neuron',
	symbol: 'b',
	min: 0,
	max: 2,
	step: 0.1,
	default: 0,
	scale: 'linear',
};

/** Relative standard deviation of what one draw of features leaves, from above; measured over 60 draws at each of eight n. */
export const scatter = (d: number) => 0.16 / Math.sqrt(d);

export const highDimension: Hypothesis<{ d: number }> = {
	id: 'dimension',
	text: 'the dimension is large: from d = 10 on nκ was measured to be within 2.5 %',
	broken: ({ params: { d } }) =>
		d >= 10 ? null : `dimension ${d} < 10, where nκ is off by up to 11 %`,
};
