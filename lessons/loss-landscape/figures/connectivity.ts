import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Grid,
	type Knobs,
	type Picture,
	type Prediction,
	type Preset,
} from '#contract';
import { adamRule } from '../adam.ts';
import { blank, isBlank } from '../blank.ts';
import {
	bezier,
	chord,
	noiseFloor,
	pairs,
	pathNet,
	pathStart,
	places,
	straight,
	trainMiddle,
	widePath,
	type PathParams,
} from '../connectivity.ts';
import { lossesAt } from '../losses.ts';
import { jobOf, parametersOf } from '../network.ts';

/** One row per seed in each, the loss at `places`; no rows where nothing has been measured yet. */
interface PathFrame extends Frame {
	readonly straight: readonly number[][];
	readonly curved: readonly number[][];
	readonly wide: readonly number[][];
	readonly plane: Grid;
}
type PathPrediction = Prediction<PathParams, PathFrame>;

const knobs: Knobs<PathParams> = {
	width: {
		kind: 'number',
		label: 'width',
		symbol: 'm',
		min: 4,
		max: 128,
		step: 1,
		default: 32,
		scale: 'log',
	},
	steps: {
		kind: 'number',
		label: 'training steps',
		symbol: 'T',
		min: 200,
		max: 4000,
		step: 200,
		default: 1000,
		scale: 'log',
	},
	noise: {
		kind: 'number',
		label: 'noise of the labels',
		symbol: '\\sigma',
		min: 0.02,
		max: 0.5,
		step: 0.02,
		default: 0.1,
		scale: 'linear',
	},
};

function aboveFloor(
	id: 'straight' | 'curved' | 'wide',
	name: string,
	source: PathPrediction['source'],
): PathPrediction {
	return {
		id,
		title: `the loss on ${name}, above the floor of the noise`,
		labels: { predicted: 'floor σ²', measured: name },
		source,
		panel: 'loss',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 1e-9,
			because:
				'a theorem: the mean of two labels ± σ from any one value is at least σ²; the room is for rounding',
		},
		hypotheses: [],
		predict: ({ params }) => ({ x: places, y: places.map(() => noiseFloor(params.noise)) }),
		measure: (frame) => rows(frame[id]),
	};
}

const rows = (each: readonly number[][]) => ensemble(each.length > 0 ? places : [], each);

const predictions: PathPrediction[] = [
	aboveFloor('straight', 'the straight line', { cite: 'garipov2018', where: 'Section 3' }),
	aboveFloor('curved', 'a trained curve', { cite: 'garipov2018', where: 'Section 3' }),
	aboveFloor('wide', 'the path in twice the width', {
		cite: 'kuditipudi2019',
		where: 'dropout stability; proved in the lesson',
	}),
	{
		id: 'chord',
		title: 'the loss in twice the width, in units of the chord',
		labels: { predicted: 'chord', measured: 'path in twice the width' },
		source: { cite: 'kuditipudi2019', where: 'dropout stability; proved in the lesson' },
		equation: 'eq:chord',
		panel: 'chord',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 1e-9,
			because: 'a theorem: the loss is convex in the function; the room is for rounding',
		},
		hypotheses: [],
		predict: () => ({ x: places, y: places.map(() => 1) }),
		measure: ({ wide }) =>
			rows(wide.map((row) => row.map((loss, i) => loss / chord(row[0]!, row.at(-1)!, places[i]!)))),
	},
];

const side = 51;
/** The plane through both networks and the middle of the curve: they stand at (0, 0), (1, 0), (½, 1). */
const planeX = Array.from({ length: side }, (_, i) => -0.25 + (1.5 * i) / (side - 1));
const planeY = Array.from({ length: side }, (_, i) => -0.5 + (2 * i) / (side - 1));

const picture: Picture<PathFrame> = {
	id: 'plane',
	title: 'The plane of both networks and the curve',
	x: { label: 'straight line, 0 to 1', scale: 'linear' },
	y: { label: 'towards the curve', scale: 'linear' },
	colour: { label: 'loss', kind: 'magnitude', scale: 'log' },
	surface: true,
	draw: ({ plane }) => plane,
	describe: ({ x, y, values }) => {
		if (isBlank({ x, y, values })) return 'The middle of the curve is still to be trained.';
		const at = (u: number, v: number) =>
			showNumber(values[nearest(y, v) * x.length + nearest(x, u)] ?? NaN);
		return (
			`Near the two networks the loss is ${at(0, 0)} and ${at(1, 0)}, half-way on the straight line ${at(0.5, 0)}, ` +
			`and at the middle of the trained curve, half of the way up, ${at(0.5, 0.5)}.`
		);
	},
};

