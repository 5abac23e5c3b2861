import type { Questions } from '#contract';
import { disagreement } from './angleLaw.ts';
import { hard, logit, moments } from './labels.ts';
import { errorOf, overlap } from './overlap.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const offered = [10, 25, 50, 100];
const worst = () => {
	const errors = offered.map((n) => disagreement(n, 50, hard).mean);
	return errors.indexOf(Math.max(...errors));
};

const hundred = () => errorOf(overlap(100, 50, hard));
const angle = () => 180 * errorOf(overlap(25, 50, logit));
const ratio = (temperature: number) => {
	const { slope, residual } = moments({ temperature, flips: 0 });
	return residual / slope ** 2;
};
const worth = () => ratio(0) / ratio(0.5);

/** The density of a standard normal variable at 0. */
const density = 1 / Math.sqrt(2 * Math.PI);
const margins = () => (12 * density ** 2 * 0.01) ** (1 / 3);

export default {
	worthless: {
		kind: 'choice',
		options: offered.map((n) => `n = ${n}`),
		answer: worst,
		replies: [
			'Ten labels in fifty dimensions tell little: it disagrees on 39 % of the inputs. It will get worse than that.',
			'34 %: twenty-five labels are better than ten, as they should be. The surprise comes at twice as many.',
			'As many labels as weights, and the labels can just be met exactly: the student disagrees on 45 % of the inputs, worse than after ten labels. What the labels round off acts like noise, and at n = d noise is amplified without bound.',
			'Twice as many labels as weights: 20 %, the best of these four.',
		],
	},
	hundred: {
		kind: 'number',
		answer: hundred,
		within: 0.01,
		hints: [
			'n > d + 1: use the first line, with ν²/s² = π/2 − 1 = .571.',
			'(d − 1)/(n − d − 1) = 49/49 = 1, so R = 1/√1.571.',
			'The share is the angle over π: arccos(R)/π.',
		],
		slips: [
			{
				when: near(Math.acos(overlap(100, 50, hard))),
				say: 'That is the angle in radians. Divide by π to get the share of inputs.',
			},
			{
				when: near(2 * hundred()),
				say: 'Twice the right value: divide the angle by π, the largest angle, not by π/2.',
			},
			{
				when: near(overlap(100, 50, hard)),
				say: 'That is R, the cosine. The share is arccos(R)/π.',
			},
			{
				when: near(errorOf(1 / (1 + ratio(0)))),
				say: 'You left out the square root: R = s/√(s² + ν²).',
			},
		],
		solution:
			'R = 1/√(1 + .571 · 49/49) = .798, the angle is arccos .798 = .647, and .647/π = .206. R is √(2/π): here signal and residual come in exactly the proportion of a single label.',
	},
	angle: {
		kind: 'number',
		answer: angle,
		within: 0.005,
		unit: 'degrees',
		hints: ['R = √(n/d) for logits.', 'R = √½. Which angle has this cosine?'],
		slips: [
			{
				when: near(60),
				say: 'You took R = n/d. The student is shorter than the teacher by √(n/d) as well.',
			},
			{ when: near(Math.PI / 4), say: 'In radians. Degrees were asked for.' },
			{ when: near(0.25), say: 'That is the share of inputs on which they disagree, 45/180.' },
		],
		solution:
			'R = √(25/50) = .707, an angle of 45 degrees: the student is the projection of the teacher on a random half of the space. They disagree on 45/180, a quarter of the inputs.',
	},
	worth: {
		kind: 'number',
		answer: worth,
		within: 0.02,
		hints: [
			'For n much larger than d, 1 − R is proportional to (ν²/s²) d/n.',
			'Equal R at n labels of one kind and n′ of the other: n′/n is the ratio of their ν²/s².',
			'ν²/s² is .571 for hard labels and .194 at T = ½.',
		],
		slips: [
			{
				when: near(1 / worth(), 0.02),
				say: 'The wrong way round: hard labels are the poorer, so it takes more of them.',
			},
			{
				when: near(Math.sqrt(worth()), 0.02),
				say: 'That is the ratio of the errors at equal n. The error falls like n^(−1/2), so the numbers of samples are in the ratio of its square.',
			},
			{
				when: near(ratio(0) / ratio(1), 0.02),
				say: 'That is the value at T = 1.',
			},
		],
		solution:
			'.5708/.1938 = 2.95: one soft label at T = ½ is worth three hard ones. At T = 1 it is worth 7.6, at T = 2 it is worth 35, and a logit, beyond n = d, is worth infinitely many.',
	},
	margins: {
		kind: 'number',
		answer: margins,
		within: 0.01,
		hints: [
			'The density of a standard normal variable at 0 is q = 1/√(2π) = .399.',
			'12 q² = 12/(2π) = 1.910.',
			'The cube root of .0191.',
		],
		slips: [
			{
				when: near(Math.sqrt(12 * density ** 2 * 0.01)),
				say: 'You took the square root. The exponent is 1/3: share grows like t, loss like t³.',
			},
			{ when: near((12 * density * 0.01) ** (1 / 3)), say: 'q enters squared.' },
			{ when: near(margins() / 2), say: 'Half of it: margins on both sides of zero count.' },
		],
		solution:
			'(12 · .1592 · .01)^(1/3) = .267. A relative loss of one per cent, and still a quarter of the inputs may fall on the wrong side. The students of the last figure are no adversaries: at a loss of .063 they disagree on 8 %, where the bound allows 54 %.',
	},
} satisfies Questions;
