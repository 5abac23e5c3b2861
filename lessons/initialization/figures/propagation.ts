import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
	type Tolerance,
} from '#contract';
import { memo } from '#theory/memo.ts';
import { activationOf, activations } from '../activations.ts';
import { layersOf } from '../layerClock.ts';
import { propagate, type Law } from '../networks.ts';
import { gradients, signals, type Start } from '../recursions.ts';
import { scatter } from '../scatter.ts';

type Params = {
	activation: string;
	weights: readonly number[];
	bias: number;
	depth: number;
	width: number;
	law: string;
};
/** Of each σ_w², one row per network so far: mean squares by layer. */
interface PropagationFrame extends Frame {
	readonly signal: readonly number[][][];
	readonly gradient: readonly number[][][];
}
type PropagationPrediction = Prediction<Params, PropagationFrame>;
type PropagationRun = Run<Params>;

/** Weight variances side by side. */
const most = 3;

const knobs: Knobs<Params> = {
	activation: {
		kind: 'choice',
		label: 'activation',
		symbol: '\\varphi',
		options: Object.fromEntries(Object.entries(activations).map(([id, { name }]) => [id, name])),
		default: 'tanh',
	},
	weights: {
		kind: 'list',
		label: 'weight variances, times n',
		symbol: '\\sigma_w^2',
		min: 0.2,
		max: 4,
		most,
		default: [0.3333, 1, 2],
	},
	bias: {
		kind: 'number',
		label: 'bias variance',
		symbol: '\\sigma_b^2',
		min: 0,
		max: 1,
		default: 0,
		scale: 'linear',
	},
	depth: {
		kind: 'number',
		label: 'layers',
		symbol: 'L',
		min: 2,
		max: 60,
		step: 1,
		default: 20,
		scale: 'linear',
	},
	width: {
		kind: 'number',
		label: 'width',
		symbol: 'n',
		min: 32,
		max: 512,
		step: 1,
		default: 256,
		scale: 'log',
	},
	law: {
		kind: 'choice',
		label: 'weights',
		options: { normal: 'normal', uniform: 'uniform' },
		default: 'normal',
	},
};

/** The start of the i-th curve; a shorter list begins again. */
function startOf({ params: { activation, weights, bias } }: PropagationRun, i: number): Start {
	return { name: activation, weight: weights[i % weights.length]!, bias };
}
const signalsOf = memo(
	({ start, depth }: { start: Start; depth: number }) => signals(start, depth),
	16,
);
const gradientsOf = memo(
	({ start, depth }: { start: Start; depth: number }) => gradients(start, depth),
	16,
);
const scatterOf = memo(
	({ start, depth }: { start: Start; depth: number }) => scatter(start, depth),
	16,
);

/** Standard errors allowed: a verdict looks at twenty layers. */
const z = 3.5;

function allowance(run: PropagationRun, i: number, of: 'signal' | 'gradient'): Tolerance {
	const { depth, width } = run.params;
	const { [of]: variance, shift } = scatterOf({ start: startOf(run, i), depth });
	return variance.map((v, l) => {
		const error = z * Math.sqrt(Math.expm1(v / width) / run.seeds);
		return [l + 1, error + (of === 'signal' ? Math.abs(shift[l]!) / width : 0)];
	});
}

const wide: Hypothesis<Params> = {
	id: 'wide',
	text: 'the network is much wider than deep: L/n ≤ 1/10',
	broken: ({ params: { depth, width } }) =>
		depth / width <= 0.1 ? null : `L/n = ${depth}/${width} = ${showNumber(depth / width)} > 1/10`,
};

/** What the curves of each panel are computed by, and after whom. */
const recursions = {
	signal: {
		source: { cite: 'poole2016', where: 'Section 2.1, the length map' },
		equation: 'eq:signal',
	},
	gradient: {
		source: { cite: 'schoenholz2017', where: 'Section 4, gradients at large width' },
		equation: 'eq:gradient',
	},
};

function curve(i: number, of: 'signal' | 'gradient'): PropagationPrediction {
	const which = ['first', 'second', 'third'][i] ?? '';
	const isSignal = of === 'signal';
	return {
		id: `${of}-${i + 1}`,
		title: isSignal
			? `the signal, layer by layer, at the ${which} variance`
			: `the gradient, layer by layer, at the ${which} variance`,
		labels: {
			predicted: `theory, ${which} variance`,
			measured: `networks, ${which} variance`,
		},
		...recursions[of],
		panel: of,
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'relative',
			within: (run) => allowance(run, i, of),
			because: isSignal
				? `${z} standard errors of a mean over the networks, whose scatter at width n is computed layer by layer to first order in 1/n, and the shift of the mean to the same order`
				: `${z} standard errors of a mean over the networks, whose scatter at width n is computed layer by layer to first order in 1/n`,
		},
		hypotheses: [wide],
		predict: (run) => {
			const at = { start: startOf(run, i), depth: run.params.depth };
			return { x: layersOf(at.depth), y: (isSignal ? signalsOf : gradientsOf)(at) };
		},
		measure: (frame) => {
			const rows = frame[of][i % frame[of].length]!;
			return { ...ensemble(layersOf(rows[0]!.length), rows), each: undefined };
		},
	};
}

