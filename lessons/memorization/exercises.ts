import type { Questions } from '#contract';
import { problem } from './gradient.ts';
import { noiseFloor } from './spectrum.ts';
import { groupsFor, guaranteedWidth, necessaryWidth, yunWidth } from './widths.ts';
import { unavoidableError } from './zhang.ts';

const near =
	(value: number, within = 0.005) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;
const exactly = (value: number) => near(value, 1e-9);

/** ReLUs of the construction for N labels: 2p − 1 and 2(q − 1). */
function reluCount(n: number): number {
	const { groups, each } = groupsFor(guaranteedWidth(n));
	return 2 * groups - 1 + 2 * (each - 1);
}

const spoilt = { corruption: 0.5, truth: 0.2, noise: 0.6 };
const mixture = () => {
	const keep = (1 - spoilt.corruption) ** 2;
	return keep * spoilt.truth + (1 - keep) * spoilt.noise;
};

/** Shares of the energy of the true labels in the top, middle and bottom third of the spectrum. */
function thirds(): number[] {
	const n = 48;
	const { eigen, sample } = problem({ n, m: 96, copies: 1, pace: 1, seed: 0 });
	const energy = Array.from({ length: n }, (_, i) => {
		const u = eigen.vectors.subarray(i * n, (i + 1) * n);
		return u.reduce((sum, v, j) => sum + v * sample.truth[j]!, 0) ** 2 / n;
	});
	const part = (from: number) => energy.slice(from, from + n / 3).reduce((sum, e) => sum + e, 0);
	return [part((2 * n) / 3), part(n / 3), part(0)];
}

const sizes = [10_000, 1_000, 200, 50];
const closest = (value: number) =>
	sizes.reduce(
		(best, size, i) =>
			Math.abs(Math.log(size / value)) < Math.abs(Math.log(sizes[best]! / value)) ? i : best,
		0,
	);

export default {
	howWide: {
		kind: 'choice',
		options: sizes.map(String),
		answer: () => closest(guaranteedWidth(10_000)),
		replies: [
			'One neuron for each label is enough with a single hidden layer. Two layers do far better.',
			'Two layers do better still: they can share neurons among labels.',
			'A hundred groups of a hundred points: one layer tells the groups apart, the other serves one point of every group at a time. The width grows like 2√N.',
			'Two layers of 50 have some 2500 weights between them and at most 2601 pieces on a line. Ten thousand alternating labels need 9999.',
		],
	},
	spectrum: {
		kind: 'choice',
		options: [
			'those of the largest eigenvalues',
			'those in the middle',
			'those of the smallest eigenvalues',
		],
		answer: () => {
			const shares = thirds();
			return shares.indexOf(Math.max(...shares));
		},
		replies: [
			'The sign of x₁ is a smooth question: neighbours have the same answer, and features that average over neighbourhoods see it. Most of the energy lies in the top third, where descent is fast.',
			'Coins put a third of their energy there. The true labels have most of theirs elsewhere.',
			'There descent is slowest. Were it so, true labels would be learnt later than coins.',
		],
	},
	floor: {
		kind: 'number',
		answer: () => noiseFloor(128, 96),
		within: 0.005,
		hints: [
			'Which part of ℝ¹²⁸ can the outputs reach?',
			'A vector of coins has the same expected energy, 1, along every one of 128 directions.',
		],
		slips: [
			{
				when: near(1 - noiseFloor(128, 96)),
				say: 'That is the part which is learnt. What is left?',
			},
			{
				when: near(noiseFloor(128, 95)),
				say: 'Centring costs a rank only where it binds: the rank is min(96, 127).',
			},
		],
		solution: 'The rank is min(96, 127) = 96, and 1 − 96/128 = 0.25.',
	},
	mixed: {
		kind: 'number',
		answer: mixture,
		within: 0.005,
		hints: [
			'The loss is a quadratic form in the labels. You need E yyᵀ.',
			'Two different labels both survive with probability (1 − ρ)².',
		],
		slips: [
			{
				when: near((1 - spoilt.corruption) * spoilt.truth + spoilt.corruption * spoilt.noise),
				say: 'That mixes with 1 − ρ and ρ. The loss is quadratic in the labels: the weight of the true ones is (1 − ρ)².',
			},
			{
				when: near(spoilt.noise * 0.25 + spoilt.truth * 0.75),
				say: 'You have the two weights the wrong way round.',
			},
		],
		solution: '(1 − ½)² · 0.2 + (1 − ¼) · 0.6 = 0.05 + 0.45 = 0.5.',
	},
	relus: {
		kind: 'number',
		answer: () => reluCount(100),
		within: 1e-9,
		unit: 'neurons',
		hints: [
			'With p groups of q points p·q must be 100 or more; take p = q.',
			'Layer 1 has one knot left of all points and two in each gap; layer 2 has two units for each point of a group but the last.',
		],
		slips: [
			{
				when: exactly(2 * guaranteedWidth(100)),
				say: 'Layer 2 can do with one neuron less than layer 1: 2(q − 1) against 2p − 1.',
			},
			{
				when: exactly(2 * yunWidth(100)),
				say: 'That is 4√N. The construction of this page saves a few.',
			},
			{
				when: exactly(100),
				say: 'One hidden layer needs one neuron for each label. Two can share.',
			},
		],
		solution: 'p = q = 10: 2·10 − 1 = 19 and 2·(10 − 1) = 18, together 37.',
	},
	narrowest: {
		kind: 'number',
		answer: () => necessaryWidth(1024),
		within: 1e-9,
		hints: [
			'Alternating labels of 1024 points on a line need 1023 affine pieces.',
			'Two hidden layers of width w have at most (w + 1)² of them.',
		],
		slips: [
			{
				when: exactly(necessaryWidth(1024) + 1),
				say: 'That is the root of 1024. Mind the one that is added to the width.',
			},
			{
				when: exactly(guaranteedWidth(1024)),
				say: 'That is enough. The question is what is needed.',
			},
			{
				when: exactly(1022),
				say: 'That would be so with one hidden layer. In the second, every neuron can bend once in each piece of the first.',
			},
		],
		solution: '(w + 1)² ≥ 1023 for w ≥ 31. The construction does it with 63, twice as many.',
	},
	honest: {
		kind: 'number',
		answer: () => unavoidableError(0.4),
		within: 0.005,
		hints: ['When does a coin differ from the label that it replaced?'],
		slips: [
			{
				when: near(0.4),
				say: 'A fair coin agrees with the label it replaces half of the time.',
			},
		],
		solution: 'ρ/2 = 0.2: two labels in five were replaced, and half of these are still right.',
	},
} satisfies Questions;
