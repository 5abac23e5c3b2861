import { showNumber, varied, type Questions } from '#contract';
import { pairedDeviation, phasedDeviation } from './fourier.ts';
import { gradient, populationRun } from './neuron.ts';
import { energies } from './sphere.ts';
import { featuresFor, floorOf, leftAtInfinity, randomFeatures } from './theory.ts';

const near =
	(value: number, within = 0.02) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;
const twenty = { d: 20, bias: 0 };

/** The smallest power of two with nκ below an error. */
function powerFor(error: number, left: (n: number) => number): number {
	let n = 1;
	while (left(n) >= error) n *= 2;
	return n;
}
const enoughFor = (error: number) => powerFor(error, (n) => randomFeatures(n, twenty));

/** How much a doubled dimension multiplies the count of features, and of gradient steps. */
const growth = () => featuresFor(0.1, { d: 40, bias: 0 }) / featuresFor(0.1, twenty);
/** The step of a start with |w| = 1 at a right angle: the same in every dimension. */
const stepsIn = () => populationRun({ along: 0, across: 1 }, 0.5, 40).findIndex((e) => e < 0.1);
const grows = () => {
	const factor = growth();
	return [2, 4, 16].findIndex((choice) => Math.abs(Math.log2(factor / choice)) < 0.5);
};
/** Of two kinds, which has the smaller spread at a distance of one half, and of two. */
const better = () => {
	const wins = [0.5, 2].map((at) => pairedDeviation(at, 64) < phasedDeviation(at, 128));
	return wins.every(Boolean) ? 0 : wins.some(Boolean) ? 1 : 2;
};

export default {
	doubling: {
		kind: 'choice',
		options: [
			'twice as many features, and as many steps',
			'four times as many features, and as many steps',
			'sixteen times as many features, and twice as many steps',
		],
		answer: () => (stepsIn() > 0 ? grows() : NaN),
		replies: [
			'That would be enough for the linear part alone. To get below 17 % the quadratic part has to be learnt, and it has about d²/2 dimensions.',
			'Below 17 % the features have to span the quadratic functions, of which there are about d²/2. The neuron turns in a plane, whatever d is.',
			'Fourth powers of d come later, below 2 %. And the neuron does not see the dimension at all.',
		],
	},
	shoulder: {
		kind: 'number',
		answer: () => leftAtInfinity(2),
		within: 0.01,
		hints: [
			'For d → ∞ the coordinate √d t is a standard normal g, and the energies are those of the Hermite expansion of relu(g).',
			'Relative to E relu² = ½ they are 1/π, ½ and 1/(2π) for degrees 0, 1 and 2.',
		],
		slips: [
			{
				when: near(leftAtInfinity(1)),
				say: 'That is what is left after degree 1. The quadratic part, 1/(2π), is learnt as well.',
			},
			{
				when: near(leftAtInfinity(2) / 2),
				say: 'You have the energy itself. The error is relative to E relu² = ½.',
			},
		],
		solution: '1 − 1/π − ½ − 1/(2π) = 0.0225.',
	},
	features: varied({ percent: [5, 10, 4] }, ({ percent }) => {
		const error = percent / 100;
		const wanted = enoughFor(error);
		const [half, whole] = [wanted / 2, wanted].map((n) => showNumber(randomFeatures(n, twenty)));
		const least = featuresFor(error, twenty);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 1e-9,
			unit: 'features',
			hints: [
				'In dimension 20 there are 1 + 20 + 209 = 230 harmonics of degree up to 2.',
				`The formula nκ gives ${half} for n = ${wanted / 2}.`,
			],
			slips: [
				{
					when: (given) => given !== wanted && given === powerFor(error, (n) => floorOf(n, twenty)),
					say: `That is where the floor passes ${percent} %. Random features are some way above the floor.`,
				},
				{
					when: near(least, 1e-9),
					say: 'That is the floor’s count, for the best basis there is. Random features are some way above the floor.',
				},
			],
			solution: `${wanted}: there nκ = ${whole}. The best basis would need ${least}, as it could spend all of them on the harmonics that matter.`,
			show: { figure: 'features', set: {} },
		};
	}),
	angle: varied({ degrees: [90, 60, 120] }, ({ degrees }) => {
		const theta = (degrees * Math.PI) / 180;
		const { along } = gradient({ along: Math.cos(theta), across: Math.sin(theta) });
		return {
			kind: 'number',
			answer: () => along,
			within: 0.01,
			hints: [
				`The angle is θ = ${degrees}°. Project the gradient w/2 − ((π − θ)u + sin θ w/|w|)/2π on u.`,
				`w has the component cos θ = ${showNumber(Math.cos(theta)).replace(/^6.*⁻¹⁷$/, '0')} along u.`,
			],
			slips: [
				{
					when: near(-along),
					say: 'Mind the sign: the gradient points away from u, and descent goes towards it.',
				},
				{
					when: near(-(Math.PI - theta) / Math.PI),
					say: 'That would be (π − θ)/π. The expectation over the half space in which both neurons fire gives (π − θ)/2π.',
				},
			],
			solution: `cos θ/2 − (π − θ + sin θ cos θ)/2π = ${showNumber(along)}: the first step of size η moves w by ${showNumber(-along)}η towards u, in every dimension.`,
			show: { figure: 'neuron', set: {} },
		};
	}),
	degrees: {
		kind: 'choice',
		options: ['degrees 0 to 2', 'degrees 3 and 4', 'degrees beyond 10'],
		answer: () => {
			const { share } = energies({ d: 10, bias: 2 });
			const parts = [share.slice(0, 3), share.slice(3, 5), share.slice(11)];
			const sums = parts.map((part) => part.reduce((sum, e) => sum + e, 0));
			return sums.indexOf(Math.max(...sums));
		},
		replies: [
			'At b = 0 they carry 98 %. A neuron that is zero on most of the sphere cannot be nearly quadratic.',
			'The cap on which the neuron fires is as wide as waves of degree three and four. Their harmonics are many, 210 and 660 in ten dimensions: that is what random features pay for.',
			'The neuron has a kink, not a jump: its energies fall fast once the cap is resolved.',
		],
	},
	kinds: {
		kind: 'choice',
		options: ['the pairs, always', 'the pairs near, the phases far', 'the phases, always'],
		answer: better,
		replies: [
			'With k = e^{−Δ²/2}, (1 − k²)² is less than 1 + k⁴/2 − k² by k²(1 − k²/2), which is positive. The gain is large where points are close, where pairs know that k(0) = 1, and nothing far away.',
			'Far away the two become equal, and never change places: compare the squares of the two formulas.',
			'At distance 0 the pairs make no error at all: cos² + sin² = 1.',
		],
	},
} satisfies Questions;
