import {
	defineFigure,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Session,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { bestPieces } from '../bestPieces.ts';
import {
	clock,
	deepJob,
	deepUnits,
	deepWidths,
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
		labels: { predicted: 'its floor', measured: 'one layer, narrowest' },
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
		labels: { predicted: 'its floor', measured: 'one layer, widest' },
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
		measure: ({ widths, shallow }) => survivors(widths, shallow.pieces),
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
		measure: ({ deep }) => survivors([deepUnits], single(deep.pieces)),
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
	seeds: 4,
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
			y: { label: 'mean square error', scale: 'linear', domain: [0, 0.2] },
		},
		{
			id: 'pieces',
			title: 'Pieces of what was learnt',
			x: { label: 'units', scale: 'log' },
			y: { label: 'affine pieces on [0, 1]', scale: 'log' },
		},
	],
	predictions,
	presets: [],
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const { widths, folds } = run.params;
		const [shallowWork, deepWork] = [shallowJob(run), deepJob(run)];
		const sessions: Session[] = [];
		try {
			const shallow = await lab.open(shallowWork);
			sessions.push(shallow);
			const deep = await lab.open(deepWork);
			sessions.push(deep);
			for (const time of clock(run)) {
				signal.throwIfAborted();
				for (const session of sessions)
					if (time > session.step) await session.advance(time - session.step);
				const bySeed = (all: readonly number[]) =>
					Array.from({ length: run.seeds }, (_, r) =>
						widths.map((_, w) => all[w * run.seeds + r]!),
					);
				const errors = async (session: Session, replicas: number) =>
					split(await session.probe({ kind: 'outputs' }), replicas).map((f) =>
						meanSquare(f, folds),
					);
				const pieces = async (session: Session, work: typeof shallowWork) =>
					piecesOf(await session.probe({ kind: 'weights' }), work);
				yield {
					step: time,
					widths,
					shallow: {
						error: bySeed(await errors(shallow, shallowWork.replicas)),
						pieces: bySeed(await pieces(shallow, shallowWork)),
					},
					deep: {
						error: await errors(deep, run.seeds),
						pieces: await pieces(deep, deepWork),
					},
				};
			}
		} finally {
			for (const session of sessions) session.dispose();
		}
	},
	summary({ seeds, steps, predictions: told }) {
		const of = (id: string) => told.find((one) => one.id === id);
		return `${seeds} ${steps} ${showNumber(of('deep')?.measured.at(-1) ?? NaN)}`;
	},
});
