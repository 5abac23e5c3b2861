import {
	defineFigure,
	ensemble,
	extremes,
	showNumber,
	type Frame,
	type Grid,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Run,
	type Tolerance,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { memo } from '#theory/memo.ts';
import { longestStep, riskAtTheEnd, riskInTime } from '../descentLaw.ts';
import {
	clock,
	descentJob,
	minimiserRisks,
	riskOf,
	samplesOf,
	sizeShown,
	sizesOf,
	type TrainingParams,
} from '../descentRun.ts';
import * as shared from '../knobs.ts';
import { estimation, testDeviation } from '../leastSquaresLaw.ts';

interface TrainingFrame extends Frame {
	readonly p: number[];
	/** R(f_t) and R(f_t) − R(f_ERM) for each size, one row per seed. */
	readonly risks: number[][];
	readonly unfinished: number[][];
	/** R(f_t) of the size that is shown, one number per seed. */
	readonly shown: number[];
	/** Mean of R(f_t) over the seeds so far, size by step. */
	readonly map: Grid;
}
type TrainingPrediction = Prediction<TrainingParams, TrainingFrame>;
type TrainingRun = Run<TrainingParams>;

const knobs: Knobs<TrainingParams> = {
	n: shared.samples,
	sigma: shared.noise,
	decay: shared.decay,
	stepSize: {
		kind: 'number',
		label: 'step size',
		symbol: '\\eta',
		min: 0.05,
		max: 0.7,
		step: 0.05,
		default: 0.3,
		scale: 'linear',
	},
	steps: {
		kind: 'number',
		label: 'steps',
		symbol: 'T',
		min: 10,
		max: 3000,
		step: 10,
		default: 600,
		scale: 'log',
	},
	shown: {
		kind: 'choice',
		label: 'size followed over time',
		options: { '0.125': 'p = n/8', '0.25': 'p = n/4', '0.5': 'p = n/2', '0.75': 'p = ¾ n' },
		default: '0.75',
	},
};

const shortStep: Hypothesis<TrainingParams> = {
	id: 'step',
	text: 'the step is shorter than 2/(1 + √γ)² at the largest size, γ = ¾',
	broken: ({ params: { stepSize } }) =>
		stepSize < longestStep(0.75)
			? null
			: `step ${showNumber(stepSize)} ≥ 2/(1 + √γ)² = ${showNumber(longestStep(0.75))}`,
};

const overSizes = memo(({ run, step }: { run: TrainingRun; step: number }) => {
	const x = sizesOf(run);
	return { x, y: x.map((p) => riskInTime(run.params, p, run.params.stepSize, step)) };
});
const overTime = memo((run: TrainingRun) => {
	const [x, p] = [clock(run), sizeShown(run)];
	return { x, y: x.map((t) => riskInTime(run.params, p, run.params.stepSize, t)) };
});

/** TOLERANCE */
const allowed = ({ params, seeds }: TrainingRun, p: number): number => {
	const finite = estimation(params, p) - (riskAtTheEnd(params, p) * p) / params.n;
	return finite + 0.02 + (4 * (testDeviation(params, p) + 0.1)) / Math.sqrt(seeds);
};
const because = 'to be measured over many seeds and settings';
const bySize = (run: TrainingRun): Tolerance => sizesOf(run).map((p) => [p, allowed(run, p)]);
const source = { cite: 'advani2020', where: 'Section 2' };
const limit = { kind: 'limit', of: 'n → ∞', gap: 'absolute', because } as const;

const predictions: TrainingPrediction[] = [
	{
		id: 'sizes',
		title: 'the test error of all sizes after t steps',
		labels: { predicted: 'formula', measured: 'trained' },
		source,
		equation: 'eq:descent',
		panel: 'sizes',
		draws: 'replace',
		claim: { ...limit, within: bySize },
		hypotheses: [shortStep],
		predict: (run, step) => overSizes({ run, step }),
		measure: ({ p, risks }) => ensemble(p, risks),
	},
	{
		id: 'time',
		title: 'the test error of one size, step by step',
		labels: { predicted: 'formula', measured: 'trained' },
		source,
		equation: 'eq:descent',
		panel: 'time',
		draws: 'grow',
		claim: { ...limit, within: (run) => allowed(run, sizeShown(run)) },
		hypotheses: [shortStep],
		predict: overTime,
		measure: ({ step, shown }) =>
			ensemble(
				[step],
				shown.map((risk) => [risk]),
			),
	},
	{
		id: 'third',
		title: 'the third part: what is trained, less what would be if training had ended',
		labels: { predicted: 'third part, by the formula', measured: 'trained less minimiser' },
		source,
		equation: 'eq:third',
		panel: 'third',
		draws: 'replace',
		claim: { ...limit, within: bySize },
		hypotheses: [shortStep],
		predict: (run, step) => {
			const { x, y } = overSizes({ run, step });
			return { x, y: y.map((risk, i) => risk - riskAtTheEnd(run.params, x[i]!)) };
		},
		measure: ({ p, unfinished }) => ensemble(p, unfinished),
	},
];

const average = (rows: readonly (readonly number[])[], i: number) =>
	rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;

export default defineFigure<TrainingParams, TrainingFrame>({
	title: 'Stopped before the end',
	knobs,
	seeds: 32,
	reduced: { params: { n: 32, steps: 60 }, seeds: 4 },
	panels: [
		{
			id: 'time',
			title: 'One size over time',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'test error', scale: 'linear' },
		},
		{
			id: 'sizes',
			title: 'All sizes at this step',
			x: { label: 'features p', scale: 'log' },
			y: { label: 'test error', scale: 'linear' },
		},
		{
			id: 'third',
			title: 'The third part of the error',
			x: { label: 'features p', scale: 'log' },
			y: { label: 'R(f_t) − R(f_ERM)', scale: 'linear' },
		},
	],
	pictures: [
		{
			id: 'map',
			title: 'Which size, and for how long',
			x: { label: 'features p', scale: 'log' },
			y: { label: 'step t', scale: 'log' },
			colour: { label: 'test error', kind: 'magnitude', scale: 'log' },
			surface: true,
			draw: ({ map }) => map,
			describe: (grid) => {
				const ends = extremes(grid);
				if (!ends) return 'No model has a finite test error any more: all have diverged.';
				const say = ({ x, y, value }: typeof ends.low) =>
					`${showNumber(value)}, with ${x} features after ${y} steps`;
				return `Test error measured: the least is ${say(ends.low)}; the largest ${say(ends.high)}.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'noisy',
			label: 'more noise',
			values: { sigma: 1 },
			why: 'The valley of the picture moves to smaller models and shorter training: noise is what both protect from.',
		},
		{
			id: 'silent',
			label: 'no noise',
			values: { sigma: 0 },
			why: 'Large models may train for long. What is left of the upturn comes from the features that they do not see.',
		},
		{
			id: 'too-long',
			label: 'too long a step',
			values: { stepSize: 0.7, steps: 100 },
			why: 'Along the direction of largest variance every step overshoots by more than it corrects, first where the model is large. There the third part is positive, and grows without end.',
			breaks: 'step',
		},
	],
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const samples = samplesOf(run);
		const p = sizesOf(run);
		const minimisers = minimiserRisks(run, samples);
		const session = await lab.open(descentJob(run, samples));
		const rows: { step: number; values: number[] }[] = [];
		try {
			for (const step of clock(run)) {
				signal.throwIfAborted();
				await session.advance(step - session.step);
				const weights = split(await session.probe({ kind: 'weights' }), p.length * run.seeds);
				const risks = samples.map((_, r) =>
					p.map((_, i) => riskOf(run, weights[i * run.seeds + r]!)),
				);
				rows.push({ step, values: p.map((_, i) => average(risks, i)) });
				yield {
					step,
					p,
					risks,
					unfinished: risks.map((row, r) => row.map((risk, i) => risk - minimisers[r]![i]!)),
					shown: risks.map((row) => row[p.indexOf(sizeShown(run))]!),
					map: {
						x: p,
						y: rows.map((row) => row.step),
						values: rows.flatMap(({ values }) => values),
					},
				};
			}
		} finally {
			session.dispose();
		}
	},
	summary({ params, steps, predictions: told }) {
		const time = told.find(({ id }) => id === 'time');
		const { x = [], measured = [], predicted = [] } = time ?? {};
		const best = measured.indexOf(Math.min(...measured));
		return (
			`With ${Number(params.shown) * Number(params.n)} features the test error is least after ${x[best]} steps, ${showNumber(measured[best] ?? NaN)} ` +
			`(formula ${showNumber(predicted[best] ?? NaN)}); after ${steps} steps it is ${showNumber(measured.at(-1) ?? NaN)} (formula ${showNumber(predicted.at(-1) ?? NaN)}).`
		);
	},
});
