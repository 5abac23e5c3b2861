import { showNumber, varied, type Questions } from '#contract';
import { basisSize } from './fixedBasis.ts';
import { lawsOf } from './laws.ts';
import { sampledVariance } from './maurey.ts';
import { targetKnob } from './target.ts';

const sine = 'sin(2*pi*x)';
const near =
	(value: number, within = 0.02) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

/** Width at which the law of the largest error on uniform knots comes down to `error`. */
const enough = (error: number) => Math.ceil(Math.sqrt(lawsOf(sine).sup / error));
const gain = () => {
	const { leastSquares, leastSquaresFree } = lawsOf(targetKnob.presets.bump!);
	return leastSquares / leastSquaresFree;
};
const growth = () => basisSize(0.1, { d: 8, s: 1 }) / basisSize(0.1, { d: 4, s: 1 });

export default {
	slopes: {
		kind: 'choice',
		options: ['by 2', 'by 4', 'by 8', 'it depends on the function'],
		answer: () => {
			const { sup } = lawsOf(sine);
			return [2, 4, 8].indexOf(sup / 16 ** 2 / (sup / 32 ** 2));
		},
		replies: [
			'Twice as many pieces are half as long, but the gap between a curve and its chord goes as the square of the length.',
			'Half the length, a quarter of the gap: the law is m^(−2), for every function with a continuous second derivative.',
			'That would be pieces of parabolas. Straight ones leave a gap that goes as the square of their length.',
			'How large the error is depends on the function. What doubling gains does not, once the pieces are short.',
		],
	},
	enough: varied({ error: [0.001, 0.01, 0.002] }, ({ error }) => {
		const wanted = enough(error);
		const root = Math.sqrt(lawsOf(sine).sup / error);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.01,
			unit: 'neurons',
			hints: [
				'The law of the largest error on uniform knots is max |f″|/(8m²).',
				'For f = sin 2πx the largest |f″| is 4π² = 39.48.',
				`Solve 39.48/(8m²) = ${error} for m.`,
			],
			slips: [
				{
					when: near(Math.sqrt(8) * wanted),
					say: 'You left out the 8. A parabola of second derivative f″ rises above its chord by f″h²/8.',
				},
				{
					when: near(2 * wanted),
					say: 'That has 2 where 8 should stand: the interpolant touches f at both ends of the piece, not at one.',
				},
				{
					when: near(wanted ** 2),
					say: 'That is m². Take the root.',
				},
				{
					when: near(Math.ceil(Math.sqrt(1 / (8 * error))), 0.05),
					say: 'You took max |f″| = 1. The chain rule brings out (2π)².',
				},
			],
			solution: `m = √(39.478/${8 * error}) = ${showNumber(root)}, so ${wanted} neurons.`,
		};
	}),
	gain: {
		kind: 'number',
		answer: gain,
		within: 0.02,
		hints: [
			'Divide the two laws of root mean square error: m^(−2) and 1/√720 cancel.',
			'What is left is (∫f″²)^½ over (∫|f″|^⅖)^(5/2).',
			'For the bump, ∫f″² = 1329.2 and (∫|f″|^⅖)⁵ = 158.74.',
		],
		slips: [
			{
				when: near(gain() ** 2),
				say: 'That is the gain in mean square. Take the root.',
			},
			{
				when: near(lawsOf(targetKnob.presets.bump!).sup / lawsOf(targetKnob.presets.bump!).supFree),
				say: 'That is the gain in the largest error, 100/14.97.',
			},
		],
		solution: '√(1329.24/158.74) = 2.89. The same error with √2.89 = 1.70 times fewer neurons.',
	},
	neurons: varied({ d: [16, 8, 4], s: [0.4, 0.5, 0.3] }, ({ d, s }) => {
		const variance = sampledVariance({ d, s });
		const [four, two] = [showNumber(1 + 4 * s * s), showNumber(1 + 2 * s * s)];
		return {
			kind: 'number',
			answer: () => variance / 1e-3,
			within: 0.01,
			unit: 'neurons',
			hints: [
				'The mean square error of m sampled neurons is V/m, in the mean.',
				'V(d, s) = ½ + ½(1 + 4s²)^(−d/2) − (1 + 2s²)^(−d/2).',
				`At d = ${d} and s = ${s}: 1 + 4s² = ${four} and 1 + 2s² = ${two}, both to the power −${d / 2}.`,
			],
			slips: [
				{
					when: near(0.5 / 1e-3),
					say: 'That is the ceiling V < ½. The exact V subtracts |f|².',
				},
				{
					when: near(variance / 1e-6),
					say: 'You asked for a root mean square of 10⁻³. The question is about the mean square.',
				},
			],
			solution: `V(${d}, ${s}) = 0.5 + 0.5 · ${four}^(−${d / 2}) − ${two}^(−${d / 2}) = ${showNumber(variance)}, so m = V/10⁻³ = ${Math.ceil(variance / 1e-3)}.${d === 16 && s === 0.4 ? ' Trained, 64 are enough, as the next figure shows at this setting.' : ''}`,
		};
	}),
	growth: {
		kind: 'choice',
		options: ['about 2', 'about 12', 'about 140', 'about 2300'],
		answer: () => [2, 12, 140, 2300].findIndex((factor) => near(factor, 0.1)(growth())),
		replies: [
			'The dimension doubles. The number of functions that are needed grows far faster: a basis must be ready for frequencies in all directions.',
			'√110 more would be the square of the one-dimensional number for each pair; it is worse.',
			'From 110 functions to 15 790. In d dimensions there are binom(k + d − 1, d − 1) Hermite products of degree k, and degrees up to a few d are needed.',
			'That is nearly the step from d = 8 to d = 16 on a logarithmic scale, and still too small for it: 257 252 463 are needed there.',
		],
	},
} satisfies Questions;
