import {
	breather,
	defineFigure,
	showNumber,
	type Frame,
	type Grid,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { chosen, potentialPicture, toyPath } from '../toy.ts';

type Params = { c: number; h: number };
interface PlaneFrame extends Frame {
	readonly a: number;
	/** Where descent ended. */
	readonly b: readonly [number, number];
	readonly picture: Grid;
}
type PlanePrediction = Prediction<Params, PlaneFrame>;

/** From the widest start to the smallest. */
const scales = [3, 2, 1.4, 1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05, 0.03, 0.01, 0.003];

const knobs: Knobs<Params> = {
	c: {
		kind: 'number',
		label: 'weight of the second unknown',
		symbol: 'c',
		min: 1,
		max: 4,
		step: 0.25,
		default: 2,
		scale: 'linear',
	},
	h: {
		kind: 'number',
		label: 'step size, relative',
		symbol: 'h',
		min: 0.001,
		max: 0.3,
		default: 0.01,
		scale: 'log',
	},
};

/** The largest step for which the first order of the law was measured. */
const short = 0.05;
const shortSteps: Hypothesis<Params> = {
	id: 'flow',
	text: `steps are short, h ≤ ${short}: the theorem is about continuous time`,
	broken: ({ params: { h } }) => (h <= short + 1e-12 ? null : `h = ${showNumber(h)} > ${short}`),
};

function coordinate(index: 0 | 1, title: string, predicted: string): PlanePrediction {
	return {
		id: `b${index + 1}`,
		title,
		labels: { predicted, measured: `b${'₁₂'[index]!}, trained` },
		source: { cite: 'woodworth2020', where: 'the potential Q of the abstract’s two regimes' },
		equation: 'eq:potential',
		panel: 'solution',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'η → 0',
			gap: 'absolute',
			within: ({ params: { h } }) => 0.06 * h + 1e-6,
			because:
				'what steps of finite length shift is of first order in h: at c = 1, 1.5, 2, 3 and 4 and all fifteen scales the largest gap was .042 h at h = .01 and .0415 h at h = .05',
		},
		hypotheses: [shortSteps],
		predict: ({ params: { c } }: Run<Params>) => ({
			x: scales,
			y: scales.map((a) => chosen(c, a)[index]),
		}),
		measure: ({ a, b }) => ({ x: [a], y: [b[index]] }),
	};
}

const predictions = [
	coordinate(0, 'the first unknown, by the scale of the start', 'b₁ of the least potential'),
	coordinate(1, 'the second unknown, by the scale of the start', 'b₂ of the least potential'),
];

const presets: Preset<Params>[] = [
	{
		id: 'equal',
		label: 'two equal unknowns',
		values: { c: 1 },
		why: 'With c = 1 the equation does not prefer either unknown, and neither does the potential: ½ and ½ at every scale. A sparse solution is not chosen for its own sake.',
	},
	{
		id: 'steep',
		label: 'one much stronger',
		values: { c: 4 },
		why: 'The least square norm gives the first unknown 1/17, the least sum of absolute values nothing at all.',
	},
	{
		id: 'long',
		label: 'long steps',
		values: { h: 0.3 },
		why: 'Every step multiplies uv by 1 − 4η²g². The second unknown has c times the gradient of the first and loses more of its scale, so that the first is left with more than its share. Rings lie to the dense side of the line.',
		breaks: 'flow',
	},
];

export default defineFigure<Params, PlaneFrame>({
	title: 'One equation, two unknowns',
	knobs,
	seeds: 1,
	reduced: { params: { h: 0.05 }, seeds: 1 },
	panels: [
		{
			id: 'solution',
			title: 'Which solution',
			x: { label: 'scale of the start a', scale: 'log' },
			y: { label: 'b₁ and b₂', scale: 'linear' },
		},
	],
	pictures: [
		{
			id: 'potential',
			title: 'The potential at this scale',
			x: { label: 'b₁', scale: 'linear' },
			y: { label: 'b₂', scale: 'linear' },
			colour: { label: 'Q / Q(trained)', kind: 'magnitude', domain: [0, 2] },
			draw: ({ picture }) => picture,
			describe: (grid) => {
				const { x, y, values } = grid;
				const at = (i: number, j: number) => values[j * x.length + i] ?? NaN;
				const middle = (x.length - 1) / 2;
				// Along an axis, and along the diagonal at the same distance from 0: squares would give 1.
				const reach = Math.round(middle * 0.5);
				const slant = Math.round(reach / Math.SQRT2);
				const ratio = at(middle - slant, middle - slant) / at(middle - reach, middle);
				return `The potential rises from 0 on all sides; at equal distance it is ${showNumber(ratio)} times as high along the diagonal as along an axis: 1 for squares, √2 for absolute values. On the ${y.length} rows the line of solutions is left blank and broken at the trained point.`;
			},
		},
	],
	predictions,
	presets,
	steps: () => scales.length,
	async *frames({ params: { c, h } }, _lab, signal) {
		const breathe = breather(signal);
		for (const [k, a] of scales.entries()) {
			let b: readonly [number, number] = [0, 0];
			let taken = 0;
			for (b of toyPath(c, a, h)) if (++taken % 256 === 0) await breathe();
			await breathe();
			yield { step: k + 1, a, b, picture: potentialPicture(c, a, b) };
		}
	},
	summary({ predictions: told }) {
		const say = (k: number) =>
			told.map(({ measured }) => showNumber(measured.at(k) ?? NaN)).join(' and ');
		const x = told[0]?.x ?? [];
		return (
			`Descent from a = ${showNumber(x[0] ?? NaN)} ends at b = ${say(0)}, from a = ${showNumber(x.at(-1) ?? NaN)} at ${say(-1)}: ` +
			'the first solves the equation with the least sum of squares, the second nearly with one unknown alone.'
		);
	},
});
