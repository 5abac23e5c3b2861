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
import { memo } from '#theory/memo.ts';
import { functionOf, startAt, step, stepSizeFor } from '../diagonal.ts';
import * as shared from '../knobs.ts';
import { minimisers } from '../potential.ts';
import { dimension, distance, drawSparse, l1 } from '../sparse.ts';

type Params = { n: number; k: number; h: number; steps: number };
interface SparseFrame extends Frame {
	readonly a: number;
	/** One number per seed: distance from the truth, Σ|b_j|, and distance from the predicted solution. */
	readonly errors: number[];
	readonly norms: number[];
	/** Of the first seed: coefficients against scales, scales not reached yet left blank. */
	readonly picture: Grid;
}
type SparsePrediction = Prediction<Params, SparseFrame>;

/** From the widest start to the smallest. */
const scales = [3, 1, 0.6, 0.3, 0.2, 0.1, 0.06, 0.03, 0.01];
/** Coefficients in the picture. */
const shown = 40;

const knobs: Knobs<Params> = {
	n: shared.equations,
	k: shared.sparsity,
	h: {
		kind: 'number',
		label: 'step size, relative',
		symbol: 'h',
		min: 0.01,
		max: 0.06,
		step: 0.005,
		default: 0.03,
		scale: 'linear',
	},
	steps: {
		kind: 'number',
		label: 'steps',
		symbol: 'T',
		min: 200,
		max: 20_000,
		step: 100,
		default: 3000,
		scale: 'log',
	},
};

const settledTime: Hypothesis<Params> = {
	id: 'time',
	text: 'descent has come to rest: hT ≥ 60',
	broken: ({ params: { h, steps } }) =>
		h * steps >= 60 - 1e-9 ? null : `hT = ${showNumber(h * steps)} < 60`,
};
const fewSteps: Hypothesis<Params> = {
	id: 'flow',
	text: 'steps are short, h ≤ 0.03: the theorem is about continuous time',
	broken: ({ params: { h } }) => (h <= 0.03 + 1e-9 ? null : `h = ${showNumber(h)} > 0.03`),
};

/** Distance from the truth and Σ|b_j| of the predicted solutions, one row each per scale. */
const told = memo(({ n, k, seed }: { n: number; k: number; seed: number }) => {
	const problem = drawSparse(n, k, seed);
	const solutions = minimisers(problem, scales);
	return {
		errors: solutions.map(({ b }) => distance(b, problem.truth)),
		norms: solutions.map(({ b }) => l1(b)),
	};
}, 64);

function overSeeds({ params: { n, k }, seed, seeds }: Run<Params>, of: 'errors' | 'norms'): Curve {
	const rows = Array.from({ length: seeds }, (_, r) => told({ n, k, seed: seed + r })[of]);
	return { ...ensemble(scales, rows), low: undefined, high: undefined };
}

function prediction(
	id: 'errors' | 'norms',
	panel: string,
	title: string,
	within: number,
	because: string,
): SparsePrediction {
	return {
		id,
		title,
		labels: { predicted: 'least potential', measured: 'trained' },
		source: { cite: 'woodworth2020', where: 'the potential Q of the abstract’s two regimes' },
		equation: 'eq:potential',
		panel,
		draws: 'grow',
		claim: { kind: 'limit', of: 'η → 0, T → ∞', gap: 'absolute', within: () => within, because },
		hypotheses: [fewSteps, settledTime],
		predict: (run) => overSeeds(run, id),
		measure: (frame) =>
			ensemble(
				[frame.a],
				frame[id].map((value) => [value]),
			),
	};
}

const because =
	'a spread: the largest gap of one seed over 24 seeds at the defaults was .039 in the distance and .059 in the sum, over eight seeds each with 10 to 40 equations and 1 to 16 ones .021 and .047; from large starts it is of first order in h, from small ones it is what the time has left';
const predictions = [
	prediction('errors', 'error', 'distance from the sparse truth', 0.05, because),
	prediction('norms', 'norm', 'sum of the absolute values', 0.1, because),
];

