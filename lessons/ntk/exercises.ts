import { showNumber, varied, type Curve, type Questions } from '#contract';
import { halfLife } from '#theory/descentFilter.ts';
import { relativeFluctuation } from '#theory/ntkVariance.ts';
import {
	angles,
	circleCosine,
	infiniteWidth,
	relativeTravel,
	spectrum,
	stepSize,
	type Problem,
} from './theory.ts';

/** The lesson's default: 16 points, lift 1, frequencies 1, 2 and 4, step 1/λ_max. */
const problem = { n: 16, lift: 1, frequencies: [1, 2, 4], step: 1 };
const near =
	(value: number, within = 0.02) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const eigenvalue = (k: number) => spectrum(problem.n, problem.lift)[k] ?? NaN;
/** The loss in units of its start. */
const lossOf = (of: Problem, t: number) => infiniteWidth(of).loss(t) / infiniteWidth(of).loss(0);
const lossKnots = [0, 10, 20, 40, 70, 100, 130, 160, 200];
const lossSteps = Array.from({ length: 101 }, (_, i) => 2 * i);
const heightAt = ({ x, y }: Curve, t: number) => y[x.indexOf(t)] ?? NaN;
const lastLearnt = () => {
	const lambda = spectrum(problem.n, problem.lift);
	const slowest = problem.frequencies.reduce((a, b) => (lambda[b]! < lambda[a]! ? b : a));
	return problem.frequencies.indexOf(slowest);
};
const row = () => angles(problem.n).map((p) => circleCosine(p, problem.lift));
/** What the fluctuation is multiplied by when the width is quadrupled. */
const quadrupled = () =>
	relativeFluctuation(4 * 1024, row(), 3) / relativeFluctuation(1024, row(), 3);
/**
 * Of fluctuation (0) and drift (1), the one that α = 16 in place of α = 1 makes smaller: the kernel
 * drifts as the weights travel, and its fluctuation at the start does not know α.
 */
const mended = () => {
	const travel = (alpha: number) => relativeTravel(problem, 1024, alpha, 200);
	return travel(16) < travel(1) ? 1 : 0;
};

