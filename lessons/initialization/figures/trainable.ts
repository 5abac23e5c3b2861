import {
	defineFigure,
	mean,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Picture,
	type Prediction,
	type Preset,
} from '#contract';
import { split } from '#theory/arrays.ts';
import {
	crossing,
	depthsOf,
	sixScales,
	trainableJob,
	weightsOf,
	type TrainableParams,
} from '../trainability.ts';

interface TrainableFrame extends Frame {
	readonly weights: readonly number[];
	/** Depths that have been trained, and the final losses there: one row per σ_w², one entry per seed. */
	readonly depths: readonly number[];
	readonly losses: readonly (readonly number[][])[];
}
type TrainablePrediction = Prediction<TrainableParams, TrainableFrame>;

/** The loss of a network that gives all inputs the same value, and half of it. */
const blind = 0.5;
const half = blind / 2;
/** A loss beyond this counts as diverged, and as not trained. */
const lost = 10;

const knobs: Knobs<TrainableParams> = {
	weights: {
		kind: 'list',
		label: 'weight variances',
		symbol: '\\sigma_w^2',
		min: 0.2,
		max: 4,
		most: 9,
		default: [0.4, 0.6, 0.8, 1, 1.76, 2.5, 4],
	},
	bias: {
		kind: 'number',
		label: 'bias variance',
		symbol: '\\sigma_b^2',
		min: 0.01,
		max: 1,
		default: 0.05,
		scale: 'linear',
	},
	deepest: {
		kind: 'choice',
		label: 'deepest network',
		options: { 9: '9', 13: '13', 20: '20', 30: '30', 45: '45' },
		default: '30',
	},
	rate: {
		kind: 'number',
		label: 'step size times depth',
		symbol: '\\eta L',
		min: 0.03,
		max: 3,
		default: 0.3,
		scale: 'log',
	},
	steps: {
		kind: 'number',
		label: 'steps',
		symbol: 'T',
		min: 30,
		max: 1500,
		step: 30,
		default: 150,
		scale: 'log',
	},
};

const budget: Hypothesis<TrainableParams> = {
	id: 'budget',
	text: 'the patience for which the rule was tried: ηL · T = 45',
	broken: ({ params: { rate, steps } }) =>
		Math.abs((rate * steps) / 45 - 1) < 1e-9
			? null
			: `ηL · T = ${showNumber(rate * steps)}, not 45`,
};
const tried: Hypothesis<TrainableParams> = {
	id: 'tried',
	text: 'variances for which it was tried: σ_w² ≥ 0.3, and σ_b² from 0.05 to 0.2',
	broken: (run) => {
		const { bias } = run.params;
		const least = weightsOf(run)[0]!;
		if (least < 0.3) return `σ_w² = ${showNumber(least)} < 0.3`;
		if (bias < 0.05) return `σ_b² = ${showNumber(bias)} < 0.05`;
		return bias > 0.2 ? `σ_b² = ${showNumber(bias)} > 0.2` : null;
	},
};
const withinReach: Hypothesis<TrainableParams> = {
	id: 'reach',
	text: 'a border lies within the depths that are tried: 4 ≤ 6ξ and 1.7 · 6ξ ≤ the deepest, for one σ_w² at least',
	broken: (run) => {
		const { bias, deepest } = run.params;
		const scales = weightsOf(run).map((weight) => sixScales({ weight, bias }));
		return scales.some((six) => six >= 4 && 1.7 * six <= Number(deepest))
			? null
			: `6ξ = ${scales.map(showNumber).join(', ')}, and depths from 4 to ${deepest}`;
	},
};
const short: Hypothesis<TrainableParams> = {
	id: 'short',
	text: 'steps no longer than were tried: ηL ≤ 1',
	broken: ({ params: { rate } }) => (rate <= 1 ? null : `ηL = ${showNumber(rate)} > 1`),
};

/** Mean loss over the seeds, cut at what counts as diverged. */
const typical = (losses: readonly number[]) =>
	mean(losses.map((loss) => (loss < lost ? loss : lost)));

const predictions: TrainablePrediction[] = [
	{
		id: 'depth',
		title: 'a rule of thumb, an experiment and not a theorem: trainable up to six depth scales',
		labels: { predicted: '6ξ', measured: 'half of the loss is left' },
		source: { cite: 'schoenholz2017', where: 'the experiments on trainability' },
		equation: 'eq:six',
		panel: 'depth',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: () => 0.7,
			because:
				'a finding, not a theorem: over 24 seeds, three at a time, the loss was halved up to 1.08 to 1.61 times 6ξ at eight σ_w² from 0.3 to 1; with σ_b² = 0.2 up to 1.08 to 1.55 times',
		},
		hypotheses: [budget, tried, withinReach],
		predict: (run) => {
			const dense = Array.from({ length: 77 }, (_, i) => (4 + i) / 20);
			const x = [...new Set([...dense, ...weightsOf(run)])].sort((a, b) => a - b);
			const { bias } = run.params;
			return { x, y: x.map((weight) => Math.min(1000, sixScales({ weight, bias }))) };
		},
		measure: ({ weights, depths, losses }) => {
			const found = weights.map((x, k) => ({
				x,
				y: crossing(
					depths,
					losses.map((rows) => typical(rows[k]!)),
					half,
				),
			}));
			const seen = found.filter(({ y }) => !Number.isNaN(y));
			return { x: seen.map(({ x }) => x), y: seen.map(({ y }) => y) };
		},
	},
	{
		id: 'finite',
		title: 'runs that stay finite',
		labels: { predicted: 'all', measured: 'finite runs' },
		source: { cite: 'schoenholz2017', where: 'the experiments on trainability' },
		panel: 'finite',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 0,
			because:
				'found by experiment: over 24 seeds, nine σ_w² and depths up to 30 no loss ended above 0.51, and over 3 seeds none above 0.6 at depth 45',
		},
		hypotheses: [short],
		predict: (run) => ({ x: weightsOf(run), y: weightsOf(run).map(() => 1) }),
		measure: ({ weights, losses }) => ({
			x: weights,
			y: weights.map((_, k) =>
				mean(losses.flatMap((rows) => rows[k]!.map((loss) => (loss < lost ? 1 : 0)))),
			),
		}),
	},
];

