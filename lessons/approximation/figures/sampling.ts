import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { sampledError, sampledVariance, sampleFrequencies, standardError } from '../maurey.ts';
import { targetKnobs } from '../targetKnobs.ts';

type SamplingParams = { d: number; s: number; widest: number };

interface SamplingFrame extends Frame {
	/** Width or dimension this frame is about, and the error of each seed. */
	readonly panel: 'width' | 'dimension';
	readonly at: number;
	readonly errors: number[];
}
type SamplingPrediction = Prediction<SamplingParams, SamplingFrame>;

const knobs: Knobs<SamplingParams> = {
	...targetKnobs,
	widest: {
		kind: 'number',
		label: 'largest width',
		symbol: 'm',
		min: 64,
		max: 512,
		step: 64,
		default: 512,
		scale: 'log',
	},
};

/** Standard errors allowed: a mean of few seeds is skewed in low dimensions, as a χ² is. */
const z = 4;
const dimensions = [1, 2, 4, 8, 16, 32];
/** Width of the networks that are compared across dimensions. */
const across = 64;
const widths = (widest: number) => {
	const all = [4];
	while (all.at(-1)! * 2 < widest) all.push(all.at(-1)! * 2);
	return [...all, widest];
};
const because = `the mean is exact at every width: ${z} standard errors of a mean over the seeds, the variance of one error by the fourth moments of the draw`;
const maurey = { cite: 'barron1993', where: 'Lemma 1 (Maurey)' };
const labels = { predicted: 'V/m', measured: 'sampled neurons' };

const law = ({ params: { d, s, widest } }: Run<SamplingParams>) => ({
	x: widths(widest),
	y: widths(widest).map((m) => sampledVariance({ d, s }) / m),
});
const measured = (panel: SamplingFrame['panel']) => (frame: SamplingFrame) =>
	frame.panel === panel
		? {
				...ensemble(
					[frame.at],
					frame.errors.map((v) => [v]),
				),
				each: undefined,
			}
		: { x: [], y: [], low: [], high: [] };

const predictions: SamplingPrediction[] = [
	{
		id: 'mean',
		title: 'mean square error of m sampled neurons',
		labels,
		source: maurey,
		equation: 'eq:maurey',
		panel: 'width',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: ({ params: { d, s, widest }, seeds }) =>
				widths(widest).map((m) => [m, z * standardError({ d, s }, m, seeds) + 1e-9]),
			because,
		},
		hypotheses: [],
		predict: law,
		measure: measured('width'),
	},
	{
		id: 'slope',
		title: 'the error falls as 1/m',
		labels,
		source: maurey,
		equation: 'eq:maurey',
		panel: 'width',
		draws: 'grow',
		claim: {
			kind: 'slope',
			within: ({ params: { d, s, widest }, seeds }) => {
				const u = widths(widest).map(Math.log);
				const mean = u.reduce((a, b) => a + b, 0) / u.length;
				const spread = u.reduce((a, b) => a + (b - mean) ** 2, 0);
				const variance = widths(widest).reduce(
					(sum, m, i) => sum + (((u[i]! - mean) / spread) * standardError({ d, s }, m, seeds)) ** 2,
					0,
				);
				return z * Math.sqrt(variance) + 1e-9;
			},
			because: `${z} standard errors of a least-squares slope through independent widths`,
		},
		hypotheses: [],
		predict: law,
		measure: measured('width'),
	},
	{
		id: 'dimension',
		title: `mean square error of ${across} sampled neurons, by dimension`,
		labels,
		source: maurey,
		equation: 'eq:V',
		panel: 'dimension',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: ({ params: { s }, seeds }) =>
				dimensions.map((d) => [d, z * standardError({ d, s }, across, seeds) + 1e-9]),
			because,
		},
		hypotheses: [],
		predict: ({ params: { s } }) => ({
			x: dimensions,
			y: dimensions.map((d) => sampledVariance({ d, s }) / across),
		}),
		measure: measured('dimension'),
	},
];

const presets: Preset<SamplingParams>[] = [
	{
		id: 'line',
		label: 'one dimension',
		values: { d: 1 },
		why: 'The constant V is small on the line, as neighbouring cosines are nearly alike. The slope is that of 32 dimensions; but on the line m^(−4) in mean square is to be had, and sampling does not get it.',
	},
	{
		id: 'high',
		label: '32 dimensions',
		values: { d: 32 },
		why: 'The same slope. The constant has all but reached its ceiling, ½: in high dimensions two random cosines are strangers.',
	},
	{
		id: 'same-constant',
		label: 'same Barron constant, d = 32',
		values: { d: 32, s: 0.25 },
		why: 'Barron’s constant grows like s√d. With s halved from d = 8 to 32 it stays at 1.4, that of the default, and so do V and the norm of the bump, nearly: at equal C_f more dimensions cost nothing.',
	},
	{
		id: 'wild',
		label: 'high frequencies',
		values: { s: 1.5 },
		why: 'Now the bump is so narrow that its own norm is nearly nothing, and a network of sampled neurons is mostly noise: V/m is an absolute error. The theorem holds to the letter and is worth little.',
	},
];

export default defineFigure<SamplingParams, SamplingFrame>({
	title: 'Sampled neurons',
	knobs,
	seeds: 32,
	reduced: { params: { widest: 128 }, seeds: 32 },
	panels: [
		{
			id: 'width',
			title: 'Against width',
			x: { label: 'width m', scale: 'log' },
			y: { label: 'mean of (f − f_m)²', scale: 'log' },
		},
		{
			id: 'dimension',
			title: `Against dimension, at width ${across}`,
			x: { label: 'dimension d', scale: 'log' },
			y: { label: 'mean of (f − f_m)²', scale: 'linear' },
		},
	],
	predictions,
	presets,
	steps: ({ params }) => widths(params.widest).length + dimensions.length,
	async *frames({ params: { d, s, widest }, seed, seeds }, _lab, signal) {
		const jobs = [
			...widths(widest).map((m) => ({ panel: 'width' as const, at: m, bump: { d, s }, m })),
			...dimensions.map((at) => ({
				panel: 'dimension' as const,
				at,
				bump: { d: at, s },
				m: across,
			})),
		];
		const breathe = breather(signal);
		for (const [i, { panel, at, bump, m }] of jobs.entries()) {
			const errors: number[] = [];
			for (let r = 0; r < seeds; r++) {
				await breathe();
				errors.push(sampledError(bump, sampleFrequencies(bump, m, seed + r)));
			}
			yield { step: i + 1, panel, at, errors };
		}
	},
	summary({ seeds, params, predictions: told }) {
		const law = told.find(({ id }) => id === 'mean');
		const show = (values: readonly number[] | undefined) => showNumber(values?.at(-1) ?? NaN);
		return (
			`In ${String(params.d)} dimensions, ${law?.x.at(-1)} sampled neurons miss the bump by ${show(law?.measured)} ` +
			`in mean square, over ${seeds} seeds; V/m is ${show(law?.predicted)}.`
		);
	},
});
