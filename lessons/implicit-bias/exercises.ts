import { varied, type Curve, type Questions } from '#contract';
import { angleBetween, largestMargin, lossAfter, offset, onTheLine } from './margin.ts';
import { minimisers } from './potential.ts';
import { eigenvalueFlow, eigenvaluePath, halfTime } from './population.ts';
import { drawCloud } from './separable.ts';
import { distance, drawSparse } from './sparse.ts';
import { chosen } from './toy.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const offered = [
	[0.2, 0.4],
	[1, 0],
	[0, 0.5],
	[1 / 3, 1 / 3],
] as const;
/** The offered solution closest to that of a start at a = 0.001. */
function sparsest(): number {
	const [b1, b2] = chosen(2, 0.001);
	const away = offered.map(([c1, c2]) => Math.hypot(b1 - c1, b2 - c2));
	return away.indexOf(Math.min(...away));
}

const scales = [3, 2, 1, 0.6, 0.4, 0.3, 0.2, 0.14, 0.1, 0.06, 0.03, 0.01];
const knots = [0.01, 0.03, 0.06, 0.1, 0.2, 0.4, 1, 3];
function errorByScale(): Curve {
	const problem = drawSparse(40, 4, 0);
	const errors = minimisers(problem, scales).map(({ b }) => distance(b, problem.truth));
	return { x: [...scales].reverse(), y: [...errors].reverse() };
}
const at = (guess: Curve, x: number) => guess.y[guess.x.indexOf(x)] ?? NaN;

const patience = [2e6, 1e7, 1e10, 1e20];
/** The number of steps offered that comes closest to halving the angle after a million steps. */
function whenHalf(): number {
	const z = drawCloud({ n: 40, gap: 0.5, second: -2 }, 0);
	const separator = largestMargin(z)!;
	const tilde = offset(z, separator);
	const angle = (t: number) =>
		angleBetween(onTheLine(separator, tilde, lossAfter(separator, 0.2, t)), separator.w);
	const off = patience.map((t) => Math.abs(Math.log(angle(t) / (angle(1e6) / 2))));
	return off.indexOf(Math.min(...off));
}

const later = { a: 0.001, stepSize: 0.1 };
const secondHalf = () => halfTime(0.5, later.a, later.stepSize);
const firstHalf = () => halfTime(1, later.a, later.stepSize);
const riseSteps = 300;

