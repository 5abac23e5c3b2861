import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { ridgeFits } from '#theory/leastSquares.ts';
import { random } from '#theory/random.ts';
import { meanRisk, riskDeviation } from '../exactLaw.ts';
import { allowance, because } from '../filteredRisk.ts';
import { drawSample, firstColumns, riskOf } from '../fit.ts';
import { optimalRidge, ridgeRisk } from '../isotropic.ts';
import * as shared from '../knobs.ts';
import { floor, seen, settled, sweep, type Model } from '../model.ts';

type Params = { lambda: string; noise: number; n: number };
interface RidgeFrame extends Frame {
	readonly p: number[];
	readonly n: number;
	/** Risk with the chosen ridge and without, along p, one row per draw. */
	readonly with: number[][];
	readonly without: number[][];
	/** Risk at p = n along the ridges, one row per draw. */
	readonly along: number[][];
}
type RidgePrediction = Prediction<Params, RidgeFrame>;

const knobs: Knobs<Params> = {
	lambda: {
		kind: 'choice',
		label: 'ridge',
		symbol: '\\lambda',
		options: { '0.01': '0.01', '0.1': '0.1', '1': '1', optimal: 'optimal at each p' },
		default: '0.1',
	},
	noise: shared.noise,
	n: { ...shared.samples, default: 60 },
};

/** Five coordinates per sample, as in the other figures. */
const modelOf = ({ params: { n, noise } }: Run<Params>): Model => ({ n, noise, dimension: 5 * n });
const ridges = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** λ at p, in the convention (XᵀX/n + λ)⁻¹. Never quite zero, so that the optimum without noise is a fit. */
function ridgeAt(run: Run<Params>, p: number): number {
	const { lambda } = run.params;
	if (lambda !== 'optimal') return Number(lambda);
	const model = modelOf(run);
	return Math.max(1e-9, optimalRidge(p / model.n, seen(model, p), floor(model, p)));
}

function risk(run: Run<Params>, p: number, lambda: number): number {
	const model = modelOf(run);
	const c = floor(model, p);
	return c + ridgeRisk(p / model.n, lambda, seen(model, p), c);
}

function allowed(run: Run<Params>, p: number, lambda: number): number {
	return allowance(modelOf(run), p, (s) => lambda / (s + lambda), run.seeds);
}

const predictions: RidgePrediction[] = [
	{
		id: 'ridge',
		title: 'the risk of ridge regression',
		labels: { predicted: 'ridge, limit', measured: 'ridge' },
		source: { cite: 'hastie2022', where: 'the section on ridge regularization' },
		equation: 'eq:ridge',
		panel: 'risk',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'relative',
			within: (run) => sweep(modelOf(run)).map((p) => [p, allowed(run, p, ridgeAt(run, p))]),
			because,
		},
		hypotheses: [],
		predict: (run) => {
			const x = sweep(modelOf(run));
			return { x, y: x.map((p) => risk(run, p, ridgeAt(run, p))) };
		},
		measure: (frame) => ({ ...ensemble(frame.p, frame.with), each: undefined }),
	},
	{
		id: 'ridgeless',
		title: 'the risk of the fit of least norm, for comparison',
		labels: { predicted: 'no ridge, exact', measured: 'no ridge' },
		source: { cite: 'belkin2020', where: 'Theorem 1 and Corollary 1' },
		equation: 'eq:mean',
		panel: 'risk',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) =>
				sweep(modelOf(run))
					.filter((p) => Math.abs(p - run.params.n) >= settled)
					.map((p) => {
						const error = riskDeviation(modelOf(run), p) / Math.sqrt(run.seeds);
						return [p, (4 * error) / meanRisk(modelOf(run), p) + 1e-9];
					}),
			because: `4 standard errors of a mean over the draws, by the exact law of the risk; claimed where it has a fourth moment, |p − n| ≥ ${settled}`,
		},
		hypotheses: [],
		predict: (run) => {
			const x = sweep(modelOf(run));
			return { x, y: x.map((p) => meanRisk(modelOf(run), p)) };
		},
		measure: ({ p, n, without }) => {
			const kept = p.flatMap((at, i) => (Math.abs(at - n) >= settled ? [i] : []));
			return {
				x: kept.map((i) => p[i]!),
				y: kept.map((i) => mean(without.map((row) => row[i]!))),
			};
		},
	},
	{
		id: 'along',
		title: 'the risk at p = n against the ridge',
		labels: { predicted: 'limit', measured: 'ridge, p = n' },
		source: { cite: 'hastie2022', where: 'the section on ridge regularization' },
		equation: 'eq:ridge',
		panel: 'along',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'relative',
			within: (run) => ridges.map((lambda) => [lambda, allowed(run, run.params.n, lambda)]),
			because,
		},
		hypotheses: [],
		predict: (run) => ({ x: ridges, y: ridges.map((l) => risk(run, run.params.n, l)) }),
		measure: (frame) => ({ ...ensemble(ridges, frame.along), each: undefined }),
	},
];

