import { varied, type Curve, type Questions } from '#contract';
import { harmonics } from '#theory/gegenbauer.ts';
import { logGamma } from '#theory/incompleteBeta.ts';
import { energiesOf, regressionError } from './harmonicLaw.ts';
import { meanSquareDistance, neighbourError } from './neighbourLaw.ts';
import { ratioOfMeans } from './stepLaw.ts';
import { unitBall } from './torus.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

/** Root mean square distance to the nearest of a thousand points. */
const distance = (d: number) => Math.sqrt(meanSquareDistance(d, 1000));
const dimensions = [1, 2, 4, 6, 8, 10, 12, 14, 16];
const at = ({ x, y }: Curve, d: number) => y[x.indexOf(d)] ?? NaN;

/** Points after which E r² = Γ(1 + 2/d)(nV_d)^{−2/d} is below `square`. */
const pointsFor = (d: number, square: number) => (gammaOf(d) / square) ** (d / 2) / unitBall(d);
/** Γ(1 + 2/d). */
const gammaOf = (d: number) => Math.exp(logGamma(1 + 2 / d));

/** By what factor a thousand points must be multiplied for the error to be halved, by bisection. */
const halving = (d: number) => {
	const error = (factor: number) =>
		neighbourError({ d, n: Math.round(1000 * factor), k: 1, noise: 0 }).total;
	let [low, high] = [1, 1000];
	for (let step = 0; step < 20; step++) {
		const middle = Math.sqrt(low * high);
		if (error(middle) > error(1) / 2) low = middle;
		else high = middle;
	}
	return low;
};
const factors = [2, 4, 20, 256];
const closest = (value: number) =>
	factors.reduce(
		(best, factor, i) =>
			Math.abs(Math.log(factor / value)) < Math.abs(Math.log(factors[best]! / value)) ? i : best,
		0,
	);

const left = (d: number) =>
	regressionError(
		{ kernel: 'tangent', d, n: 8 * d, ridge: 1e-3, noise: 0 },
		energiesOf({ d, link: 'relu' }),
	);

