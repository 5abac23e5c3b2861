import {
	defineFigure,
	mean,
	quantile,
	showNumber,
	showPercent,
	type Curve,
	type Frame,
	type Grid,
	type Hypothesis,
	type Knobs,
	type Lab,
	type Picture,
	type Prediction,
	type Preset,
} from '#contract';
import { along, blocksOf, drawDirection, type Block } from '../directions.ts';
import { blank, isBlank } from '../blank.ts';
import { lossesAt } from '../losses.ts';
import { netOf, parametersOf, trainingJob, wave } from '../network.ts';
import {
	allowanceBecause,
	curvatureAllowance,
	directionStream,
	distances,
	settingOf,
	toldOf,
	type SliceParams,
	type SliceRun,
} from '../slices.ts';

interface SliceFrame extends Frame {
	/** The loss at the trained networks, mean over the seeds. */
	readonly centre: number;
	/** L(a) and L(−a) at each of `distances`, one row per seed and direction so far. */
	readonly right: readonly number[][];
	readonly left: readonly number[][];
	/** The loss over the plane of two directions, of the first seed. */
	readonly plane: Grid;
}
type SlicePrediction = Prediction<SliceParams, SliceFrame>;

const knobs: Knobs<SliceParams> = {
	width: {
		kind: 'number',
		label: 'width',
		symbol: 'm',
		min: 4,
		max: 24,
		step: 1,
		default: 12,
		scale: 'linear',
	},
	activation: {
		kind: 'choice',
		label: 'activation',
		options: { tanh: 'tanh', relu: 'ReLU' },
		default: 'tanh',
	},
	normalisation: {
		kind: 'choice',
		label: 'directions',
		options: {
			filter: 'normalised by filter',
			layer: 'normalised by layer',
			raw: 'raw',
		},
		default: 'filter',
	},
	directions: {
		kind: 'number',
		label: 'directions',
		symbol: 'D',
		min: 1,
		max: 400,
		step: 1,
		default: 200,
		scale: 'linear',
	},
	steps: {
		kind: 'number',
		label: 'training steps',
		symbol: 'T',
		min: 0,
		max: 3000,
		step: 100,
		default: 1500,
		scale: 'linear',
	},
};

const smooth: Hypothesis<SliceParams> = {
	id: 'smooth',
	text: 'the loss is four times differentiable: the activation is smooth',
	broken: ({ params }) =>
		params.activation === 'tanh'
			? null
			: 'the ReLU has a kink at 0, and slices cross kinks as near to the network as they like',
};

const settled: Hypothesis<SliceParams> = {
	id: 'trained',
	text: 'the network is trained, T ≥ 300: how fast slices leave their parabola was measured there',
	broken: ({ params: { steps } }) => (steps >= 300 ? null : `T = ${steps} < 300`),
};

/** (L(a) + L(−a))/2 at each distance, mean over seeds and directions. */
function halves({ left, right }: SliceFrame): number[] {
	return distances.map((_, i) => mean(right.map((row, d) => (row[i]! + left[d]![i]!) / 2)));
}

const li = {
	cite: 'li2018vis',
	where: 'Section 4 for the directions; the law is proved in the lesson',
};

const predictions: SlicePrediction[] = [
	{
		id: 'slice',
		title: 'the mean slice, against its parabola',
		labels: { predicted: 'parabola', measured: 'mean slice' },
		source: li,
		equation: 'eq:taylor',
		panel: 'slice',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'a → 0',
			gap: 'absolute',
			within: (run) =>
				[-1, ...tenths.slice(1)].map((a) => [
					a,
					(a ** 2 / 2) * curvatureAllowance(run, Math.abs(a)) + 1e-9,
				]),
			because: `half of a² times what the curvature is allowed: ${allowanceBecause}; and rounding`,
		},
		hypotheses: [smooth, settled],
		predict: (run) => {
			const told = toldOf(run);
			const x = Array.from({ length: 81 }, (_, i) => (i - 40) / 40);
			const loss = mean(told.map((t) => t.loss));
			const curvature = mean(told.map((t) => t.curvature));
			return { x, y: x.map((a) => loss + (a * a * curvature) / 2) };
		},
		measure: (frame): Curve => {
			const middle = halves(frame);
			const place = (a: number) => distances.indexOf(Math.abs(a));
			const at = (a: number) =>
				a === 0
					? frame.right.map(() => frame.centre)
					: (a > 0 ? frame.right : frame.left).map((row) => row[place(a)]!);
			return {
				x: tenths,
				y: tenths.map((a) => (a === 0 ? frame.centre : middle[place(a)]!)),
				low: tenths.map((a) => quantile(at(a), 0.1)),
				high: tenths.map((a) => quantile(at(a), 0.9)),
			};
		},
	},
	{
		id: 'curvature',
		title: 'the mean curvature, against the weighted traces',
		labels: { predicted: 'weighted traces', measured: 'slices' },
		source: li,
		equation: 'eq:mean',
		panel: 'curvature',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'a → 0',
			gap: 'absolute',
			within: (run) => distances.map((a) => [a, curvatureAllowance(run, a) + 1e-9 / a ** 2]),
			because: `${allowanceBecause}; and rounding`,
		},
		hypotheses: [smooth, settled],
		predict: (run) => {
			const curvature = mean(toldOf(run).map((t) => t.curvature));
			return { x: distances, y: distances.map(() => curvature) };
		},
		measure: (frame) => {
			const middle = halves(frame);
			return {
				x: distances,
				y: distances.map((a, i) => (2 * (middle[i]! - frame.centre)) / a ** 2),
			};
		},
	},
];

/** −1, −.9, …, 1, exactly those of `distances` and of the drawn parabola. */
const tenths = Array.from({ length: 21 }, (_, i) => (i - 10) / 10);

