import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { annealedShare, collapseTime, drawCloud, type Cloud } from '../collapse.ts';
import { measuredCollapse, shareCopying, twinsByWeights, type ScoreOf } from '../copying.ts';
import { plain, sharesError } from '../knobs.ts';

type Params = { d: number; n: number; s: number; pairs: number; score: string };
/** A frame tells of twins cloned at one time, or of the time for one number of points. */
interface CollapseFrame extends Frame {
	readonly twins: { readonly t: number; readonly share: readonly number[] } | null;
	readonly time: { readonly n: number; readonly at: readonly number[] } | null;
}
type CollapseRun = Run<Params>;

const cloneTimes = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];
const line = Array.from({ length: 47 }, (_, i) => (i + 4) / 40);
const counts = [30, 100, 300, 1000, 3000];
const pathSteps = 30;
/** Points of the blurred training sets that the formula of the weights is averaged over, in all. */
const probes = 400;
/** The same for each training set whose collapse time is sought. */
const timeProbes = 300;

const replicas = ({ seed, seeds }: CollapseRun) =>
	Array.from({ length: seeds }, (_, r) => seed + r);
const pointsOf = ({ params }: CollapseRun, seed: number) =>
	drawCloud(params, random(seed, 'diffusion-speciation/points'));

/** E Σ w_b² for the training sets of the run, and the standard error of this mean. */
const weighed = memo((run: CollapseRun): { t: number; share: number; error: number }[] => {
	const { d, n, s } = run.params;
	const sets = replicas({ ...run, params: { d, n, s, pairs: 0, score: '' } });
	const points = sets.map((seed) => pointsOf(run, seed));
	return cloneTimes.map((t) => {
		const each = points.map((set, r) =>
			twinsByWeights(set, d, t, Math.ceil(probes / sets.length), random(sets[r]!, 'weights')),
		);
		const error = Math.hypot(...each.map((one) => one.error)) / each.length;
		return { t, share: mean(each.map((one) => one.mean)), error };
	});
}, 6);

const empirical: Hypothesis<Params> = {
	id: 'empirical',
	text: 'the score is that of the training set',
	broken: ({ params }) =>
		params.score === 'points' ? null : 'the score is that of the law the points were drawn from',
};
const high: Hypothesis<Params> = {
	id: 'high',
	text: 'the dimension is 16 or more',
	broken: ({ params: { d } }) => (d >= 16 ? null : `d = ${d}`),
};

const twins = ({ twins: told }: CollapseFrame): Curve =>
	told
		? {
				...ensemble(
					[told.t],
					told.share.map((one) => [one]),
				),
				each: undefined,
			}
		: { x: [], y: [], low: [], high: [] };

const predictions: Prediction<Params, CollapseFrame>[] = [
	{
		id: 'weights',
		title: 'twins of the same training point: E Σ w², exact for every n and d',
		labels: { predicted: 'E Σ w²', measured: 'twins' },
		source: {
			cite: 'biroli2024',
			where: 'the collapse transition; the identity is proved in the lesson',
		},
		panel: 'twins',
		equation: 'eq:weights',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				weighed(run).map(({ t, share, error }) => [
					t,
					0.01 + 4 * Math.hypot(sharesError(share, run.params.pairs * run.seeds) / 4, error),
				]),
			because: `four standard errors, of the share of twins and of the mean of Σ w² over ${probes} points, taken together; .01 for paths of ${pathSteps} steps`,
		},
		hypotheses: [empirical],
		predict: (run) => {
			const told = weighed(run);
			return { x: told.map(({ t }) => t), y: told.map(({ share }) => share) };
		},
		measure: twins,
	},
	{
		id: 'annealed',
		title: 'the same without a training set, as n and d grow together',
		labels: { predicted: 'limit, a lower bound', measured: 'twins' },
		source: {
			cite: 'biroli2024',
			where: 'the collapse transition; the formula is proved in the lesson',
		},
		panel: 'twins',
		equation: 'eq:annealed',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'd → ∞ with log n/d fixed',
			gap: 'absolute',
			within: (run) =>
				cloneTimes.map((t) => {
					const p = annealedShare(run.params, t);
					return [t, 0.14 + sharesError(Math.min(0.9, p), run.params.pairs * run.seeds)];
				}),
			because:
				'over four training sets each, with 50 to 1000 points in 16, 24 and 32 dimensions, E Σ w² was above the formula by at most .126 and never below; .14 and four standard errors of the share are allowed',
		},
		hypotheses: [empirical, high],
		predict: ({ params }) => ({ x: line, y: line.map((t) => annealedShare(params, t)) }),
		measure: twins,
	},
	{
		id: 'time',
		title: 'the time at which every second pair copies the same point is never below t_C',
		labels: { predicted: 't_C at n − 1', measured: 'every second pair' },
		source: {
			cite: 'biroli2024',
			where:
				'abstract: the collapse time from an excess of entropy; the bound is proved in the lesson',
		},
		panel: 'time',
		equation: 'eq:collapse',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0.08,
			because:
				'a theorem on the expectation over training sets; measured on two of them, with 300 points each: over twenty sets each one scattered by 7 % in 16 dimensions at n = 30 and by 3 % from 300 on, about a mean 6 to 12 % above the bound; in four dimensions by 7 to 21 %, about a mean 25 to 30 % above',
		},
		hypotheses: [],
		predict: ({ params }) => ({
			x: counts,
			y: counts.map((n) => collapseTime({ ...params, n: n - 1 })),
		}),
		measure: ({ time }) => (time ? { x: [time.n], y: [mean(time.at)] } : { x: [], y: [] }),
	},
];