const presets: Preset<Params>[] = [
	{
		id: 'he',
		label: 'ReLU: Glorot and He',
		values: { activation: 'relu', weights: [1, 2, 3] },
		why: 'A rectifier halves every mean square, on the way up and on the way down. Only σ_w² = 2, He’s rule, makes up for it; at 1 both signal and gradient lose a factor of two in each layer, at 3 both gain one and a half.',
	},
	{
		id: 'sigmoid',
		label: 'sigmoid',
		values: { activation: 'sigmoid', weights: [1, 4] },
		why: 'The signal is fine: a sigmoid never falls silent, as it is ½ at 0. Its slope is at most ¼, and the gradient loses a factor of 16/σ_w² or more in each layer.',
	},
	{
		id: 'linear',
		label: 'linear units',
		values: { activation: 'linear', weights: [0.3333, 1, 2] },
		why: 'The case that Glorot and Bengio computed: both factors are σ_w² exactly, and straight lines they stay.',
	},
	{
		id: 'uniform',
		label: 'uniform weights',
		values: { law: 'uniform' },
		why: 'Only the variance of the weights enters: sums of many independent terms are normal, whatever the terms are. Glorot and Bengio drew theirs from a uniform law.',
	},
	{
		id: 'narrow',
		label: 'deep and narrow',
		values: { activation: 'relu', weights: [2], width: 32, depth: 60 },
		why: 'At width 32 the mean over networks is carried by a few of them, the scatter of one exceeds its mean many times over, and no reasonable number of networks settles it.',
		breaks: 'wide',
	},
];

/** Networks between two frames. */
const chunk = 4;

export default defineFigure<Params, PropagationFrame>({
	title: 'Signals up, gradients down',
	knobs,
	seeds: 48,
	reduced: { params: { width: 96, depth: 8 }, seeds: 24 },
	panels: [
		{
			id: 'signal',
			title: 'Signal',
			x: { label: 'layer l', scale: 'linear' },
			y: { label: 'mean of z²', scale: 'log' },
		},
		{
			id: 'gradient',
			title: 'Gradient',
			x: { label: 'layer l', scale: 'linear' },
			y: { label: 'mean of (∂f/∂z)²', scale: 'log' },
		},
	],
	predictions: [0, 1, 2].flatMap((i) => [curve(i, 'signal'), curve(i, 'gradient')]),
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { activation, weights, bias, depth, width, law } = run.params;
		const breathe = breather(signal);
		const starts = weights.map((weight) => ({ weight, bias }));
		const sizes = { width, depth, law: law as Law };
		const all = starts.map(() => ({ signal: [] as number[][], gradient: [] as number[][] }));
		for (let r = 0; r < run.seeds; r++) {
			const seen = await propagate(sizes, activationOf(activation), starts, run.seed + r, breathe);
			seen.forEach((one, k) => {
				all[k]!.signal.push(one.signal);
				all[k]!.gradient.push(one.gradient);
			});
			if ((r + 1) % chunk !== 0 && r > 0 && r < run.seeds - 1) continue;
			const step = r + 1;
			const of = (id: 'signal' | 'gradient') => all.map((rows) => [...rows[id]]);
			yield { step, signal: of('signal'), gradient: of('gradient') };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const weights = params.weights as readonly number[];
		const each = weights.map((weight, i) => {
			const [q, g] = ['signal', 'gradient'].map((id) =>
				told.find((one) => one.id === `${id}-${i + 1}`),
			);
			return (
				`at σ_w² = ${showNumber(weight)} the signal ends at ${showNumber(q?.measured.at(-1) ?? NaN)} ` +
				`(theory ${showNumber(q?.predicted.at(-1) ?? NaN)}) and the gradient at ${showNumber(g?.measured[0] ?? NaN)} ` +
				`(theory ${showNumber(g?.predicted[0] ?? NaN)})`
			);
		});
		return `Over ${seeds} networks of ${String(params.depth)} layers: ${each.join('; ')}.`;
	},
});
