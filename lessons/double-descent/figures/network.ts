import {
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
} from '#contract';
import { split } from '#theory/arrays.ts';
import * as shared from '../knobs.ts';
import {
	groupsOf,
	parameters,
	sampleSizes,
	trial,
	widthsOf,
	type NetworkParams,
} from '../smallNetwork.ts';

interface NetworkFrame extends Frame {
	/** Parameters and test errors of networks that have been trained on n samples, one row per seed. */
	readonly at: number[];
	readonly errors: number[][];
	readonly losses: number[][];
	/** A sample size all widths of which are done, and the parameters where the mean error is largest. */
	readonly peak: { readonly n: number; readonly at: number } | null;
}
type NetworkPrediction = Prediction<NetworkParams, NetworkFrame>;

const knobs: Knobs<NetworkParams> = {
	n: { ...shared.samples, min: 40, max: 100, step: 20, default: 80 },
	noise: { ...shared.noise, default: 0.25 },
	steps: {
		kind: 'number',
		label: 'steps of Adam',
		symbol: 'T',
		min: 50,
		max: 1600,
		step: 50,
		default: 800,
		scale: 'log',
	},
	widest: {
		kind: 'choice',
		label: 'largest width',
		options: { 32: '32', 64: '64', 128: '128' },
		default: '64',
	},
};

const longTraining: Hypothesis<NetworkParams> = {
	id: 'trained',
	text: 'the networks are trained for long: 800 steps or more',
	broken: ({ params: { steps } }) =>
		steps >= 800 ? null : `stopped after ${steps} steps, long before the data are interpolated`,
};

const predictions: NetworkPrediction[] = [
	{
		id: 'error',
		title: 'test error on noisy labels, an experiment: no formula but the floor σ²',
		labels: { predicted: 'noise σ²', measured: 'networks' },
		source: { cite: 'nakkiran2020', where: 'Section 5, for the experiment' },
		panel: 'error',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0.2,
			because:
				'no function of x predicts fresh noise; 4 standard errors √(2/400) of its mean square over 400 points for each of two seeds; over 4 seeds it is more than five',
		},
		hypotheses: [],
		predict: (run) => {
			const x = widthsOf(run).map(parameters);
			return { x, y: x.map(() => run.params.noise) };
		},
		measure: ({ at, errors }) => ({ ...ensemble(at, errors), each: undefined }),
	},
	{
		id: 'peak',
		title: 'a rule of thumb: the peak is where there are as many parameters as samples',
		labels: { predicted: 'parameters = n', measured: 'largest mean error' },
		source: { cite: 'belkin2019', where: 'the section on neural networks, as a rule of thumb' },
		panel: 'peak',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 1,
			because:
				'a factor of two, as rules of thumb have it; in one run of 20 seeds and eight of 4 the peak was off by at most 0.71 powers of two',
		},
		hypotheses: [longTraining],
		predict: (run) => {
			const x = [...sampleSizes(run)].sort((a, b) => a - b);
			return { x, y: x.map(Math.log2) };
		},
		measure: ({ peak }) => (peak ? { x: [peak.n], y: [Math.log2(peak.at)] } : { x: [], y: [] }),
	},
];

const presets: Preset<NetworkParams>[] = [
	{
		id: 'silent',
		label: 'no noise in the labels',
		values: { noise: 0 },
		why: 'The peak is lower and still there: what a narrow network cannot express acts as noise.',
	},
	{
		id: 'stopped',
		label: 'stopped early',
		values: { steps: 100 },
		why: 'After a hundred steps nothing is interpolated yet, and the peak is gone or stands elsewhere.',
		breaks: 'trained',
	},
];

export default defineFigure<NetworkParams, NetworkFrame>({
	title: 'Real networks',
	knobs,
	seeds: 4,
	reduced: { params: { n: 40, widest: '32' }, seeds: 2 },
	panels: [
		{
			id: 'error',
			title: 'Test error',
			x: { label: 'parameters 12m + 1', scale: 'log' },
			y: { label: 'mean square on noisy labels', scale: 'log' },
		},
		{
			id: 'peak',
			title: 'Where the peak stands',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'log₂ of the parameters at the peak', scale: 'linear' },
		},
	],
	predictions,
	presets,
	steps: (run) => sampleSizes(run).length * groupsOf(run).length * run.params.steps,
	async *frames(run, lab, signal) {
		const { steps } = run.params;
		const groups = groupsOf(run);
		const all = widthsOf(run).map(parameters);
		let done = 0;
		for (const n of sampleSizes(run)) {
			const errors: number[] = [];
			for (const [g, group] of groups.entries()) {
				signal.throwIfAborted();
				const { job, x, y } = trial(run, n, group);
				const session = await lab.open(job);
				try {
					await session.advance(steps);
					const tested = await session.probe({ kind: 'testLoss', x, y });
					const losses = await session.probe({ kind: 'loss' });
					const byWidth = split(tested, group.length);
					errors.push(...byWidth.map((row) => mean(Array.from(row))));
					done += steps;
					const rows = (values: Float64Array) =>
						Array.from({ length: run.seeds }, (_, r) =>
							group.map((_, k) => values[k * run.seeds + r]!),
						);
					const shown = n === run.params.n;
					const last = g === groups.length - 1;
					yield {
						step: done,
						at: shown ? group.map(parameters) : [],
						errors: shown ? rows(tested) : rows(tested).map(() => []),
						losses: rows(losses),
						peak: last ? { n, at: all[errors.indexOf(Math.max(...errors))]! } : null,
					};
				} finally {
					session.dispose();
				}
			}
		}
	},
	summary({ params, predictions: told }) {
		const [error, peak] = ['error', 'peak'].map((id) => told.find((p) => p.id === id));
		const most = Math.max(...(error?.measured ?? []));
		const where = error?.x[error.measured.indexOf(most)];
		return (
			`On ${String(params.n)} samples the test error is largest, ${showNumber(most)}, at ${where} parameters, and ` +
			`${showNumber(error?.measured.at(-1) ?? NaN)} at ${error?.x.at(-1)}. Over the sample sizes tried the peak is at most ` +
			`${showNumber(peak?.gap ?? NaN)} powers of two from where there are as many parameters as samples.`
		);
	},
});
