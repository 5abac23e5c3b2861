import type { Questions } from '#contract';
import { chebyshevFactor, constantFactor } from './chebyshev.ts';
import { constantSteps, silverRatio, silverSteps } from './schedules.ts';
import {
	bestConstantStep,
	constantWorst,
	huberFloor,
	parabolaValue,
	silverBound,
	silverExponent,
	silverFloor,
} from './theory.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const offered = [1, 1.5, 1.83, 1.99];
const safest = () => {
	const worst = offered.map((h) => constantWorst(h, 10));
	return worst.indexOf(Math.min(...worst));
};
/** The smallest number of steps after which `left` is at most one hundredth. */
function stepsToOnePercent(left: (n: number) => number): number {
	let n = 1;
	while (left(n) > 0.01) n++;
	return n;
}
const kappa = 100;
const chebyshevCount = () => stepsToOnePercent((n) => chebyshevFactor(n, kappa));
const constantCount = () => stepsToOnePercent((n) => constantFactor(n, kappa));
/** What stays the same when steps are small: of the choices below, the one about the sum. */
const alike = () => {
	const pattern = [1.5, 2.2, 1.5, 12, 1.5, 2.2, 1.5];
	const even = constantSteps(3.2, 7);
	const same = [Math.max, sum, (...h: number[]) => sum(...h.map((v) => v * v))].map(
		(f) => Math.abs(f(...pattern) - f(...even)) < 1e-9,
	);
	return same.indexOf(true);
};
function sum(...values: number[]): number {
	return values.reduce((total, v) => total + v, 0);
}

export default {
	safestStep: {
		kind: 'choice',
		options: offered.map((h) => `h = ${h}`),
		answer: safest,
		replies: [
			'The textbook step. It never overshoots, and it is the slowest of the four on the flat side of a Huber function: 1/42.',
			'Better than 1 by half, and still all of its worst case is on the flat side, at 1/62. There is room for more.',
			'At h = 1.83 both dangers are nearly equal: 1/(40h + 2) on a flat slope and (1 − h)²⁰/2 on a parabola. A longer step loses more on the second than it gains on the first.',
			'On the parabola x²/2 every step multiplies by −0.99: after ten of them four fifths of f are still there.',
		],
	},
	bestConstant: {
		kind: 'number',
		answer: () => bestConstantStep(10),
		within: 0.003,
		hints: [
			'The worst case of constant steps is the larger of 1/(4nh + 2) and (1 − h)^{2n}/2. One falls with h, the other rises above h = 1.',
			'They are equal at the best h. With n = 10: 1/(40h + 2) = (h − 1)²⁰/2.',
			'Write h = 1 + (1/(20h + 1))^{1/20} and iterate from h = 1.8.',
		],
		slips: [
			{
				when: near(1 + (1 / (20 * bestConstantStep(10) + 1)) ** (1 / 10), 0.003),
				say: 'The parabola keeps (1 − h)²ⁿ of f, not (1 − h)ⁿ: the value is the square of the distance.',
			},
			{
				when: near(2, 0.001),
				say: 'At h = 2 the parabola keeps everything: x jumps from 1 to −1 and back.',
			},
		],
		solution:
			'h = 1.83405: there 1/(40h + 2) = (h − 1)²⁰/2 = 0.01327. The silver schedule needs only 15 steps, not ten times as many, to get below that: 0.00747.',
	},
	silverWorst: {
		kind: 'number',
		answer: () => silverFloor(63),
		within: 0.005,
		unit: 'LD²',
		hints: [
			'63 = 2⁶ − 1, so the steps sum up to H = ρ⁶ − 1 with ρ = 1 + √2.',
			'The worst Huber function keeps 1/(4H + 2).',
		],
		slips: [
			{
				when: near(huberFloor(constantSteps(1, 63)), 0.005),
				say: 'That is for 63 steps of length 1. Silver steps have a total length of ρ⁶ − 1 = 197.',
			},
			{
				when: near(silverBound(63), 0.005),
				say: 'That is the proved bound r₆. The Huber function shows the floor, 1/(4H + 2), which is about half of it.',
			},
			{
				when: near(parabolaValue(silverSteps(63)), 0.005),
				say: 'That is what the parabola keeps, ρ⁻¹²/2. The Huber function keeps more.',
			},
		],
		solution:
			'H = ρ⁶ − 1 = 196.99, so 1/(4H + 2) = 1/(4ρ⁶ − 2) = 0.001266. The longest step among them is 1 + ρ⁴ = 34.97.',
	},
	silverDoubling: {
		kind: 'number',
		answer: () => silverRatio,
		within: 0.01,
		hints: [
			'From n = 2ᵏ − 1 to 2ᵏ⁺¹ − 1, H + 1 grows from ρᵏ to ρᵏ⁺¹.',
			'The worst case is close to 1/(4H).',
		],
		slips: [
			{
				when: near(2),
				say: 'That is so for constant steps, whose total length doubles with their number. Silver steps grow longer as well.',
			},
			{
				when: near(silverExponent),
				say: 'That is the exponent, log₂ of the factor.',
			},
		],
		solution: 'By ρ = 1 + √2 = 2.414, and log₂ 2.414 = 1.2716 is the exponent of the rate.',
	},
	chebyshevCount: {
		kind: 'number',
		answer: chebyshevCount,
		within: 1e-9,
		unit: 'steps',
		hints: [
			'n steps leave 1/T_n(z) with z = (κ + 1)/(κ − 1) = 101/99, and T_n(z) = cosh(n arcosh z).',
			'arcosh(101/99) = 0.2007, and cosh u ≥ 100 from u = arcosh 100 = 5.298 on.',
		],
		slips: [
			{
				when: near(constantCount(), 1e-9),
				say: 'So many equal steps are needed. Chebyshev steps need about the square root of κ, not κ.',
			},
			{
				when: near(chebyshevCount() - 1, 1e-9),
				say: 'One step short: round up.',
			},
		],
		solution:
			'n = 5.298/0.2007 = 26.4, so 27 steps. Equal steps of the best length leave (99/101)ⁿ, which takes 231.',
	},
	whatCounts: {
		kind: 'choice',
		options: ['the longest step', 'the sum of the steps', 'the sum of their squares'],
		answer: alike,
		replies: [
			'It is 12 in the one and 3.2 in the other.',
			'Small steps follow the gradient flow, and the only thing the flow asks is how long it has run: the sum.',
			'The squares are what separates them, to the next order: 163 against 72 per pass. As the steps shrink their share goes to zero.',
		],
	},
} satisfies Questions;