const side = 51;
const planeAxis = Array.from({ length: side }, (_, i) => (2 * i) / (side - 1) - 1);

const picture: Picture<SliceFrame> = {
	id: 'plane',
	title: 'The loss over a plane of two directions',
	x: { label: 'direction a', scale: 'linear' },
	y: { label: 'direction b', scale: 'linear' },
	colour: { label: 'loss', kind: 'magnitude', scale: 'log' },
	surface: true,
	draw: ({ plane }) => plane,
	describe: ({ x, y, values }) => {
		if (isBlank({ x, y, values })) return 'The loss over the plane is still to be computed.';
		const lowest = values.indexOf(Math.min(...values));
		return (
			`Over the plane the loss runs from ${showNumber(Math.min(...values))} near ` +
			`(${showNumber(x[lowest % x.length] ?? NaN)}, ${showNumber(y[Math.floor(lowest / x.length)] ?? NaN)}) ` +
			`to ${showNumber(Math.max(...values))} at its highest point.`
		);
	},
};

async function planeOf(
	run: SliceRun,
	theta: Float64Array,
	blocks: readonly Block[],
	lab: Lab,
	signal: AbortSignal,
): Promise<Grid> {
	const stream = directionStream(run.seed, 'plane');
	const [d, e] = [0, 1].map(() => drawDirection(blocks, theta.length, stream));
	const x = planeAxis;
	const points = x.flatMap((b) => {
		const row = along(theta, b, e!);
		return x.map((a) => along(row, a, d!));
	});
	const net = netOf(settingOf(run));
	return { x, y: x, values: await lossesAt(lab, net, wave, points, signal) };
}

const presets: Preset<SliceParams>[] = [
	{
		id: 'start',
		label: 'before training',
		values: { steps: 0 },
		why: 'The law holds at any point, trained or not. At a random start the loss is high and its slices are nearly flat, of either sign of curvature, so that the fourth order is soon the larger one and nobody has measured when.',
		breaks: 'trained',
	},
	{
		id: 'raw',
		label: 'raw directions',
		values: { normalisation: 'raw' },
		why: 'Directions of unit variance per weight: the prediction is the trace of the Hessian, and nearly all of the picture lies where the parabola has long failed.',
	},
	{
		id: 'kinks',
		label: 'ReLU',
		values: { activation: 'relu' },
		why: 'The Hessian of a ReLU network exists almost everywhere and does not know of the kinks beside it. Slices cross them, and each kink adds curvature that no second derivative sees.',
		breaks: 'smooth',
	},
];

/** Directions between two frames. */
const chunk = 10;

export default defineFigure<SliceParams, SliceFrame>({
	title: 'Slices through a trained network',
	knobs,
	seeds: 1,
	reduced: { params: { width: 6, directions: 40, steps: 300 }, seeds: 1 },
	panels: [
		{
			id: 'slice',
			title: 'Mean slice',
			x: { label: 'distance a along the direction', scale: 'linear' },
			y: { label: 'loss', scale: 'linear' },
		},
		{
			id: 'curvature',
			title: 'Curvature by width of the slice',
			x: { label: 'distance a', scale: 'log' },
			y: { label: '2 (L(a) − L₀)/a²', scale: 'linear' },
		},
	],
	predictions,
	pictures: [picture],
	presets,
	steps: (run) => run.params.directions,
	async *frames(run, lab, signal) {
		const setting = settingOf(run);
		const net = netOf(setting);
		const session = await lab.open(trainingJob(setting, run.seed, run.seeds));
		let thetas: Float64Array[];
		try {
			await session.advance(setting.steps);
			thetas = parametersOf(await session.probe({ kind: 'weights' }), run.seeds);
		} finally {
			session.dispose();
		}
		const centre = mean(await lossesAt(lab, net, wave, thetas, signal));
		const blocks = thetas.map((theta) => blocksOf(net, theta, run.params.normalisation));
		const streams = thetas.map((_, r) => directionStream(run.seed + r, 'slices'));
		let plane = blank(planeAxis);
		const left: number[][] = [];
		const right: number[][] = [];
		for (let done = 0; done < run.params.directions;) {
			const next = Math.min(run.params.directions, done + chunk);
			for (const [r, theta] of thetas.entries()) {
				const points = Array.from({ length: next - done }, () =>
					drawDirection(blocks[r]!, theta.length, streams[r]!),
				).flatMap((d) => [1, -1].flatMap((s) => distances.map((a) => along(theta, s * a, d))));
				const losses = await lossesAt(lab, net, wave, points, signal);
				const k = distances.length;
				for (let at = 0; at < losses.length; at += 2 * k) {
					right.push(losses.slice(at, at + k));
					left.push(losses.slice(at + k, at + 2 * k));
				}
			}
			done = next;
			// The first rings come first, and the surface follows at once.
			const due = done > chunk || done === run.params.directions;
			if (due && isBlank(plane)) plane = await planeOf(run, thetas[0]!, blocks[0]!, lab, signal);
			yield { step: done, centre, right: [...right], left: [...left], plane };
		}
	},
	summary({ steps, predictions: told }) {
		const curve = told.find(({ id }) => id === 'curvature');
		const near = distances.indexOf(0.01);
		const [predicted, measured] = [curve?.predicted[near] ?? NaN, curve?.measured[near] ?? NaN];
		return (
			`Over ${steps} random directions the slices have a mean curvature of ${showNumber(measured)} ` +
			`next to the network; the weighted traces of the Hessian say ${showNumber(predicted)}, a difference ` +
			`of ${showPercent(Math.abs(measured / predicted - 1))}.`
		);
	},
});
