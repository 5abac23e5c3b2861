import type { Questions } from '#contract';
import { halfLife } from '#theory/descentFilter.ts';
import { output } from './theory.ts';

export default {
	half: {
		kind: 'number',
		answer: () => halfLife(0.3, 1),
		within: 0.01,
		unit: 'steps',
		hints: ['The output is (1 − η)^t with η = 0.3.', 'Solve 0.7^t = ½ for t.'],
		slips: [
			{
				when: (given) => Math.abs(given - Math.LN2 / 0.3) < 0.05,
				say: 'That is the continuous-time answer, ln 2/η; steps of this length are not small.',
			},
		],
		solution: 't = ln ½/ln 0.7 = 1.94.',
	},
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
