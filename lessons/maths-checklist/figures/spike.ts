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
import { entriesKnob, fourMoments } from '../entries.ts';
import { drawMatrix, topOfCovariance } from '../matrices.ts';
import { edgeShift, spike, spreadOfTop, threshold } from '../spectralLaws.ts';

type Params = { g: number; p: number; entries: string };
interface SpikeFrame extends Frame {
	readonly thetas: number[];
	/** Largest eigenvalue and squared cosine at each θ so far, per seed. */
	readonly top: number[][];
	readonly overlap: number[][];
}
type SpikePrediction = Prediction<Params, SpikeFrame>;

const thetas = Array.from({ length: 13 }, (_, i) => i / 4);
const curve =
	(of: 'top' | 'overlap') =>
	({ params }: Run<Params>) => ({
		x: thetas,
		y: thetas.map((theta) => spike(theta, params.g)[of]),
	});

const predictions: SpikePrediction[] = [
	{
		id: 'top',
		title: 'the largest eigenvalue',
		labels: { predicted: '(1 + θ)(1 + g/θ)', measured: 'largest eigenvalue' },
		source: {
			cite: 'baik2005',
			where: 'Theorem 1.1, for complex entries; real ones: Couillet & Liao, Section 2.5',
		},
		panel: 'top',
		equation: 'eq:spike',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n, p → ∞',
			gap: 'relative',
			within: ({ params: { g, p }, seeds }) =>
				thetas.map((theta) => {
					const error = spreadOfTop(theta, g, p / g) / Math.sqrt(seeds);
					return [theta, 4 * error + 1.5 * edgeShift(g, p / g)];
				}),
			because:
				'four standard errors by the central limit theorem of a spike that shows, and one and a half times the shift of the edge itself in n^(−2/3)',
		},
		hypotheses: [fourMoments],
		predict: curve('top'),
		measure: ({ thetas, top }) => ensemble(thetas, top),
	},
	{
		id: 'overlap',
		title: 'how much its eigenvector knows of the spike',
		labels: { predicted: '(1 − g/θ²)/(1 + g/θ)', measured: 'cos²' },
		source: { cite: 'couillet2022', where: 'Section 2.5' },
		panel: 'overlap',
		equation: 'eq:overlap',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n, p → ∞',
			gap: 'absolute',
			within: ({ params: { g, p }, seeds }) =>
				thetas.map((theta) => {
					const near = theta > 0.5 * threshold(g) && theta < 2.5 * threshold(g);
					const [bias, spread] = near ? [0.6, 0.16] : [0.25, 0.05];
					return [theta, bias * p ** (-1 / 3) + (4 * spread) / Math.sqrt(seeds)];
				}),
			because:
				'measured over 20 draws at p = 100 and 8 each at p = 200 for g from 0.1 to 2: between half the threshold and two and a half times it the mean is up to 0.13 off and one draw scatters by up to 0.16, elsewhere 0.04 and 0.05; four standard errors',
		},
		hypotheses: [fourMoments],
		predict: curve('overlap'),
		measure: ({ thetas, overlap }) => ensemble(thetas, overlap),
	},
];

export default defineFigure<Params, SpikeFrame>({
	title: 'When a spike shows',
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
			min: 50,
			max: 400,
			step: 50,
			default: 200,
			scale: 'linear',
		},
		entries: entriesKnob,
	},
	seeds: 10,
	reduced: { params: { p: 100 }, seeds: 3 },
	panels: [
		{
			id: 'top',
			title: 'Largest eigenvalue',
			x: { label: 'strength of the spike θ', scale: 'linear' },
			y: { label: 'λ', scale: 'linear' },
		},
		{
			id: 'overlap',
			title: 'Its eigenvector and the spike',
			x: { label: 'strength of the spike θ', scale: 'linear' },
			y: { label: 'cos²', scale: 'linear', domain: [0, 1] },
		},
	],
	predictions,
	presets: [
		{
			id: 'samples',
			label: 'ten samples per dimension',
			values: { g: 0.1 },
			why: 'More samples per dimension, a narrower bulk: a spike of 0.32 already shows.',
		},
		{
			id: 'student',
			label: 'no fourth moment',
			values: { entries: 'student' },
			why: 'Single large entries make eigenvalues of their own, above the spike’s, and the top eigenvector points at one of them.',
			breaks: 'moments',
		},
	],
	steps: () => thetas.length,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const { params, seed, seeds } = run;
		const { p, g, entries } = params;
		const n = Math.round(p / g);
		const draws = Array.from({ length: seeds }, (_, r) => {
			const stream = random(seed + r, 'spike');
			const z = drawMatrix(n, p, entries, stream);
			return { z, start: Float64Array.from({ length: p }, stream.normal) };
		});
		const top: number[][] = draws.map(() => []);
		const overlap: number[][] = draws.map(() => []);
		for (const [i, theta] of thetas.entries()) {
			for (const [r, { z, start }] of draws.entries()) {
				await breathe();
				const factor = Math.sqrt(1 + theta);
				const x = z.map((v, at) => (at % p === 0 ? factor * v : v));
				const found = topOfCovariance(x, p, start);
				top[r]!.push(found.top);
				overlap[r]!.push(found.overlap);
			}
			yield {
				step: i + 1,
				thetas: thetas.slice(0, i + 1),
				top: top.map((row) => [...row]),
				overlap: overlap.map((row) => [...row]),
			};
		}
	},
	summary({ params, predictions: [top, overlap] }) {
		const edge = threshold(Number(params.g));
		return `A spike should show from θ = ${showNumber(edge)} on. At θ = ${showNumber(top?.x.at(-1) ?? NaN)} the largest eigenvalue is ${showNumber(top?.measured.at(-1) ?? NaN)} and its eigenvector has cos² ${showNumber(overlap?.measured.at(-1) ?? NaN)} with the spike.`;
	},
});
