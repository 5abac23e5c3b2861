import {
	breather,
	defineFigure,
	ensemble,
	quantile,
	showNumber,
	type Curve,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import * as shared from '../knobs.ts';
import { featuresRisk } from '../meiMontanari.ts';
import { drawFeatures, featureRisks } from '../randomFeatures.ts';

type Params = { lambda: string; ratio: number; noise: number; d: number };
interface FeaturesFrame extends Frame {
	readonly counts: number[];
	readonly n: number;
	/** Along the counts, one row per draw. */
	readonly without: number[][];
	readonly with: number[][];
}
type FeaturesPrediction = Prediction<Params, FeaturesFrame>;

const knobs: Knobs<Params> = {
	lambda: {
		kind: 'choice',
		label: 'ridge',
		symbol: '\\lambda',
		options: { '0.01': '0.01', '0.1': '0.1', '1': '1' },
		default: '0.01',
	},
	ratio: {
		kind: 'number',
		label: 'samples per dimension',
		symbol: 'n/d',
		min: 1,
		max: 4,
		step: 0.5,
		default: 3,
		scale: 'linear',
	},
	noise: { ...shared.noise, symbol: '\\tau^2', default: 0.2 },
	d: {
		kind: 'number',
		label: 'dimension',
		symbol: 'd',
		min: 20,
		max: 100,
		step: 10,
		default: 40,
		scale: 'linear',
	},
};

const samplesOf = ({ d, ratio }: Params) => Math.round(d * ratio);
/** Numbers of features, from n/10 to 4n. */
const countsOf = ({ params }: Run<Params>) => {
	const n = samplesOf(params);
	return [0.1, 0.2, 0.35, 0.5, 0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.4, 1.7, 2, 3, 4].map((q) =>
		Math.round(q * n),
	);
};
/** Nearer to n, the fit without a ridge scatters too widely for a claim. */
const isFar = (n: number, count: number) => count <= 0.6 * n + 0.5 || count >= 1.4 * n - 0.5;

const risk = ({ params }: Run<Params>, count: number, lambda: number, psi2?: number) =>
	featuresRisk({
		psi1: count / params.d,
		psi2: psi2 ?? samplesOf(params) / params.d,
		lambda,
		signal: 1,
		noise: params.noise,
	});
const along = (run: Run<Params>, lambda: number): Curve => {
	const x = countsOf(run);
	return { x, y: x.map((count) => risk(run, count, lambda)) };
};
const part = (frame: FeaturesFrame, far: boolean, rows: number[][]): Curve => {
	const kept = frame.counts.flatMap((count, i) => (isFar(frame.n, count) === far ? [i] : []));
	const cut = rows.map((row) => kept.map((i) => row[i]!));
	return {
		...ensemble(
			kept.map((i) => frame.counts[i]!),
			cut,
		),
		each: undefined,
	};
};

/** 3/d, more beyond n, for the distance to the limit, and 3.5 standard errors of a deviation c/√d. */
const within =
	(c: number) =>
	(run: Run<Params>): [number, number][] =>
		countsOf(run).map((count) => {
			const { d } = run.params;
			const shift = (3 / d) * Math.max(1, Math.sqrt(count / samplesOf(run.params)));
			return [count, shift + (3.5 * c) / Math.sqrt(d * run.seeds)];
		});
const argued = (c: number) =>
	`3/d (times √(N/n) beyond n) for the distance to the limit and 3.5 standard errors of a deviation ${c}/√d: ` +
	'the largest of each over 30 to 80 draws at d = 25 and 50, n/d = 1.5 and 3, noise 0, .2 and 1';

const predictions: FeaturesPrediction[] = [
	{
		id: 'ridge',
		title: 'the excess risk with a ridge',
		labels: { predicted: 'ridge, limit', measured: 'ridge' },
		source: { cite: 'mei2022', where: 'Theorem 2' },
		equation: 'eq:features',
		panel: 'risk',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'relative',
			within: within(1.5),
			because: argued(1.5),
		},
		hypotheses: [],
		predict: (run) => along(run, Number(run.params.lambda)),
		measure: (frame) => ({ ...ensemble(frame.counts, frame.with), each: undefined }),
	},
	{
		id: 'ridgeless',
		title: 'the excess risk without a ridge, N ≤ .6 n and N ≥ 1.4 n',
		labels: { predicted: 'no ridge, limit', measured: 'no ridge' },
		source: { cite: 'mei2022', where: 'Theorem 3' },
		equation: 'eq:features',
		panel: 'risk',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'relative',
			within: within(1.9),
			because: argued(1.9),
		},
		hypotheses: [],
		predict: (run) => along(run, 0),
		// No band: it would be drawn across the gap.
		measure: (frame) => ({ ...part(frame, true, frame.without), low: undefined, high: undefined }),
	},
	{
		id: 'peak',
		title: 'near the peak: above the best fit on N features, and no more is claimed',
		labels: { predicted: 'best fit, n = ∞', measured: 'median near N = n' },
		source: { cite: 'mei2022', where: 'Theorem 3, as n/d → ∞' },
		panel: 'risk',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 0.3,
			because:
				'exact for every draw; the limit of the best fit is held to the same accuracy as the others',
		},
		hypotheses: [],
		predict: (run) => {
			const x = countsOf(run);
			return { x, y: x.map((count) => risk(run, count, 0, 1e6)) };
		},
		// Of a few draws near the peak the mean is that of the worst: the median is shown.
		measure: (frame) => {
			const near = frame.counts.flatMap((count, i) => (isFar(frame.n, count) ? [] : [i]));
			const column = (i: number) => frame.without.map((row) => row[i]!);
			const { x, low, high } = part(frame, false, frame.without);
			return { x, y: near.map((i) => quantile(column(i), 0.5)), low, high };
		},
	},
];

