import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
	type Session,
} from '#contract';
import { split } from '#theory/arrays.ts';
import {
	batchJob,
	nonUniformity,
	points,
	surface,
	tolerated,
	type BatchesParams,
} from '../batches.ts';
import { sharpness, threshold } from '../edge.ts';

/** One row per batch size in each, one entry per seed; NaN where a run has diverged. */
interface BatchesFrame extends Frame {
	readonly batches: readonly number[];
	/** Means over the last quarter of the run, or the latest moment before. */
	readonly sharpness: readonly number[][];
	readonly spread: readonly number[][];
	readonly loss: readonly number[][];
}
type BatchesPrediction = Prediction<BatchesParams, BatchesFrame>;
type Reading = Omit<BatchesFrame, 'step' | 'batches'>;

const knobs: Knobs<BatchesParams> = {
	batches: {
		kind: 'set',
		label: 'samples per step',
		symbol: 'B',
		options: [1, 2, 4, 5, 10, 20],
		default: [1, 2, 5, 10, 20],
	},
	stepSize: {
		kind: 'number',
		label: 'step size',
		symbol: '\\eta',
		min: 0.02,
		max: 0.2,
		step: 0.01,
		default: 0.08,
		scale: 'log',
	},
	steps: {
		kind: 'number',
		label: 'steps',
		symbol: 'T',
		min: 500,
		max: 20000,
		step: 500,
		default: 4000,
		scale: 'log',
	},
};

const settledIn: Hypothesis<BatchesParams> = {
	id: 'range',
	text: 'step and time are among those that the law was measured for: 0.06 ≤ η ≤ 0.08, ηT ≥ 100',
	broken: ({ params: { stepSize, steps } }) => {
		if (stepSize < 0.06 - 1e-9 || stepSize > 0.08 + 1e-9) return `η = ${showNumber(stepSize)}`;
		const time = stepSize * steps;
		return time >= 100 - 1e-9 ? null : `ηT = ${showNumber(time)} < 100`;
	},
};

/** Moments at which the networks are looked at, the last five in the last quarter of the run. */
function clock({ params: { steps } }: Run<BatchesParams>): number[] {
	const shares = [0.02, 0.1, 0.25, 0.5, 0.75, 0.8125, 0.875, 0.9375, 1];
	return shares.map((share) => Math.round(share * steps));
}

const finite = (values: readonly number[]) => values.filter(Number.isFinite);
function perBatch(
	{ batches }: BatchesFrame,
	rows: readonly number[][],
	keep = (_: number) => true,
) {
	const kept = batches
		.map((x, i) => ({ x, values: finite(rows[i]!) }))
		.filter(({ x, values }) => keep(x) && values.length > 0);
	const bands = kept.map(({ x, values }) =>
		ensemble(
			[x],
			values.map((v) => [v]),
		),
	);
	const of = (key: 'y' | 'low' | 'high') => bands.map((band) => band[key]?.[0] ?? NaN);
	return { x: kept.map(({ x }) => x), y: of('y'), low: of('low'), high: of('high') };
}
const partial = (batch: number) => batch < points;
const over = (x: readonly number[], f: (batch: number) => number): Curve => ({ x, y: x.map(f) });
const wu = { cite: 'wu2018', where: 'the condition for linear stability; proved in the lesson' };

const law = (what: string, most: string) =>
	'beyond the bound distances grow on average in some direction, which is proved; that training does not settle there is found by ' +
	`experiment: over 20 seeds, six batch sizes, η from .06 to .1 and ηT from 100 to 400 the ${what} was at most ${most} times the bound`;

const predictions: BatchesPrediction[] = [
	{
		id: 'sharpness',
		title: 'the sharpness, against the edge of the full batch',
		labels: { predicted: '2/η', measured: 'sharpness' },
		source: wu,
		panel: 'sharpness',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0.08,
			because: law('sharpness', '1.063'),
		},
		hypotheses: [settledIn],
		predict: ({ params: { batches, stepSize } }) => over(batches, () => threshold(stepSize)),
		measure: (frame) => perBatch(frame, frame.sharpness),
	},
	{
		id: 'spread',
		title: 'how much the Hessians of single samples differ, against what batches bear',
		labels: { predicted: 'what a batch bears', measured: 'non-uniformity' },
		source: wu,
		panel: 'spread',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0.08,
			because: law('non-uniformity', '1.042'),
		},
		hypotheses: [settledIn],
		predict: ({ params: { batches, stepSize } }) =>
			// The full batch bears anything; a curve needs a point.
			batches.some(partial)
				? over(batches.filter(partial), (batch) => tolerated(batch, stepSize))
				: over(batches, () => Infinity),
		measure: (frame) => perBatch(frame, frame.spread, partial),
	},
	{
		id: 'loss',
		title: 'the loss on all samples: above zero, and no more is claimed',
		labels: { predicted: 'zero', measured: 'loss' },
		source: { cite: 'keskar2017', where: 'Section 2, for the comparison of batch sizes' },
		panel: 'loss',
		draws: 'replace',
		claim: { kind: 'lower bound', slack: 0, because: 'a mean of squares is not negative' },
		hypotheses: [],
		predict: ({ params: { batches } }) => over(batches, () => 0),
		measure: (frame) => perBatch(frame, frame.loss),
	},
	{
		id: 'finite',
		title: 'runs that stay finite',
		labels: { predicted: 'all of them', measured: 'finite runs' },
		source: wu,
		panel: 'finite',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 0,
			because:
				'a count, found by experiment: with one sample per step, where runs break first, and with two, none of 160 runs ' +
				'diverged at η = .06 and .08 over 40 seeds and ηT = 400; at η = .1, 5 of 40 did with single samples',
		},
		hypotheses: [settledIn],
		predict: ({ params: { batches } }) => over(batches, () => 1),
		measure: ({ batches, loss }) => ({
			x: batches,
			y: loss.map((values) => finite(values).length / values.length),
		}),
	},
];