export default {
	lastFrequency: {
		kind: 'choice',
		options: ['cos p', 'cos(2p + 1)', 'cos 4p', 'all three at the same rate'],
		answer: lastLearnt,
		replies: [
			'The slowest wave has the largest eigenvalue of the three: its error shrinks by the factor 1 − 6.43/16.56 in every step.',
			'Slower than cos p, but its eigenvalue, 0.81, is still eight times that of frequency 4.',
			'Its eigenvalue is 0.103, the smallest of the three. High frequencies come last: the kernel is smooth, so its spectrum falls.',
			'Each frequency is an eigenvector of K with an eigenvalue of its own, and the error along it shrinks by 1 − ηλ in every step.',
		],
	},
	fluctuationRate: {
		kind: 'choice',
		options: ['by 2', 'by 4', 'by 16', 'not at all'],
		answer: () => [2, 4, 16].findIndex((factor) => near(1 / factor, 1e-9)(quadrupled())),
		replies: [
			'The kernel is a mean of m independent terms: its standard deviation falls as 1/√m, whatever their distribution.',
			'The variance falls by 4. The fluctuation is a standard deviation, its root.',
			'Neither the variance nor the standard deviation of a mean of m terms falls so fast.',
			'The kernel is a mean over the neurons, and by the law of large numbers it settles down as their number grows.',
		],
	},
	falling: {
		kind: 'curve',
		x: { label: 'step t', scale: 'linear', domain: [0, 200] },
		y: { label: 'loss, in units of its start', scale: 'log', domain: [0.001, 1.5] },
		knots: lossKnots,
		answer: () => ({ x: lossSteps, y: lossSteps.map((t) => lossOf(problem, t)) }),
		label: 'an infinitely wide network',
		misses: [
			{
				when: (guess) => Math.abs(Math.log(heightAt(guess, 0))) > Math.log(1.6),
				say: 'Its level: the curve begins at 1, by choice of the unit.',
			},
			{
				when: ({ y }) => y.some((v, i) => i > 0 && v > 1.02 * (y[i - 1] ?? 0)),
				say: 'Its shape: with a step below 2/λ_max no wave of the error ever grows, and neither does their sum.',
			},
			{
				when: (guess) => heightAt(guess, 20) > 0.35,
				say: 'Its slope at first: the slowest wave has the largest eigenvalue by far, and is gone within a few steps. After twenty only a seventh is left.',
			},
			{
				when: (guess) => heightAt(guess, 200) < 0.004,
				say: 'Its slope in the end: the wave of frequency 4 has a hundred and sixtieth of the largest eigenvalue, and shrinks by less than one per cent in a step.',
			},
			{
				when: (guess) => heightAt(guess, 200) > 0.06,
				say: 'Its end: slowly is not never. By step 200 the last wave has lost nine tenths of its square.',
			},
			{
				when: (guess) =>
					Math.log(heightAt(guess, 0) / heightAt(guess, 100)) <
					1.4 * Math.log(heightAt(guess, 100) / heightAt(guess, 200)),
				say: 'Its shape: a straight line on these axes is a single wave. There are three, and the curve flattens as one after the other is used up.',
			},
		],
		met: 'A fall in a few steps, then slower and slower: three waves, three rates.',
		show: { figure: 'training', set: {} },
	},
	halfLife: varied({ k: [4, 2], step: [1, 0.5, 1.5] }, ({ k, step }) => {
		const at = { ...problem, step };
		const [lambda, eta] = [eigenvalue(k), stepSize(at)];
		const wanted = halfLife(eta, lambda);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.01,
			unit: 'steps',
			hints: [
				`The error along frequency ${k} is multiplied by 1 − ηλ in every step, with λ = λ_${k}.`,
				`η = ${step}/λ_max = ${step}/16.56 and λ_${k} = ${showNumber(lambda)}, so ηλ = ${showNumber(eta * lambda)}.`,
				'Solve (1 − ηλ)^t = ½ for t.',
			],
			slips: [
				{
					when: near(wanted / 2),
					say: 'That is when the square of the amplitude is half gone. The question is about the amplitude.',
				},
				{
					when: near(1 / (eta * lambda)),
					say: 'That is 1/(ηλ), the time after which 1/e is left. For one half, multiply by ln 2.',
				},
				{
					when: near(Math.LN2 / lambda),
					say: 'You left the step size out: in one step the error shrinks by 1 − ηλ, not 1 − λ.',
				},
			],
			solution: `(1 − ηλ)^t = ½ gives t = ln 2/(−ln(1 − ηλ)). With ηλ = ${showNumber(eta * lambda)} this is ${showNumber(wanted)} steps.`,
			show: { figure: 'training', set: { step } },
		};
	}),
	vanishing: varied({ n: [16, 12, 20, 24] }, ({ n }) => {
		const count = spectrum(n, 0).filter((lambda) => Math.abs(lambda) < 1e-9).length;
		return {
			kind: 'number',
			answer: () => count,
			within: 1e-9,
			hints: [
				'At β = 0 the kernel is Θ(r) = r κ₀(r) + κ₁(r) with r = cos p. Split it into its even and its odd part in r.',
				'κ₀(r) − ½ is odd in r, and κ₁(r) − r/2 is even. What is left of the odd part of Θ?',
				'The odd part of Θ is r/2 + r/2 = r = cos p: frequency 1 alone.',
			],
			slips: [
				{
					when: near(2 * count, 1e-9),
					say: `So many eigenvalues of the ${n} × ${n} matrix vanish; each frequency 0 < k < ${n / 2} has two. The question counts frequencies.`,
				},
				{
					when: near(count + 1, 1e-9),
					say: 'Frequency 1 is odd too, but it is the one odd frequency that Θ contains.',
				},
			],
			solution: `κ₀(r) + κ₀(−r) = 1 and κ₁(r) − κ₁(−r) = r, so the odd part of Θ(r) = r κ₀(r) + κ₁(r) is r = cos p: of the odd frequencies only k = 1 has a positive eigenvalue. ${count} frequencies up to ${n / 2} are never learnt. (With an odd number of points, even frequencies alias onto odd ones, and the zeros are hidden.)`,
			show: { figure: 'training', set: { lift: 0, frequencies: [1, 3] } },
		};
	}),
	travel: varied({ m: [1024, 256, 4096], alpha: [1, 2, 4] }, ({ m, alpha }) => {
		const wanted = relativeTravel(problem, m, alpha, 400);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.01,
			hints: [
				'α² |θ_T − θ_0|² = yᵀK⁻¹(I − (I − ηK)^T)² y, which is 20.087 at T = 400.',
				'The network has 3 inner weights and 1 outer weight per neuron, all of variance 1: |θ_0|² ≈ 4m.',
			],
			slips: [
				{ when: near(wanted ** 2), say: 'That is the ratio of the squares. Take the root.' },
				{
					when: near(2 * wanted),
					say: 'You counted one weight per neuron; there are four.',
				},
				{
					when: near((2 / Math.sqrt(3)) * wanted),
					say: 'You left out the outer weights; they learn too, and |θ_0| counts them.',
				},
				...(alpha === 1
					? []
					: [
							{
								when: near(alpha * wanted),
								say: 'That is at α = 1. The weights travel α times less.',
							},
						]),
			],
			solution: `√20.087/(${alpha} · √(4 · ${m})) = ${showNumber(wanted)}: in 400 steps the weights move by ${showNumber(100 * wanted)} % of their length.`,
			show: { figure: 'training', set: { width: m, alpha, steps: 400 } },
		};
	}),
	whichError: {
		kind: 'choice',
		options: [
			'the fluctuation of the kernel at the start',
			'the drift of the kernel during training',
		],
		answer: mended,
		replies: [
			'The kernel at the start does not depend on α at all: only more neurons, m, make it fluctuate less.',
			'At α = 16 the weights travel a sixteenth of the way, so the kernel drifts far less. The fluctuation at the start is untouched: it needs m.',
		],
	},
} satisfies Questions;
