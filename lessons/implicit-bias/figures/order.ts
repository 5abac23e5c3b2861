import {
	breather,
	defineFigure,
	ensemble,
	extremes,
	showNumber,
	type Curve,
	type Frame,
	type Grid,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { eigenvaluePath, halfTime, passage } from '../population.ts';
import { along, drawSensing, full, sensingStep, size, squareOf, startOf } from '../sensing.ts';

type Params = { ratio: number; a: number; stepSize: number; seen: string };
interface OrderFrame extends Frame {
	/** vᵀUUᵀv along the three eigenvectors of X*, one row per seed. */
	readonly sigma: readonly (readonly number[])[];
	/** When each of the three was half learnt, as far as it was, one row per seed; at the end alone. */
	readonly halves: readonly (readonly number[])[] | null;
	/** Eigenvalues of X*. */
	readonly spectrum: readonly number[];
	readonly picture: Grid;
}
type OrderPrediction = Prediction<Params, OrderFrame>;

const eigenvalues = ({ params: { ratio } }: Run<Params>) => [1, ratio, ratio ** 2];
const counted = Array.from({ length: size }, (_, i) => i + 1);

/** The smallest of the three is learnt by then, by the flow. */
function lengthOf(run: Run<Params>): number {
	const { a, stepSize } = run.params;
	const slowest = eigenvalues(run).at(-1)!;
	return Math.ceil(1.3 * halfTime(slowest, a, stepSize) + 3 / (stepSize * slowest));
}

const knobs: Knobs<Params> = {
	ratio: {
		kind: 'number',
		label: 'each eigenvalue to the one before',
		symbol: '\\rho',
		min: 0.3,
		max: 0.9,
		step: 0.05,
		default: 0.5,
		scale: 'linear',
	},
	a: {
		kind: 'number',
		label: 'scale of the start',
		symbol: 'a',
		min: 0.0001,
		max: 0.1,
		default: 0.001,
		scale: 'log',
	},
	stepSize: {
		kind: 'number',
		label: 'step size',
		symbol: '\\eta',
		min: 0.02,
		max: 0.4,
		step: 0.01,
		default: 0.1,
		scale: 'log',
	},
	seen: {
		kind: 'choice',
		label: 'what is seen of X*',
		options: {
			all: 'every entry',
			many: '180 random measurements',
			few: '100 random measurements',
		},
		default: 'all',
	},
};

const everything: Hypothesis<Params> = {
	id: 'population',
	text: 'every entry of X* is seen',
	broken: ({ params: { seen } }) =>
		seen === 'all' ? null : `only ${seen === 'many' ? 180 : 100} random measurements are`,
};

const words = ['first', 'second', 'third'];

function eigenvalue(index: number): OrderPrediction {
	return {
		id: `sigma${index + 1}`,
		title: `the ${words[index]!} eigenvalue in training`,
		labels: {
			predicted: `σ${'₁₂₃'[index]!}, step by step`,
			measured: `${words[index]!} eigenvalue`,
		},
		source: { cite: 'lima2018', where: 'Section 1, as m → ∞; proved in the lesson' },
		equation: 'eq:recursion',
		panel: 'eigenvalues',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 1e-9,
			because: 'an identity: rounding in float64; over 24 seeds the largest gap was below 10⁻¹⁴',
		},
		hypotheses: [everything],
		predict: (run): Curve => {
			const { a, stepSize } = run.params;
			const steps = lengthOf(run);
			return {
				x: Array.from({ length: steps + 1 }, (_, t) => t),
				y: eigenvaluePath(eigenvalues(run)[index]!, a, stepSize, steps),
			};
		},
		measure: ({ step, sigma }) =>
			ensemble(
				[step],
				sigma.map((row) => [row[index]!]),
			),
	};
}

