import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Prediction,
} from '#contract';
import { marchenkoPasturEdges } from '#theory/marchenkoPastur.ts';
import { random } from '#theory/random.ts';
import { entriesKnob, finiteVariance, normalEntries } from '../entries.ts';
import { edges, histogram, meanDensity, middles } from '../histogram.ts';
import { covarianceSpectrum, drawMatrix, inverseTrace } from '../matrices.ts';
import { marchenkoPasturCdf, meanInverse } from '../spectralLaws.ts';

type Params = { g: number; p: number; entries: string };
interface SpectrumFrame extends Frame {
	readonly centres: number[];
	/** Density of the eigenvalues per draw, and (1/p) tr S⁻¹ at each ratio, a row per draw so far. */
	readonly density: number[][];
	readonly inverse: number[][];
	readonly ratios: number[];
}
type SpectrumPrediction = Prediction<Params, SpectrumFrame>;

/** Dimensions over samples at which the inverse is taken. */
const shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const samples = (p: number, g: number) => Math.round(p / g);
const ratios = ({ p }: Params) => shares.map((g) => p / samples(p, g));
const bins = 20;

/** Bins from a little below the law's support to a little above; eigenvalues that must be zero stay outside. */
function binsOf({ p, g }: Params): number[] {
	const [low, high] = marchenkoPasturEdges(p / samples(p, g));
	const margin = 0.08 * (high - low);
	return edges(Math.max(g > 1 ? low / 2 : 0, low - margin), high + margin, bins);
}
const widthOf = (at: readonly number[]) => at[1]! - at[0]!;

const predictions: SpectrumPrediction[] = [
	{
		id: 'density',
		title: 'the density of the eigenvalues, its mean in each bin',
		labels: { predicted: 'Marchenko-Pastur', measured: 'eigenvalues' },
		source: { cite: 'couillet2022', where: 'Section 2.2' },
		panel: 'density',
		equation: 'eq:mp',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n, p → ∞',
			gap: 'absolute',
			within: ({ params, seeds }) =>
				(0.7 + 3 / Math.sqrt(seeds)) / (params.p * widthOf(binsOf(params))),
			because:
				'in eigenvalues of one matrix: 0.7 for the next order in 1/p at an edge, and 3 over the root of the draws for what a bin scatters',
		},
		hypotheses: [finiteVariance],
		predict: ({ params }) => {
			const at = binsOf(params);
			const g = params.p / samples(params.p, params.g);
			return { x: middles(at), y: meanDensity(at, (x) => marchenkoPasturCdf(g, x)) };
		},
		measure: ({ centres, density }) => ensemble(centres, density),
	},
	{
		id: 'inverse',
		title: 'the mean of 1/λ, exact for every n and p',
		labels: { predicted: 'n/(n − p − 1)', measured: '(1/p) tr S⁻¹' },
		source: { cite: 'couillet2022', where: 'Section 2.2; for finite n, the inverse Wishart law' },
		panel: 'inverse',
		equation: 'eq:inverse',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) =>
				ratios(run.params).map((g) => [
					g,
					(4 * Math.sqrt(2 * g)) / (run.params.p * (1 - g) ** 1.5 * Math.sqrt(run.seeds)) + 1e-9,
				]),
			because:
				'four standard errors over the draws; that of one trace is about √(2g)/(p (1 − g)^{3/2}) of itself',
		},
		hypotheses: [normalEntries],
		predict: ({ params }) => ({
			x: ratios(params),
			y: shares.map((g) => meanInverse(samples(params.p, g), params.p)),
		}),
		measure: ({ ratios, inverse }) => ensemble(ratios, inverse),
	},
];

export default defineFigure<Params, SpectrumFrame>({
	title: 'Eigenvalues of a sample covariance',
	knobs: {
		g: {
			kind: 'number',
			label: 'dimensions per sample p/n',
			symbol: 'g',
			min: 0.1,
			max: 2,
			step: 0.05,
			default: 0.5,
			scale: 'linear',
		},
		p: {
			kind: 'number',
			label: 'dimensions',
			symbol: 'p',
			min: 40,
			max: 240,
			step: 20,
			default: 100,
			scale: 'linear',
		},
		entries: entriesKnob,
	},
	seeds: 10,
	reduced: { params: { p: 40 }, seeds: 3 },
	panels: [
		{
			id: 'density',
			title: 'Eigenvalues of XᵀX/n',
			x: { label: 'λ', scale: 'linear' },
			y: { label: 'density', scale: 'linear' },
		},
		{
			id: 'inverse',
			title: 'Mean of 1/λ',
			x: { label: 'p/n', scale: 'linear' },
			y: { label: 'mean of 1/λ', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'square',
			label: 'as many dimensions as samples',
			values: { g: 1 },
			why: 'The lower edge reaches zero: some directions are hardly seen in the sample at all.',
		},
		{
			id: 'more',
			label: 'twice the dimensions',
			values: { g: 2 },
			why: 'Half of the eigenvalues are exactly zero and not drawn; the others have moved away from zero again. That is how double descent ends.',
		},
		{
			id: 'signs',
			label: 'entries ±1',
			values: { entries: 'signs' },
			why: 'The limit asks for a variance and nothing else, so the density is the same. The exact mean of the inverse was computed for normal entries.',
			breaks: 'normal',
		},
		{
			id: 'cauchy',
			label: 'Cauchy entries',
			values: { entries: 'cauchy' },
			why: 'Without a variance there is no law of large numbers for the entries of the covariance either: a few enormous entries make a few enormous eigenvalues.',
			breaks: ['variance', 'normal'],
		},
	],
	steps: ({ seeds }) => seeds,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const { params, seed, seeds } = run;
		const { p, g, entries } = params;
		const at = binsOf(params);
		const density: number[][] = [];
		const inverse: number[][] = [];
		for (let r = 0; r < seeds; r++) {
			const stream = random(seed + r, 'covariance');
			const values = covarianceSpectrum(drawMatrix(p, samples(p, g), entries, stream), p);
			density.push(histogram(at, values, p));
			const row: number[] = [];
			for (const share of shares) {
				await breathe();
				row.push(inverseTrace(drawMatrix(p, samples(p, share), entries, stream), p));
			}
			inverse.push(row);
			yield {
				step: r + 1,
				centres: middles(at),
				density: [...density],
				inverse: [...inverse],
				ratios: ratios(params),
			};
		}
	},
	summary({ params, predictions: [, inverse] }) {
		const [low, high] = marchenkoPasturEdges(Number(params.g));
		return `The eigenvalues should lie between ${showNumber(low)} and ${showNumber(high)}, though all eigenvalues of the covariance itself are 1. At p/n = 0.8 the mean of 1/λ is ${showNumber(inverse?.measured.at(-1) ?? NaN)}; the formula says ${showNumber(inverse?.predicted.at(-1) ?? NaN)}.`;
	},
});
