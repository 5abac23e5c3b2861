/** Knobs that figures of this lesson share. */
import type { ChoiceKnob, ListKnob, NumberKnob } from '#contract';
import { scheduleNames } from './schedules.ts';

export const schedule: ChoiceKnob = {
	kind: 'choice',
	label: 'steps',
	options: scheduleNames,
	default: 'silver',
};

export const stepSize: NumberKnob = {
	kind: 'number',
	label: 'constant step',
	symbol: 'h',
	min: 0.05,
	max: 1.95,
	step: 0.05,
	default: 1,
	scale: 'linear',
};

export const length: NumberKnob = {
	kind: 'number',
	label: 'at most so many steps',
	symbol: 'n',
	min: 1,
	max: 127,
	step: 1,
	default: 7,
	scale: 'log',
};

export const pattern: ListKnob = {
	kind: 'list',
	label: 'a pattern of yours',
	min: 0,
	max: 500,
	most: 127,
	default: [1.5, 4.9, 1.5],
};
