import { showNumber, varied, type Questions } from '#contract';
import { memo } from '#theory/memo.ts';
import { depthScale } from './pairs.ts';
import {
	chiAtFixedPoint,
	criticalWeight,
	fixedPoint,
	gradients,
	meanSquareSlope,
} from './recursions.ts';
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

const decades = () => Math.log10(lost('linear', oldRule, 21));
const offered = [-1, -3, -10, -30];
const { mean, variance } = logFactor(64);
const typical = Math.exp(20 * mean);
/** The share of networks below their mean, twenty layers of width 64: the sum of logarithms is nearly normal. */
export const below = normalShare((-20 * mean) / Math.sqrt(20 * variance));
const shares = [25, 50, 75, 95];
/** The index of what is offered nearest to a value. */
const nearest = (list: readonly number[], value: number) =>
	list.reduce((best, x, i) => (Math.abs(x - value) < Math.abs(list[best]! - value) ? i : best), 0);
/** σ_w² on the edge of chaos: a bisection, remembered. */
const edge = memo(criticalWeight, 16);

export default {
	oldStart: {
		kind: 'choice',
		options: offered.map((power) => `to about 10${superscript(power)}`),
		answer: () => nearest(offered, decades()),
		replies: [
			'That would be a loss of a twentieth of a decade in each layer. The rule loses nearly half a decade.',
			'The order of magnitude of six layers, not of twenty.',
			'A uniform variable on [−a, a] has variance a²/3. So n Var W = 1/3, each layer divides by three, and 3⁻²⁰ = 3·10⁻¹⁰.',
			'Too dark: that would be a factor of 30 in each layer.',
		],
	},
	typicalNetwork: {
		kind: 'choice',
		options: shares.map((share) => `about ${share} in 100`),
		answer: () => nearest(shares, 100 * below),
		replies: [
			'The mean is 1 exactly, but it is not the middle: the distribution is skewed the other way.',
			'That would be so if the distribution were symmetric. The factors of the layers multiply, and products are skewed.',
			`A product of twenty random factors of mean 1. Its logarithm is nearly normal, around ln ${typical.toFixed(2)} and not around 0: most networks lose signal, and a few that gain much make up for them.`,
			'That takes a deeper or a narrower network: the share grows with L/n.',
		],
	},
	reluHalves: varied({ weight: [1, 0.8, 1.5], layers: [20, 12, 24] }, ({ weight, layers }) => {
		const factor = weight / 2;
		const steps = layers - 1;
		return {
			kind: 'number',
			answer: () => lost('relu', weight, layers),
			within: 0.05,
			hints: [
				'For ReLU E φ′² = ½ whatever the signal, and each layer multiplies gradients by σ_w²/2.',
				`Here σ_w²/2 = ${factor}, and from layer ${layers} down to layer 1 there are ${steps} steps.`,
			],
			slips: [
				{
					when: near(factor ** layers),
					say: `There are ${steps} steps from layer ${layers} down to layer 1.`,
				},
				{ when: near(1, 0.001), say: `That is He’s rule, σ_w² = 2. Here σ_w² = ${weight}.` },
				{
					when: near(factor ** (steps / 2)),
					say: 'That is the ratio of the sizes. The question is about mean squares.',
				},
				// At σ_w² = 1 this is 1, as by He’s rule.
				...(weight === 1
					? []
					: [
							{
								when: near(weight ** steps),
								say: 'A rectifier is off half of the time: each layer multiplies by σ_w²/2, not by σ_w².',
							},
						]),
			],
			solution: `(${weight}/2)${superscript(steps)} = ${showNumber(lost('relu', weight, layers))}.`,
			show: {
				figure: 'propagation',
				set: { activation: 'relu', weights: [weight, 2], depth: layers },
			},
		};
	}),
	criticalPoint: varied({ bias: [0.05, 0.02, 0.15, 0.2] }, ({ bias }) => {
		const critical = edge(bias);
		const q = fixedPoint({ name: 'tanh', weight: critical, bias });
		const low = Math.floor(10 * critical) / 10;
		return {
			kind: 'number',
			answer: () => critical,
			within: 0.01,
			hints: [
				'Two unknowns, q* and σ_w², and two equations: q* = σ_w² E tanh²(√q* ζ) + σ_b² and σ_w² E tanh′²(√q* ζ) = 1.',
				`In the figure above set σ_b² = ${bias}, and turn σ_w² until nearly equal inputs stay as near as they are.`,
				`It lies between ${low.toFixed(1)} and ${(low + 0.1).toFixed(1)}.`,
			],
			slips: [
				{ when: near(1, 0.005), say: 'That is the critical point without biases.' },
				{
					when: near(edge(bias ** 2), 0.005),
					say: `You squared ${bias}: it is the variance σ_b² already.`,
				},
				{
					when: near(Math.sqrt(critical), 0.005),
					say: 'That is σ_w. The question is about σ_w².',
				},
			],
			solution: `By bisection σ_w² = ${critical.toFixed(3)}, with q* = ${q.toFixed(3)} and E tanh′² = 1/${critical.toFixed(3)} = ${meanSquareSlope('tanh', q).toFixed(3)}.`,
			show: { figure: 'phases', set: { weight: Number(critical.toFixed(3)), bias } },
		};
	}),
	forgotten: varied({ parts: [1000, 100, 10_000] }, ({ parts }) => {
		const start = { name: 'tanh', weight: 1, bias: 0.05 };
		const xi = depthScale(start);
		const chi = chiAtFixedPoint(start);
		const scales = Math.log(parts);
		return {
			kind: 'number',
			answer: () => xi * scales,
			within: 0.03,
			unit: 'layers',
			hints: [
				'In order the distance 1 − c falls like e^(−l/ξ), where ξ = −1/ln χ.',
				`χ = ${showNumber(chi)} gives ξ = ${showNumber(xi)}. How many ξ are a factor of ${parts}?`,
			],
			slips: [
				{
					when: near(xi * Math.log10(parts)),
					say: `A factor of ${parts} is ln ${parts} = ${showNumber(scales)} scales, not log₁₀ ${parts} = ${Math.log10(parts)}.`,
				},
				{
					when: near((1 - 1 / parts) / (1 - chi)),
					say: 'The difference is multiplied by χ in each layer; it does not fall by a fixed amount.',
				},
				{
					when: near(6 * xi),
					say: 'That is 6ξ, the rule of thumb for training: a factor of e⁶ = 403.',
				},
			],
			solution: `${showNumber(xi)} · ln ${parts} = ${showNumber(xi * scales)} layers.`,
			show: { figure: 'phases', set: { weight: start.weight, bias: start.bias } },
		};
	}),
} satisfies Questions;

function superscript(power: number): string {
	return String(power).replace(/./g, (sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '⁻');
}

/** P(g < x) for a standard normal g and x of moderate size, by the series of its density. */
function normalShare(x: number): number {
	let [term, sum] = [x, x];
	for (let k = 3; k < 60; k += 2) sum += term *= (x * x) / k;
	return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
