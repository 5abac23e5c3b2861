import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { activationRegions, arrangementRegions, planeNet, regionNumbers } from '../inThePlane.ts';
import { expectedRegions, regionsVariance } from '../randomLines.ts';
import { hyperplaneRegions } from '../theory.ts';

type Params = { units: number; depth: number; radius: number; bias: number };
interface RegionsFrame extends Frame {
	readonly units: number;
	/** Regions of each seed's network. */
	readonly counts: readonly number[];
	/** Radius of the disc, and the region of the first seed's network at each point of `raster`. */
	readonly radius: number;
	readonly cells: readonly number[];
}

/** Eight numbers of units up to the largest, each split evenly over the layers. */
function unitCounts({ params: { units, depth } }: Run<Params>): number[] {
	const all = Array.from(
		{ length: 8 },
		(_, i) => depth * Math.max(1, Math.round((units * (i + 1)) / (8 * depth))),
	);
	return [...new Set(all)];
}

/** Standard errors allowed: eight numbers of lines are looked at. */
const z = 3.5;
const reach = ({ params }: Run<Params>) => params.radius / params.bias;
const deviation = (n: number, run: Run<Params>) => Math.sqrt(regionsVariance(n, reach(run)));

/** Points to a side of the picture. */
const raster = 161;
const places = Array.from({ length: raster }, (_, i) => (2 * i) / (raster - 1) - 1);

/** Regions at the points of the raster, row by row; NaN outside the disc. */
function picture(run: Run<Params>, units: number): number[] {
	const { depth, radius, bias } = run.params;
	const inside = places.flatMap((y) => places.map((x) => Math.hypot(x, y) < 1));
	const xs = places.flatMap(() => places).filter((_, i) => inside[i]);
	const ys = places.flatMap((y) => places.map(() => y)).filter((_, i) => inside[i]);
	const points = Float64Array.from([...xs, ...ys], (v) => radius * v);
	const numbers = regionNumbers(planeNet(units / depth, depth, bias, run.seed), points);
	let next = 0;
	return inside.map((yes) => (yes ? (numbers[next++] ?? NaN) : NaN));
}

const oneLayer: Hypothesis<Params> = {
	id: 'one-layer',
	text: 'the network has one hidden layer: its kinks are straight lines',
	broken: ({ params: { depth } }) =>
		depth === 1 ? null : `${depth} hidden layers, whose kinks are bent lines`,
};
const source = {
	cite: 'zaslavsky1975',
	where: 'the count of regions by crossings; its mean and variance are proved in the lesson',
};

const predictions: Prediction<Params, RegionsFrame>[] = [
	{
		id: 'mean',
		title: 'regions in the disc, on average',
		labels: { predicted: 'formula', measured: 'counted' },
		source,
		equation: 'eq:regions',
		panel: 'regions',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) =>
				unitCounts(run).map((n) => [
					n,
					(z * deviation(n, run)) / expectedRegions(n, reach(run)) / Math.sqrt(run.seeds),
				]),
			because: `${z} standard errors of a mean over the seeds, by the exact variance of the count`,
		},
		hypotheses: [oneLayer],
		predict: (run) => {
			const x = unitCounts(run);
			return { x, y: x.map((n) => expectedRegions(n, reach(run))) };
		},
		measure: ({ units, counts }) => ({
			...ensemble(
				[units],
				counts.map((count) => [count]),
			),
			each: undefined,
		}),
	},
	{
		id: 'most',
		title: 'never more than the whole plane has',
		labels: { predicted: 'whole plane', measured: 'counted' },
		source: { cite: 'zaslavsky1975', where: 'Part I' },
		panel: 'regions',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because: 'a bound on integers that holds for every draw: nothing to allow for',
		},
		hypotheses: [oneLayer],
		predict: (run) => {
			const x = unitCounts(run);
			return { x, y: x.map((n) => hyperplaneRegions(n, 2)) };
		},
		measure: ({ units, counts }) =>
			ensemble(
				[units],
				counts.map((count) => [count]),
			),
	},
];

export default defineFigure<Params, RegionsFrame>({
	title: 'Regions of the plane',
	knobs: {
		units: {
			kind: 'number',
			label: 'units',
			symbol: 'n',
			min: 16,
			max: 96,
			step: 8,
			default: 64,
			scale: 'linear',
		},
		depth: {
			kind: 'number',
			label: 'hidden layers they are spread over',
			symbol: 'L',
			min: 1,
			max: 4,
			step: 1,
			default: 1,
			scale: 'linear',
		},
		radius: {
			kind: 'number',
			label: 'radius of the disc',
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
			default: 1,
			scale: 'log',
		},
	},
	seeds: 200,
	reduced: { params: { units: 32 }, seeds: 100 },
	panels: [
		{
			id: 'regions',
			title: 'Regions',
			x: { label: 'units n', scale: 'linear' },
			y: { label: 'regions', scale: 'log' },
		},
	],
	pictures: [
		{
			id: 'cells',
			title: 'Visible cells of the first draw',
			x: { label: 'x₁', scale: 'linear' },
			y: { label: 'x₂', scale: 'linear' },
			colour: { label: 'activation region', kind: 'regions' },
			draw: ({ radius, cells }) => {
				const side = places.map((v) => radius * v);
				return { x: side, y: side, values: cells };
			},
			describe: ({ x, values }) =>
				`${new Set(values.filter((v) => !Number.isNaN(v))).size} cells are visible on ${x.length} × ${x.length} ` +
				'points of the disc; smaller ones fall between the points, so the exact count is higher.',
		},
	],
	predictions,
	presets: [
		{
			id: 'most-crossings',
			label: 'nearly the whole plane',
			values: { radius: 8, bias: 0.1 },
			why: 'The disc is 80 bias scales wide: almost every two lines cross inside it, and the count comes close to that of the whole plane.',
		},
		{
			id: 'keyhole',
			label: 'through a keyhole',
			values: { radius: 0.25, bias: 2 },
			why: 'The disc is an eighth of a bias scale wide: few lines meet it, hardly any two cross in it, and the regions grow like the units, not like their square.',
		},
		{
			id: 'deep',
			label: 'four layers',
			values: { depth: 4 },
			why: 'The same units in four layers: kinks of later layers bend where they meet those of earlier ones, so the formula, which is for straight lines, does not apply. There are not more regions but about a third fewer: later kinks lie further out, as on the line.',
			breaks: 'one-layer',
		},
	],
	steps: (run) => unitCounts(run).length,
	async *frames(run, _lab, signal) {
		const { depth, radius, bias } = run.params;
		const breathe = breather(signal);
		for (const [i, units] of unitCounts(run).entries()) {
			const counts: number[] = [];
			for (let r = 0; r < run.seeds; r++) {
				await breathe();
				const net = planeNet(units / depth, depth, bias, run.seed + r);
				const [first] = net;
				counts.push(
					first && depth === 1 ? arrangementRegions(first, radius) : activationRegions(net, radius),
				);
			}
			yield { step: i + 1, units, counts, radius, cells: picture(run, units) };
		}
	},
	summary({ seeds, params, predictions: told }) {
		const mean = told.find(({ id }) => id === 'mean');
		const show = (value: number | undefined) => showNumber(value ?? NaN);
		return (
			`Over ${seeds} draws ${show(mean?.x.at(-1))} units in ${String(params.depth)} hidden layers cut the disc into ` +
			`${show(mean?.measured.at(-1))} regions on average; the formula for one layer says ${show(mean?.predicted.at(-1))}.`
		);
	},
});
