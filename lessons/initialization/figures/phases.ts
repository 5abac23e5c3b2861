import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Curve,
	type Frame,
	type Grid,
	type Hypothesis,
	type Knobs,
	type Picture,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { memo } from '#theory/memo.ts';
import { layersOf } from '../layerClock.ts';
import { pairs, pairScatter } from '../pairs.ts';
import { phasePlane } from '../phasePlane.ts';
import { chiAtFixedPoint, criticalWeight, fixedPoint, type Start } from '../recursions.ts';
import { correlate } from '../twoInputs.ts';

type Params = {
	weight: number;
	bias: number;
	correlation: number;
	width: number;
	depth: number;
};
type PhasesRun = Run<Params>;
interface PhasesFrame extends Frame {
	/** 1 − c by layer, one row per network: for inputs apart, and for nearly equal ones. */
	readonly apart: readonly number[][];
	readonly near: readonly number[][];
	readonly plane: Grid;
}
type PhasesPrediction = Prediction<Params, PhasesFrame>;

/** 1 − c of two inputs that are nearly the same. */
const tiny = 1e-4;
const z = 3.5;

const startOf = ({ params: { weight, bias } }: PhasesRun): Start => ({
	name: 'tanh',
	weight,
	bias,
});
interface Asked {
	readonly start: Start;
	readonly distance: number;
	readonly depth: number;
}
const distancesOf = memo(
	({ start, distance, depth }: Asked) => pairs(start, distance, depth).map(({ p, e }) => e / p),
	16,
);
const scatterOf = memo(
	({ start, distance, depth }: Asked) => pairScatter(start, distance, depth),
	16,
);
const asked = (run: PhasesRun, distance: number): Asked => ({
	start: startOf(run),
	distance,
	depth: run.params.depth,
});
const apartOf = ({ params }: PhasesRun) => 1 - params.correlation;

/** What one mean of 1 − c may be off, relative. */
function allowance(run: PhasesRun, distance: number): number[] {
	return scatterOf(asked(run, distance)).map(
		(v) => z * Math.sqrt(Math.expm1(v / run.params.width) / run.seeds) + 1 / run.params.width,
	);
}
const because = `${z} standard errors of a mean over the networks, whose scatter at width n is computed layer by layer to first order in 1/n, and 1/n for the shift of the mean`;

const wide: Hypothesis<Params> = {
	id: 'wide',
	text: 'the network is much wider than deep: L/n ≤ 1/8',
	broken: ({ params: { depth, width } }) =>
		depth / width <= 0.125 ? null : `L/n = ${depth}/${width} = ${showNumber(depth / width)} > 1/8`,
};

