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
	type Run,
} from '#contract';
import type { Samples } from '#theory/meanSquare.ts';
import { random } from '#theory/random.ts';
import { adam } from '../adam.ts';
import { blank, isBlank } from '../blank.ts';
import { along, blocksOf, drawDirection, type Normalisation } from '../directions.ts';
import {
	deepSurface,
	drawDeep,
	localMinima,
	sizesOf,
	type Deep,
	type DeepSurface,
} from '../residual.ts';

type Params = {
	/** Depths L. */
	depths: readonly number[];
	directions: number;
	normalisation: Normalisation;
	steps: number;
};
type Kind = 'plain' | 'skips';
interface SkipsFrame extends Frame {
	/** Depths that have been measured, and local minima per slice there, one row per seed. */
	readonly depths: Readonly<Record<Kind, readonly number[]>>;
	readonly minima: Readonly<Record<Kind, readonly number[][]>>;
	/** Planes through the deepest networks of the first seed that have been trained so far. */
	readonly planes: Readonly<Record<Kind, Grid>>;
}
type SkipsPrediction = Prediction<Params, SkipsFrame>;

const knobs: Knobs<Params> = {
	depths: {
		kind: 'set',
		label: 'depths',
		symbol: 'L',
		options: [2, 4, 8, 12, 20],
		default: [2, 8, 20],
	},
	directions: {
		kind: 'number',
		label: 'directions',
		symbol: 'D',
		min: 1,
		max: 50,
		step: 1,
		default: 12,
		scale: 'linear',
	},
	normalisation: {
		kind: 'choice',
		label: 'directions are',
		options: {
			filter: 'normalised by filter',
			layer: 'normalised by layer',
			raw: 'raw',
		},
		default: 'filter',
	},
	steps: {
		kind: 'number',
		label: 'training steps',
		symbol: 'T',
		min: 100,
		max: 1600,
		step: 100,
		default: 800,
		scale: 'linear',
	},
};

const width = 16;
const largestStep = 3e-3;
/** The wave of the other figures on fewer points: deep networks take their time. */
const samples: Samples = (() => {
	const at = Array.from({ length: 6 }, (_, i) => -1.5 + (3 * i) / 5);
	const points = at.flatMap((a) => at.map((b) => [a, b] as const));
	return {
		x: Float64Array.from(points.flat()),
		y: Float64Array.from(points, ([a, b]) => Math.sin(2 * a) * Math.cos(b)),
	};
})();

const places = Array.from({ length: 51 }, (_, i) => (i - 25) / 25);
const grid = Array.from({ length: 31 }, (_, i) => (i - 15) / 15);
const kinds: readonly Kind[] = ['plain', 'skips'];
const names: Record<Kind, string> = { plain: 'plain', skips: 'with skips' };

function prediction(kind: Kind): SkipsPrediction {
	return {
		id: kind,
		title: `local minima per slice, networks ${kind === 'plain' ? 'without skips' : 'with skips'}`,
		labels: { predicted: 'a convex slice has one', measured: names[kind] },
		source: { cite: 'li2018vis', where: 'Section 6 for the experiment; the bound is elementary' },
		panel: 'minima',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 0,
			because:
				'on finitely many places a slice has a lowest one, and a convex slice no other: nothing more is proved',
		},
		hypotheses: [],
		predict: ({ params }) => ({ x: params.depths, y: params.depths.map(() => 1) }),
		measure: ({ depths, minima }) => ensemble(depths[kind], minima[kind]),
	};
}

function picture(kind: Kind): Picture<SkipsFrame> {
	return {
		id: `plane-${kind}`,
		title: `The deepest network, ${names[kind]}`,
		x: { label: 'direction a', scale: 'linear' },
		y: { label: 'direction b', scale: 'linear' },
		colour: { label: 'loss', kind: 'magnitude', scale: 'log' },
		surface: true,
		draw: ({ planes }) => planes[kind],
		describe: (plane) =>
			isBlank(plane)
				? 'The network of this picture is still to be trained.'
				: `Over the plane the loss of the network ${names[kind]} runs from ${showNumber(Math.min(...plane.values))} ` +
					`to ${showNumber(Math.max(...plane.values))}.`,
	};
}

async function train(net: Deep, seed: number, steps: number, breathe: () => Promise<void>) {
	const theta = drawDeep(net, seed);
	const surface = deepSurface(net, samples);
	const step = adam(theta);
	for (let t = 0; t < steps; t++) {
		step(surface.gradient(theta), (largestStep * (1 + Math.cos((Math.PI * t) / steps))) / 2);
		await breathe();
	}
	return { theta, surface };
}

