import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	showPercent,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Tolerance,
} from '#contract';
import {
	depthAllowance,
	growingNet,
	lag,
	layerAllowance,
	spreadOver,
	startOf,
	unitsOf,
	widthsOf,
	type KinksParams,
	type KinksRun,
} from '../kinks.ts';
import { expectedKinks, kinksPerUnit } from '../theory.ts';

/** One layer more, or one more way of spreading the units; one entry per seed. */
interface KinksFrame extends Frame {
	readonly depth: number;
	/** Kinks of the network so far, and per unit of its last layer. */
	readonly grown?: { readonly kinks: readonly number[]; readonly perUnit: readonly number[] };
	/** Kinks per unit with all units spread over `depth` layers. */
	readonly spread?: readonly number[];
}

const nothing: Curve = { x: [], y: [] };
const counting = (x: number, values: readonly number[] | undefined): Curve =>
	values
		? {
				...ensemble(
					[x],
					values.map((v) => [v]),
				),
				each: undefined,
			}
		: { ...nothing, low: [], high: [] };

/** Expected kinks per unit with all units spread over d layers. */
function perUnit(d: number, run: KinksRun): number {
	const widths = Array<number>(d).fill(unitsOf(run) / d);
	return expectedKinks(widths, run.params.radius, startOf(run)) / unitsOf(run);
}

const depths = ({ params }: KinksRun) => Array.from({ length: params.depth }, (_, l) => l + 1);
const table = (x: readonly number[], within: (x: number) => number): Tolerance =>
	x.map((at) => [at, within(at)]);

/** The lag of finite width beyond which the limit is not spoken of. */
const mostLag = 0.1;
const wide = (
	shape: (run: KinksRun) => { width: number; depth: number },
): Hypothesis<KinksParams> => ({
	id: 'width',
	text: 'the layers are wide: the lag behind infinite width, measured as up to 0.4 (L − 1)/n, is below 10 %',
	broken: (run) => {
		const { width, depth } = shape(run);
		const away = lag(width, depth);
		return away < mostLag
			? null
			: `${depth} layers of width ${width} may lag by ${showPercent(away)} behind infinite width`;
	},
});
const asDrawn = wide(({ params }) => params);
const atDeepest = wide((run) => ({ width: unitsOf(run) / 8, depth: 8 }));

const rice = { cite: 'rice1945', where: 'Section 3.3, the zeros of a Gaussian process' };
const because =
	'the lag of finite width, 0.4 (L − 1)/n, and 3.5 standard errors; both are envelopes measured over 100 to 1000 ' +
	'networks at twelve settings';

const predictions: Prediction<KinksParams, KinksFrame>[] = [
	{
		id: 'kinks',
		title: 'kinks of a random network, layer after layer',
		labels: { predicted: 'formula', measured: 'counted' },
		source: rice,
		equation: 'eq:kinks',
		panel: 'depth',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'width → ∞',
			gap: 'relative',
			within: (run) => table(depths(run), (d) => depthAllowance(run.params.width, d, run)),
			because,
		},
		hypotheses: [asDrawn],
		predict: (run) => ({
			x: depths(run),
			y: depths(run).map((d) => expectedKinks(widthsOf(run, d), run.params.radius, startOf(run))),
		}),
		measure: ({ depth, grown }) => counting(depth, grown?.kinks),
	},
	{
		id: 'per-unit',
		title: 'kinks per unit, in each layer',
		labels: { predicted: 'arctan law', measured: 'counted' },
		source: rice,
		equation: 'eq:arctan',
		panel: 'layer',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'width → ∞',
			gap: 'relative',
			within: (run) => table(depths(run), (l) => layerAllowance(l, run)),
			because: because.replace('0.4 (L − 1)/n', '(l − 1)/n for layer l'),
		},
		hypotheses: [asDrawn],
		predict: (run) => ({
			x: depths(run),
			y: depths(run).map((l) => kinksPerUnit(l, run.params.radius, startOf(run))),
		}),
		measure: ({ depth, grown }) => counting(depth, grown?.perUnit),
	},
	{
		id: 'spread',
		title: 'the same units, spread over more layers',
		labels: { predicted: 'formula', measured: 'counted' },
		source: rice,
		equation: 'eq:kinks',
		panel: 'spread',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'width → ∞',
			gap: 'relative',
			within: (run) => table(spreadOver, (d) => depthAllowance(unitsOf(run) / d, d, run)),
			because,
		},
		hypotheses: [atDeepest],
		predict: (run) => ({
			x: spreadOver,
			y: spreadOver.map((d) => perUnit(d, run)),
		}),
		measure: ({ depth, spread }) => counting(depth, spread),
	},
];