const presets: Preset<Params>[] = [
	{
		id: 'one',
		label: 'a single one',
		values: { k: 1 },
		why: 'The sparser the truth, the earlier a small scale pays: the error at a = 0.1 is less than half of that with four ones.',
	},
	{
		id: 'many',
		label: 'sixteen ones',
		values: { k: 16 },
		why: 'Forty equations do not single out sixteen of a hundred: the solution of least Σ|b_j| is not the truth any more. The potential still says where descent goes, and it is not where one wanted to go.',
	},
	{
		id: 'long',
		label: 'longer steps',
		values: { h: 0.06 },
		why: 'Twice the step, and from a start between 0.1 and 1 nearly twice the distance from the line. Steps shrink uv most where gradients are large, at the ones of the truth, and rings lie on the dense side.',
		breaks: 'flow',
	},
	{
		id: 'brief',
		label: 'stopped early',
		values: { steps: 200 },
		why: 'From a small start nothing has happened for most of the time, and what moves last are the coefficients that ought to stay small. The minimiser is where descent ends, not where it is.',
		breaks: 'time',
	},
];

function picture(rows: readonly Float64Array[]): Grid {
	const y = [...scales].reverse();
	const blank = new Float64Array(shown).fill(NaN);
	const values = y.flatMap((_, j) =>
		Array.from((rows[scales.length - 1 - j] ?? blank).subarray(0, shown)),
	);
	return { x: Array.from({ length: shown }, (_, i) => i + 1), y, values };
}

export default defineFigure<Params, SparseFrame>({
	title: 'From dense to sparse',
	knobs,
	seeds: 4,
	reduced: { params: { n: 20, k: 2, steps: 2000 }, seeds: 1 },
	panels: [
		{
			id: 'error',
			title: 'Distance from the truth',
			x: { label: 'scale of the start a', scale: 'log' },
			y: { label: '|b − b*|', scale: 'linear' },
		},
		{
			id: 'norm',
			title: 'Sum of absolute values',
			x: { label: 'scale of the start a', scale: 'log' },
			y: { label: 'Σ|b|', scale: 'linear' },
		},
	],
	pictures: [
		{
			id: 'coefficients',
			title: 'The solution, coefficient by coefficient',
			x: { label: 'coefficient', scale: 'linear', discrete: true },
			y: { label: 'scale of the start a', scale: 'log' },
			colour: { label: 'value', kind: 'signed', domain: [-1, 1] },
			draw: (frame) => frame.picture,
			describe: (grid) => {
				const there = grid.y.filter((_, j) => !Number.isNaN(grid.values[j * shown]));
				const row = (a: number) => {
					const j = grid.y.indexOf(a);
					return grid.values.slice(j * shown, (j + 1) * shown);
				};
				const large = (a: number) => row(a).filter((v) => Math.abs(v) > 0.1).length;
				const [least = NaN, most = NaN] = [there[0], there.at(-1)];
				const ends = extremes(grid);
				return `Of the first ${shown} coefficients ${large(least)} are larger than 0.1 from a = ${showNumber(least)} and ${large(most)} from a = ${showNumber(most)}; the largest is ${showNumber(ends?.high.value ?? NaN)}.`;
			},
		},
	],
	predictions,
	presets,
	steps: () => scales.length,
	async *frames({ params: { n, k, h, steps }, seed, seeds }, _lab, signal) {
		const breathe = breather(signal);
		const rows: Float64Array[] = [];
		for (const [index, a] of scales.entries()) {
			const [errors, norms]: [number[], number[]] = [[], []];
			for (let r = 0; r < seeds; r++) {
				const problem = drawSparse(n, k, seed + r);
				const weights = startAt(a, dimension);
				for (let t = 0; t < steps; t++) {
					step(weights, problem, stepSizeFor(h, a));
					if (t % 64 === 0) await breathe();
				}
				const b = functionOf(weights);
				if (r === 0) rows.push(b);
				errors.push(distance(b, problem.truth));
				norms.push(l1(b));
			}
			yield { step: index + 1, a, errors, norms, picture: picture(rows) };
		}
	},
	summary({ params, seeds, predictions: list }) {
		const errors = list.find(({ id }) => id === 'errors');
		const say = (k: number) =>
			`${showNumber(errors?.measured.at(k) ?? NaN)} (theory ${showNumber(errors?.predicted.at(k) ?? NaN)})`;
		const at = (k: number) => showNumber(errors?.x.at(k) ?? NaN);
		return (
			`${String(params.n)} equations for ${dimension} unknowns of which ${String(params.k)} are not zero, ${seeds} draws: descent from a = ${at(0)} ` +
			`ends ${say(0)} away from the truth, from a = ${at(-1)} only ${say(-1)}.`
		);
	},
});