const presets: Preset<BatchesParams>[] = [
	{
		id: 'halved',
		label: 'a shorter step',
		values: { stepSize: 0.06, steps: 6000 },
		why: 'Both bounds are proportional to 1/η, and both are followed upwards: shorter steps end in sharper places, at every batch size.',
	},
	{
		id: 'brief',
		label: 'too short a run',
		values: { steps: 500 },
		why: 'The bounds say where training cannot stay, not where it must go. After 500 steps it is still on the way up.',
		breaks: 'range',
	},
	{
		id: 'hardly-finite',
		label: 'a few are thrown out',
		values: { batches: [1, 2, 5, 10, 20], stepSize: 0.1 },
		why: 'With single samples about one run in eight diverges at this step; with two samples none of 40 did. The theorem is about staying near a network that fits, and these runs never get near one.',
		breaks: 'range',
	},
	{
		id: 'too-long',
		label: 'steps too long',
		values: { stepSize: 0.16 },
		why: 'The full batch bears this step. Single samples and pairs do not: runs with small batches are thrown out before they have found a place flat enough, and are counted in the last panel.',
		breaks: 'range',
	},
];

export default defineFigure<BatchesParams, BatchesFrame>({
	title: 'Small batches',
	knobs,
	seeds: 2,
	reduced: { params: { batches: [2, 10], steps: 1500 }, seeds: 1 },
	panels: [
		{
			id: 'sharpness',
			title: 'Sharpness at the end',
			x: { label: 'samples per step B', scale: 'log' },
			y: { label: 'sharpness', scale: 'linear' },
		},
		{
			id: 'spread',
			title: 'Non-uniformity at the end',
			x: { label: 'samples per step B', scale: 'log' },
			y: { label: 'root of the top eigenvalue of Σ', scale: 'linear' },
		},
		{
			id: 'loss',
			title: 'Loss at the end',
			x: { label: 'samples per step B', scale: 'log' },
			y: { label: 'loss', scale: 'linear' },
		},
		{
			id: 'finite',
			title: 'Runs that stay finite',
			x: { label: 'samples per step B', scale: 'log' },
			y: { label: 'share of the seeds', scale: 'linear', domain: [0, 1.05] },
		},
	],
	predictions,
	presets,
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const breathe = breather(signal);
		const { batches, steps } = run.params;
		const sessions: Session[] = [];
		const history: (Reading & { readonly step: number })[] = [];
		try {
			for (const batch of batches) sessions.push(await lab.open(batchJob(run, batch)));
			for (const time of clock(run)) {
				const now = { step: time, sharpness: [], spread: [], loss: [] } as {
					step: number;
					sharpness: number[][];
					spread: number[][];
					loss: number[][];
				};
				for (const session of sessions) {
					signal.throwIfAborted();
					await session.advance(time - session.step);
					const row: { top: number; spread: number; loss: number }[] = [];
					for (const theta of split(await session.probe({ kind: 'weights' }), run.seeds)) {
						await breathe();
						const loss = surface.loss(theta);
						const alive = loss < 1e6;
						const top = alive ? sharpness(surface, theta).value : NaN;
						row.push({ top, spread: alive ? nonUniformity(theta) : NaN, loss: alive ? loss : NaN });
					}
					now.sharpness.push(row.map(({ top }) => top));
					now.spread.push(row.map(({ spread }) => spread));
					now.loss.push(row.map(({ loss }) => loss));
				}
				history.push(now);
				const late = history.filter(({ step }) => step >= Math.min(0.75 * steps, time));
				const averaged = (key: keyof Reading) =>
					batches.map((_, i) =>
						Array.from({ length: run.seeds }, (_, r) => mean(late.map((one) => one[key][i]![r]!))),
					);
				yield {
					step: time,
					batches,
					sharpness: averaged('sharpness'),
					spread: averaged('spread'),
					loss: averaged('loss'),
				};
			}
		} finally {
			for (const session of sessions) session.dispose();
		}
	},
	summary({ params, seeds, predictions: told }) {
		const at = (id: string) => told.find((p) => p.id === id);
		const list = (values: readonly number[] = []) => values.map((v) => showNumber(v)).join(', ');
		const { batches, stepSize } = params as BatchesParams;
		const gone = (at('finite')?.measured ?? []).reduce(
			(sum, share) => sum + (1 - share) * seeds,
			0,
		);
		return (
			`With ${list(at('sharpness')?.x)} samples per step the sharpness ends at ${list(at('sharpness')?.measured)}; ` +
			`the edge of the full batch is ${showNumber(2 / Number(stepSize))}.` +
			(gone > 0.5
				? ` ${Math.round(gone)} of ${batches.length * seeds} runs diverged and are left out of the means.`
				: '')
		);
	},
});
