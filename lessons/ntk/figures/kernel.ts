import {
	defineFigure,
	ensemble,
	extremes,
	mean,
	showNumber,
	showPercent,
	type Frame,
	type Grid,
	type Knobs,
	type Lab,
	type Picture,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { angle } from '#theory/arcCosine.ts';
import { split, sumOfSquares } from '#theory/arrays.ts';
import { reluNtk } from '#theory/reluNtk.ts';
import * as shared from '../knobs.ts';
import {
	fluctuation,
	fluctuationError,
	kernelJob,
	pairDeviation,
	slopeError,
	widths,
	z,
	type KernelParams,
} from '../kernel.ts';
import { angles, circleCosine, kernelRow } from '../theory.ts';

interface KernelFrame extends Frame {
	readonly width: number;
	/** ‖Θ_m − Θ‖_F/‖Θ‖_F of each seed. */
	readonly fluctuation: number[];
	/** Angles between the first input and those half-way round, in degrees. */
	readonly angles: number[];
	/** The first kernel row of each seed there. */
	readonly rows: number[][];
	/** The kernel matrix of the first seed, row by row, and what it is more than its limit. */
	readonly first: readonly number[];
	readonly away: readonly number[];
}
type KernelPrediction = Prediction<KernelParams, KernelFrame>;

const knobs: Knobs<KernelParams> = {
	widest: {
		kind: 'number',
		label: 'largest width',
		symbol: 'm',
		min: 128,
		max: 4096,
		step: 128,
		default: 4096,
		scale: 'log',
	},
	lift: shared.lift,
	n: shared.points,
	outer: {
		kind: 'choice',
		label: 'outer weights',
		symbol: 'a_j',
		options: { gauss: 'Gaussian', signs: '±1' },
		default: 'gauss',
	},
	start: {
		kind: 'choice',
		label: 'neurons',
		options: { independent: 'independent', mirrored: 'in mirrored pairs' },
		default: 'independent',
	},
};

/** Inputs p apart on the circle, as the angle between them in degrees. */
function degrees(p: number, lift: number): number {
	return (180 / Math.PI) * angle(circleCosine(p, lift));
}

const law = (run: Run<KernelParams>) => ({
	x: widths(run),
	y: widths(run).map((m) => fluctuation(run, m)),
});
const rms = (values: readonly number[]) => Math.sqrt(sumOfSquares(values) / values.length);
/** Root mean square over the seeds, with the band of the single ones. */
const spread = ({ width, fluctuation: values }: KernelFrame) => {
	const { low, high } = ensemble(
		[width],
		values.map((v) => [v]),
	);
	return { x: [width], y: [rms(values)], low, high };
};

const predictions: KernelPrediction[] = [
	{
		id: 'fluctuation',
		title: 'the fluctuation of the kernel, against the exact law',
		labels: { predicted: 'variance law', measured: 'networks' },
		source: {
			cite: 'jacot2018',
			where: 'Theorem 1 for the limit; its variance is proved in the lesson',
		},
		equation: 'eq:variance',
		panel: 'fluctuation',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => z * fluctuationError(run),
			because: `${z} standard errors of a root mean square over the seeds; scatter of one start measured over 3000`,
		},
		hypotheses: [],
		predict: law,
		measure: spread,
	},
	{
		id: 'slope',
		title: 'the fluctuation falls as 1/√m',
		labels: { predicted: 'variance law', measured: 'networks' },
		source: {
			cite: 'jacot2018',
			where: 'Theorem 1 for the limit; its variance is proved in the lesson',
		},
		equation: 'eq:variance',
		panel: 'fluctuation',
		draws: 'grow',
		claim: {
			kind: 'slope',
			within: (run) => z * slopeError(run),
			because: `${z} standard errors of a least-squares slope through independent widths`,
		},
		hypotheses: [],
		predict: law,
		measure: spread,
	},
	{
		id: 'angle',
		title: 'the kernel against the angle between its inputs',
		labels: { predicted: 'arc-cosine formula', measured: 'networks' },
		source: { cite: 'cho2009', where: 'Section 2' },
		equation: 'eq:ntk',
		panel: 'angle',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) => {
				const m = widths(run).at(-1) ?? NaN;
				const deviations = angles(run.params.n).map((p) => pairDeviation(run, m, p));
				return (z * Math.max(...deviations)) / Math.sqrt(run.seeds);
			},
			because: `the mean is exact at every width: ${z} standard errors of a mean over the seeds, by the variance law`,
		},
		hypotheses: [],
		predict: ({ params: { n, lift } }) => {
			// Eight times as dense as the measured lags, which stay exactly on the grid.
			const dense = angles(8 * n).slice(0, 4 * n + 1);
			return {
				x: dense.map((p) => degrees(p, lift)),
				y: dense.map((p) => reluNtk(1, circleCosine(p, lift))),
			};
		},
		measure: (frame) => ({ ...ensemble(frame.angles, frame.rows), each: undefined }),
	},
];