export default {
	howFar: {
		kind: 'curve',
		x: { label: 'dimension d', scale: 'linear', domain: [1, 16] },
		y: { label: 'distance to the nearest', scale: 'log', domain: [0.0003, 2] },
		knots: dimensions,
		answer: () => ({ x: dimensions, y: dimensions.map(distance) }),
		label: 'root mean square distance',
		misses: [
			{
				when: (guess) => at(guess, 1) > 0.005,
				say: 'Its start: on a circle of length 1 a thousand points are a thousandth apart, and the nearest is half of that away on average, .0007 in root mean square.',
			},
			{
				when: (guess) => at(guess, 16) < 0.35,
				say: 'Its end: in sixteen dimensions the nearest of a thousand points is .73 away, although no two points of the torus are further apart than 2, and two random ones are about 1.15 apart.',
			},
			{
				when: (guess) => at(guess, 4) < 4 * at(guess, 2),
				say: 'Its bend: nearly everything is lost at once. From two to four dimensions the distance grows by a factor of six.',
			},
		],
		met: 'Of the order of n^(−1/d): a thousandth on the line, a thirtieth in the plane, and from ten dimensions on half of the side of the cube and more.',
	},
	halve: {
		kind: 'choice',
		options: factors.map((factor) => `${factor} times as many`),
		answer: () => closest(halving(8)),
		replies: [
			'That is so in two dimensions, where the error goes as 1/n.',
			'That is so in four dimensions, where the error goes nearly as n^(−1/2).',
			'In the limit the error goes as n^(−2/d), which would be 16 times as many; here it falls more slowly. By the law it takes 20.6 times a thousand points. In sixteen dimensions it would be some 760 times.',
			'That is so at sixteen dimensions in the limit, where the slope is −2/16.',
		],
		show: { figure: 'nearest', set: {} },
	},
	points: varied({ d: [8, 4, 16] }, ({ d }) => {
		const wanted = pointsFor(d, 0.01);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.03,
			unit: 'points',
			hints: [
				'For large n, E r² ≈ Γ(1 + 2/d)(nV_d)^(−2/d). Solve for n.',
				`nV_d = (Γ(1 + 2/d)/.01)^(d/2), and d/2 = ${d / 2}.`,
				`Γ(1 + 2/d) = ${gammaOf(d).toFixed(4)} and V_d = ${unitBall(d).toPrecision(5)}.`,
			],
			slips: [
				{ when: near(wanted * unitBall(d), 0.03), say: 'That is nV_d. Divide by V_d.' },
				{
					when: near((gammaOf(d) / 0.01) ** d / unitBall(d), 0.03),
					say: 'The exponent is d/2: the distance is squared already.',
				},
				{
					when: near(0.01 ** (-d / 2), 0.03),
					say: 'That is the order of magnitude, 10^d. The volume of the ball and the Gamma function are missing.',
				},
			],
			solution: `n = (${gammaOf(d).toFixed(4)}/.01)^${d / 2}/${unitBall(d).toPrecision(5)} = ${wanted.toPrecision(3)}. A distance of a tenth, along each axis no more than a tenth of the way round.`,
			show: { figure: 'nearest', set: { d } },
		};
	}),
	stair: varied({ d: [12, 16, 10], l: [3, 2] }, ({ d, l }) => {
		const count = Math.round(harmonics(d, l));
		return {
			kind: 'number',
			answer: () => count,
			within: 1e-9,
			unit: 'harmonics',
			hints: [
				'Homogeneous polynomials of degree l in d variables: (d + l − 1 choose l).',
				'Those that are |x|² times one of degree l − 2 are nothing new on the sphere.',
				'N_l = (d + l − 1 choose l) − (d + l − 3 choose l − 2).',
			],
			slips: [
				{
					when: near(homogeneous(d, l), 1e-9),
					say: 'These are all polynomials of that degree. On the sphere |x|² = 1, so that some of them are of lower degree.',
				},
				{
					when: near(Math.round(d ** l / (l === 3 ? 6 : 2)), 1e-9),
					say: 'That is d^l/l!, right for very many dimensions.',
				},
				{
					when: (given) => given === d ** l,
					say: 'The order of variables does not count: divide by l! at least.',
				},
			],
			solution: `${homogeneous(d, l)} − ${homogeneous(d, l - 2)} = ${count}. So many samples are needed before a fixed kernel learns degree ${l}, for it cannot know which of them matters.`,
			show: { figure: 'staircase', set: d === 16 ? { d, n: 1024 } : { d } },
		};
	}),
	grows: {
		kind: 'choice',
		options: [
			'It falls to 0.',
			'It stays as it is.',
			'It grows, to about what lies above degree one.',
			'It grows to 1.',
		],
		answer: () => {
			const [few, many] = [left(16), left(128)];
			return few < many && many < 0.25 ? 2 : few > many ? 0 : 3;
		},
		replies: [
			'The number of samples grows with d, but the number of harmonics of degree 2 grows as its square.',
			'The linear part stays learnt. The rest gets harder: there are (d² + d)/2 − 1 harmonics of degree 2 for 8d samples.',
			'8d samples are enough for the d harmonics of degree one and for nothing else: from .096 in 16 dimensions the error goes to .190 in 128 and .203 in 512. Above degree one lies 1 − 1/π − 1/2 = .182; overfitting multiplies it by 1.1.',
			'The constant and the linear part, 82 % of the energy of a rectifier, are learnt from 8d samples in any dimension.',
		],
	},
	oneStepSamples: varied({ d: [64, 100, 20] }, ({ d }) => {
		// (c₁² + (3 − c₁²)/n) n = 9(d − 1), since A : B = 9 : 1 at cos² = .9.
		const wanted = (9 * (d - 1) - 2.5) / 0.5;
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.02,
			unit: 'samples',
			hints: [
				'cos² = A/(A + B) is .9 where A = 9B.',
				'For √2 relu: c₁² = ½, E y²u² = 3, E y² = 1. Then A = ½ + 2.5/n and B = (d − 1)/n.',
				`½ + 2.5/n = 9 · ${d - 1}/n.`,
			],
			slips: [
				{
					when: (given) => near((d - 3.5) / 0.5, 0.02)(given) || near((d - 1) / 0.5, 0.02)(given),
					say: 'You set A = B. That is cos² = ½.',
				},
				{
					when: near((9 * (d - 1)) / Math.SQRT1_2, 0.02),
					say: 'c₁ enters squared: ½, not .707.',
				},
				{
					when: near(9 * (d - 1) - 2, 0.02),
					say: 'You left out c₁² = ½.',
				},
			],
			solution: `n/2 + 2.5 = 9 · ${d - 1}, n = ${wanted}; then cos² = ${ratioOfMeans({ d, n: wanted, link: 'relu' }).toFixed(2)}. Nearly in proportion to d, not to a higher power of it.`,
			show: { figure: 'oneStep', set: { d: d === 20 ? 16 : 64 } },
		};
	}),
} satisfies Questions;

/** (d + l − 1 choose l), the number of monomials of degree l in d variables. */
function homogeneous(d: number, l: number): number {
	let count = 1;
	for (let k = 1; k <= l; k++) count *= (d + k - 1) / k;
	return Math.round(count);
}
