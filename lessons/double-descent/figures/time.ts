import {
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { marchenkoPasturEdges } from '#theory/marchenkoPastur.ts';
import { memo } from '#theory/memo.ts';
import {
	clock,
	descentJob,
	dimension,
	modelOf,
	residual,
	widths,
	type TimeParams,
} from '../descent.ts';
import { allowance, because, filteredRisk } from '../filteredRisk.ts';
import { riskOf } from '../fit.ts';
import * as shared from '../knobs.ts';

interface TimeFrame extends Frame {
	readonly p: number[];
	/** Risk of each seed, one row per seed, along p. */
	readonly risks: number[][];
}
type TimePrediction = Prediction<TimeParams, TimeFrame>;

const knobs: Knobs<TimeParams> = {
	time: {
		kind: 'number',
		label: 'training time',
		symbol: 't',
		min: 1,
		max: 1000,
		step: 1,
		default: 1000,
		scale: 'log',
	},
	step: {
		kind: 'number',
		label: 'step size',
		symbol: '\\eta',
		min: 0.05,
		max: 0.3,
		step: 0.01,
		default: 0.15,
		scale: 'linear',
	},
	noise: shared.noise,
	n: { ...shared.samples, min: 40 },
};

const shortStep: Hypothesis<TimeParams> = {
	id: 'step',
	text: 'the step is shorter than 2/(1 + √g)², 2 over the upper edge of the spectrum, at every p',
	broken: ({ params: { step, n } }) => {
		const longest = 2 / marchenkoPasturEdges(dimension / n)[1];
		return step < longest
			? null
			: `step ${showNumber(step)} ≥ 2/(1 + √g)² = ${showNumber(longest)} at p = ${dimension}`;
	},
};
const source = { cite: 'advani2020', where: 'on linear models' };

const over = memo(({ run, p }: { run: Run<TimeParams>; p: number }) => {
	const x = clock(run);
	return { x, y: x.map((t) => filteredRisk(modelOf(run), p, residual(run, t))) };
}, 8);
const allowed = memo(
	({ run, p }: { run: Run<TimeParams>; p: number }) =>
		clock(run).map((t) => [t, allowance(modelOf(run), p, residual(run, t), run.seeds)] as const),
	8,
);

/** The risk at one p in the course of training. */
function course(id: string, label: string, at: (run: Run<TimeParams>) => number): TimePrediction {
	return {
		id,
		title: `the risk in the course of training at ${label}`,
		labels: { predicted: label, measured: `networks, ${label}` },
		source,
		equation: 'eq:filter',
		panel: 'time',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'relative',
			within: (run) => allowed({ run, p: at(run) }),
			because,
		},
		hypotheses: [shortStep],
		predict: (run) => over({ run, p: at(run) }),
		measure: ({ step, p, risks }) => {
			const i = id === 'half' ? 2 : id === 'peak' ? peakOf(p) : p.length - 1;
			return {
				...ensemble(
					[step],
					risks.map((row) => [row[i]!]),
				),
				each: undefined,
			};
		},
	};
}
/** p = n is the sixth width of every run. */
const peakOf = (p: readonly number[]) => (p.length > 5 ? 5 : NaN);

const predictions: TimePrediction[] = [
	{
		id: 'snapshot',
		title: 'the risk against p at time t',
		labels: { predicted: 'Marchenko-Pastur', measured: 'networks' },
		source,
		equation: 'eq:filter',
		panel: 'snapshot',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'relative',
			within: (run) =>
				widths(run).map((p) => [
					p,
					allowance(modelOf(run), p, residual(run, run.params.time), run.seeds),
				]),
			because,
		},
		hypotheses: [shortStep],
		predict: (run, step) => {
			const x = widths(run);
			return { x, y: x.map((p) => filteredRisk(modelOf(run), p, residual(run, step))) };
		},
		measure: ({ p, risks }) => ({ ...ensemble(p, risks), each: undefined }),
	},
	course('peak', 'p = n', ({ params }) => params.n),
	course('half', 'p = n/2', ({ params }) => params.n / 2),
	course('all', 'p = D', () => dimension),
];

const presets: Preset<TimeParams>[] = [
	{
		id: 'stopped',
		label: 'stopped early',
		values: { time: 10 },
		why: 'After ten steps there is no peak yet: the directions of tiny variance, through which the noise comes in, have hardly been learnt.',
	},
	{
		id: 'no-noise',
		label: 'no noise',
		values: { noise: 0 },
		why: 'The peak grows all the same, at p = n: the coordinates left out act as noise.',
	},
	{
		id: 'past-the-edge',
		label: 'past the edge',
		values: { step: 0.22, time: 100 },
		why: 'At p = 200 the largest eigenvalue is about (1 + √5)² = 10.5, and a step of .22 exceeds 2/10.5. The widest models diverge, those of few parameters do not notice.',
		breaks: 'step',
	},
];

export default defineFigure<TimeParams, TimeFrame>({
	title: 'The peak grows in time',
	knobs,
	seeds: 8,
	reduced: { params: { time: 100 }, seeds: 4 },
	panels: [
		{
			id: 'snapshot',
			title: 'At time t',
			x: { label: 'parameters p', scale: 'linear' },
			y: { label: 'risk', scale: 'log' },
		},
		{
			id: 'time',
			title: 'In the course of training',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'risk', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.params.time,
	async *frames(run, lab, signal) {
		const p = widths(run);
		const session = await lab.open(descentJob(run));
		try {
			for (const time of clock(run)) {
				signal.throwIfAborted();
				await session.advance(time - session.step);
				const weights = split(await session.probe({ kind: 'weights' }), p.length * run.seeds);
				const risks = Array.from({ length: run.seeds }, (_, r) =>
					p.map((count, k) => riskOf(weights[k * run.seeds + r]!, modelOf(run), count)),
				);
				yield { step: time, p, risks };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ params, steps, predictions: told }) {
		const [peak, all] = ['peak', 'all'].map((id) => told.find((p) => p.id === id));
		const show = (values: readonly number[] | undefined) => showNumber(values?.at(-1) ?? NaN);
		return (
			`After ${steps} steps the risk at p = n = ${String(params.n)} is ${show(peak?.measured)} where the formula says ` +
			`${show(peak?.predicted)}; at p = ${dimension} it is ${show(all?.measured)}, by the formula ${show(all?.predicted)}.`
		);
	},
});
