import { showNumber, varied, type Curve, type Questions } from '#contract';
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

/** The smallest number of steps after which `left` is at most one hundredth. */
function stepsToOnePercent(left: (n: number) => number): number {
	let n = 1;
	while (left(n) > 0.01) n++;
	return n;
}
const chebyshevCount = (kappa: number) => stepsToOnePercent((n) => chebyshevFactor(n, kappa));
const constantCount = (kappa: number) => stepsToOnePercent((n) => constantFactor(n, kappa));
/** Slope of log y against log x from the first point to the last. */
const slope = ({ x, y }: Curve) =>
	Math.log((y.at(-1) ?? NaN) / (y[0] ?? NaN)) / Math.log((x.at(-1) ?? NaN) / (x[0] ?? NaN));
/** How far a curve is from straight on logarithmic axes: the largest factor off its chord. */
const bend = ({ x, y }: Curve) => {
	const s = slope({ x, y });
	const off = y.map((v, i) => Math.abs(Math.log(v / ((y[0] ?? NaN) * (x[i]! / x[0]!) ** s))));
	return Math.exp(Math.max(...off));
};
const silverLengths = [1, 3, 7, 15, 31, 63, 127, 255];
const steps = Array.from({ length: 96 }, (_, i) => 0.5 + (1.49 * i) / 95);
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
		kind: 'threshold',
		place: {
			kind: 'number',
			label: 'step h',
			min: 0.5,
			max: 2,
			step: 0.01,
			default: 1,
			scale: 'linear',
		},
		answer: () => bestConstantStep(10),
		within: 0.01,
		curve: () => ({ x: steps, y: steps.map((h) => constantWorst(h, 10)) }),
		y: { label: 'worst case after ten steps', scale: 'log', domain: [0.01, 0.5] },
		label: 'the worst of all smooth convex functions',
		misses: [
			{
				when: (h) => h < 1.02,
				say: 'That is the textbook’s advice. A step of 1 never overshoots, and leaves more than any longer one up to 1.9: on a gentle slope it just does not get far.',
			},
			{
				when: (h) => h >= 1.02 && h < bestConstantStep(10),
				say: 'There is room for more: all of your worst case is on a gentle slope, where only the distance counts.',
			},
			{
				when: (h) => h > bestConstantStep(10),
				say: 'Too eager. On the parabola x²/2 every step multiplies x by 1 − h; near h = 2 ten of them leave nearly everything.',
			},
		],
		met: 'Two dangers meet there: 1/(40h + 2) on a gentle slope falls with h, and (1 − h)²⁰/2 on a parabola rises. The best step is where they are equal, much nearer to 2 than to 1.',
	},
	bestConstant: varied({ n: [5, 8, 20, 40] }, ({ n }) => {
		const best = bestConstantStep(n);
		const floor = 1 / (4 * n * best + 2);
		return {
			kind: 'number',
			answer: () => best,
			within: 0.003,
			hints: [
				'The worst case of constant steps is the larger of 1/(4nh + 2) and (1 − h)^{2n}/2. One falls with h, the other rises above h = 1.',
				`They are equal at the best h. With n = ${n}: 1/(${4 * n}h + 2) = (h − 1)^${2 * n}/2.`,
				`Write h = 1 + (1/(${2 * n}h + 1))^{1/${2 * n}} and iterate from h = 1.8.`,
			],
			slips: [
				{
					when: near(1 + (1 / (2 * n * best + 1)) ** (1 / n), 0.003),
					say: 'The parabola keeps (1 − h)²ⁿ of f, not (1 − h)ⁿ: the value is the square of the distance.',
				},
				{
					when: near(1, 0.003),
					say: `The textbook’s step solves the parabola at once and leaves 1/(4·${n} + 2) of the slope. Where both dangers are equal a longer step leaves less.`,
				},
				{
					when: near(2, 0.001),
					say: 'At h = 2 the parabola keeps everything: x jumps from 1 to −1 and back.',
				},
			],
			solution: `h = ${best.toFixed(4)}: there 1/(${4 * n}h + 2) = (h − 1)^${2 * n}/2 = ${showNumber(floor)}.`,
			show: {
				figure: 'worst',
				set: { schedule: 'constant', h: Math.round(best * 20) / 20, length: n },
			},
		};
	}),
	silverRate: {
		kind: 'curve',
		x: { label: 'steps n', scale: 'log', domain: [1, 255] },
		y: { label: 'worst case after n steps', scale: 'log', domain: [1e-5, 1] },
		knots: silverLengths,
		answer: () => ({ x: silverLengths, y: silverLengths.map(silverFloor) }),
		label: 'silver steps, the worst Huber function',
		misses: [
			{
				when: ({ y }) => y.some((v, i) => i > 0 && v > (y[i - 1] ?? 0) * 1.0001),
				say: 'Its shape: yours rises somewhere. Single long steps may go up, but a longer silver schedule is never worse than a shorter one.',
			},
			{
				when: (curve) => slope(curve) > -1.08,
				say: 'Its slope: yours falls no faster than 1/n. Constant steps do that, whose total length doubles with their number. Silver steps grow longer as well.',
			},
			{
				when: (curve) => slope(curve) < -1.6,
				say: 'Its slope: yours falls nearly as 1/n². That is what momentum achieves; steps fixed in advance, without memory, are not known to.',
			},
			{
				when: ({ y }) => Math.abs(Math.log((y[0] ?? NaN) / silverFloor(1))) > Math.log(2.5),
				say: 'Its level: one step of √2 leaves 1/(4√2 + 2) = 0.13 of LD².',
			},
			{
				when: (curve) => bend(curve) > 2.5,
				say: 'Its shape: on these axes a power of n is a straight line, and every doubling gains the same factor.',
			},
		],
		met: 'You have seen it: nearly a straight line, with slope −1.27, between the −1 of constant steps and the −2 of momentum.',
		show: { figure: 'rates', set: {} },
	},
	silverDoubling: varied({ times: [2, 4, 8] }, ({ times }) => {
		const factor = silverRatio ** Math.log2(times);
		return {
			kind: 'number',
			answer: () => factor,
			within: 0.01,
			hints: [
				'From n = 2ᵏ − 1 to 2ᵏ⁺¹ − 1, H + 1 grows from ρᵏ to ρᵏ⁺¹.',
				'The worst case is close to 1/(4H).',
				`${times} = 2^${Math.log2(times)}.`,
			],
			slips: [
				{
					when: near(times),
					say: 'That is so for constant steps, whose total length grows as their number does. Silver steps grow longer as well.',
				},
				{
					when: near(silverExponent),
					say: 'That is the exponent, log₂ ρ.',
				},
				{ when: near(1 / factor), say: 'It falls by one over that.' },
			],
			solution: `By ρ^${Math.log2(times)} = (1 + √2)^${Math.log2(times)} = ${showNumber(factor)}; the exponent of the rate is log₂ ρ = 1.2716, and ${times}^1.2716 is the same.`,
			show: { figure: 'rates', set: {} },
		};
	}),
	silverWorst: varied({ n: [63, 7, 15, 31, 127] }, ({ n }) => {
		const k = Math.log2(n + 1);
		const sum = silverRatio ** k - 1;
		return {
			kind: 'number',
			answer: () => silverFloor(n),
			within: 0.005,
			unit: 'LD²',
			hints: [
				`${n} = 2^${k} − 1, so the steps sum up to H = ρ^${k} − 1 with ρ = 1 + √2.`,
				'The worst Huber function keeps 1/(4H + 2).',
			],
			slips: [
				{
					when: near(huberFloor(constantSteps(1, n)), 0.005),
					say: `That is for ${n} steps of length 1. Silver steps have a total length of ρ^${k} − 1 = ${showNumber(sum)}.`,
				},
				{
					when: near(silverBound(n), 0.005),
					say: `That is the proved bound for k = ${k}. The Huber function shows the floor, 1/(4H + 2), which is about half of it.`,
				},
				{
					when: near(parabolaValue(silverSteps(n)), 0.005),
					say: 'That is what the parabola keeps. The Huber function keeps more.',
				},
			],
			solution: `H = ρ^${k} − 1 = ${showNumber(sum)}, so 1/(4H + 2) = 1/(4ρ^${k} − 2) = ${showNumber(silverFloor(n))}. The longest step among them is 1 + ρ^${k - 2} = ${showNumber(1 + silverRatio ** (k - 2))}.`,
			show: { figure: 'worst', set: { schedule: 'silver', length: n } },
		};
	}),
	chebyshevCount: varied({ kappa: [100, 50, 200, 400] }, ({ kappa }) => {
		const arcosh = Math.acosh((kappa + 1) / (kappa - 1));
		const count = chebyshevCount(kappa);
		return {
			kind: 'number',
			answer: () => count,
			within: 1e-9,
			unit: 'steps',
			hints: [
				`n steps leave 1/T_n(z) with z = (κ + 1)/(κ − 1) = ${kappa + 1}/${kappa - 1}, and T_n(z) = cosh(n arcosh z).`,
				`arcosh z = ${showNumber(arcosh)}, and cosh u ≥ 100 from u = arcosh 100 = 5.298 on.`,
			],
			slips: [
				{
					when: near(constantCount(kappa), 1e-9),
					say: 'So many equal steps are needed. Chebyshev steps need about the square root of κ, not κ.',
				},
				{
					when: near(count - 1, 1e-9),
					say: 'One step short: round up.',
				},
			],
			solution: `n = 5.298/${showNumber(arcosh)} = ${showNumber(Math.acosh(100) / arcosh)}, so ${count} steps. Equal steps of the best length take ${constantCount(kappa)}.`,
			show: { figure: 'quadratics', set: { kappa } },
		};
	}),
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