/** Directions through a trained network, and losses along them. */
function slicer(net: Deep, theta: Float64Array, how: Normalisation, seed: number) {
	const blocks = blocksOf({ sizes: sizesOf(net), activation: 'relu' }, theta, how);
	const stream = random(seed, `loss-landscape/skips/${net.depth}`);
	return () => drawDirection(blocks, theta.length, stream);
}

async function minimaOf(
	surface: DeepSurface,
	theta: Float64Array,
	draw: () => Float64Array,
	directions: number,
	breathe: () => Promise<void>,
): Promise<number> {
	let sum = 0;
	for (let k = 0; k < directions; k++) {
		const d = draw();
		const slice: number[] = [];
		for (const a of places) {
			slice.push(surface.loss(along(theta, a, d)));
			await breathe();
		}
		sum += localMinima(slice);
	}
	return sum / directions;
}

async function planeOf(
	surface: DeepSurface,
	theta: Float64Array,
	draw: () => Float64Array,
	breathe: () => Promise<void>,
): Promise<Grid> {
	const [d, e] = [draw(), draw()];
	const values: number[] = [];
	for (const b of grid) {
		const row = along(theta, b, e);
		for (const a of grid) {
			values.push(surface.loss(along(row, a, d)));
			await breathe();
		}
	}
	return { x: grid, y: grid, values };
}

/** One frame per network: by depth, kind by kind, seed by seed. */
const networks = ({ params, seeds }: Run<Params>) => params.depths.length * 2 * seeds;
const nothing = blank(grid);

const presets: Preset<Params>[] = [
	{
		id: 'raw',
		label: 'raw directions',
		values: { normalisation: 'raw' },
		why: 'Steps of unit size in every weight leave the neighbourhood of the network at once, with skips or without: the comparison says more about the directions than about the networks.',
	},
	{
		id: 'short',
		label: 'half the training',
		values: { steps: 400 },
		why: 'The wild slices of deep plain networks are there long before training is done.',
	},
];

export default defineFigure<Params, SkipsFrame>({
	title: 'Depth and skip connections',
	knobs,
	seeds: 1,
	reduced: { params: { depths: [2, 4], directions: 2, steps: 100 }, seeds: 1 },
	panels: [
		{
			id: 'minima',
			title: 'Local minima along a slice',
			x: { label: 'depth L', scale: 'linear', discrete: true },
			y: { label: 'local minima per slice', scale: 'linear' },
		},
	],
	predictions: kinds.map(prediction),
	pictures: kinds.map(picture),
	presets,
	steps: networks,
	async *frames(run, _lab, signal) {
		const { depths, directions, normalisation, steps } = run.params;
		const breathe = breather(signal);
		const seeds = Array.from({ length: run.seeds }, (_, r) => run.seed + r);
		const done: Record<Kind, number[]> = { plain: [], skips: [] };
		const minima: Record<Kind, number[][]> = {
			plain: seeds.map(() => []),
			skips: seeds.map(() => []),
		};
		const planes: Record<Kind, Grid> = { plain: nothing, skips: nothing };
		let trained = 0;
		for (const depth of depths)
			for (const kind of kinds) {
				const net = { depth, width, skips: kind === 'skips' };
				for (const [r, seed] of seeds.entries()) {
					const { theta, surface } = await train(net, seed, steps, breathe);
					const draw = slicer(net, theta, normalisation, seed);
					minima[kind][r]!.push(await minimaOf(surface, theta, draw, directions, breathe));
					if (r === 0) planes[kind] = await planeOf(surface, theta, draw, breathe);
					trained++;
					if (r + 1 < seeds.length) continue;
					done[kind].push(depth);
					yield {
						step: trained,
						depths: { plain: [...done.plain], skips: [...done.skips] },
						minima: {
							plain: minima.plain.map((row) => row.slice(0, done.plain.length)),
							skips: minima.skips.map((row) => row.slice(0, done.skips.length)),
						},
						planes: { ...planes },
					};
				}
			}
	},
	summary({ predictions: told }) {
		const at = (kind: Kind) => told.find(({ id }) => id === kind);
		const last = (kind: Kind) => showNumber(at(kind)?.measured.at(-1) ?? NaN);
		return (
			`At depth ${at('skips')?.x.at(-1) ?? 0} a slice has ${last('plain')} local minima without skip connections and ` +
			`${last('skips')} with them, on average over the directions; a convex slice has one.`
		);
	},
});
