/** Knobs and hypotheses that several figures share. */
import { showNumber, type Hypothesis, type NumberKnob } from '#contract';
import { lengthOf, type Mixture } from './mixture.ts';

export const plain = 'plain float64 arrays in a worker; no network is trained';

export const dimension: NumberKnob = {
	kind: 'number',
	label: 'dimension',
	symbol: 'd',
	min: 4,
	max: 64,
	step: 4,
	default: 16,
	scale: 'log',
};

export const mean: NumberKnob = {
	kind: 'number',
	label: 'mean of a coordinate',
	symbol: '\\mu',
	min: 0.5,
	max: 2,
	step: 0.1,
	default: 1,
	scale: 'linear',
};

export const width: NumberKnob = {
	kind: 'number',
	label: 'width of a class',
	symbol: 's',
	min: 0.3,
	max: 1.5,
	step: 0.1,
	default: 1,
	scale: 'linear',
};

export const steps: NumberKnob = {
	kind: 'number',
	label: 'steps of a path',
	min: 5,
	max: 200,
	step: 5,
	default: 40,
	scale: 'log',
};

/** The sign of x·m tells the class unless classes overlap: for |m| = 3s it errs once in 740. */
export const isSeparated = (mixture: Mixture): string | null =>
	lengthOf(mixture) >= 3 * mixture.s - 1e-9
		? null
		: `the classes overlap: |m| = ${showNumber(lengthOf(mixture))} < 3s = ${showNumber(3 * mixture.s)}`;

export const separated: Hypothesis<{ d: number; mu: number; s: number }> = {
	id: 'separated',
	text: 'the classes do not overlap, |m| ≥ 3s: the sign of x·m tells them apart',
	broken: ({ params }) => isSeparated(params),
};

/** Four standard errors of a share of `trials` that has the expectation p. */
export const sharesError = (p: number, trials: number) => 4 * Math.sqrt((p * (1 - p)) / trials);
