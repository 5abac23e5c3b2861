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
	groups,
	parameters,
	sampleSizes,
	trial,
	widths,
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
};

const longTraining: Hypothesis<NetworkParams> = {
	id: 'trained',
	text: 'the networks are trained for long: 800 steps or more',
	broken: ({ params: { steps } }) =>
		steps >= 800 ? null : `stopped after ${steps} steps, long before the data are interpolated`,
};

const all = widths.map(parameters);

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
				'no function of x predicts fresh noise; 4 standard errors √(2/400) of its mean square over 400 points, fewer with more seeds',
		},
		hypotheses: [],
		predict: ({ params }) => ({ x: all, y: all.map(() => params.noise) }),
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
			because: 'a rule of thumb, not a theorem: the widths tried are apart by a factor of 1.3 to 2',
		},
		hypotheses: [longTraining],
		predict: (run) => {
			const x = [...sampleSizes(run)].sort((a, b) => a - b);
			return { x, y: x.map(() => 0) };
		},
		measure: ({ peak }) =>
			peak ? { x: [peak.n], y: [Math.log2(peak.at / peak.n)] } : { x: [], y: [] },
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
	reduced: { params: { n: 40 }, seeds: 4 },
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
			y: { label: 'log₂(parameters at the peak / n)', scale: 'linear', domain: [-2, 2] },
		},
	],
	predictions,
	presets,
	steps: ({ params }) => 3 * groups.length * params.steps,
	async *frames(run, lab, signal) {
		const { steps } = run.params;
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
			`${showNumber(error?.measured.at(-1) ?? NaN)} at ${error?.x.at(-1)}. Over the sample sizes tried, the peak is off the rule by ` +
			`${(peak?.measured ?? []).map(showNumber).join(', ')} powers of two.`
		);
	},
});
