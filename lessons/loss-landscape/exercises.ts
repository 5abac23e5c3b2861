import { showNumber, varied, type Questions } from '#contract';
import { tolerated } from './batches.ts';
import { threshold } from './edge.ts';
import { flattest, traceAt } from './rescaling.ts';
import { walkFractions } from './walk.ts';

/** A trained network that the exercises name: traces of its Hessian by blocks. */
export const example = { first: 14.04, second: 23.05, rest: 17.46 };

const near = (value: number, within = 0.01) => {
	return (given: number) => Math.abs(given - value) <= within * Math.abs(value);
};

/** Sharpnesses at which the factor of one step is drawn. */
const sharpnesses = [0, 10, 20, 30, 40];

export default {
	settles: {
		kind: 'threshold',
		place: {
			kind: 'number',
			label: 'sharpness',
			symbol: '\\lambda',
			min: 0,
			max: 40,
			step: 0.5,
			default: 13,
			scale: 'linear',
		},
		answer: () => threshold(0.1),
		within: 0.05,
		curve: () => ({ x: sharpnesses, y: sharpnesses.map((s) => Math.abs(1 - 0.1 * s)) }),
		y: { label: 'what a step leaves of the distance', scale: 'linear', domain: [0, 3] },
		label: '|1 − ηλ|, which is 1 at λ = 2/η',
		misses: [
			{
				when: (at) => at < 8,
				say: 'Plain gradient descent does the opposite of getting ever flatter: as long as it is stable it walks into steeper country.',
			},
			{
				when: (at) => at >= 8 && at < 12,
				say: 'At λ = 1/η one step lands at the bottom of the parabola: as stable as can be, so the climb goes on.',
			},
			{
				when: (at) => at >= 12 && at < threshold(0.1),
				say: 'It does not stay where it began: as long as a step is stable, training walks into steeper country.',
			},
			{
				when: (at) => at > threshold(0.1),
				say: 'It does grow, but not so far: beyond 20 every step overshoots by more than it corrects.',
			},
		],
		met: 'Where the largest curvature is 2/η, every step lands as far on the other side. Training rises to this edge and hovers there.',
		show: { figure: 'edge', set: {} },
	},
	shape: varied({ c: [0.25, 0.5, 2] }, ({ c }) => {
		const growth = traceAt(example, c) / traceAt(example, 1);
		return {
			kind: 'number',
			answer: () => growth,
			within: 0.02,
			hints: [
				'The three parts of the trace are multiplied by 1/c², c² and 1.',
				`At c = ${c} these factors are ${1 / c ** 2}, ${c ** 2} and 1.`,
			],
			slips: [
				{
					when: near(traceAt(example, 1 / c) / traceAt(example, 1), 0.02),
					say: `That is c = ${1 / c}. Making the first layer small makes the loss steep along it: its trace is divided by c².`,
				},
				{
					when: near(1 / c ** 2, 0.02),
					say: `Only the first block is multiplied by ${1 / c ** 2}; the others are not.`,
				},
				{
					when: near(traceAt(example, Math.sqrt(c)) / traceAt(example, 1), 0.02),
					say: 'You multiplied by 1/c instead of 1/c²: a second derivative picks the factor up twice.',
				},
			],
			solution: `14.04/c² + 23.05 c² + 17.46 = ${showNumber(traceAt(example, c))} in place of 14.04 + 23.05 + 17.46 = 54.55: a factor of ${showNumber(growth)}. The normalised picture does not change at all.`,
			show: { figure: 'rescaling', set: { c } },
		};
	}),
	flattest: {
		kind: 'number',
		answer: () => flattest(example),
		within: 0.01,
		hints: [
			'Differentiate tr H₁₁/c² + c² tr H₂₂ with respect to c².',
			'The two terms are equal there: c⁴ = tr H₁₁/tr H₂₂.',
		],
		slips: [
			{ when: near(flattest(example) ** 2), say: 'That is c². Take the root once more.' },
			{
				when: near(1 / flattest(example)),
				say: 'The other way round: the layer with the smaller trace is the one to shrink.',
			},
			{ when: near(flattest(example) ** 4), say: 'That is c⁴.' },
		],
		solution:
			'With s = c² the trace is tr H₁₁/s + s tr H₂₂ + rest, smallest at s² = tr H₁₁/tr H₂₂ = 0.609. So c = 0.609^{1/4} = 0.883, and the trace there is 2√(14.04 · 23.05) + 17.46 = 53.4: training had nearly balanced the layers by itself.',
	},
	halved: varied({ eta: [0.1, 0.05, 0.2], by: [2, 4] }, ({ eta, by }) => ({
		kind: 'number',
		answer: () => threshold(eta / by),
		within: 0.01,
		hints: [
			'Before the change λ_max hovers at 2/η.',
			`After it the step is ${eta}/${by} = ${eta / by}.`,
		],
		slips: [
			{
				when: near(threshold(eta)),
				say: 'That is where it stood before. A shorter step is stable in steeper country.',
			},
			{
				when: near(threshold(eta) / by),
				say: 'The edge is 2/η: a shorter step, a larger curvature.',
			},
		],
		solution: `The new edge is 2/${eta / by} = ${threshold(eta / by)}. Right after the change the step is stable again, the oscillation dies, the loss drops, and the sharpness resumes its rise from ${threshold(eta)}; it arrives at ${threshold(eta / by)} only if the loss leaves enough to learn.`,
	})),
	bears: {
		kind: 'number',
		answer: () => tolerated(5, 0.1),
		within: 0.01,
		hints: ['It is the second of the two bounds.', 'B(n − 1)/(n − B) = 5 · 19/15.'],
		slips: [
			{
				when: near(tolerated(5, 0.1) ** 2 * 0.1),
				say: 'Take the root: Σ is made of squares of Hessians.',
			},
			{
				when: near(Math.sqrt(5) / 0.1),
				say: 'That is for samples drawn with replacement. Without, the factor n − 1 over n − B comes in.',
			},
			{ when: near(threshold(0.1)), say: 'That is the bound on the sharpness.' },
		],
		solution:
			'√(5 · 19/15)/0.1 = 25.2. Batches of one bear 10, batches of two 14.5, and the full batch bears anything.',
	},
	special: {
		kind: 'choice',
		options: [
			'Yes: two of several hundred dimensions are next to nothing',
			'No: a path without any structure does nearly as well',
		],
		answer: () =>
			walkFractions(1000)
				.slice(0, 2)
				.reduce((a, b) => a + b, 0) > 0.75
				? 1
				: 0,
		replies: [
			'So it seems. But a random walk spends most of its variance on its slowest wave, whatever the dimension: compute 6/π² · (1 + ¼).',
			'6/π² · (1 + ¼) = 76 %. Eighty per cent is no evidence of a low-dimensional landscape; it is what paths look like.',
		],
	},
} satisfies Questions;