const presets: Preset<Params>[] = [
	{
		id: 'optimal',
		label: 'optimal ridge',
		values: { lambda: 'optimal' },
		why: 'λ* = noise · g/signal at every p. The peak is gone: with the best ridge more parameters never hurt here.',
	},
	{
		id: 'little',
		label: 'a little ridge',
		values: { lambda: '0.01' },
		why: 'A hundredth of the mean eigenvalue already turns the infinite peak into a hill.',
	},
	{
		id: 'noisy',
		label: 'optimal ridge, much noise',
		values: { lambda: 'optimal', noise: 1 },
		why: 'With as much noise as signal the optimal ridge is larger, and there is still no peak.',
	},
];

export default defineFigure<Params, RidgeFrame>({
	title: 'A ridge takes the peak away',
	knobs,
	seeds: 40,
	reduced: { params: { n: 40 }, seeds: 16 },
	panels: [
		{
			id: 'risk',
			title: 'Risk against parameters',
			x: { label: 'parameters p', scale: 'linear' },
			y: { label: 'risk', scale: 'log' },
		},
		{
			id: 'along',
			title: 'Risk against the ridge, at p = n',
			x: { label: 'ridge λ', scale: 'log' },
			y: { label: 'risk', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const model = modelOf(run);
		const { n } = model;
		const p = sweep(model);
		const frame = {
			p,
			n,
			with: [] as number[][],
			without: [] as number[][],
			along: [] as number[][],
		};
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const sample = drawSample(model, random(run.seed + r, 'double-descent/ridge'));
			const [some, none]: [number[], number[]] = [[], []];
			for (const count of p) {
				await breathe();
				const mus = [n * ridgeAt(run, count), 0];
				const fits = ridgeFits(firstColumns(sample, count), sample.y, mus);
				const [a, b] = fits.map((fit) => riskOf(fit, model));
				some.push(a!);
				none.push(b!);
			}
			const fits = ridgeFits(
				firstColumns(sample, n),
				sample.y,
				ridges.map((lambda) => n * lambda),
			);
			frame.with.push(some);
			frame.without.push(none);
			frame.along.push(fits.map((fit) => riskOf(fit, model)));
			yield {
				step: r + 1,
				...frame,
				with: [...frame.with],
				without: [...frame.without],
				along: [...frame.along],
			};
		}
	},
	summary({ params, predictions: told }) {
		const ridge = told.find(({ id }) => id === 'ridge');
		const i = ridge?.x.indexOf(Number(params.n)) ?? -1;
		return (
			`With ridge ${String(params.lambda)} the mean risk at p = n = ${String(params.n)} is ${showNumber(ridge?.measured[i] ?? NaN)}; ` +
			`the limit says ${showNumber(ridge?.predicted[i] ?? NaN)}. Without a ridge it is infinite.`
		);
	},
});
