import { showNumber, varied, type Questions } from '#contract';
import { random } from '#theory/random.ts';
import { riskInTime } from './descentLaw.ts';
import { bestSize, estimation, testError, trainError } from './leastSquaresLaw.ts';
import { effectiveNoise, unseen } from './model.ts';
import { finiteClassBound, oneSidedMean } from './supremumLaw.ts';
import { drawPoints, suprema, type Law } from './thresholds.ts';
import { intervalComplexity, samplesFor, thresholdComplexity, thresholdLimit } from './walks.ts';

const world = { n: 64, sigma: 0.5, decay: 1.5 };
const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const sizes = Array.from({ length: 58 }, (_, i) => i + 1);
const stops = [1, 10, 100, 600];
const stopped = () => {
	const errors = stops.map((t) => riskInTime(world, 48, 0.3, t));
	return errors.indexOf(Math.min(...errors));
};
/** sup |Fₙ − F| of a sample whose points have the same ranks under every law. */
const worstGap = (law: Law) => suprema(law, drawPoints(law, 50, 1, random(1, 'erm/guess'))).two;
const lawMatters = () => {
	const change = worstGap('cauchy') - worstGap('uniform');
	return Math.abs(change) < 1e-9 ? 1 : change > 0 ? 0 : 2;
};

/** The fewest samples for which the bound on a finite class is no larger than a gap. */
const samplesForClass = (count: number, gap: number) => {
	let n = 1;
	while (finiteClassBound(count, n) > gap) n++;
	return n;
};

const far = 1e6;
const factor = () => (2 * thresholdComplexity(far)) / oneSidedMean(far);

const coinKnots = [8, 16, 32, 64, 128, 256, 512, 1024];

