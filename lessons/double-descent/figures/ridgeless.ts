import {
	breather,
	defineFigure,
	ensemble,
	mean,
	quantile,
	showNumber,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
	type Tolerance,
} from '#contract';
import { ridgeFits } from '#theory/leastSquares.ts';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { meanRisk, riskDeviation, riskQuantile } from '../exactLaw.ts';
import { drawSample, firstColumns, riskOf } from '../fit.ts';
import * as shared from '../knobs.ts';
import { floor, settled, sweep, type Model } from '../model.ts';

type Params = { n: number; noise: number };
interface RidgelessFrame extends Frame {
	readonly p: number[];
	readonly n: number;
	/** Risk of each draw so far, one row per draw. */
	readonly risks: number[][];
}
type RidgelessPrediction = Prediction<Params, RidgelessFrame>;

const knobs: Knobs<Params> = { n: shared.samples, noise: shared.noise };
const modelOf = ({ params }: Run<Params>): Model => ({ ...params, dimension: 200 });

/** Standard errors allowed: one verdict looks at some twenty places, and the law is skewed. */
const z = 4;
/** Means are drawn up to here. */
const ceiling = 1e5;
const isSettled = (n: number, p: number) => Math.abs(n - p) >= settled;

const medians = memo((model: Model) => sweep(model).map((p) => riskQuantile(model, p, 0.5)), 8);

/** The larger of the distances from the median to the quantiles ½ ± z/(2√R), relative. */
const medianAllowance = memo(({ model, seeds }: { model: Model; seeds: number }): Tolerance => {
	const away = Math.min(0.49, z / (2 * Math.sqrt(seeds)));
	return sweep(model).map((p, i) => {
		const median = medians(model)[i]!;
		const [low, high] = [-away, away].map((d) => riskQuantile(model, p, 0.5 + d));
		return [p, Math.max(median - low!, high! - median) / median];
	});
});

const predictions: RidgelessPrediction[] = [
	{
		id: 'mean',
		title: 'the mean risk of the minimum-norm fit',
		labels: { predicted: 'mean, exact', measured: 'mean of the draws' },
		source: { cite: 'belkin2020', where: 'Theorem 1 and Corollary 1' },
		equation: 'eq:mean',
		panel: 'mean',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => {
				const model = modelOf(run);
				const rows = sweep(model).filter((p) => isSettled(model.n, p));
				return rows.map((p) => {
					const allowed = (z * riskDeviation(model, p)) / Math.sqrt(run.seeds);
					return [p, allowed / meanRisk(model, p) + 1e-9];
				});
			},
			because: `${z} standard errors of a mean over the draws, by the exact law of the risk; claimed where the law has a fourth moment, |p − n| ≥ ${settled}`,
		},
		hypotheses: [],
		predict: (run) => {
			const x = sweep(modelOf(run));
			return { x, y: x.map((p) => meanRisk(modelOf(run), p)) };
		},
		measure: ({ p, n, risks }) => {
			const kept = p.flatMap((at, i) => (isSettled(n, at) ? [i] : []));
			return {
				x: kept.map((i) => p[i]!),
				y: kept.map((i) => mean(risks.map((row) => row[i]!))),
			};
		},
	},
	{
		id: 'peak',
		title: 'near the peak: above the floor c, and no more is claimed of a mean',
		labels: { predicted: 'floor c', measured: 'mean near p = n' },
		source: { cite: 'belkin2020', where: 'Section 2' },
		equation: 'eq:floor',
		panel: 'mean',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 1e-9,
			because: 'the risk is c plus a square, whatever the weights; slack for rounding in float64',
		},
		hypotheses: [],
		predict: (run) => {
			const x = sweep(modelOf(run));
			return { x, y: x.map((p) => floor(modelOf(run), p)) };
		},
		measure: ({ p, n, risks }) => {
			const kept = p.flatMap((at, i) => (isSettled(n, at) ? [] : [i]));
			return {
				x: kept.map((i) => p[i]!),
				y: kept.map((i) => Math.min(ceiling, mean(risks.map((row) => row[i]!)))),
			};
		},
	},
	{
		id: 'median',
		title: 'the median risk, at p = n as well',
		labels: { predicted: 'median, exact', measured: 'median of the draws' },
		source: {
			cite: 'muirhead1982',
			where: 'on the Wishart distribution; the law is proved in the lesson',
		},
		equation: 'eq:law',
		panel: 'median',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => medianAllowance({ model: modelOf(run), seeds: run.seeds }),
			because: `a sample median lies between the quantiles ½ ± ${z}/(2√R) of the exact law but for a chance of 10⁻⁴, by the binomial law of ranks`,
		},
		hypotheses: [],
		predict: (run) => ({ x: sweep(modelOf(run)), y: medians(modelOf(run)) }),
		measure: ({ p, risks }) => ({
			...ensemble(p, risks),
			y: p.map((_, i) =>
				quantile(
					risks.map((row) => row[i]!),
					0.5,
				),
			),
			each: undefined,
		}),
	},
];

const presets: Preset<Params>[] = [
	{
		id: 'silent',
		label: 'no noise',
		values: { noise: 0 },
		why: 'At σ² = 0 the peak is as tall as before. The coordinates that the fit does not see act as noise of variance 1 − p/D.',
	},
	{
		id: 'noisy',
		label: 'more noise than signal',
		values: { noise: 1 },
		why: 'The peak stays at p = n, and the second descent never comes back below the first: the best fit is a small one.',
	},
	{
		id: 'more-data',
		label: 'more data',
		values: { n: 80 },
		why: 'The peak moves to p = 80 with n. At p = 50 twice as much data makes the fit far better; at p = 80 it makes it far worse.',
	},
];

export default defineFigure<Params, RidgelessFrame>({
	title: 'The minimum-norm fit',
	knobs,
	seeds: 50,
	reduced: { params: {}, seeds: 20 },
	panels: [
		{
			id: 'mean',
			title: 'Mean over draws',
			x: { label: 'parameters p', scale: 'linear' },
			y: { label: 'risk, cut at 10⁵', scale: 'log' },
		},
		{
			id: 'median',
			title: 'A typical draw',
			x: { label: 'parameters p', scale: 'linear' },
			y: { label: 'risk', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const model = modelOf(run);
		const p = sweep(model);
		const risks: number[][] = [];
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			await breathe();
			const sample = drawSample(model, random(run.seed + r, 'double-descent/ridgeless'));
			risks.push(
				p.map((count) => {
					const [b] = ridgeFits(firstColumns(sample, count), sample.y, [0]);
					return riskOf(b!, model);
				}),
			);
			yield { step: r + 1, p, n: model.n, risks: [...risks] };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const median = told.find(({ id }) => id === 'median');
		const n = Number(params.n);
		const at = (p: number) => median?.x.indexOf(p) ?? -1;
		const show = (list: readonly number[] | undefined, p: number) =>
			showNumber(list?.[at(p)] ?? NaN);
		return (
			`Over ${seeds} draws of ${n} samples the median risk is ${show(median?.measured, n / 2)} at p = ${n / 2}, ` +
			`${show(median?.measured, n)} at p = n = ${n} and ${show(median?.measured, 200)} at p = 200; ` +
			`the exact law says ${show(median?.predicted, n / 2)}, ${show(median?.predicted, n)} and ${show(median?.predicted, 200)}.`
		);
	},
});
