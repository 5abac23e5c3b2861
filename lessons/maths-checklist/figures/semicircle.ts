import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Prediction,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { entriesKnob, finiteVariance, fourMoments } from '../entries.ts';
import { edges, histogram, meanDensity, middles } from '../histogram.ts';
import { drawMatrix, wignerSpectrum } from '../matrices.ts';
import { largestOfWigner, semicircleCdf } from '../spectralLaws.ts';

type Params = { n: number; entries: string };
interface WignerFrame extends Frame {
	/** Density of the eigenvalues at the largest size, and the largest eigenvalue of each size, a row per draw so far. */
	readonly density: number[][];
	readonly largest: number[][];
	readonly sizes: number[];
}
type WignerPrediction = Prediction<Params, WignerFrame>;

const at = edges(-2.4, 2.4, 24);
const sizes = ({ n }: Params) => [n / 8, n / 4, n / 2, n];

const predictions: WignerPrediction[] = [
	{
		id: 'density',
		title: 'the density of the eigenvalues, its mean in each bin',
		labels: { predicted: 'semicircle', measured: 'eigenvalues' },
		source: { cite: 'couillet2022', where: 'Section 2.2' },
		panel: 'density',
		equation: 'eq:semicircle',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'absolute',
			within: ({ params, seeds }) => (0.7 + 3 / Math.sqrt(seeds)) / (params.n * 0.2),
			because:
				'in eigenvalues of one matrix: 0.7 for the next order in 1/n at an edge, and 3 over the root of the draws for what a bin scatters',
		},
		hypotheses: [finiteVariance],
		predict: () => ({ x: middles(at), y: meanDensity(at, semicircleCdf) }),
		measure: ({ density }) => ensemble(middles(at), density),
	},
	{
		id: 'edge',
		title: 'the mean of the largest eigenvalue',
		labels: { predicted: '2 − 1.21 n^(−2/3)', measured: 'largest' },
		source: { cite: 'couillet2022', where: 'Section 2.2; with the mean of the Tracy-Widom law' },
		panel: 'edge',
		equation: 'eq:edge',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'absolute',
			within: ({ params, seeds }) =>
				sizes(params).map((n) => [
					n,
					(4 * largestOfWigner(n).deviation) / Math.sqrt(seeds) + 1 / n,
				]),
			because:
				'four standard errors by the Tracy-Widom law, and 1/n for the next order of the mean',
		},
		hypotheses: [fourMoments],
		predict: ({ params }) => ({
			x: sizes(params),
			y: sizes(params).map((n) => largestOfWigner(n).mean),
		}),
		measure: ({ sizes, largest }) => ensemble(sizes, largest),
	},
];

export default defineFigure<Params, WignerFrame>({
	title: 'Eigenvalues of a symmetric random matrix',
	knobs: {
		n: {
			kind: 'number',
			label: 'size',
			symbol: 'n',
			min: 80,
			max: 320,
			step: 40,
			default: 160,
			scale: 'linear',
		},
		entries: entriesKnob,
	},
	seeds: 10,
	reduced: { params: { n: 80 }, seeds: 4 },
	panels: [
		{
			id: 'density',
			title: 'Eigenvalues of (Z + Zᵀ)/√(2n)',
			x: { label: 'λ', scale: 'linear' },
			y: { label: 'density', scale: 'linear' },
		},
		{
			id: 'edge',
			title: 'Largest eigenvalue',
			x: { label: 'size n', scale: 'log' },
			y: { label: 'mean of the largest', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'signs',
			label: 'entries ±1',
			values: { entries: 'signs' },
			why: 'The semicircle does not ask what the entries are. Neither does its edge, as long as they have four moments.',
		},
		{
			id: 'student',
			label: 'no fourth moment',
			values: { entries: 'student' },
			why: 'The variance is finite, so the density still is the semicircle. But the largest entry of n² grows faster than √n, and the largest eigenvalue goes with it: a single entry has become a direction of its own.',
			breaks: 'moments',
		},
		{
			id: 'cauchy',
			label: 'no variance',
			values: { entries: 'cauchy' },
			why: 'Nothing is left of the semicircle: the entries that matter are the few largest.',
			breaks: ['variance', 'moments'],
		},
	],
	steps: ({ seeds }) => seeds,
	async *frames(run: Run<Params>, _lab, signal) {
		const breathe = breather(signal);
		const { params, seed, seeds } = run;
		const density: number[][] = [];
		const largest: number[][] = [];
		for (let r = 0; r < seeds; r++) {
			const stream = random(seed + r, 'semicircle');
			const tops: number[] = [];
			for (const n of sizes(params)) {
				await breathe();
				const values = wignerSpectrum(drawMatrix(n, n, params.entries, stream));
				tops.push(values.at(-1)!);
				if (n === params.n) density.push(histogram(at, values, n));
			}
			largest.push(tops);
			yield {
				step: r + 1,
				density: [...density],
				largest: [...largest],
				sizes: sizes(params),
			};
		}
	},
	summary({ params, predictions: [density, edge] }) {
		const i = Math.floor((density?.x.length ?? 0) / 2);
		return `Of a matrix of size ${showNumber(Number(params.n))} the density near 0 is ${showNumber(density?.measured[i] ?? NaN)}, by the semicircle ${showNumber(density?.predicted[i] ?? NaN)}; the largest eigenvalue is ${showNumber(edge?.measured.at(-1) ?? NaN)} in the mean, near the edge at 2.`;
	},
});