const presets: Preset<Params>[] = [
	{
		id: 'strong',
		label: 'a strong ridge',
		values: { lambda: '0.1' },
		why: 'Ten times the ridge: no trace of the peak. For few features it is better, for very many it is too much.',
	},
	{
		id: 'silent',
		label: 'no noise',
		values: { noise: 0 },
		why: 'The peak stays without any noise in the labels: the nonlinear part of the features, which no linear target needs, acts as noise.',
	},
	{
		id: 'few-samples',
		label: 'fewer samples',
		values: { ratio: 1.5 },
		why: 'The peak moves to N = n = 75. It is a matter of features against samples, not of features against the dimension.',
	},
];

export default defineFigure<Params, FeaturesFrame>({
	title: 'Random features',
	knobs,
	seeds: 30,
	reduced: { params: { d: 20 }, seeds: 15 },
	panels: [
		{
			id: 'risk',
			title: 'Excess risk against features',
			x: { label: 'features N', scale: 'log' },
			y: { label: 'excess risk', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { d, noise, lambda } = run.params;
		const n = samplesOf(run.params);
		const counts = countsOf(run);
		const frame = { counts, n, without: [] as number[][], with: [] as number[][] };
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			await breathe();
			const shape = { d, n, features: counts.at(-1)!, noise };
			const drawn = drawFeatures(shape, random(run.seed + r, 'double-descent/features'));
			const [none, some]: [number[], number[]] = [[], []];
			for (const count of counts) {
				await breathe();
				const [a, b] = featureRisks(drawn, count, [0, Number(lambda)]);
				none.push(a!.risk);
				some.push(b!.risk);
			}
			frame.without.push(none);
			frame.with.push(some);
			yield { step: r + 1, ...frame, without: [...frame.without], with: [...frame.with] };
		}
	},
	summary({ seeds, predictions: told }) {
		const at = (id: string) => told.find((p) => p.id === id);
		const show = (values: readonly number[] | undefined) => showNumber(values?.at(-1) ?? NaN);
		return (
			`Over ${seeds} draws, with ${at('ridge')?.x.at(-1)} features, the excess risk is ${show(at('ridgeless')?.measured)} without a ridge ` +
			`and ${show(at('ridge')?.measured)} with one; the limits are ${show(at('ridgeless')?.predicted)} and ${show(at('ridge')?.predicted)}.`
		);
	},
});