const picture: Picture<TrainableFrame> = {
	id: 'losses',
	title: 'What is left of the loss',
	x: { label: 'weight variance', scale: 'log' },
	y: { label: 'layers L', scale: 'log' },
	colour: { label: 'loss after training', kind: 'magnitude', domain: [0, blind] },
	draw: ({ weights, depths, losses }) => ({
		x: weights,
		y: depths,
		values: losses.flatMap((rows) => rows.map(typical)),
	}),
	describe: ({ x, y, values }) => {
		const told = x.map((weight, i) => {
			const trained = y.filter((_, j) => (values[j * x.length + i] ?? NaN) < half).at(-1);
			return `${trained ?? 'none'} at σ_w² = ${showNumber(weight)}`;
		});
		return `The deepest networks that halve the loss, of depths ${y.join(', ')}: ${told.join('; ')}.`;
	},
};

const presets: Preset<TrainableParams>[] = [
	{
		id: 'order',
		label: 'order, more closely',
		values: { weights: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] },
		why: 'The border follows the curve over a factor of four in depth. A constant other than six would do as well for another patience; that it is a constant times ξ is the finding.',
	},
	{
		id: 'deep',
		label: 'chaos as well',
		values: { deepest: '45', weights: [0.4, 1, 1.76, 2.5, 4] },
		why: 'At σ_w² = 4 six depth scales are 42 layers, and at 45 training fails there too: nearly equal inputs arrive as strangers, gradients are huge, and steps that suit one layer throw another about. On the edge, where ξ is infinite, 45 layers are learnt.',
	},
	{
		id: 'patience',
		label: 'four times the patience',
		values: { steps: 600, deepest: '20' },
		why: 'The gradient that reaches the bottom shrinks exponentially with the depth, so four times the steps buy a depth that grows by an addition and not by a factor of four: the border moves from about 1.3 to about 1.85 times 6ξ.',
		breaks: 'budget',
	},
	{
		id: 'long',
		label: 'steps too long',
		values: { rate: 3, steps: 60, deepest: '20', weights: [0.4, 0.6, 1, 1.76, 4] },
		why: 'Ten times the step, and four times the patience. Half of the runs diverge: a third of those at σ_w² = 0.4, and three quarters at 1.76, where signals pass best. The depth scale says what can be learnt and not with which steps.',
		breaks: ['budget', 'short'],
	},
];

export default defineFigure<TrainableParams, TrainableFrame>({
	title: 'How deep can it be trained?',
	knobs,
	seeds: 3,
	reduced: { params: { weights: [0.3], deepest: '9' }, seeds: 2 },
	panels: [
		{
			id: 'depth',
			title: 'Trainable depth',
			x: { label: 'weight variance', scale: 'linear' },
			y: { label: 'layers L', scale: 'log' },
		},
		{
			id: 'finite',
			title: 'Runs that stay finite',
			x: { label: 'weight variance', scale: 'linear' },
			y: { label: 'share', scale: 'linear', domain: [0, 1.05] },
		},
	],
	predictions,
	pictures: [picture],
	presets,
	steps: (run) => depthsOf(run).length * run.params.steps,
	async *frames(run, lab, signal) {
		const weights = weightsOf(run);
		const { steps } = run.params;
		const depths: number[] = [];
		const losses: number[][][] = [];
		for (const depth of depthsOf(run)) {
			signal.throwIfAborted();
			const session = await lab.open(trainableJob(run, depth));
			try {
				await session.advance(steps);
				const loss = await session.probe({ kind: 'loss' });
				losses.push(split(loss, weights.length).map((row) => Array.from(row)));
			} finally {
				session.dispose();
			}
			depths.push(depth);
			yield { step: depths.length * steps, weights, depths: [...depths], losses: [...losses] };
		}
	},
	summary({ seeds, predictions: told }) {
		const depth = told.find(({ id }) => id === 'depth');
		const finite = told.find(({ id }) => id === 'finite');
		const each = (depth?.x ?? []).map(
			(weight, i) =>
				`${showNumber(depth?.measured[i] ?? NaN)} at σ_w² = ${showNumber(weight)} (6ξ = ${showNumber(depth?.predicted[i] ?? NaN)})`,
		);
		const share = mean(finite?.measured ?? []);
		return (
			`Over ${seeds} seeds, networks halve the loss up to a depth of ${each.join(', ') || 'more than was tried'}. ` +
			(share < 1
				? `A share of ${showNumber(1 - share)} of the runs diverged and counts as not trained.`
				: 'No run diverged.')
		);
	},
});
