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
import { longestStep, riskAtTheEnd, riskInTime, thirdPart } from '../descentLaw.ts';
import {
	clock,
	descentJob,
	minimiserRisks,
	riskOf,
	samplesOf,
	sizeShown,
	sizesOf,
	stopOf,
	type TrainingParams,
} from '../descentRun.ts';
import * as shared from '../knobs.ts';
import { testDeviation, testError } from '../leastSquaresLaw.ts';
import { unseen } from '../model.ts';

interface TrainingFrame extends Frame {
	readonly p: number[];
	/** R(f_t) for each size, one row per seed. */
	readonly risks: number[][];
	/** The same at the early stop, and R(f_t) − R(f_ERM) there; null before it. */
	readonly stopped: { readonly risks: number[][]; readonly third: number[][] } | null;
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
	stop: {
		kind: 'number',
		label: 'an early stop',
		symbol: 't_*',
		min: 1,
		max: 200,
		step: 1,
		default: 20,
		scale: 'log',
	},
	shown: {
		kind: 'choice',
		label: 'size followed over time',
		options: { '0.125': 'p = n/8', '0.25': 'p = n/4', '0.5': 'p = n/2', '0.75': 'p = ¾ n' },
		default: '0.75',
	},
};

/** At n = 32 the largest eigenvalue may exceed the edge of the law by a fifth. */
const shortStep: Hypothesis<TrainingParams> = {
	id: 'step',
	text: 'the step is shorter than 1.6/(1 + √γ)² at the largest size, γ = ¾ (2 for n → ∞)',
	broken: ({ params: { stepSize } }) => {
		const longest = 0.8 * longestStep(0.75);
		return stepSize < longest
			? null
			: `step ${showNumber(stepSize)} ≥ 1.6/(1 + √γ)² = ${showNumber(longest)}`;
	},
};

const overSizes = memo(({ run, step }: { run: TrainingRun; step: number }) => {
	const x = sizesOf(run);
	return { x, y: x.map((p) => riskInTime(run.params, p, run.params.stepSize, step)) };
});
const overTime = memo((run: TrainingRun) => {
	const [x, p] = [clock(run), sizeShown(run)];
	return { x, y: x.map((t) => riskInTime(run.params, p, run.params.stepSize, t)) };
});

/**
 * What n → ∞ neglects, at the most s²(p/(n − p − 1) − γ/(1 − γ)), and four standard errors: one model
 * scatters by no more than the minimiser does and |β_{≤p}|²/√n, and a tenth.
 */
const allowed = ({ params, seeds }: TrainingRun, p: number): number => {
	const finite = testError(params, p) - riskAtTheEnd(params, p);
	const signalSeen = 1 - unseen(params.decay, p);
	const scatter = 1.1 * (testDeviation(params, p) + signalSeen / Math.sqrt(params.n));
	return finite + 0.003 + (4 * scatter) / Math.sqrt(seeds);
};
const because =
	'400 data sets at each of 648 settings (n 32 to 128, all sizes, σ 0 to 1, a ½ to 3, η .05 to .45, t up to 3000): the mean was off the formula by at most s²(p/(n−p−1) − γ/(1−γ)) + .003 beyond its noise, and one model scattered by at most 1.1 (deviation of the minimiser + |β_{≤p}|²/√n), of which four standard errors are allowed';
const bySize = (run: TrainingRun): Tolerance => sizesOf(run).map((p) => [p, allowed(run, p)]);
const source = { cite: 'advani2020', where: 'Section 2' };
const limit = { kind: 'limit', of: 'n → ∞', gap: 'absolute', because } as const;

/** Nothing yet. */
const none = ({ risks }: TrainingFrame) =>
	ensemble(
		[],
		risks.map(() => []),
	);

const predictions: TrainingPrediction[] = [
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
		id: 'sizes',
		title: 'the test error of all sizes after t steps',
		labels: { predicted: 'formula at t', measured: 'trained for t steps' },
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
		id: 'stopped',
		title: 'the test error of all sizes at the early stop',
		labels: { predicted: 'formula at the stop', measured: 'stopped early' },
		source,
		equation: 'eq:descent',
		panel: 'sizes',
		draws: 'replace',
		claim: { ...limit, within: bySize },
		hypotheses: [shortStep],
		predict: (run) => overSizes({ run, step: stopOf(run) }),
		measure: (frame) => (frame.stopped ? ensemble(frame.p, frame.stopped.risks) : none(frame)),
	},
	{
		id: 'third',
		title: 'the third part at the early stop: what is trained, less the empirical minimiser',
		labels: { predicted: 'third part', measured: 'stopped less minimiser' },
		source,
		equation: 'eq:third',
		panel: 'third',
		draws: 'replace',
		claim: { ...limit, within: bySize },
		hypotheses: [shortStep],
		predict: (run) => {
			const x = sizesOf(run);
			const { stepSize } = run.params;
			return { x, y: x.map((p) => thirdPart(run.params, p, stepSize, stopOf(run))) };
		},
		measure: (frame) => (frame.stopped ? ensemble(frame.p, frame.stopped.third) : none(frame)),
	},
];

const average = (rows: readonly (readonly number[])[], i: number) =>
	rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;

export default defineFigure<TrainingParams, TrainingFrame>({
	title: 'Stopped before the end',
	knobs,
	seeds: 64,
	reduced: { params: { n: 32, steps: 60, stop: 10 }, seeds: 4 },
	panels: [
		{
			id: 'time',
			title: 'One size over time',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'test error', scale: 'linear' },
		},
		{
			id: 'sizes',
			title: 'All sizes, stopped early and not',
			x: { label: 'features p', scale: 'log' },
			y: { label: 'test error', scale: 'linear' },
		},
		{
			id: 'third',
			title: 'The third part at the early stop',
			x: { label: 'features p', scale: 'log' },
			y: { label: 'error less that of the minimiser', scale: 'linear' },
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
		let stopped: TrainingFrame['stopped'] = null;
		try {
			for (const step of clock(run)) {
				signal.throwIfAborted();
				await session.advance(step - session.step);
				const weights = split(await session.probe({ kind: 'weights' }), p.length * run.seeds);
				const risks = samples.map((_, r) =>
					p.map((_, i) => riskOf(run, weights[i * run.seeds + r]!)),
				);
				if (step === stopOf(run)) {
					const less = (risk: number, r: number, i: number) => risk - minimisers[r]![i]!;
					const third = risks.map((row, r) => row.map((risk, i) => less(risk, r, i)));
					stopped = { risks, third };
				}
				rows.push({ step, values: p.map((_, i) => average(risks, i)) });
				yield {
					step,
					p,
					risks,
					stopped,
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
		const { x = [], measured = [], predicted = [] } = told.find(({ id }) => id === 'time') ?? {};
		const finite = measured.map((risk) => (Number.isNaN(risk) ? Infinity : risk));
		const best = finite.indexOf(Math.min(...finite));
		const gone = finite.filter((risk) => risk === Infinity).length;
		return (
			`With ${Number(params.shown) * Number(params.n)} features the test error is least after ${x[best]} steps, ${showNumber(measured[best] ?? NaN)} ` +
			`(formula ${showNumber(predicted[best] ?? NaN)}); after ${steps} steps it is ${showNumber(measured.at(-1) ?? NaN)} (formula ${showNumber(predicted.at(-1) ?? NaN)}).` +
			(gone > 0 ? ` In ${gone} of ${x.length} frames a model had diverged.` : '')
		);
	},
});
