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
import { overlapInTime } from '../inTime.ts';
import * as shared from '../knobs.ts';
import { errorOfStudent } from '../linear.ts';
import { errorOf } from '../overlap.ts';
import {
	clock,
	dimension,
	labelFor,
	samplesOf,
	schoolJob,
	tellings,
	type Telling,
	type TimeParams,
} from '../schooling.ts';

interface TimeFrame extends Frame {
	/** Disagreement with the teacher, one number per seed; not a number where a student has diverged. */
	readonly errors: Record<Telling, number[]>;
}
type TimePrediction = Prediction<TimeParams, TimeFrame>;

const knobs: Knobs<TimeParams> = {
	ratio: {
		kind: 'number',
		label: 'samples per dimension',
		symbol: 'n/d',
		min: 0.5,
		max: 4,
		step: 0.25,
		default: 1,
		scale: 'log',
	},
	time: {
		kind: 'number',
		label: 'training time',
		min: 10,
		max: 4000,
		step: 10,
		default: 2000,
		scale: 'log',
	},
	stepSize: {
		kind: 'number',
		label: 'step size',
		symbol: '\\eta',
		min: 0.05,
		max: 0.6,
		step: 0.05,
		default: 0.3,
		scale: 'linear',
	},
	temperature: shared.temperature,
};

const shortStep: Hypothesis<TimeParams> = {
	id: 'step',
	text: 'the step is shorter than 2/(1 + √(d/n))², 2 over the upper edge of the spectrum',
	broken: (run) => {
		const longest = 2 / marchenkoPasturEdges(dimension / samplesOf(run))[1];
		return run.params.stepSize < longest
			? null
			: `step ${showNumber(run.params.stepSize)} ≥ 2/(1 + √(d/n))² = ${showNumber(longest)}`;
	},
};

/** Largest deviation of the error of one student, measured over 160 seeds. */
const scatter: Record<Telling, number> = { hard: 0.037, soft: 0.049, logits: 0.024 };

const curve = memo(({ run, telling }: { run: Run<TimeParams>; telling: Telling }) => {
	const { stepSize, temperature } = run.params;
	const x = clock(run);
	const g = dimension / samplesOf(run);
	const label = labelFor(telling, temperature);
	return { x, y: x.map((t) => errorOf(overlapInTime(g, stepSize, t, label))) };
}, 6);

function prediction(
	id: Telling,
	title: string,
	predicted: string,
	measured: string,
): TimePrediction {
	return {
		id,
		title,
		labels: { predicted, measured },
		source: { cite: 'advani2020', where: 'on linear models, for the risk' },
		equation: 'eq:time',
		panel: 'time',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'absolute',
			within: ({ seeds }) => 0.011 + (3 * scatter[id]) / Math.sqrt(seeds),
			because:
				'over 160 seeds in dimension 100, with half a sample to four per dimension, T from ¼ to 4 and up to 4000 steps, the formula was off by at most .0105, and one student scattered by at most .037 (labels), .049 (soft labels), .024 (logits); the mean is given three standard errors of that',
		},
		hypotheses: [shortStep],
		predict: (run) => curve({ run, telling: id }),
		measure: ({ step, errors }) =>
			ensemble(
				[step],
				errors[id].map((error) => [error]),
			),
	};
}

const predictions = [
	prediction('hard', 'a student of hard labels in training', 'hard labels', 'students of labels'),
	prediction('soft', 'a student of soft labels in training', 'soft labels', 'of soft labels'),
	prediction('logits', 'a student of logits in training', 'logits', 'of logits'),
];

const presets: Preset<TimeParams>[] = [
	{
		id: 'stopped',
		label: 'stopped early',
		values: { time: 20 },
		why: 'After twenty steps the three students are nearly alike. What the labels round comes in through the directions of small variance, and those have not been learnt yet.',
	},
	{
		id: 'plenty',
		label: 'four samples per dimension',
		values: { ratio: 4 },
		why: 'The spectrum now ends at ¼, well away from zero: within fifty steps everything is learnt, the rounding with it, and nobody gets worse afterwards.',
	},
	{
		id: 'past-the-edge',
		label: 'past the edge',
		values: { stepSize: 0.55, time: 200 },
		why: 'At n = d the largest eigenvalue is about 4, and .55 exceeds 2/4. The direction of most variance grows without bound, and soon the student is that direction and nothing else: an error of one half, whatever it was told.',
		breaks: 'step',
	},
];

export default defineFigure<TimeParams, TimeFrame>({
	title: 'In the course of training',
	knobs,
	seeds: 24,
	reduced: { params: { time: 200 }, seeds: 4 },
	panels: [
		{
			id: 'time',
			title: 'Disagreement with the teacher',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'share of inputs', scale: 'linear', domain: [0, 0.5] },
		},
	],
	predictions,
	presets,
	steps: (run) => run.params.time,
	async *frames(run, lab, signal) {
		const session = await lab.open(schoolJob(run));
		try {
			for (const time of clock(run)) {
				signal.throwIfAborted();
				await session.advance(time - session.step);
				const weights = await session.probe({ kind: 'weights' });
				const errors = split(weights, tellings.length).map((part) =>
					split(part, run.seeds).map(errorOfStudent),
				);
				yield { step: time, errors: { hard: errors[0]!, soft: errors[1]!, logits: errors[2]! } };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ params, steps, predictions: told }) {
		const say = (id: Telling) => {
			const one = told.find((p) => p.id === id);
			const [best, last] = [Math.min(...(one?.measured ?? [])), one?.measured.at(-1) ?? NaN];
			return `${showNumber(last)} after ${steps} steps, at best ${showNumber(best)}, by the formula ${showNumber(one?.predicted.at(-1) ?? NaN)}`;
		};
		return (
			`With ${String(params.ratio)} samples per dimension a student of hard labels disagrees with its teacher on a share of ` +
			`${say('hard')}; a student of logits ${say('logits')}.`
		);
	},
});