export default {
	size: {
		kind: 'threshold',
		place: {
			kind: 'number',
			label: 'features p',
			min: 1,
			max: 58,
			step: 1,
			default: 32,
			scale: 'log',
		},
		answer: () => bestSize(world),
		within: 0.25,
		curve: () => ({ x: sizes, y: sizes.map((p) => testError(world, p)) }),
		y: { label: 'test error', scale: 'log', domain: [0.4, 8] },
		label: 'test error, by the formula',
		misses: [
			{
				when: (p) => p < 8,
				say: 'So few features miss a fifth of the signal and more, and sixty-four samples know enough for twice as many.',
			},
			{
				when: (p) => p > 24,
				say: 'Every feature has to be learnt from the same sixty-four samples. With 32 of them the noise that is learnt along with the signal costs more than all the signal that is gained.',
			},
		],
		met: 'The least test error is at p = 13, and the valley is flat: from 9 to 19 features it is within four per cent of it. It lies near the place where what is missed and what is mistaken are equally large.',
		show: { figure: 'sizes', set: {} },
	},
	early: {
		kind: 'choice',
		options: stops.map((t) => (t === 1 ? 'after a single step' : `after ${t} steps`)),
		answer: stopped,
		replies: [
			'A step of .3 learns three tenths of everything, and the test error is .85. There is more to be had.',
			'The test error is .62, half of what it is at the end. The directions in which the data vary much are learnt, and those through which the noise comes in are not yet.',
			'.96: the training error goes on falling, the test error has been rising for ninety steps.',
			'1.18, and rising: that is nearly the empirical minimiser. The training error is at its least, the test error almost at its largest since the start.',
		],
		show: { figure: 'training', set: {} },
	},
	law: {
		kind: 'choice',
		options: ['larger', 'the same', 'smaller'],
		answer: lawMatters,
		replies: [
			'The largest points are far out, but a threshold only asks how many points lie to its left. Far out F is nearly 1 and has no room to be wrong.',
			'F(x) is uniform on [0, 1] whatever F is, as long as it is continuous, and a threshold only knows the order of the points.',
			'Neither: put each point at F(x), and the two problems are the same.',
		],
		show: { figure: 'uniform', set: { law: 'cauchy' } },
	},
	coins: {
		kind: 'curve',
		x: { label: 'coins n', scale: 'log', domain: [8, 1024] },
		y: { label: 'share wrong, at best', scale: 'linear', domain: [0, 0.5] },
		knots: coinKnots,
		answer: () => ({
			x: coinKnots,
			y: coinKnots.map((n) => 0.5 - thresholdComplexity(n)),
		}),
		label: 'by the formula',
		misses: [
			{
				when: ({ y }) => (y.at(-1) ?? 0) < 0.42,
				say: 'Its right end: of 1024 coins no threshold can follow many. The best of them has 47.6 % wrong.',
			},
			{
				when: ({ y }) => (y[0] ?? 0) > 0.4,
				say: 'Its left end: eight coins are few enough that some threshold looks good. It has 27 % wrong on average.',
			},
			{
				when: ({ y }) => (y[0] ?? 0) < 0.15,
				say: 'Its left end: eight coins can fall in 256 ways, and nine thresholds follow few of them. The best has 27 % wrong on average.',
			},
		],
		met: 'The gap to one half halves whenever n is four times as large. It has a name: it is the Rademacher complexity of thresholds.',
		show: { figure: 'coins', set: {} },
	},
	byHand: varied({ n: [64, 32, 128] }, ({ n }) => {
		const at = { ...world, n };
		const s2 = effectiveNoise(world, 16);
		return {
			kind: 'number',
			answer: () => testError(at, 16),
			within: 0.005,
			hints: [
				's² = σ² + τ² = .25 + .1297.',
				`The factor is 1 + 16/(${n} − 17).`,
				`.3797 · ${showNumber(1 + 16 / (n - 17))}.`,
			],
			slips: [
				{ when: near(trainError(at, 16)), say: 'That is the training error, s²(1 − p/n).' },
				{
					when: near(0.25 * (1 + 16 / (n - 17))),
					say: 'To a fit with 16 features the other 112 are noise as well: s² = σ² + τ².',
				},
				{
					when: near(s2 * (1 + 16 / n), 0.004),
					say: 'That is the price for large n, p/n. At finite n it is p/(n − p − 1).',
				},
				{ when: near(estimation(at, 16)), say: 'That is the estimation error alone. Add s².' },
			],
			solution: `(.25 + .1297)(1 + 16/${n - 17}) = ${showNumber(testError(at, 16))}: noise .25, approximation ${showNumber(unseen(1.5, 16))}, estimation ${showNumber(estimation(at, 16))}.`,
			show: { figure: 'sizes', set: { n } },
		};
	}),
	finite: varied({ count: [1000, 100, 10_000] }, ({ count }) => ({
		kind: 'number',
		answer: () => samplesForClass(count, 0.1),
		within: 0.005,
		unit: 'samples',
		hints: ['Solve √(ln(2K)/(2n)) = .1 for n.', `ln(2K) = ${showNumber(Math.log(2 * count))}.`],
		slips: [
			{
				when: near(Math.log(count) / 0.02),
				say: 'Gaps of both signs count: there are 2K of them, not K.',
			},
			{ when: near(Math.log(2 * count) / 0.2), say: 'The gap enters squared: 2 · .1² = .02.' },
			{
				when: near(Math.log2(2 * count) / 0.02),
				say: 'That is the logarithm to base 2. The natural one is meant.',
			},
		],
		solution: `n ≥ ln(${2 * count})/.02, so n = ${samplesForClass(count, 0.1)}. Ten times as many functions cost ln 10/.02 = 115 samples more.`,
	})),
	samples: varied({ gap: [0.1, 0.2, 0.05] }, ({ gap }) => {
		const n = samplesFor(gap);
		const limit = Math.ceil(8 / (Math.PI * gap ** 2));
		return {
			kind: 'number',
			answer: () => n,
			within: 0.012,
			unit: 'samples',
			hints: [
				`2 Radₙ ≤ ${gap}. Begin with √(2/(πn)) for Radₙ.`,
				`That gives n = 8/(π · ${gap}²) = ${limit}. The exact complexity is a little smaller: try somewhat fewer.`,
				`By the exact formula Radₙ is less than √(2/(πn)) by nearly 1/(2n).`,
			],
			slips: [
				{
					when: near(limit, 0.012),
					say: `That is the answer for large n, where Radₙ is about √(2/(πn)) = ${showNumber(thresholdLimit(limit))}. Exactly it is ${showNumber(thresholdComplexity(limit))} there: fewer will do.`,
				},
				{
					when: near(samplesFor(2 * gap), 0.012),
					say: 'That makes Radₙ itself so small. The bound has twice of it.',
				},
			],
			solution: `At n = ${n} the formula gives Radₙ = ${showNumber(thresholdComplexity(n))}. With so many samples sup (F − Fₙ) itself is ${showNumber(oneSidedMean(n))} on average.`,
			show: { figure: 'uniform', set: { n: 16 * Math.min(64, Math.round(n / 16)) } },
		};
	}),
	factor: {
		kind: 'number',
		answer: factor,
		within: 0.005,
		hints: [
			'Both fall like 1/√n. Divide the constants.',
			'2√(2/π) over √(π/8).',
			'√(2/π) · √(8/π) = 4/π.',
		],
		slips: [
			{ when: near(factor() / 2, 0.005), say: 'You forgot the 2 in front of Radₙ.' },
			{
				when: near((2 * Math.sqrt(2 / Math.PI)) / (Math.sqrt(Math.PI / 2) * Math.LN2), 0.005),
				say: 'That compares with the two-sided gap. The bound is about sup (R − R_n), one side.',
			},
		],
		solution:
			'2√(2/π)/√(π/8) = 8/π = 2.546. The ghost sample costs most of it: the gap between two samples is larger than the gap between one and the truth, and signs are freer than either.',
		show: { figure: 'uniform', set: {} },
	},
	wrongCoins: varied({ n: [100, 400, 50] }, ({ n }) => {
		const wrong = 0.5 - intervalComplexity(n);
		return {
			kind: 'number',
			answer: () => wrong,
			within: 0.02,
			hints: [
				'It is ½ less the Rademacher complexity of intervals.',
				'For large n that is √(π/(2n)).',
			],
			slips: [
				{
					when: near(0.5 - thresholdComplexity(n), 0.005),
					say: 'That is the best threshold. An interval has two ends to choose.',
				},
				{
					when: near(0.5 - 2 * intervalComplexity(n), 0.005),
					say: 'The factor 2 belongs to the bound. On coins the gap is Radₙ itself.',
				},
				{ when: near(intervalComplexity(n)), say: 'That is by how much it is better than ½.' },
			],
			solution: `½ − Rad = ½ − ${showNumber(intervalComplexity(n))} = ${showNumber(wrong)}; with √(π/(2n)) one gets ${showNumber(0.5 - Math.sqrt(Math.PI / (2 * n)))}. On fresh coins it has half of them wrong, like everybody.`,
			show: { figure: 'coins', set: { n: 16 * Math.round(n / 16) } },
		};
	}),
} satisfies Questions;
