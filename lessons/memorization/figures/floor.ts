import {
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
	type Tolerance,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { descentJob, expectation } from '../gradient.ts';
import * as shared from '../knobs.ts';
import { noiseFloor } from '../spectrum.ts';

type Params = { n: number; widest: number; steps: number; copies: string };
/** Mean square on coins after the last step with m features, mean over labellings, one number per seed. */
interface FloorFrame extends Frame {
	readonly m: number;
	readonly left: number[];
}
type FloorPrediction = Prediction<Params, FloorFrame>;

/** Sets of coins for every draw of points and features. */
const labellings = 4;
/** Eight numbers of features, evenly up to the largest. */
const counts = ({ params: { widest } }: Run<Params>) =>
	Array.from({ length: 8 }, (_, i) => (widest * (i + 1)) / 8);
const settingOf = ({ params: { n, copies } }: Run<Params>, m: number) => ({
	n,
	m,
	copies: Number(copies),
	pace: 1,
});
const told = (run: Run<Params>, m: number) => {
	const { seed, seeds, params } = run;
	const steps = [params.steps];
	return expectation({ ...settingOf(run, m), seed, seeds, corruption: 1, steps })[0]!;
};

const distinctPoints: Hypothesis<Params> = {
	id: 'distinct',
	text: 'the points are distinct',
	broken: ({ params: { copies } }) =>
		copies === '1' ? null : `each point stands there ${copies} times, with labels of its own`,
};

const measure = ({ m, left }: FloorFrame) => ({
	...ensemble(
		[m],
		left.map((value) => [value]),
	),
	each: undefined,
});

const predictions: FloorPrediction[] = [
	{
		id: 'loss',
		title: 'coins after T steps: the mean of (1 − ηλ)²ᵀ over the spectrum',
		labels: { predicted: 'formula, T steps', measured: 'coins' },
		source: { cite: 'arora2019fg', where: 'Theorem 4.1, averaged over labels as in the lesson' },
		equation: 'eq:noise',
		panel: 'loss',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run): Tolerance =>
				counts(run).map(
					(m) => [m, 1e-5 + (4 * told(run, m).deviation) / Math.sqrt(labellings)] as const,
				),
			because:
				'four standard errors of the mean over the labellings drawn, by the exact variance of the quadratic form; float32 adds less than 10⁻⁷',
		},
		hypotheses: [],
		predict: (run) => ({ x: counts(run), y: counts(run).map((m) => told(run, m).mean) }),
		measure,
	},
	{
		id: 'floor',
		title: 'the floor 1 − min(m, N − 1)/N, however long it trains',
		labels: { predicted: 'floor', measured: 'coins' },
		source: {
			cite: 'zhang2017',
			where: 'Section 5, for the case m ≥ N; the floor is proved in the lesson',
		},
		equation: 'eq:floor',
		panel: 'loss',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0.2,
			because:
				'a theorem on the mean over labellings; that of 16 at N = 96 has a standard error of 6 % of the floor at m = 3N/4 and of less below, and three of these are allowed',
		},
		hypotheses: [distinctPoints],
		predict: (run) => ({ x: counts(run), y: counts(run).map((m) => noiseFloor(run.params.n, m)) }),
		measure,
	},
];

export default defineFigure<Params, FloorFrame>({
	title: 'A floor under noise',
	knobs: {
		n: { ...shared.samples, min: 64, max: 128, default: 96 },
		widest: {
			...shared.features,
			label: 'most features',
			min: 64,
			max: 256,
			step: 64,
			default: 192,
		},
		steps: shared.steps,
		copies: {
			kind: 'choice',
			label: 'each point stands there',
			options: { 1: 'once', 2: 'twice', 4: 'four times' },
			default: '1',
		},
	},
	seeds: 4,
	reduced: { params: { n: 64, widest: 64, steps: 100 }, seeds: 2 },
	panels: [
		{
			id: 'loss',
			title: 'What m features leave of N coins',
			x: { label: 'features m', scale: 'linear' },
			y: { label: 'mean square on the training set', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'patient',
			label: 'four times the steps',
			values: { steps: 2000 },
			why: 'Away from m = N the rings come down to the floor. At m = N they do not: there the smallest eigenvalues are tiny, and 2000 steps are nothing to them.',
		},
		{
			id: 'twice',
			label: 'every point twice',
			values: { copies: '2' },
			why: 'Where the same point has two labels, at best their mean is learnt. 96 points are 48 distinct ones, the rank stops at 47, and half of the noise stays whatever m is: far above the floor for distinct points.',
			breaks: 'distinct',
		},
	],
	steps: (run) => counts(run).length * run.params.steps,
	async *frames(run, lab, signal) {
		let done = 0;
		for (const m of counts(run)) {
			signal.throwIfAborted();
			const coins = Array.from({ length: labellings }, () => 1);
			const job = descentJob(run, settingOf(run, m), coins);
			const session = await lab.open(job);
			try {
				await session.advance(run.params.steps);
				// The loss is half the mean square.
				const losses = split(await session.probe({ kind: 'loss' }), labellings);
				const left = Array.from(
					{ length: run.seeds },
					(_, r) => 2 * mean(losses.map((row) => row[r]!)),
				);
				done += run.params.steps;
				yield { step: done, m, left };
			} finally {
				session.dispose();
			}
		}
	},
	summary({ params, predictions: [loss, floor] }) {
		const at = (values: readonly number[] | undefined, i: number) => showNumber(values?.[i] ?? NaN);
		return (
			`With ${loss?.x[1]} features ${at(loss?.measured, 1)} of ${String(params.n)} coins is left on the training set, with ${loss?.x.at(-1)} features ` +
			`${at(loss?.measured, 7)}; the floors are ${at(floor?.predicted, 1)} and ${at(floor?.predicted, 7)}.`
		);
	},
});