const nearest = (axis: readonly number[], value: number) =>
	axis.reduce(
		(best, at, i) => (Math.abs(at - value) < Math.abs(axis[best]! - value) ? i : best),
		0,
	);

const presets: Preset<PathParams>[] = [
	{
		id: 'narrow',
		label: 'narrow',
		values: { width: 8 },
		why: 'Eight neurons are just enough for the target, and a curve with one bend has little room: its ridge is lower than that of the line and does not vanish.',
	},
	{
		id: 'wide',
		label: 'wide',
		values: { width: 128 },
		why: 'The straight line is no better, and the curve is: there are more ways round.',
	},
];

const nothing = blank(planeX, planeY);

export default defineFigure<PathParams, PathFrame>({
	title: 'From one network to another',
	knobs,
	seeds: 2,
	reduced: { params: { width: 8, steps: 200 }, seeds: 1 },
	panels: [
		{
			id: 'loss',
			title: 'Loss on the way',
			x: { label: 'place t on the path', scale: 'linear' },
			y: { label: 'loss', scale: 'log' },
		},
		{
			id: 'chord',
			title: 'In twice the width',
			x: { label: 'place t on the path', scale: 'linear' },
			y: { label: 'loss, in units of the chord', scale: 'linear' },
		},
	],
	predictions,
	pictures: [picture],
	presets,
	steps: (run) => run.seeds + 1,
	async *frames(run, lab, signal) {
		const { width, steps, noise } = run.params;
		const net = pathNet(width);
		const samples = pairs(noise);
		const seeds = Array.from({ length: run.seeds }, (_, r) => run.seed + r);
		const starts = seeds.flatMap((seed) => [pathStart(width, seed, 0), pathStart(width, seed, 1)]);
		const session = await lab.open(
			jobOf(net, samples, starts, { kind: 'adam', stepSize: 5e-3, ...adamRule }),
		);
		let ends: Float64Array[];
		try {
			await session.advance(steps);
			ends = parametersOf(await session.probe({ kind: 'weights' }), starts.length);
		} finally {
			session.dispose();
		}
		const all = async (
			of: Pick<typeof net, 'sizes'>,
			path: (r: number, t: number) => Float64Array,
		) => {
			const measured: number[][] = [];
			for (const r of seeds.keys()) {
				const points = places.map((t) => path(r, t));
				measured.push(await lossesAt(lab, { ...net, ...of }, samples, points, signal));
			}
			return measured;
		};
		const pair = (r: number) => [ends[2 * r]!, ends[2 * r + 1]!] as const;
		const line = await all(net, (r, t) => straight(...pair(r), t));
		const wide = await all({ sizes: [2, 2 * width, 1] }, (r, t) => widePath(width, ...pair(r), t));
		yield { step: 1, straight: line, wide, curved: [], plane: nothing };
		const breathe = breather(signal);
		const middles: Float64Array[] = [];
		for (const [r, seed] of seeds.entries())
			middles.push(await trainMiddle(...pair(r), { params: run.params, seed }, breathe));
		const curved = await all(net, (r, t) => bezier(pair(r)[0], middles[r]!, pair(r)[1], t));
		const [first, last] = pair(0);
		const centre = straight(first, last, 0.5);
		const points = planeY.flatMap((v) =>
			planeX.map((u) =>
				straight(first, last, u).map((value, i) => value + v * (middles[0]![i]! - centre[i]!)),
			),
		);
		const values = await lossesAt(lab, net, samples, points, signal);
		const plane = { x: planeX, y: planeY, values };
		yield { step: run.seeds + 1, straight: line, wide, curved, plane };
	},
	summary({ predictions: told }) {
		const highest = (id: string) =>
			showNumber(Math.max(...(told.find((one) => one.id === id)?.measured ?? [])));
		return (
			`On the straight line between two networks the mean loss rises to ${highest('straight')}; on a trained curve ` +
			`to ${highest('curved')}, and on the path in twice the width to ${highest('wide')}. ` +
			'No network has less than the floor of the noise.'
		);
	},
});
