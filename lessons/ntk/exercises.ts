import type { Questions } from '#contract';
import { halfLife } from '#theory/descentFilter.ts';
import { relativeFluctuation } from '#theory/ntkVariance.ts';
import { angles, circleCosine, relativeTravel, spectrum, stepSize } from './theory.ts';

/** The lesson's default: 16 points, lift 1, frequencies 1, 2 and 4, step 1/λ_max. */
const problem = { n: 16, lift: 1, frequencies: [1, 2, 4], step: 1 };
const near =
	(value: number, within = 0.02) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const fourth = () => spectrum(problem.n, problem.lift)[4] ?? NaN;
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
	halfLife: {
		kind: 'number',
		answer: () => halfLife(stepSize(problem), fourth()),
		within: 0.01,
		unit: 'steps',
		hints: [
			'The error along frequency 4 is multiplied by 1 − ηλ₄ in every step.',
			'η = 1/λ_max = 1/16.56 and λ₄ = 0.1026, so ηλ₄ = 0.0062.',
			'Solve (1 − ηλ₄)^t = ½ for t.',
		],
		slips: [
			{
				when: near(halfLife(stepSize(problem), fourth()) / 2),
				say: 'That is when the square of the amplitude is half gone. The question is about the amplitude.',
			},
			{
				when: near(1 / (stepSize(problem) * fourth())),
				say: 'That is 1/(ηλ₄), the time after which 1/e is left. For one half, multiply by ln 2.',
			},
			{
				when: near(Math.LN2 / fourth()),
				say: 'You left the step size out: in one step the error shrinks by 1 − ηλ₄, not 1 − λ₄.',
			},
		],
		solution:
			'(1 − ηλ₄)^t = ½ gives t = ln 2/(−ln(1 − ηλ₄)). With ηλ₄ = 0.10261/16.5609 = 0.006196 this is 111.5 steps.',
	},
	vanishing: {
		kind: 'number',
		answer: () => spectrum(problem.n, 0).filter((lambda) => Math.abs(lambda) < 1e-9).length,
		within: 1e-9,
		hints: [
			'At β = 0 the kernel is Θ(r) = r κ₀(r) + κ₁(r) with r = cos p. Split it into its even and its odd part in r.',
			'κ₀(r) − ½ is odd in r, and κ₁(r) − r/2 is even. What is left of the odd part of Θ?',
			'The odd part of Θ is r/2 + r/2 = r = cos p: frequency 1 alone.',
		],
		slips: [
			{
				when: near(6, 1e-9),
				say: 'There are six vanishing eigenvalues of the 16 × 16 matrix; each frequency 0 < k < 8 has two. The question counts frequencies.',
			},
			{
				when: near(4, 1e-9),
				say: 'Frequency 1 is odd too, but it is the one odd frequency that Θ contains.',
			},
		],
		solution:
			'κ₀(r) + κ₀(−r) = 1 and κ₁(r) − κ₁(−r) = r, so the odd part of Θ(r) = r κ₀(r) + κ₁(r) is r = cos p: of the odd frequencies only k = 1 has a positive eigenvalue, and λ₃ = λ₅ = λ₇ = 0. Three frequencies are never learnt. (With an odd number of points, even frequencies alias onto odd ones, and the zeros are hidden.)',
	},
	travel: {
		kind: 'number',
		answer: () => relativeTravel(problem, 1024, 1, 400),
		within: 0.01,
		hints: [
			'|θ_T − θ_0|² = yᵀK⁻¹(I − (I − ηK)^T)² y, which is 20.087 at T = 400.',
			'The network has 3 inner weights and 1 outer weight per neuron, all of variance 1: |θ_0|² ≈ 4m.',
		],
		slips: [
			{
				when: near(relativeTravel(problem, 1024, 1, 400) ** 2),
				say: 'That is the ratio of the squares. Take the root.',
			},
			{
				when: near(2 * relativeTravel(problem, 1024, 1, 400)),
				say: 'You counted one weight per neuron; there are four.',
			},
			{
				when: near((2 / Math.sqrt(3)) * relativeTravel(problem, 1024, 1, 400)),
				say: 'You left out the outer weights; they learn too, and |θ_0| counts them.',
			},
		],
		solution:
			'√20.087/√(4 · 1024) = 4.482/64 = 0.0700: in 400 steps the weights move by 7 % of their length.',
	},
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
