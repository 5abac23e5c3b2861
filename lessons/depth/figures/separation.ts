import {
	defineFigure,
	showNumber,
	showPercent,
	type Frame,
	type Hypothesis,
	type Job,
	type Prediction,
	type Session,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { bestPieces } from '#theory/bestPieces.ts';
import {
	clock,
	deepJob,
	deepUnits,
	deepWidths,
	inputs,
	meanSquare,
	piecesOf,
	samples,
	shallowJob,
	targets,
	type SeparationParams,
	type SeparationRun,
} from '../separation.ts';
import { survivors } from '../survivors.ts';
import { mostPieces, sampledFloor } from '../theory.ts';

/** One row per seed; in the shallow rows one entry per width. */
interface SeparationFrame extends Frame {
	readonly widths: readonly number[];
	readonly shallow: { readonly error: number[][]; readonly pieces: number[][] };
	readonly deep: { readonly error: number[]; readonly pieces: number[] };
	/** f on the samples: the first seed of each width, the deep network, and the target. */
	readonly learnt: readonly (readonly number[])[];
}
/** What a batch of networks has come to, one entry per replica. */
interface Seen {
	readonly outputs: readonly Float64Array[];
	readonly error: number[];
	readonly pieces: number[];
}
type SeparationPrediction = Prediction<SeparationParams, SeparationFrame>;

/** The least error of any function with at most m + 1 pieces, at each width m. */
function best({ params: { folds, widths } }: SeparationRun): number[] {
	const most = Math.min(2 ** folds, Math.max(...widths) + 1);
	const errors = bestPieces({ values: Array.from(targets(folds)), most });
	return widths.map((m) => errors[Math.min(m, most - 1)]!);
}
const floors = ({ params: { folds, widths } }: SeparationRun) =>
	widths.map((m) => sampledFloor(folds, m + 1, samples));
const single = (values: readonly number[]) => values.map((v) => [v]);
const column = (rows: readonly (readonly number[])[], i: number) => rows.map((row) => [row.at(i)!]);

/** Smooth networks have no pieces, and no curve of them. */
const counted = (x: readonly number[], pieces: readonly (readonly number[])[]) =>
	pieces.length > 0 ? survivors(x, pieces) : { x: [], y: [] };

const affine: Hypothesis<SeparationParams> = {
	id: 'affine',
	text: 'the network is piecewise affine: its units are rectifiers',
	broken: ({ params: { activation } }) =>
		activation === 'relu' ? null : `${activation} units are smooth and have no pieces to count`,
};

const telgarsky = {
	cite: 'telgarsky2015',
	where: 'Theorem 1.1 for classification; the squared error is proved in the lesson',
};
const floorClaim = {
	kind: 'lower bound',
	slack: 1e-3,
	because:
		'a theorem about every network of this width, trained or not; 0.1 % is far above the rounding of a mean of 256 squares in float32',
} as const;
const countClaim = {
	kind: 'upper bound',
	slack: 0,
	because: 'a bound on integers, whatever the weights: nothing to allow for',
} as const;

const predictions: SeparationPrediction[] = [
	{
		id: 'floor',
		title: 'error of one hidden layer, above the floor',
		labels: { predicted: 'floor (1 − m/T)/12', measured: 'one layer, trained' },
		source: telgarsky,
		equation: 'eq:floor',
		panel: 'width',
		draws: 'replace',
		claim: floorClaim,
		hypotheses: [affine],
		predict: (run) => ({ x: run.params.widths, y: floors(run) }),
		measure: ({ widths, shallow }) => survivors(widths, shallow.error),
	},
	{
		id: 'best',
		title: 'error of one hidden layer, above the best m + 1 pieces',
		labels: { predicted: 'best m + 1 pieces', measured: 'one layer, trained' },
		source: { cite: 'bellman1961', where: 'the dynamic programme for the best segments' },
		panel: 'width',
		draws: 'replace',
		claim: floorClaim,
		hypotheses: [affine],
		predict: (run) => ({ x: run.params.widths, y: best(run) }),
		measure: ({ widths, shallow }) => survivors(widths, shallow.error),
	},
	{
		id: 'narrow',
		title: 'the narrowest of them, in time',
		labels: { predicted: 'best, narrowest', measured: 'one layer, narrowest' },
		source: telgarsky,
		panel: 'time',
		draws: 'grow',
		claim: floorClaim,
		hypotheses: [affine],
		predict: (run) => ({ x: clock(run), y: clock(run).map(() => best(run)[0]!) }),
		measure: ({ step, shallow }) => survivors([step], column(shallow.error, 0)),
	},
	{
		id: 'wide',
		title: 'the widest of them, in time',
		labels: { predicted: 'best, widest', measured: 'one layer, widest' },
		source: telgarsky,
		panel: 'time',
		draws: 'grow',
		claim: floorClaim,
		hypotheses: [affine],
		predict: (run) => ({ x: clock(run), y: clock(run).map(() => best(run).at(-1)!) }),
		measure: ({ step, shallow }) => survivors([step], column(shallow.error, -1)),
	},
	{
		id: 'deep',
		title: 'four layers of eight units, in time',
		labels: { predicted: 'no floor', measured: '4 × 8 units' },
		source: { cite: 'telgarsky2015', where: 'Section 2: its pieces set no limit' },
		panel: 'time',
		draws: 'grow',
		claim: floorClaim,
		hypotheses: [affine],
		predict: (run) => ({
			x: clock(run),
			y: clock(run).map(() => sampledFloor(run.params.folds, mostPieces(deepWidths), samples)),
		}),
		measure: ({ step, deep }) => survivors([step], single(deep.error)),
	},
	{
		id: 'pieces',
		title: 'pieces of the trained networks with one layer',
		labels: { predicted: 'one layer, at most m + 1', measured: 'one layer' },
		source: { cite: 'telgarsky2015', where: 'Section 2, pieces of sums and of compositions' },
		panel: 'pieces',
		draws: 'replace',
		claim: countClaim,
		hypotheses: [affine],
		predict: ({ params: { widths } }) => ({ x: widths, y: widths.map((m) => mostPieces([m])) }),
		measure: ({ widths, shallow }) => counted(widths, shallow.pieces),
	},
	{
		id: 'deep-pieces',
		title: 'pieces of the trained deep networks',
		labels: { predicted: 'four layers, at most', measured: '4 × 8 units' },
		source: { cite: 'telgarsky2015', where: 'Section 2, pieces of sums and of compositions' },
		panel: 'pieces',
		draws: 'replace',
		claim: countClaim,
		hypotheses: [affine],
		predict: ({ params: { widths } }) => {
			const x = [...new Set([...widths, deepUnits])].sort((a, b) => a - b);
			return { x, y: x.map((m) => (1 + m / 4) ** 4) };
		},
		measure: ({ deep }) => counted([deepUnits], single(deep.pieces)),
	},
];

export default defineFigure<SeparationParams, SeparationFrame>({
	title: 'Training the sawtooth',
	knobs: {
		folds: {
			kind: 'number',
			label: 'folds of the target',
			symbol: 'k',
			min: 1,
			max: 6,
			step: 1,
			default: 4,
			scale: 'linear',
		},
		widths: {
			kind: 'set',
			label: 'units of one layer, m',
			options: [2, 4, 8, 16, 32, 64],
			default: [4, 8, 16, 32],
		},
		activation: {
			kind: 'choice',
			label: 'units',
			options: { relu: 'rectifiers', tanh: 'tanh' },
			default: 'relu',
		},
		steps: {
			kind: 'number',
			label: 'steps',
			symbol: 'S',
			min: 100,
			max: 4000,
			step: 100,
			default: 1500,
			scale: 'log',
		},
		rate: {
			kind: 'number',
			label: 'step size',
			symbol: '\\eta',
			min: 0.001,
			max: 1,
			default: 0.01,
			scale: 'log',
		},
	},
	seeds: 8,
	reduced: { params: { steps: 200, widths: [4, 16] }, seeds: 2 },
	panels: [
		{
			id: 'width',
			title: 'Error and width',
			x: { label: 'units m in one hidden layer', scale: 'log' },
			y: { label: 'mean square error', scale: 'linear' },
		},
		{
			id: 'time',
			title: 'Error in time',
			x: { label: 'step', scale: 'linear' },
			y: { label: 'mean square error', scale: 'log' },
		},
		{
			id: 'pieces',
			title: 'Pieces of what was learnt',
			x: { label: 'units', scale: 'log' },
			y: { label: 'affine pieces on [0, 1]', scale: 'log' },
		},
	],
	pictures: [
		{
			id: 'learnt',
			title: 'What the first seed’s networks have learnt',
			x: { label: 'x', scale: 'linear' },
			y: { label: 'one layer, wider upwards; 4 × 8; target', scale: 'linear', discrete: true },
			colour: { label: 'f(x)', kind: 'magnitude' },
			draw: ({ learnt }) => ({
				x: Array.from(inputs),
				y: learnt.map((_, row) => row + 1),
				values: learnt.flat().map((f) => Math.min(1, Math.max(0, f))),
			}),
			describe: ({ x, y, values }) => {
				const row = (j: number) => values.slice(j * x.length, (j + 1) * x.length);
				const target = row(y.length - 1);
				const share = (f: readonly number[]) =>
					1 -
					f.reduce((sum, v, i) => sum + (v - target[i]!) ** 2, 0) /
						target.reduce((sum, v) => sum + (v - 0.5) ** 2, 0);
				const told = y.slice(0, -1).map((_, j) => showPercent(share(row(j))));
				return (
					'The top row is the target. From the bottom up the rows below it, one layer after another wider and ' +
					`the deep network last, explain ${told.join(', ')} of its variance.`
				);
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'three',
			label: 'three folds',
			values: { folds: 3 },
			why: 'Four teeth. Gradient descent finds a good part of them in both kinds of network. Over 64 seeds one layer of 32 units and four of 8 do equally well on average; single deep networks scatter between all and nothing.',
		},
		{
			id: 'six',
			label: 'six folds',
			values: { folds: 6 },
			why: '32 teeth. Two layers of eight units have weights that draw all of them: each lays the interval on itself eight times. Of the four that the deep network has, training makes next to nothing; everything stays near the variance of the target.',
		},
		{
			id: 'fast',
			label: 'far too fast',
			values: { rate: 1 },
			why: 'Steps of size 1 throw every rectifier off the interval before the schedule slows them down: one piece is left, a constant. The floor does not mind; it holds for every network, well trained or not.',
		},
		{
			id: 'smooth',
			label: 'smooth units',
			values: { activation: 'tanh' },
			why: 'A tanh network is not piecewise affine: there is nothing to count, and the floor is not proved for it.',
			breaks: 'affine',
		},
	],
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const { widths, folds } = run.params;
		const teams: { readonly work: Job; readonly session: Session }[] = [];
		try {
			for (const work of [shallowJob(run), deepJob(run)])
				teams.push({ work, session: await lab.open(work) });
			for (const time of clock(run)) {
				signal.throwIfAborted();
				const seen: Seen[] = [];
				for (const { work, session } of teams) {
					if (time > session.step) await session.advance(time - session.step);
					const outputs = split(await session.probe({ kind: 'outputs' }), work.replicas);
					const pieces = piecesOf(await session.probe({ kind: 'weights' }), work);
					seen.push({ outputs, pieces, error: outputs.map((f) => meanSquare(f, folds)) });
				}
				const [shallow, deep] = seen as [Seen, Seen];
				const bySeed = (all: readonly number[]) =>
					Array.from({ length: run.seeds }, (_, r) =>
						widths.map((_, w) => all[w * run.seeds + r]!),
					);
				const first = [...widths.map((_, w) => shallow.outputs[w * run.seeds]!), deep.outputs[0]!];
				yield {
					step: time,
					widths,
					shallow: {
						error: bySeed(shallow.error),
						pieces: shallow.pieces.length > 0 ? bySeed(shallow.pieces) : [],
					},
					deep: { error: deep.error, pieces: deep.pieces },
					learnt: [...first, targets(folds)].map((f) => Array.from(f)),
				};
			}
		} finally {
			for (const { session } of teams) session.dispose();
		}
	},
	summary({ seeds, steps, predictions: told }) {
		const last = (id: string) => {
			const one = told.find((each) => each.id === id);
			return {
				at: showNumber(one?.x.at(-1) ?? NaN),
				error: showNumber(one?.measured.at(-1) ?? NaN),
			};
		};
		const alive = Math.min(...told.map(({ seedsInside }) => seedsInside ?? seeds));
		const lost =
			alive < seeds ? ` ${seeds - alive} of ${seeds} seeds are not finite or beyond a bound.` : '';
		return (
			`After ${steps} steps one hidden layer of ${last('best').at} units has a mean square error of ${last('wide').error} ` +
			`on average, four layers of eight units have ${last('deep').error}; the constant ½ has ${showNumber(1 / 12)}.${lost}`
		);
	},
});