export default {
	which: {
		kind: 'choice',
		options: offered.map(
			([b1, b2]) => `b₁ = ${Number(b1.toFixed(2))}, b₂ = ${Number(b2.toFixed(2))}`,
		),
		answer: sparsest,
		replies: [
			'That is the solution with the least sum of squares, and the one that plain least squares from zero would find. In u and v a coefficient grows at a rate proportional to its own size, and the larger one runs away.',
			'One unknown alone, but the weaker one. The equation pulls b₂ twice as hard.',
			'One unknown alone, the one that does more for the equation. From a very small start growth is exponential, b₂ at twice the rate of b₁; when the equation is met b₁ has hardly begun.',
			'Equal shares need a reason, and the equation gives none: it pulls b₂ twice as hard.',
		],
	},
	dense: {
		kind: 'curve',
		x: { label: 'scale of the start a', scale: 'log', domain: [0.01, 3] },
		y: { label: 'distance from the truth', scale: 'linear', domain: [0, 2] },
		knots,
		answer: errorByScale,
		label: 'the minimiser of the potential, one draw',
		misses: [
			{
				when: (guess) => at(guess, 0.01) > 0.4,
				say: 'Its left end: from a = 0.01 the truth is found almost exactly, 0.035 away.',
			},
			{
				when: (guess) => at(guess, 3) < 1.1,
				say: 'Its right end: from a large start the solution is that with the least squares, and forty equations of a hundred fix only part of it. It is 1.54 away; the function 0 is 2 away.',
			},
			{
				when: (guess) => guess.y.some((v, i) => i > 0 && v < (guess.y[i - 1] ?? 0) - 0.05),
				say: 'Its direction: it rises with a throughout. Here nothing is gained by a larger start.',
			},
			{
				when: (guess) => at(guess, 0.06) > 0.8 || at(guess, 0.4) < 0.9,
				say: 'Its step: the passage lies between a = 0.03 and a = 1, where a² crosses the size of the small coefficients.',
			},
		],
		met: 'From dense to sparse over two powers of ten: you have drawn what the potential says.',
		show: { figure: 'sparse', set: {} },
	},
	toy: varied({ a: [0.1, 0.3, 1] }, ({ a }) => {
		const [b1, b2] = chosen(2, a);
		const z = Math.asinh(b1 / (2 * a * a));
		return {
			kind: 'number',
			answer: () => b1,
			within: 0.01,
			hints: [
				'X has one row, (1, 2). So b₁ = 2a² sinh ν and b₂ = 2a² sinh 2ν with one number ν.',
				'sinh 2ν = 2 sinh ν cosh ν. Put both into b₁ + 2b₂ = 1.',
				`With S = sinh ν: 2a² S (1 + 4√(1 + S²)) = 1, at a = ${a}. Solve it by trying.`,
			],
			slips: [
				{ when: near(b2), say: 'That is b₂. The question is about b₁.' },
				{
					when: near(1 - 2 * b1, 0.02),
					say: 'Check which unknown is which: b₂ = (1 − b₁)/2, not 1 − 2b₁.',
				},
				...(a < 1
					? [{ when: near(0.2), say: 'That is the solution with the least squares, a → ∞.' }]
					: []),
			],
			solution: `ν = ${z.toFixed(3)} gives b₁ = ${b1.toFixed(4)} and b₂ = ${b2.toFixed(4)}, and b₁ + 2b₂ = 1.`,
			show: { figure: 'plane', set: { c: 2 } },
		};
	}),
	halving: varied({ stepSize: [0.002, 0.001], noise: [1, 2, 0.5] }, ({ stepSize, noise }) => {
		const steps = Math.LN2 / (2 * stepSize ** 2 * noise ** 2);
		return {
			kind: 'number',
			answer: () => steps,
			within: 0.01,
			unit: 'steps',
			hints: [
				'a(t) = a exp(−2η²δ²t).',
				`2η²δ² = ${(2 * stepSize ** 2 * noise ** 2).toPrecision(3)} per step.`,
			],
			slips: [
				{
					when: near(steps / 2),
					say: 'That is when a² has halved. The scale is its root, and takes twice as long.',
				},
				{
					when: near(Math.LN2 / (2 * stepSize * noise ** 2)),
					say: 'The rate is proportional to η², not η: a step moves u and v by η, and what is lost is the square of that.',
				},
			],
			solution: `ln 2/(2η²δ²) = ${Math.round(steps)}. The bracket in the formula makes it somewhat fewer.`,
			show: { figure: 'noise', set: { stepSize, noise } },
		};
	}),
	patience: {
		kind: 'choice',
		options: ['2 million', '10 million', '10 thousand million', '10²⁰'],
		answer: whenHalf,
		replies: [
			'That would be an angle falling like 1/t. The loss falls like that.',
			'After ten times as many steps it has lost a fifth, and is far from half.',
			'The angle falls like 1/log(ηt/21), where the 21 comes from n and the two α. To halve it the logarithm must double: ηt/21 must be squared, from 10⁴ to 10⁸, and that takes 10¹⁰ steps.',
			'Slow, but not so slow: the logarithm need only double.',
		],
	},
	later: {
		kind: 'threshold',
		place: {
			kind: 'number',
			label: 'step',
			symbol: 't',
			min: 0,
			max: riseSteps,
			step: 1,
			default: 70,
			scale: 'linear',
		},
		answer: secondHalf,
		within: 0.08,
		curve: () => ({
			x: Array.from({ length: riseSteps + 1 }, (_, t) => t),
			y: eigenvaluePath(0.5, later.a, later.stepSize, riseSteps),
		}),
		y: { label: 'eigenvalue of UUᵀ', scale: 'linear', domain: [0, 0.6] },
		label: 'the second eigenvalue, by its equation',
		misses: [
			{
				when: (t) => t < 1.3 * firstHalf(),
				say: 'Not with the first. Both grow from 10⁻⁶, and the smaller eigenvalue at half the rate.',
			},
			{
				when: (t) => t >= 1.3 * firstHalf() && t < 0.92 * secondHalf(),
				say: 'Later. Half the rate means twice the time, as both have the same way to go.',
			},
			{
				when: (t) => t > 1.08 * secondHalf(),
				say: 'Earlier. The second does not wait for the first; it is on its way all the time.',
			},
		],
		met: 'The time is ln(s/a² − 1)/(2ηs): nearly inversely proportional to the eigenvalue, so about 131 steps.',
		show: { figure: 'order', set: {} },
	},
	sigma: varied({ s: [1, 0.9, 0.8] }, ({ s }) => {
		const [a, stepSize, steps] = [0.001, 0.2, 40];
		const value = eigenvaluePath(s, a, stepSize, steps)[steps]!;
		const flow = eigenvalueFlow(s, a, stepSize * steps);
		return {
			kind: 'number',
			answer: () => value,
			within: 0.01,
			hints: [
				'√σ is multiplied by 1 + η(s − σ) in every step.',
				'A few lines of a spreadsheet or a program will do it. Start at √σ = 0.001.',
			],
			slips: [
				{
					when: near(flow),
					say: 'That is the formula for continuous time. Steps of 0.2 grow like (1 + ηs)^t, which is slower than e^(ηst), and forty of them add up.',
				},
				{
					when: near(Math.sqrt(value)),
					say: 'That is √σ, the singular value of U.',
				},
			],
			solution: `Step by step σ = ${value.toFixed(4)}. In continuous time it would be ${flow.toFixed(4)}: with steps this long growth is (1 + ηs)² = ${((1 + stepSize * s) ** 2).toFixed(3)} a step, not e^(2ηs) = ${Math.exp(2 * stepSize * s).toFixed(3)}.`,
			show: { figure: 'order', set: { a, stepSize } },
		};
	}),
} satisfies Questions;
