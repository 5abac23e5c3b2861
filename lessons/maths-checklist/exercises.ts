import { varied, type Questions } from '#contract';
import { showNumber } from '#contract';
import { marchenkoPasturEdges } from '#theory/marchenkoPastur.ts';
import { hoeffding } from './coin.ts';
import { meanLength, spreadOfLength } from './lengths.ts';
import { leastError } from './lowRank.ts';
import { conditional, products } from './pairs.ts';
import { keptAtMost } from './quadratic.ts';
import { meanInverse, spike, threshold } from './spectralLaws.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given - value) <= within * Math.abs(value);

const places = [0, 1, 5, 10, 100];
/** Which of the places is nearest to the mean length in 100 dimensions. */
const nearest = () => {
	const gaps = places.map((r) => Math.abs(r - meanLength(100)));
	return gaps.indexOf(Math.min(...gaps));
};

export default {
	where: {
		kind: 'choice',
		options: ['at the origin, nearly', 'about 1', 'about 5', 'about 10', 'about 100'],
		answer: nearest,
		replies: [
			'The density is largest there, and the volume is smallest. What counts is their product.',
			'Each coordinate is about that far from 0, and there are a hundred of them.',
			'Closer than that, as it turns out, one point in 10¹⁵ would be.',
			'Nearly all points lie between 8 and 12, on a shell. The density falls outwards, but the volume grows like r⁹⁹.',
			'That is the squared length.',
		],
	},
	rank: varied({ a: [9, 7, 8], b: [4, 6, 5], c: [3, 2, 1] }, ({ a, b, c }) => {
		const answer = () => leastError(Float64Array.of(a, b, c), 1);
		return {
			kind: 'number',
			answer,
			within: 0.01,
			hints: ['Which singular values does the best approximation of rank one leave out?'],
			slips: [
				{
					when: near(b),
					say: 'That is the distance in the operator norm, the largest value left.',
				},
				{ when: near(b + c), say: 'In the Frobenius norm it is the squares that add.' },
				{ when: near(b * b + c * c), say: 'That is the square of the distance.' },
			],
			solution: `The two smaller singular values are left: √(${b}² + ${c}²) = ${showNumber(answer())}.`,
			show: { figure: 'lowRank', set: {} },
		};
	}),
	rate: varied({ mu: [0.05, 0.1, 0.2], t: [20, 10, 30] }, ({ mu, t }) => {
		const answer = () => keptAtMost(mu, 1, t);
		return {
			kind: 'number',
			answer,
			within: 0.02,
			hints: ['By which factor does one step of size 1/L multiply f − f*, at most?'],
			slips: [
				{
					when: near((1 - mu) ** (2 * t), 0.02),
					say: 'So fast falls a quadratic whose only curvature is μ: it squares 1 − μ/L. For every function with these constants one step is worth 1 − μ/L.',
				},
				{ when: near(1 - mu, 0.02), say: 'That is a single step.' },
				{
					when: near((1 - 2 * mu) ** t, 0.02),
					say: 'At η = 1/L the factor 1 − Lη/2 takes off one half.',
				},
			],
			solution: `One step leaves 1 − μ/L = ${1 - mu} at most; ${t} steps leave ${showNumber(answer())}.`,
			show: { figure: 'descent', set: { mu } },
		};
	}),
	length: varied({ d: [100, 400, 225] }, ({ d }) => ({
		kind: 'number',
		answer: () => spreadOfLength(d),
		within: 0.02,
		hints: ['|x|² has mean d and standard deviation √(2d). What does the root do to an error?'],
		slips: [
			{ when: near(Math.sqrt(d)), say: 'That is the length. By how much does it vary?' },
			{ when: near(Math.sqrt(2 * d)), say: 'That is the standard deviation of |x|².' },
			{
				when: near(1),
				say: 'One coordinate varies by that much. The length of many varies a little less.',
			},
			{ when: near(0.5), say: 'That is the variance.' },
		],
		solution: `√(2d)/(2√d) = 1/√2, whatever d is; for d = ${d} exactly ${showNumber(spreadOfLength(d))}.`,
		show: { figure: 'lengths', set: {} },
	})),
	tail: varied({ n: [100, 200, 50], t: [0.1, 0.15, 0.2] }, ({ n, t }) => {
		const answer = () => hoeffding(n, t);
		return {
			kind: 'number',
			answer,
			within: 0.02,
			hints: ['Heads are variables between 0 and 1. The exponent is quadratic in t.'],
			slips: [
				{
					when: near(answer() / 2, 0.02),
					say: 'That is one side. The share may be too large or too small.',
				},
				{
					when: near(2 * Math.exp((-n * t * t) / 2), 0.02),
					say: 'That is for variables from −1 to 1; heads are counted by 0 and 1.',
				},
				{ when: near(1 / (4 * n * t * t), 0.02), say: 'That is Chebyshev’s inequality.' },
			],
			solution: `2 exp(−2 · ${n} · ${t}²) = ${showNumber(answer())}.`,
			show: { figure: 'tails', set: { n } },
		};
	}),
	given: varied({ rho: [0.6, 0.8, 0.5], a: [2, 3, 4] }, ({ rho, a }) => {
		const { mean, variance } = conditional(rho, a);
		return {
			kind: 'number',
			answer: () => variance,
			within: 0.01,
			hints: ['Write v = ρu + w with w independent of u. What is the variance of w?'],
			slips: [
				{ when: near(mean), say: 'That is the mean of v.' },
				{ when: near(Math.sqrt(variance)), say: 'That is the standard deviation.' },
				{ when: near(1), say: 'That it was before. Knowing u helps.' },
				{ when: near(1 - rho), say: 'The variance explained is the square of the correlation.' },
			],
			solution: `1 − ρ² = ${showNumber(variance)}, and the value of u does not matter for it.`,
			show: { figure: 'pairs', set: { rho } },
		};
	}),
	bulk: varied({ g: [0.25, 0.5, 0.1] }, ({ g }) => {
		const answer = () => marchenkoPasturEdges(g)[1];
		return {
			kind: 'number',
			answer,
			within: 0.01,
			hints: ['The edges of the law are squares.'],
			slips: [
				{
					when: near(1),
					say: 'That is the true one. With so few samples per dimension the sample’s eigenvalues spread.',
				},
				{ when: near(1 + g), say: 'That is the mean of λ². The edge is (1 + √g)².' },
				{ when: near(1 + Math.sqrt(g)), say: 'That is the largest singular value of X/√n.' },
				{ when: near(marchenkoPasturEdges(g)[0]), say: 'That is the smallest.' },
			],
			solution: `(1 + √${g})² = ${showNumber(answer())}.`,
			show: { figure: 'covariance', set: { g } },
		};
	}),
	symmetric: varied({ n: [100, 400, 2500] }, ({ n }) => ({
		kind: 'number',
		answer: () => 2 * Math.sqrt(n),
		within: 0.03,
		hints: ['Divided by √n, the spectrum is a semicircle. Where does it end?'],
		slips: [
			{
				when: near(Math.sqrt(n)),
				say: 'That is the root of the mean of λ². The semicircle ends at twice that.',
			},
			{ when: near(n), say: 'So it would be if all entries were 1. Random signs cancel.' },
			{ when: near(2), say: 'That is after dividing by √n.' },
		],
		solution: `2√n = ${2 * Math.sqrt(n)}; the mean lies a little below.`,
		show: { figure: 'semicircle', set: {} },
	})),
	visible: varied({ g: [0.25, 0.5, 0.1] }, ({ g }) => ({
		kind: 'number',
		answer: () => threshold(g),
		within: 0.02,
		hints: ['At the threshold the eigenvalue of the spike, (1 + θ)(1 + g/θ), is that of the edge.'],
		slips: [
			{ when: near(g), say: 'Mind the root: with four times the samples half of θ will do.' },
			{
				when: near(marchenkoPasturEdges(g)[1]),
				say: 'That is the edge of the bulk. The eigenvalue of the sample is larger than the true 1 + θ.',
			},
			{
				when: near(marchenkoPasturEdges(g)[1] - 1),
				say: 'The true variance 1 + θ need not itself be above the edge: the sample adds to it.',
			},
			{ when: near(1 + threshold(g)), say: 'That is 1 + θ.' },
		],
		solution: `θ = √g = ${showNumber(threshold(g))}.`,
		show: { figure: 'spike', set: { g } },
	})),
	signs: varied({ rho: [0.6, 0.8, -0.5] }, ({ rho }) => ({
		kind: 'number',
		answer: () => products.sign(rho),
		within: 0.02,
		hints: ['With which probability do the signs differ?', 'It is the angle arccos ρ over π.'],
		slips: [
			{
				when: near(rho),
				say: 'That is the mean of the product of the variables, and would be right for v = ±u.',
			},
			{
				when: near(Math.acos(rho) / Math.PI),
				say: 'With that probability the signs differ. The mean is 1 minus twice that.',
			},
			{ when: near(Math.asin(rho)), say: 'Divide by π/2, so that ρ = 1 gives 1.' },
		],
		solution: `(2/π) arcsin ${rho} = ${showNumber(products.sign(rho))}.`,
		show: { figure: 'pairs', set: { rho } },
	})),
	inverse: varied({ n: [400, 200, 500], p: [150, 100, 160] }, ({ n, p }) => {
		const answer = () => meanInverse(n, p);
		return {
			kind: 'number',
			answer,
			within: 0.002,
			hints: [
				'One diagonal entry of the inverse is one over the squared distance of a column from the others.',
				'The mean of 1/χ² with k degrees of freedom is 1/(k − 2). Here k = n − p + 1.',
			],
			slips: [
				{ when: near(1, 0.002), say: 'The mean of λ is 1, but not that of 1/λ.' },
				{
					when: near(n / (n - p), 0.001),
					say: 'That is the limit, 1/(1 − p/n). For these sizes one can be exact.',
				},
				{
					when: near(1 / (n - p - 1), 0.002),
					say: 'That is for XᵀX; the sample covariance is divided by n.',
				},
			],
			solution: `n/(n − p − 1) = ${n}/${n - p - 1} = ${showNumber(answer())}.`,
			show: { figure: 'covariance', set: {} },
		};
	}),
	shows: {
		kind: 'threshold',
		place: {
			kind: 'number',
			label: 'strength of the spike',
			symbol: '\\theta',
			min: 0,
			max: 3,
			step: 0.05,
			default: 1.5,
			scale: 'linear',
		},
		answer: () => threshold(0.5),
		within: 0.1,
		curve: () => {
			const x = Array.from({ length: 61 }, (_, i) => i / 20);
			return { x, y: x.map((theta) => spike(theta, 0.5).top) };
		},
		y: { label: 'largest eigenvalue', scale: 'linear', domain: [0, 5] },
		label: '(1 + θ)(1 + g/θ)',
		misses: [
			{
				when: (at) => at < 0.63,
				say: 'A spike that weak drowns: the largest eigenvalue is that of pure noise.',
			},
			{
				when: (at) => at > 1.9,
				say: 'You may have waited until 1 + θ itself is above the edge of the bulk at 2.9. The sample shows more than the truth, (1 + θ)(1 + g/θ).',
			},
			{ when: (at) => at > 0.78 && at <= 1.9, say: 'It shows earlier than that.' },
		],
		met: 'At θ = √g the eigenvalue of the spike leaves the edge (1 + √g)². It does so with slope 0: right above the threshold there is little to see.',
	},
} satisfies Questions;