const predictions: OrderPrediction[] = [
	...[0, 1, 2].map(eigenvalue),
	{
		id: 'halves',
		title: 'when each eigenvalue is half learnt',
		labels: { predicted: 'ln(s/a² − 1)/(2ηs)', measured: 'half learnt' },
		source: { cite: 'lima2018', where: 'Section 1, as m → ∞; proved in the lesson' },
		equation: 'eq:half',
		panel: 'halves',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'η → 0',
			gap: 'relative',
			within: (run) =>
				[...eigenvalues(run)].reverse().map((s) => [s, run.params.stepSize * s] as const),
			because:
				'steps grow by ln(1 + ηs) where the flow grows by ηs, which makes the time longer by ηs/2 to first order; twice that is allowed',
		},
		hypotheses: [everything],
		predict: (run) => {
			const { a, stepSize } = run.params;
			const x = [...eigenvalues(run)].reverse();
			return { x, y: x.map((s) => halfTime(s, a, stepSize)) };
		},
		measure: ({ spectrum, halves }) =>
			halves
				? ensemble(
						[...spectrum].reverse(),
						halves.map((row) => [...row].reverse()),
					)
				: { x: [], y: [] },
	},
];

const presets: Preset<Params>[] = [
	{
		id: 'close',
		label: 'eigenvalues close together',
		values: { ratio: 0.9 },
		why: 'Times of 1, 1.1 and 1.2: the three rise nearly together, and no stage has rank one or two.',
	},
	{
		id: 'large-start',
		label: 'a start that is not small',
		values: { a: 0.1 },
		why: 'ln(1/a²) is only 4.6. The stages overlap, since each rise takes a time of 2/(ηs) itself whatever the start.',
	},
	{
		id: 'measured',
		label: '180 measurements',
		values: { seen: 'many' },
		why: 'Of 210 entries 180 combinations are seen. The order stays, the times shift by some per cent, and eigenvalues no longer go their own ways.',
		breaks: 'population',
	},
];

export default defineFigure<Params, OrderFrame>({
	title: 'One eigenvalue after the other',
	knobs,
	seeds: 2,
	reduced: { params: { a: 0.01, ratio: 0.7 }, seeds: 1 },
	panels: [
		{
			id: 'eigenvalues',
			title: 'Eigenvalues of UUᵀ',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'σ', scale: 'linear' },
		},
		{
			id: 'halves',
			title: 'Half learnt',
			x: { label: 'eigenvalue s', scale: 'log' },
			y: { label: 'step', scale: 'log' },
		},
	],
	pictures: [
		{
			id: 'matrix',
			title: 'The matrix UUᵀ',
			x: { label: 'column', scale: 'linear', discrete: true },
			y: { label: 'row', scale: 'linear', discrete: true },
			colour: { label: 'entry', kind: 'signed' },
			draw: ({ picture }) => picture,
			describe: (grid) => {
				const ends = extremes(grid);
				return `The matrix that is being learnt, ${size} by ${size}; entries from ${showNumber(ends?.low.value ?? NaN)} to ${showNumber(ends?.high.value ?? NaN)}.`;
			},
		},
	],
	predictions,
	presets,
	steps: lengthOf,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const { a, stepSize, seen } = run.params;
		const m = { all: Infinity, many: 180, few: 100 }[seen]!;
		const values = eigenvalues(run);
		const walkers = Array.from({ length: run.seeds }, (_, r) => ({
			problem: drawSensing(values, m, run.seed + r),
			u: startOf(a),
			paths: values.map(() => [a * a]),
		}));
		const steps = lengthOf(run);
		const every = Math.max(1, Math.floor(steps / 50));
		for (let t = 0; t <= steps; t++) {
			await breathe();
			for (const { problem, u, paths } of walkers) {
				if (t === 0) continue;
				sensingStep(u, problem, stepSize);
				paths.forEach((path, i) => path.push(along(u, problem.vectors[i]!)));
			}
			if (t % every !== 0 && t !== steps) continue;
			const halves =
				t === steps
					? walkers.map(({ paths }) => paths.map((path, i) => passage(path, values[i]!)))
					: null;
			yield {
				step: t,
				sigma: walkers.map(({ paths }) => paths.map((path) => path.at(-1)!)),
				halves,
				spectrum: values,
				picture: {
					x: counted,
					y: counted,
					values: Array.from(full(squareOf(walkers[0]!.u))),
				},
			};
		}
	},
	summary({ steps, predictions: told }) {
		const ends = told.slice(0, 3).map(({ measured }) => showNumber(measured.at(-1) ?? NaN));
		const times = told[3]?.measured.map(showNumber).reverse().join(', ') ?? '';
		return `After ${steps} steps the three eigenvalues are ${ends.join(', ')}; they were half learnt after ${times} steps, the largest first.`;
	},
});
