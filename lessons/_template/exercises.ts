import { varied, type Questions } from '#contract';
import { halfLife } from '#theory/descentFilter.ts';
import { output } from './theory.ts';

export default {
	half: varied({ step: [0.3, 0.2, 0.5] }, ({ step }) => ({
		kind: 'number',
		answer: () => halfLife(step, 1),
		within: 0.01,
		unit: 'steps',
		hints: [`The output is (1 − η)^t with η = ${step}.`, `Solve ${1 - step}^t = ½ for t.`],
		slips: [
			{
				when: (given) => Math.abs(given - Math.LN2 / step) < 0.05,
				say: 'That is the continuous-time answer, ln 2/η; steps of this length are not small.',
			},
		],
		solution: `t = ln ½/ln ${1 - step} = ${halfLife(step, 1).toFixed(2)}.`,
		show: { figure: 'decay', set: { eta: step } },
	})),
	sign: {
		kind: 'choice',
		options: ['It falls without changing sign', 'It falls and changes sign at every step'],
		answer: () => (output(1.5, 1) < 0 ? 1 : 0),
		replies: [
			'At η = 1.5 the factor 1 − η is −0.5: the step overshoots.',
			'The factor 1 − η is −0.5: half the size, and the other side.',
		],
	},
} satisfies Questions;