const presets: Preset<KernelParams>[] = [
	{
		id: 'mirrored',
		label: 'mirrored pairs',
		values: { start: 'mirrored' },
		why: 'Pairs (w, a) and (w, −a) make f = 0 at the start, but a pair counts once: the fluctuation is √2 larger.',
	},
	{
		id: 'signs',
		label: 'outer weights ±1',
		values: { outer: 'signs' },
		why: 'With a² = 1 one source of randomness is gone: the fluctuation is smaller, and the slope is the same.',
	},
	{
		id: 'flat',
		label: 'no lift',
		values: { lift: 0 },
		why: 'At β = 0 the inputs stand at all angles up to 180 degrees, where the kernel falls to 0.',
	},
];

/** A kernel matrix over the angles of its two inputs. */
const over = (values: readonly number[]): Grid => {
	const at = angles(Math.sqrt(values.length));
	return { x: at, y: at, values };
};
const axes = {
	x: { label: 'angle p of x', scale: 'linear' },
	y: { label: 'angle q of x′', scale: 'linear' },
} as const;

const pictures: Picture<KernelFrame>[] = [
	{
		id: 'first',
		title: 'The kernel of the first network',
		...axes,
		colour: { label: 'Θ(x, x′)', kind: 'magnitude' },
		draw: ({ first }) => over(first),
		describe: ({ x, values }) => {
			const n = x.length;
			const apart = (lag: number) => mean(x.map((_, i) => values[i * n + ((i + lag) % n)] ?? NaN));
			return (
				`Of an input with itself the kernel of the first network is ${showNumber(apart(0))} on average, of neighbours ` +
				`${showNumber(apart(1))}, of inputs opposite each other ${showNumber(apart(n / 2))}: a band along the diagonal.`
			);
		},
	},
	{
		id: 'away',
		title: 'What it is more than its limit',
		...axes,
		colour: { label: 'Θ(x, x′) − limit', kind: 'signed' },
		draw: ({ away }) => over(away),
		describe: (grid) => {
			const { low, high } = extremes(grid) ?? { low: { value: NaN }, high: { value: NaN } };
			return `The kernel of the first network lies between ${showNumber(-low.value)} below its limit and ${showNumber(high.value)} above it.`;
		},
	},
];

/** Numbers a session may hold in one layer: keeps the wide widths within the memory of a phone. */
const batch = 2 ** 21;

/** Kernel matrices of all seeds at width m, one array each. */
async function kernels(run: Run<KernelParams>, m: number, lab: Lab, signal: AbortSignal) {
	const size = Math.max(1, Math.floor(batch / (m * run.params.n)));
	const all: Float64Array[] = [];
	for (let from = 0; from < run.seeds; from += size) {
		signal.throwIfAborted();
		const to = Math.min(run.seeds, from + size);
		const session = await lab.open(kernelJob(run, m, from, to));
		try {
			all.push(...split(await session.probe({ kind: 'tangentKernel' }), to - from));
		} finally {
			session.dispose();
		}
	}
	return all;
}

export default defineFigure<KernelParams, KernelFrame>({
	title: 'The kernel at initialisation',
	knobs,
	seeds: 128,
	reduced: { params: { widest: 512 }, seeds: 64 },
	panels: [
		{
			id: 'fluctuation',
			title: 'Fluctuation',
			x: { label: 'width m', scale: 'log' },
			y: { label: 'relative distance from the limit', scale: 'log' },
		},
		{
			id: 'angle',
			title: 'Kernel',
			x: { label: 'angle between the inputs, degrees', scale: 'linear' },
			y: { label: 'Θ(x, x′)', scale: 'linear' },
		},
	],
	pictures,
	predictions,
	presets,
	steps: (run) => widths(run).length,
	async *frames(run, lab, signal) {
		const { n, lift } = run.params;
		const row = kernelRow(n, lift);
		const norm = Math.sqrt(n * sumOfSquares(row));
		const half = angles(n).slice(0, n / 2 + 1);
		for (const [i, width] of widths(run).entries()) {
			const measured = await kernels(run, width, lab, signal);
			const away = (kernel: Float64Array) =>
				kernel.map((v, at) => v - (row[((at % n) - Math.floor(at / n) + n) % n] ?? NaN));
			yield {
				step: i + 1,
				width,
				fluctuation: measured.map((kernel) => Math.sqrt(sumOfSquares(away(kernel))) / norm),
				angles: half.map((p) => degrees(p, lift)),
				rows: measured.map((kernel) => Array.from(kernel.subarray(0, half.length))),
				first: Array.from(measured[0] ?? []),
				away: Array.from(away(measured[0] ?? new Float64Array())),
			};
		}
	},
	summary({ seeds, predictions: told }) {
		const law = told.find(({ id }) => id === 'fluctuation');
		const show = (value: number | undefined) => showPercent(value ?? NaN);
		return (
			`Over ${seeds} starts the kernel of a network of width ${law?.x.at(-1)} stands ` +
			`${show(law?.measured.at(-1))} from its limit; the exact law says ${show(law?.predicted.at(-1))}. ` +
			`At width ${law?.x[0]} it is ${show(law?.measured[0])}.`
		);
	},
});