export default defineFigure<KinksParams, KinksFrame>({
	title: 'Kinks of random networks',
	knobs: {
		width: {
			kind: 'number',
			label: 'units per layer',
			symbol: 'n',
			min: 8,
			max: 128,
			step: 8,
			default: 64,
			scale: 'log',
		},
		depth: {
			kind: 'number',
			label: 'hidden layers',
			symbol: 'L',
			min: 1,
			max: 8,
			step: 1,
			default: 4,
			scale: 'linear',
		},
		radius: {
			kind: 'number',
			label: 'half the interval',
			symbol: 'R',
			min: 0.25,
			max: 8,
			step: 0.25,
			default: 2,
			scale: 'log',
		},
		bias: {
			kind: 'number',
			label: 'scale of the biases',
			symbol: '\\sigma_b',
			min: 0.1,
			max: 2,
			step: 0.1,
			default: 0.5,
			scale: 'log',
		},
	},
	seeds: 128,
	reduced: { params: {}, seeds: 24 },
	panels: [
		{
			id: 'depth',
			title: 'Deeper and larger',
			x: { label: 'hidden layers, n units each', scale: 'linear', discrete: true },
			y: { label: 'kinks on [−R, R]', scale: 'linear' },
		},
		{
			id: 'spread',
			title: 'Deeper at equal size',
			x: { label: 'hidden layers, nL units in all', scale: 'log' },
			y: { label: 'kinks per unit', scale: 'linear', domain: [0, 1.2] },
		},
		{
			id: 'layer',
			title: 'Layer by layer',
			x: { label: 'layer l', scale: 'linear', discrete: true },
			y: { label: 'kinks per unit', scale: 'linear', domain: [0, 1.2] },
		},
	],
	predictions,
	presets: [
		{
			id: 'whole-line',
			label: 'nearly the whole line',
			values: { radius: 8, bias: 0.1 },
			why: 'The interval is 160 bias scales long, and nearly every unit of every layer has found its one kink.',
		},
		{
			id: 'keyhole',
			label: 'through a keyhole',
			values: { radius: 0.25, bias: 2 },
			why: 'A short interval and large biases: a unit passes through zero here with probability 0.08 in the first layer, and less in each later one.',
		},
		{
			id: 'narrow',
			label: 'narrow and deep',
			values: { width: 8, depth: 8 },
			why: 'Eight layers of eight units are far from Gaussian: some networks die out on part of the line, and the count falls a fifth or more behind the formula.',
			breaks: 'width',
		},
	],
	steps: ({ params }) => params.depth + spreadOver.length,
	async *frames(run, _lab, signal) {
		const { width, depth } = run.params;
		const seeds = Array.from({ length: run.seeds }, (_, r) => run.seed + r);
		const breathe = breather(signal);
		const nets = seeds.map((seed) => growingNet(width, run, seed));
		const kinks = seeds.map(() => 0);
		for (let l = 1; l <= depth; l++) {
			const perUnit: number[] = [];
			for (const [r, net] of nets.entries()) {
				await breathe();
				const more = net();
				kinks[r] = (kinks[r] ?? 0) + more;
				perUnit.push(more / width);
			}
			yield { step: l, depth: l, grown: { kinks: [...kinks], perUnit } };
		}
		for (const [i, d] of spreadOver.entries()) {
			const spread: number[] = [];
			for (const seed of seeds) {
				const net = growingNet(unitsOf(run) / d, run, seed + run.seeds);
				let sum = 0;
				for (let l = 0; l < d; l++) {
					await breathe();
					sum += net();
				}
				spread.push(sum / unitsOf(run));
			}
			yield { step: depth + i + 1, depth: d, spread };
		}
	},
	summary({ seeds, predictions: told }) {
		const of = (id: string) => told.find((one) => one.id === id);
		const show = (value: number | undefined) => showNumber(value ?? NaN);
		const [grown, spread] = [of('kinks'), of('spread')];
		return (
			`Over ${seeds} random networks ${show(grown?.x.at(-1))} layers have ${show(grown?.measured.at(-1))} kinks on average; ` +
			`the formula says ${show(grown?.predicted.at(-1))}. The same units in one layer have ${show(spread?.measured[0])} kinks each, ` +
			`in ${show(spread?.x.at(-1))} layers ${show(spread?.measured.at(-1))}.`
		);
	},
});