const knobs: Knobs<Params> = {
	weight: {
		kind: 'number',
		label: 'weight variance',
		symbol: '\\sigma_w^2',
		min: 0.2,
		max: 4,
		default: 4,
		scale: 'linear',
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
	correlation: {
		kind: 'number',
		label: 'correlation of the inputs, in layer 1',
		symbol: 'c_1',
		min: 0,
		max: 0.95,
		default: 0.6,
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
	depth: {
		kind: 'number',
		label: 'layers',
		symbol: 'L',
		min: 2,
		max: 60,
		step: 1,
		default: 32,
		scale: 'linear',
	},
};

const map = { cite: 'poole2016', where: 'Section 2.2, the correlation map' };
const without = (curve: Curve): Curve => ({ ...curve, each: undefined });

const predictions: PhasesPrediction[] = [
	{
		id: 'correlation',
		title: 'the correlation of two inputs, layer by layer',
		labels: { predicted: 'correlation map', measured: 'two inputs' },
		source: map,
		equation: 'eq:map',
		panel: 'correlation',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'absolute',
			within: (run) => {
				const distances = distancesOf(asked(run, apartOf(run)));
				return allowance(run, apartOf(run)).map((a, l) => [l + 1, a * distances[l]! + 1e-12]);
			},
			because,
		},
		hypotheses: [wide],
		predict: (run) => ({
			x: layersOf(run.params.depth),
			y: distancesOf(asked(run, apartOf(run))).map((d) => 1 - d),
		}),
		measure: ({ apart }) =>
			without(
				ensemble(
					layersOf(apart[0]!.length),
					apart.map((row) => row.map((d) => 1 - d)),
				),
			),
	},
	...(['apart', 'near'] as const).map((id): PhasesPrediction => {
		const distance = (run: PhasesRun) => (id === 'apart' ? apartOf(run) : tiny);
		return {
			id,
			title:
				id === 'apart'
					? 'how far two inputs are from being the same'
					: 'how far two nearly equal inputs are from being the same',
			labels: {
				predicted: id === 'apart' ? 'map, from 1 − c₁' : 'map, from 10⁻⁴',
				measured: id === 'apart' ? 'two inputs' : 'nearly equal inputs',
			},
			source: id === 'apart' ? map : { cite: 'schoenholz2017', where: 'Section 3, depth scales' },
			equation: 'eq:map',
			panel: 'distance',
			draws: 'replace',
			claim: {
				kind: 'limit',
				of: 'n → ∞',
				gap: 'relative',
				within: (run) => allowance(run, distance(run)).map((a, l) => [l + 1, a]),
				because,
			},
			hypotheses: [wide],
			predict: (run) => ({
				x: layersOf(run.params.depth),
				y: distancesOf(asked(run, distance(run))),
			}),
			measure: (frame) => {
				const rows = frame[id];
				return without(ensemble(readable(rows), rows));
			},
		};
	}),
];

/** Layers before rounding takes over: 1 − c below 10⁻²⁴ is the square of what a float64 cannot hold. */
function readable(rows: readonly number[][]): number[] {
	const from = rows[0]!.findIndex((_, l) => mean(rows.map((row) => row[l]!)) < 1e-24);
	return layersOf(from < 0 ? rows[0]!.length : from);
}

const picture: Picture<PhasesFrame> = {
	id: 'plane',
	title: 'Order and chaos; the ring is your point',
	x: { label: 'weight variance', scale: 'linear' },
	y: { label: 'bias variance', scale: 'linear' },
	colour: { label: 'ln χ', kind: 'signed', domain: [-0.3, 0.3] },
	knobs: { x: 'weight', y: 'bias' },
	draw: ({ plane }) => plane,
	describe: ({ x, y, values }) => {
		const crossings = [0, 8, 20].map((j) => {
			const row = values.slice(j * x.length, (j + 1) * x.length);
			const i = row.findIndex((v) => v > 0);
			return `σ_w² = ${showNumber(x[i] ?? NaN)} at σ_b² = ${showNumber(y[j] ?? NaN)}`;
		});
		return (
			`On the left ln χ is negative, which is order; on the right it is positive, which is chaos. It turns positive near ` +
			`${crossings.join(', ')}: the more bias, the more weight it takes.`
		);
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'order',
		label: 'order',
		values: { weight: 1 },
		why: 'χ = 0.76. Two inputs, however different, become the same: after twenty layers the network has forgotten which of them it was shown. Both curves fall in parallel, by χ in each layer.',
	},
	{
		id: 'edge',
		label: 'the edge',
		values: { weight: 1.76095 },
		why: 'χ = 1. The nearly equal inputs stay as near as they were; inputs apart merge, but slowly, by a power of the depth and not exponentially.',
	},
	{
		id: 'mild',
		label: 'mild chaos',
		values: { weight: 2.5 },
		why: 'χ = 1.13, c* = 0.45. The small difference grows by 13 % in each layer and would need some eighty layers to become as large as any; inputs apart drift towards c* with ξ = 11.8 layers.',
	},
	{
		id: 'narrow',
		label: 'deep and narrow',
		values: { width: 32, depth: 60 },
		why: 'The map is a law of large numbers over the units of a layer. With 32 of them each layer errs by a tenth and more, the errors add up over sixty layers, and single networks go their own ways.',
		breaks: 'wide',
	},
];

/** Networks between two frames. */
const chunk = 2;

export default defineFigure<Params, PhasesFrame>({
	title: 'Order, chaos and the edge',
	knobs,
	seeds: 16,
	reduced: { params: { width: 96, depth: 10 }, seeds: 12 },
	panels: [
		{
			id: 'correlation',
			title: 'Two inputs',
			x: { label: 'layer l', scale: 'linear' },
			y: { label: 'correlation c', scale: 'linear' },
		},
		{
			id: 'distance',
			title: 'How different they still are',
			x: { label: 'layer l', scale: 'linear' },
			y: { label: '1 − c', scale: 'log' },
		},
	],
	predictions,
	pictures: [picture],
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { weight, bias, width, depth } = run.params;
		const breathe = breather(signal);
		const plane = phasePlane(null);
		const setting = { width, depth, weight, bias, p: fixedPoint(startOf(run)) };
		const [apart, near]: [number[][], number[][]] = [[], []];
		for (let r = 0; r < run.seeds; r++) {
			const distances = [apartOf(run), tiny];
			const [a, b] = await correlate({ ...setting, distances }, run.seed + r, breathe);
			apart.push(a!);
			near.push(b!);
			if ((r + 1) % chunk === 0 || r === run.seeds - 1)
				yield { step: r + 1, apart: [...apart], near: [...near], plane };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const { weight, bias } = params as Params;
		const chi = chiAtFixedPoint({ name: 'tanh', weight, bias });
		const correlation = told.find(({ id }) => id === 'correlation');
		return (
			`At σ_w² = ${showNumber(weight)} and σ_b² = ${showNumber(bias)} χ is ${showNumber(chi)}; the edge lies at ` +
			`σ_w² = ${showNumber(criticalWeight(bias))}. Over ${seeds} networks the correlation ends at ` +
			`${showNumber(correlation?.measured.at(-1) ?? NaN)}, where theory says ${showNumber(correlation?.predicted.at(-1) ?? NaN)}.`
		);
	},
});
