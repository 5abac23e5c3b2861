import { showNumber, showPercent, varied, type Questions } from '#contract';
import { disagreement } from './angleLaw.ts';
import { hard, logit, moments } from './labels.ts';
import { errorOf, overlap } from './overlap.ts';

const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

/** The dimension of the exercises. */
const d = 50;
const offered = [10, 25, 50, 100];
const worst = () => {
	const errors = offered.map((n) => disagreement(n, d, hard).mean);
	return errors.indexOf(Math.max(...errors));
};

/** ν²/s² of soft labels; of hard ones at temperature 0. */
const ratio = (temperature: number) => {
	const { slope, residual } = moments({ temperature, flips: 0 });
	return residual / slope ** 2;
};
/** Hard labels that are worth one soft label, far beyond n = d. */
const worth = (temperature: number) => ratio(0) / ratio(temperature);
const temperatures = [0.5, 1, 2] as const;

/** By the formula for small losses; q is the density of a standard normal variable at 0. */
const density = 1 / Math.sqrt(2 * Math.PI);
const margin = (loss: number) => (12 * density ** 2 * loss) ** (1 / 3);

/** As the lesson writes numbers: .798. */
const plain = (value: number) => showNumber(value).replace(/^0\./, '.');

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
	hundred: varied({ n: [100, 75, 150, 200] }, ({ n }) => {
		const R = overlap(n, d, hard);
		const share = errorOf(R);
		const [noise, excess] = [ratio(0), (d - 1) / (n - d - 1)];
		return {
			kind: 'number',
			answer: () => share,
			within: 0.01,
			hints: [
				`n > d + 1: use the first line, with ν²/s² = π/2 − 1 = ${plain(noise)}.`,
				`(d − 1)/(n − d − 1) = ${d - 1}/${n - d - 1} = ${plain(excess)}, so R = 1/√${plain(1 + noise * excess)}.`,
				'The share is the angle over π: arccos(R)/π.',
			],
			slips: [
				{
					when: near(Math.acos(R)),
					say: 'That is the angle in radians. Divide by π to get the share of inputs.',
				},
				{
					when: near(2 * share),
					say: 'Twice the right value: divide the angle by π, the largest angle, not by π/2.',
				},
				{
					when: near(R),
					say: 'That is R, the cosine. The share is arccos(R)/π.',
				},
				{
					when: near(errorOf(R ** 2)),
					say: 'You left out the square root: R = s/√(s² + …).',
				},
			],
			solution: [
				`R = 1/√(1 + ${plain(noise)} · ${d - 1}/${n - d - 1}) = ${plain(R)}, the angle is arccos ${plain(R)} = ${plain(Math.acos(R))}, and ${plain(Math.acos(R))}/π = ${plain(share)}.`,
				...(excess === 1
					? [
							'R is √(2/π): here signal and residual come in exactly the proportion of a single label.',
						]
					: []),
			].join(' '),
			show: { figure: 'samples', set: { d } },
		};
	}),
	angle: varied({ n: [25, 10, 40] }, ({ n }) => {
		const R = overlap(n, d, logit);
		const degrees = 180 * errorOf(R);
		return {
			kind: 'number',
			answer: () => degrees,
			within: 0.005,
			unit: 'degrees',
			hints: [
				'R = √(n/d) for logits.',
				`R = √(${n}/${d}) = ${plain(R)}. Which angle has this cosine?`,
			],
			slips: [
				{
					when: near(180 * errorOf(R ** 2)),
					say: 'You took R = n/d. The student is shorter than the teacher by √(n/d) as well.',
				},
				{ when: near(Math.acos(R)), say: 'In radians. Degrees were asked for.' },
				{
					when: near(errorOf(R)),
					say: `That is the share of inputs on which they disagree, ${showNumber(degrees)}/180.`,
				},
			],
			solution: `R = √(${n}/${d}) = ${plain(R)}, an angle of ${showNumber(degrees)} degrees: the student is the projection of the teacher on a random subspace of ${n} dimensions. They disagree on ${showNumber(degrees)}/180, a share of ${plain(errorOf(R))} of the inputs.`,
			show: { figure: 'samples', set: { d } },
		};
	}),
	worth: varied({ T: temperatures }, ({ T }) => {
		const count = worth(T);
		const others = temperatures.filter((other) => other !== T);
		return {
			kind: 'number',
			answer: () => count,
			within: 0.02,
			hints: [
				'For n much larger than d, 1 − R is proportional to (ν²/s²) d/n.',
				'Equal R at n labels of one kind and n′ of the other: n′/n is the ratio of their ν²/s².',
				`ν²/s² is ${plain(ratio(0))} for hard labels and ${plain(ratio(T))} at T = ${T}.`,
			],
			slips: [
				{
					when: near(1 / count, 0.02),
					say: 'The wrong way round: hard labels are the poorer, so it takes more of them.',
				},
				{
					when: near(Math.sqrt(count), 0.02),
					say: 'That is the ratio of the errors at equal n. The error falls like n^(−1/2), so the numbers of samples are in the ratio of its square.',
				},
				...others.map((other) => ({
					when: near(worth(other), 0.02),
					say: `That is the value at T = ${other}.`,
				})),
			],
			solution: `${plain(ratio(0))}/${plain(ratio(T))} = ${showNumber(count)}. One soft label is worth ${others.map((other) => `${showNumber(worth(other))} hard ones at T = ${other}`).join(' and ')}, and a logit, beyond n = d, is worth infinitely many.`,
			show: { figure: 'samples', set: { d, temperature: T } },
		};
	}),
	margins: varied({ loss: [0.01, 0.001, 0.005, 0.02] }, ({ loss }) => {
		const share = margin(loss);
		const [square, cube] = [12 * density ** 2, 12 * density ** 2 * loss];
		return {
			kind: 'number',
			answer: () => share,
			within: 0.01,
			hints: [
				`The density of a standard normal variable at 0 is q = 1/√(2π) = ${plain(density)}.`,
				`12 q² = 12/(2π) = ${showNumber(square)}.`,
				`The cube root of ${plain(cube)}.`,
			],
			slips: [
				{
					when: near(Math.sqrt(cube)),
					say: 'You took the square root. The exponent is 1/3: share grows like t, loss like t³.',
				},
				{ when: near((12 * density * loss) ** (1 / 3)), say: 'q enters squared.' },
				{ when: near(share / 2), say: 'Half of it: margins on both sides of zero count.' },
			],
			solution: `(12 · ${plain(density ** 2)} · ${plain(loss)})^(1/3) = ${plain(share)}. A relative loss of ${showPercent(loss)}, and still ${showPercent(share)} of the inputs may fall on the wrong side. The students of the last figure are no adversaries: at a loss of .063 they disagree on 8 %, where the bound allows 54 %.`,
		};
	}),
} satisfies Questions;
