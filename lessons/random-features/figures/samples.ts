import {
	breather,
	defineFigure,
	ensemble,
	showPercent,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { sampleError } from '../features.ts';
import * as shared from '../knobs.ts';
import { fromSamples } from '../theory.ts';

type Params = { d: number; bias: number; ratio: number; doublings: number };
/** What least squares on M = ratio · n samples leaves, for each draw, one n per frame. */
interface SamplesFrame extends Frame {
	readonly n: number;
	readonly left: number[];
}
type SamplesPrediction = Prediction<Params, SamplesFrame>;

const targets = 60;
const counts = ({ params }: Run<Params>) =>
	Array.from({ length: params.doublings }, (_, k) => 2 ** (k + 3));
const samplesFor = ({ ratio }: Params, n: number) => Math.ceil(ratio * n);

const enough: Hypothesis<Params> = {
	id: 'samples',
	text: 'there are at least twice as many samples as features',
	broken: ({ params: { ratio } }) =>
		ratio >= 2
			? null
			: `M/n = ${ratio} < 2: close to as many features as samples single draws dominate the mean`,
};

const predictions: SamplesPrediction[] = [
	{
		id: 'samples',
		title: 'random features by least squares from M samples: nκ/(1 − n/M)',
		labels: { predicted: 'nκ/(1 − n/M)', measured: 'least squares' },
		source: { cite: 'mei2022', where: 'the ridgeless limit with more samples than features' },
		equation: 'eq:samples',
		panel: 'error',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'relative',
			within: ({ params, seeds }) => 0.035 + (3 * 0.2) / Math.sqrt(params.d * seeds),
			because:
				'over 30 draws at eight settings with d from 10 to 40 the formula was off by at most 3 %, and one draw scattered by less than 0.2/√d; the mean is given three standard errors of that',
		},
		hypotheses: [shared.highDimension, enough],
		predict: (run) => {
			const { params } = run;
			const last = 8 * params.doublings - 7;
			// A curve through the counts and seven places between each two.
			const x = Array.from({ length: last }, (_, k) => Math.round(2 ** (k / 8 + 3)));
			return { x, y: x.map((n) => fromSamples(n, samplesFor(params, n), params)) };
		},
		measure: ({ n, left }) =>
			ensemble(
				[n],
				left.map((value) => [value]),
			),
	},
];

const knobs: Knobs<Params> = {
	d: shared.dimension,
	bias: shared.bias,
	ratio: {
		kind: 'number',
		label: 'samples per feature',
		symbol: 'M/n',
		min: 1.25,
		max: 16,
		step: 0.25,
		default: 4,
		scale: 'log',
	},
	doublings: {
		kind: 'number',
		label: 'doublings of n, from 8',
		min: 3,
		max: 6,
		step: 1,
		default: 5,
		scale: 'linear',
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'few',
		label: 'hardly more samples than features',
		values: { ratio: 1.25 },
		why: 'At M = 1.25 n the factor 1/(1 − n/M) is 5. The features could do five times better than least squares lets them: it bends them through what they cannot represent, as if that were noise.',
		breaks: 'samples',
	},
	{
		id: 'many',
		label: 'sixteen samples per feature',
		values: { ratio: 16 },
		why: 'The factor is 16/15: what is left is the fault of the features, not of the data.',
	},
	{
		id: 'low',
		label: 'four dimensions',
		values: { d: 4 },
		why: 'nκ is a law of high dimension: in four it is off by up to 11 %, and more samples do not mend that.',
		breaks: 'dimension',
	},
];

export default defineFigure<Params, SamplesFrame>({
	title: 'From samples',
	knobs,
	seeds: 4,
	reduced: { params: { doublings: 3 }, seeds: 4 },
	panels: [
		{
			id: 'error',
			title: 'Least squares on random features',
			x: { label: 'features n', scale: 'log' },
			y: { label: 'relative error', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => counts(run).at(-1) ?? 1,
	async *frames(run, _lab, signal) {
		const { params } = run;
		const breathe = breather(signal);
		for (const n of counts(run)) {
			const left: number[] = [];
			for (let r = 0; r < run.seeds; r++) {
				await breathe();
				left.push(sampleError(params, n, samplesFor(params, n), targets, run.seed + r));
			}
			yield { step: n, n, left };
		}
	},
	summary({ params, predictions: [told] }) {
		return (
			`With ${String(params.ratio)} samples per feature, ${told?.x.at(-1) ?? 0} random features leave ` +
			`${showPercent(told?.measured.at(-1) ?? NaN)} of the neuron; the formula says ${showPercent(told?.predicted.at(-1) ?? NaN)}.`
		);
	},
});
