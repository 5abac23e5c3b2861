import { showNumber, varied, type Questions } from '#contract';
import { problem } from './gradient.ts';
import { noiseFloor, truthWeight } from './spectrum.ts';
import { groupsFor, guaranteedWidth, necessaryWidth, yunWidth } from './widths.ts';
import { unavoidableError } from './zhang.ts';

const near =
	(value: number, within = 0.005) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;
const exactly = (value: number) => near(value, 1e-9);

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
		options: sizes.map((size) => String(size).replace(/^(\d\d+)(\d{3})$/, '$1\u00a0$2')),
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
	floor: varied({ m: [96, 48, 80, 112] }, ({ m }) => {
		const n = 128;
		const left = noiseFloor(n, m);
		return {
			kind: 'number',
			answer: () => left,
			within: 0.005,
			hints: [
				'Which part of ℝ¹²⁸ can the outputs reach?',
				`A vector of coins has the same expected energy, 1, along every one of ${n} directions.`,
			],
			slips: [
				{
					when: near(1 - left),
					say: 'That is the part which is learnt. What is left?',
				},
				{
					when: near(noiseFloor(n, m - 1)),
					say: `Centring costs a rank only where it binds: the rank is min(${m}, ${n - 1}).`,
				},
			],
			solution: `The rank is min(${m}, ${n - 1}) = ${m}, and 1 − ${m}/${n} = ${left}.`,
			show: { figure: 'floor', set: { n, widest: n, steps: 2000 } },
		};
	}),
	mixed: varied(
		{ truth: [0.2, 0.1], noise: [0.6, 0.8], rho: [0.5, 0.2, 0.4] },
		({ truth, noise, rho }) => {
			const keep = truthWeight(rho);
			const mixture = keep * truth + (1 - keep) * noise;
			const [one, rest] = [showNumber(keep), showNumber(1 - keep)];
			return {
				kind: 'number',
				answer: () => mixture,
				within: 0.005,
				hints: [
					'The loss is a quadratic form in the labels. You need E yyᵀ.',
					`Two different labels both survive with probability (1 − ρ)² = ${one}.`,
				],
				slips: [
					{
						when: near((1 - rho) * truth + rho * noise),
						say: 'That mixes with 1 − ρ and ρ. The loss is quadratic in the labels: the weight of the true ones is (1 − ρ)².',
					},
					{
						when: near(keep * noise + (1 - keep) * truth),
						say: 'You have the two weights the wrong way round.',
					},
				],
				solution: `(1 − ${rho})² · ${truth} + (1 − ${one}) · ${noise} = ${one} · ${truth} + ${rest} · ${noise} = ${showNumber(mixture)}.`,
				show: { figure: 'labels', set: { corruption: rho } },
			};
		},
	),
	relus: varied({ n: [100, 144, 256, 400] }, ({ n }) => {
		const { groups: p, each: q } = groupsFor(guaranteedWidth(n));
		const [first, second] = [2 * p - 1, 2 * (q - 1)];
		return {
			kind: 'number',
			answer: () => first + second,
			within: 1e-9,
			unit: 'neurons',
			hints: [
				`With p groups of q points p·q must be ${n} or more; take p = q.`,
				'Layer 1 has one knot left of all points and two in each gap; layer 2 has two units for each point of a group but the last.',
			],
			slips: [
				{
					when: exactly(2 * guaranteedWidth(n)),
					say: 'Layer 2 can do with one neuron less than layer 1: 2(q − 1) against 2p − 1.',
				},
				{
					when: exactly(2 * yunWidth(n)),
					say: 'That is 4√N. The construction of this page saves a few.',
				},
				{
					when: exactly(n),
					say: 'One hidden layer needs one neuron for each label. Two can share.',
				},
			],
			solution: `p = ${p} and q = ${q}: 2·${p} − 1 = ${first} and 2·(${q} − 1) = ${second}, together ${first + second}.`,
			show: { figure: 'construction', set: { n } },
		};
	}),
	narrowest: varied({ n: [1024, 256, 400, 900] }, ({ n }) => {
		const width = necessaryWidth(n);
		const enough = guaranteedWidth(n);
		return {
			kind: 'number',
			answer: () => width,
			within: 1e-9,
			hints: [
				`Alternating labels of ${n} points on a line need ${n - 1} affine pieces.`,
				'Two hidden layers of width w have at most (w + 1)² of them.',
			],
			slips: [
				{
					when: exactly(width + 1),
					say: `That is the root of ${n}. Mind the one that is added to the width.`,
				},
				{
					when: exactly(enough),
					say: 'That is enough. The question is what is needed.',
				},
				{
					when: exactly(n - 2),
					say: 'That would be so with one hidden layer. In the second, every neuron can bend once in each piece of the first.',
				},
			],
			solution: `(w + 1)² ≥ ${n - 1} for w ≥ ${width}. The construction does it with ${enough}, about twice as many.`,
		};
	}),
	honest: varied({ rho: [0.4, 0.2, 0.6, 0.8] }, ({ rho }) => {
		const wrong = unavoidableError(rho);
		return {
			kind: 'number',
			answer: () => wrong,
			within: 0.005,
			hints: ['When does a coin differ from the label that it replaced?'],
			slips: [
				{
					when: near(rho),
					say: 'A fair coin agrees with the label it replaces half of the time.',
				},
				{ when: near(1 - wrong), say: 'That is the share which is right.' },
			],
			solution: `ρ/2 = ${wrong}: a share of ${rho} was replaced, and half of these are still right.`,
		};
	}),
} satisfies Questions;
