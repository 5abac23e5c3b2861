import type { Questions } from '#contract';
import { criticalWeight, gradients } from './recursions.ts';
import { depthScale } from './pairs.ts';
import { logFactor } from './reluLaw.ts';

const near =
	(value: number, within = 0.02) =>
	(given: number) =>
		Math.abs(given - value) <= within * Math.abs(value);

/** Lost by the gradient over the layers of a network, L = 20. */
export function lost(name: string, weight: number, depth = 20): number {
	const g = gradients({ name, weight, bias: 0 }, depth);
	return g[0]! / g.at(-1)!;
}

/** The old rule, U[±1/√n]: variance 1/(3n). */
export const oldRule = 1 / 3;

const decades = Math.log10(lost('linear', oldRule, 21));
const offered = [-1, -3, -10, -30];
const relu = lost('relu', 1);
const critical = criticalWeight(0.05);
const { mean, variance } = logFactor(64);
const typical = Math.exp(20 * mean);
/** The share of networks below their mean, twenty layers of width 64: the sum of logarithms is nearly normal. */
export const below = normalShare((-20 * mean) / Math.sqrt(20 * variance));
const shares = [25, 50, 75, 95];
const xi = depthScale({ name: 'tanh', weight: 1, bias: 0.05 });
const layers = xi * Math.log(1000);

export default {
	oldStart: {
		kind: 'choice',
		options: offered.map((power) => `to about 10${superscript(power)}`),
		answer: () =>
			offered.reduce(
				(best, power, i) =>
					Math.abs(power - decades) < Math.abs(offered[best]! - decades) ? i : best,
				0,
			),
		replies: [
			'That would be a loss of one tenth of a decade in each layer. The rule loses nearly half a decade.',
			'The order of magnitude of seven layers, not of twenty.',
			'A uniform variable on [−a, a] has variance a²/3. So n Var W = 1/3, each layer divides by three, and 3⁻²⁰ = 3·10⁻¹⁰.',
			'Too dark: that would be a factor of 30 in each layer.',
		],
	},
	typicalNetwork: {
		kind: 'choice',
		options: shares.map((share) => `about ${share} in 100`),
		answer: () =>
			shares.reduce(
				(best, share, i) =>
					Math.abs(share - 100 * below) < Math.abs(shares[best]! - 100 * below) ? i : best,
				0,
			),
		replies: [
			'The mean is 1 exactly, but it is not the middle: the distribution is skewed the other way.',
			'That would be so if the distribution were symmetric. The factors of the layers multiply, and products are skewed.',
			`A product of twenty random factors of mean 1. Its logarithm is nearly normal, around ln ${typical.toFixed(2)} and not around 0: most networks lose signal, and a few that gain much make up for them.`,
			'That takes a deeper or a narrower network: the share grows with L/n.',
		],
	},
	reluHalves: {
		kind: 'number',
		answer: () => relu,
		within: 0.05,
		hints: [
			'For ReLU E φ′² = ½ whatever the signal, and each layer multiplies gradients by σ_w²/2.',
			'From layer 20 down to layer 1 there are 19 steps.',
		],
		slips: [
			{ when: near(2 ** -20), say: 'There are 19 steps from layer 20 down to layer 1.' },
			{ when: near(1, 0.001), say: 'That is He’s rule, σ_w² = 2. Here σ_w² = 1.' },
			{
				when: near(2 ** -9.5),
				say: 'That is the ratio of the sizes. The question is about mean squares.',
			},
		],
		solution: '(1/2)¹⁹ = 1.9·10⁻⁶.',
	},
	criticalPoint: {
		kind: 'number',
		answer: () => critical,
		within: 0.01,
		hints: [
			'Two unknowns, q* and σ_w², and two equations: q* = σ_w² E tanh²(√q* g) + σ_b² and σ_w² E tanh′²(√q* g) = 1.',
			'In the figure above set σ_b² = 0.05, and turn σ_w² until nearly equal inputs stay as near as they are.',
			'It lies between 1.7 and 1.8.',
		],
		slips: [
			{ when: near(1, 0.005), say: 'That is the critical point without biases.' },
			{
				when: near(criticalWeight(0.05 ** 2), 0.005),
				say: 'You squared 0.05: it is the variance σ_b² already.',
			},
			{ when: near(Math.sqrt(critical), 0.005), say: 'That is σ_w. The question is about σ_w².' },
		],
		solution: 'By bisection σ_w² = 1.761, with q* = 0.570 and E tanh′² = 1/1.761 = 0.568.',
	},
	forgotten: {
		kind: 'number',
		answer: () => layers,
		within: 0.03,
		unit: 'layers',
		hints: [
			'In order the distance 1 − c falls like e^(−l/ξ), where ξ = −1/ln χ.',
			'χ = 0.759 gives ξ = 3.63. How many ξ are a factor of a thousand?',
		],
		slips: [
			{
				when: near(xi * 3),
				say: 'A factor of a thousand is ln 1000 = 6.9 scales, not log₁₀ 1000 = 3.',
			},
			{
				when: near(1000 * (1 - 0.759)),
				say: 'The difference is multiplied by χ in each layer; it does not fall by a fixed amount.',
			},
			{
				when: near(6 * xi),
				say: 'That is 6ξ, the rule of thumb for training: a factor of e⁶ = 403.',
			},
		],
		solution: '3.63 · ln 1000 = 25 layers.',
	},
} satisfies Questions;

function superscript(power: number): string {
	return `⁻${String(-power).replace(/./g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '')}`;
}

/** P(g < x) for a standard normal g and x of moderate size, by the series of its density. */
function normalShare(x: number): number {
	let [term, sum] = [x, x];
	for (let k = 3; k < 60; k += 2) sum += term *= (x * x) / k;
	return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
