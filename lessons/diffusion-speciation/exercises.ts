import { showNumber, varied, type Curve, type Questions } from '#contract';
import { phi, speciationTime } from './cloning.ts';
import { pointsFor } from './collapse.ts';
import { splittingTime, wellAt, type Mixture } from './mixture.ts';
import { cumulant } from './splitting.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

/** What the reader drew at one of the knots. */
const heightAt = ({ x, y }: Curve, t: number) => y[x.indexOf(t)] ?? NaN;

/** The data of the guesses: sixteen dimensions, means and widths 1. */
const sixteen: Mixture = { d: 16, mu: 1, s: 1 };
const splits = splittingTime(sixteen);
const wellTimes = Array.from({ length: 81 }, (_, i) => i / 20);
const knots = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5];

export default {
	splits: {
		kind: 'threshold',
		place: {
			kind: 'number',
			label: 'time',
			symbol: 't',
			min: 0,
			max: 4,
			step: 0.05,
			default: 3,
			scale: 'linear',
		},
		answer: () => splits,
		within: 0.06,
		curve: () => ({ x: wellTimes, y: wellTimes.map((t) => wellAt(sixteen, t)) }),
		y: { label: 'how far from the middle a well lies', scale: 'linear', domain: [0, 4.2] },
		label: 'a well',
		misses: [
			{
				when: (at) => at < splits - 0.4,
				say: 'Earlier in the run, at a larger t. There the two classes are four widths from the middle in the end; long before that they are as far apart as the noise is wide.',
			},
			{
				when: (at) => at > splits + 0.4,
				say: 'Later in the run, at a smaller t. The means at time t are |m| e^(−t) = 4 e^(−t) from the middle, and as long as that is less than the width of the noise, 1, the two humps are one.',
			},
		],
		met: 'The valley splits when the mean of a class is one width of the noise from the middle: 4 e^(−t) = 1 at t = log 4 = 1.39. The wells move apart quickly after that, like a square root.',
		show: { figure: 'swarm', set: {} },
	},
	twins: {
		kind: 'curve',
		x: { label: 'time t at which they were cloned', scale: 'linear', domain: [0, 3.5] },
		y: { label: 'share of twins of the same class', scale: 'linear', domain: [0, 1.05] },
		knots,
		answer: () => ({ x: wellTimes, y: wellTimes.map((t) => phi(sixteen, t)) }),
		label: 'φ(t)',
		misses: [
			{
				when: (guess) => heightAt(guess, 0.5) < 0.9,
				say: 'Its left end: a path that is nearly a sample sits in its class. The other one is four widths of a class beyond the middle.',
			},
			{
				when: (guess) => heightAt(guess, 3.5) > 0.62,
				say: 'Its right end: twins that were cloned as pure noise know nothing of each other.',
			},
			{
				when: (guess) => heightAt(guess, 3.5) < 0.42,
				say: 'Its right end: two coins agree half of the time. No share falls below that.',
			},
			{
				when: (guess) => guess.y.some((v, i) => i > 0 && v > (guess.y[i - 1] ?? 1) + 0.03),
				say: 'Its shape: the earlier in the run two paths part, the less they have in common. φ falls with t.',
			},
			{
				when: (guess) => Math.abs(heightAt(guess, 1.5) - phi(sixteen, 1.5)) > 0.12,
				say: 'Its middle: where the valley splits, at 1.39, the parent stands on a flat floor but seldom in the middle of it. Three twins in four agree.',
			},
		],
		met: 'From 1 to one half, and half of the way within a unit of time.',
		show: { figure: 'cloning', set: {} },
	},
	cumulant: {
		kind: 'number',
		answer: () => cumulant(sixteen, splits),
		within: 0.01,
		hints: [
			'At t* the valley is flat to second order: c² = G.',
			'Put c² = G into U = ⅔ (c²/(c² + G))².',
		],
		slips: [
			{ when: near(1 / 3), say: 'Mind the square: (½)² is a quarter.' },
			{ when: near(1 / 4), say: 'Two thirds of that: U tends to ⅔, not to 1.' },
			{
				when: (given) => given === 0,
				say: 'Not yet two wells, but no longer Gaussian either: the flat floor has fewer walkers in its tails.',
			},
		],
		solution:
			'⅔ · (½)² = 1/6. A flat-bottomed valley is already a quarter of the way to two points.',
		show: { figure: 'swarm', set: {} },
	},
	decided: {
		kind: 'choice',
		options: [
			'the class, and the sample up to small details',
			'the class, and nothing else',
			'neither: 1.2 % still change sides',
			'the sample, if the score is exact',
		],
		answer: () => (phi(sixteen, 0.5) > 0.98 ? 1 : 2),
		replies: [
			'At t = ½ the noise has variance D = .63 in each of 16 directions: around a parent its children scatter by √(D/G) = .8 of the width of a class. They are hardly more alike than two draws from it.',
			'The twins are of one class. Within it they scatter by √(D/G) = .8 of its width: two cats, not twice this cat.',
			'A decision does not have to be certain to be made: 98.8 % agree, and by t = .3 it is 99.8 %.',
			'An exact score has endless samples to offer from any x_t. Only the score of a training set has a finite list to choose from, and below t_C it has chosen.',
		],
		show: { figure: 'cloning', set: {} },
	},
	shift: {
		kind: 'choice',
		options: [
			'it moves to the right by log 2, and keeps its shape',
			'it moves to the right by log 4, and keeps its shape',
			'it stays, and gets steeper by a factor of 2',
			'it is stretched by a factor of 2',
		],
		answer: () => {
			const moved = splittingTime({ ...sixteen, d: 64 }) - splits;
			return [Math.log(2), Math.log(4)].findIndex((by) => Math.abs(by - moved) < 1e-9);
		},
		replies: [
			'|m| = √d μ is doubled, and κ = |m| e^(−t): a doubled mean is made up for by log 2 of time. With s = 1 this is exact.',
			'The dimension is four times as large, but its root enters.',
			'In time nothing gets steeper: noise needs about a unit of time to take the place of a signal of its own size, in every dimension.',
			'κ falls like e^(−t) with the same rate in every dimension. Stretching would need another rate.',
		],
		show: { figure: 'cloning', set: { d: 64, pairs: 250 } },
	},
	speciation: varied({ d: [256, 64, 400], mu: [1, 0.5], s: [1, 0.5] }, ({ d, mu, s }) => {
		const wanted = speciationTime({ d, mu, s });
		const top = d * mu * mu + s * s;
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.004,
			hints: [
				'The covariance of the data is s² I + m mᵀ. Which vector is stretched most?',
				`m itself, by Λ = s² + |m|², and |m|² = d μ² = ${showNumber(d * mu * mu)}.`,
			],
			slips: [
				{ when: near(2 * wanted, 0.004), say: 'That is log Λ. Half of it: e^(−2t) Λ = 1.' },
				{
					when: near(wanted / Math.LN10, 0.004),
					say: 'The natural logarithm, not that to base 10.',
				},
				{
					when: near(0.5 * Math.log(d * mu + s * s), 0.002),
					say: 'μ enters squared: |m|² = d μ².',
				},
				{
					when: near(0.5 * Math.log(mu * mu + s * s), 0.004),
					say: 'That is for one coordinate. All d of them add up along m.',
				},
			].filter(({ when }) => !when(wanted)),
			solution: `Λ = ${showNumber(d * mu * mu)} + ${showNumber(s * s)} = ${showNumber(top)}, and t_S = ½ log ${showNumber(top)} = ${showNumber(wanted)}.`,
			show: { figure: 'law', set: { mu: 1, s } },
		};
	}),
	samples: varied({ d: [16, 8, 12], t: [0.1, 0.2] }, ({ d, t }) => {
		const wanted = pointsFor({ d, s: 1 }, t);
		const base = 1 + 1 / Math.expm1(2 * t);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.03,
			unit: 'points',
			hints: [
				't_C ≤ t says 1 + s²/(n^(2/d) − 1) ≤ e^(2t).',
				`n^(2/d) ≥ 1 + 1/(e^${showNumber(2 * t)} − 1) = ${showNumber(base)}.`,
				`Take it to the power d/2 = ${d / 2}.`,
			],
			slips: [
				{ when: near(base ** d, 0.03), say: 'The exponent is d/2, not d.' },
				{
					when: near((1 + 1 / Math.expm1(t)) ** (d / 2), 0.03),
					say: 'Mind the factor 2: it is e^(2t), since variances fall twice as fast.',
				},
				{
					when: near((1 / Math.expm1(2 * t)) ** (d / 2), 0.03),
					say: 'You lost the 1 that was on the side of n^(2/d).',
				},
				{ when: near(base, 0.03), say: 'That is n^(2/d). The power d/2 is still to be taken.' },
			],
			solution: `n ≥ ${showNumber(base)}^${d / 2} = ${showNumber(wanted)}. Two dimensions more cost another factor of ${showNumber(base)}.`,
			show: { figure: 'collapse', set: { d: 8, n: 300 } },
		};
	}),
} satisfies Questions;
