import type { Questions } from '#contract';
import { tolerated } from './batches.ts';
import { threshold } from './edge.ts';
import { flattest, traceAt } from './rescaling.ts';
import { walkFractions } from './walk.ts';

/** A trained network that the exercises name: traces of its Hessian by blocks. */
export const example = { first: 14.04, second: 23.05, rest: 17.46 };

const near = (value: number, within = 0.01) => {
	return (given: number) => Math.abs(given - value) <= within * Math.abs(value);
};

/** Which of the offered sharpnesses is 2/η at η = 0.1. */
const offered = [0, 10, threshold(0.1), Infinity];

const growth = traceAt(example, 0.25) / traceAt(example, 1);

export default {
	settles: {
		kind: 'choice',
		options: [
			'towards 0: ever flatter',
			'somewhere near 10, one over the step',
			'at 20, and stays there',
			'without end: ever steeper',
		],
		answer: () => offered.indexOf(2 / 0.1),
		replies: [
			'Plain gradient descent does the opposite: as long as it is stable it walks into steeper country.',
			'The order of magnitude is right. At λ = 1/η one step lands at the bottom of the parabola, which is still stable.',
			'Where the largest curvature is 2/η, every step lands as far on the other side. Training rises to this edge and hovers there.',
			'It does grow, but not for long: beyond a certain curvature every step overshoots by more than it corrects.',
		],
	},
	shape: {
		kind: 'number',
		answer: () => growth,
		within: 0.02,
		hints: [
			'The three parts of the trace are multiplied by 1/c², c² and 1.',
			'At c = ¼ these factors are 16, 1/16 and 1.',
		],
		slips: [
			{
				when: near(traceAt(example, 4) / traceAt(example, 1), 0.02),
				say: 'That is c = 4. Making the first layer small makes the loss steep along it: its trace is divided by c².',
			},
			{
				when: near(16, 0.02),
				say: 'Only the first block grows by 16; the others do not.',
			},
			{
				when: near(traceAt(example, 0.5) / traceAt(example, 1), 0.02),
				say: 'You multiplied by 1/c instead of 1/c²: a second derivative picks the factor up twice.',
			},
		],
		solution:
			'16 · 14.04 + 23.05/16 + 17.46 = 243.5 in place of 14.04 + 23.05 + 17.46 = 54.55: a factor of 4.46. The normalised picture does not change at all.',
	},
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
	halved: {
		kind: 'number',
		answer: () => threshold(0.1 / 2),
		within: 0.01,
		hints: ['Before the change λ_max hovers at 2/η.', 'After it η = 0.05.'],
		slips: [
			{
				when: near(threshold(0.1)),
				say: 'That is where it stood before. A shorter step is stable in steeper country.',
			},
			{
				when: near(threshold(0.1) / 2),
				say: 'The edge is 2/η: half the step, twice the curvature.',
			},
		],
		solution:
			'The new edge is 2/0.05 = 40. Right after the change the step is stable again, the oscillation dies, the loss drops, and the sharpness resumes its rise from 20; it arrives at 40 only if the loss leaves enough to learn.',
	},
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