export default defineFigure<Params, CollapseFrame>({
	title: 'When twins become copies',
	plain,
	knobs: {
		d: {
			kind: 'number',
			label: 'dimension',
			symbol: 'd',
			min: 4,
			max: 32,
			step: 4,
			default: 16,
			scale: 'linear',
		},
		n: {
			kind: 'number',
			label: 'training points',
			symbol: 'n',
			min: 50,
			max: 1000,
			step: 50,
			default: 300,
			scale: 'log',
		},
		s: {
			kind: 'number',
			label: 'width of the data',
			symbol: 's',
			min: 0.3,
			max: 1.5,
			step: 0.1,
			default: 1,
			scale: 'linear',
		},
		pairs: {
			kind: 'number',
			label: 'pairs of twins, per seed',
			symbol: 'R',
			min: 50,
			max: 1000,
			step: 50,
			default: 100,
			scale: 'log',
		},
		score: {
			kind: 'choice',
			label: 'score',
			options: { points: 'of the training points', law: 'of the law they were drawn from' },
			default: 'points',
		},
	},
	seeds: 2,
	reduced: { params: { n: 100, pairs: 50 }, seeds: 1 },
	panels: [
		{
			id: 'twins',
			title: 'Twins that copy the same point',
			x: { label: 'time t at which they were cloned', scale: 'linear' },
			y: { label: 'share of pairs', scale: 'linear', domain: [0, 1.02] },
		},
		{
			id: 'time',
			title: 'Where it is every second pair',
			x: { label: 'training points n', scale: 'log' },
			y: { label: 'time t', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'many',
			label: 'a thousand points',
			values: { n: 1000, pairs: 50 },
			why: 'More than three times the points, and the curve moves by .06: t_C falls with the logarithm of n, and only with log n/d. That is the curse of dimensionality: to be rid of copies takes a number of points that is exponential in d.',
		},
		{
			id: 'flat',
			label: 'four dimensions',
			values: { d: 4 },
			why: 'Few dimensions: t_C is small, and every second pair copies from a time on that is about 30 % larger. The bound holds, the limit is far.',
			breaks: 'high',
		},
		{
			id: 'law',
			label: 'the true score',
			values: { score: 'law' },
			why: 'With the score of the law no twin ever becomes a copy: in the end two twins are near the same training point only by chance, unless they were cloned so late that they still are where they began.',
			breaks: 'empirical',
		},
	],
	steps: () => cloneTimes.length + counts.length,
	async *frames(run, _lab, signal) {
		const { params } = run;
		const { d, s } = params;
		const breathe = breather(signal);
		const sets = replicas(run).map((seed) => ({
			points: pointsOf(run, seed),
			stream: random(seed, 'diffusion-speciation/copying'),
		}));
		const asked = { pairs: params.pairs, steps: pathSteps, score: params.score as ScoreOf, s };
		for (const [k, n] of counts.entries()) {
			const at: number[] = [];
			for (const seed of replicas(run)) {
				await breathe();
				const cloud: Cloud = { d, n, s };
				const points = drawCloud(cloud, random(seed, `diffusion-speciation/points/${n}`));
				const open = () => random(seed, `diffusion-speciation/times/${n}`);
				at.push(measuredCollapse(points, d, timeProbes, open));
			}
			yield { step: k + 1, twins: null, time: { n, at } };
		}
		for (const [k, t] of cloneTimes.entries()) {
			const share: number[] = [];
			for (const { points, stream } of sets)
				share.push(await shareCopying(points, d, t, asked, stream, breathe));
			yield { step: counts.length + k + 1, twins: { t, share }, time: null };
		}
	},
	summary({ params, predictions: told }) {
		const cloud = params as Params;
		const [, , time] = told;
		const i = time?.x.indexOf(300) ?? -1;
		return (
			`With ${cloud.n} training points in ${cloud.d} dimensions t_C = ${showNumber(collapseTime(cloud))}; ` +
			`with 300 points every second pair of twins copies the same one if it is cloned at ${showNumber(time?.measured[i] ?? NaN)}, and t_C is ${showNumber(time?.predicted[i] ?? NaN)}.`
		);
	},
});
