import {
	breather,
	defineFigure,
	showNumber,
	type Curve,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { estimates, pairedDeviation, phasedDeviation } from '../fourier.ts';

type Params = { features: number; d: number; draws: number };
/** Root mean square of estimate − kernel over the draws, at one distance per frame. */
interface FourierFrame extends Frame {
	readonly distance: number;
	readonly paired: number;
	readonly phased: number;
}
type FourierPrediction = Prediction<Params, FourierFrame>;

const distances = Array.from({ length: 12 }, (_, i) => (i + 1) / 4);
/** The curves are drawn through these, the distances that are measured among them. */
const drawn = Array.from({ length: 56 }, (_, i) => (i + 5) / 20);
const curve = (f: (distance: number) => number): Curve => ({ x: drawn, y: drawn.map(f) });
const claim = {
	kind: 'equal',
	gap: 'relative',
	within: ({ params }: Run<Params>) => 4 / Math.sqrt(2 * params.draws),
	because:
		'four standard errors, 1/√(2 · draws) each, of a root mean square over draws of an average of many features: twelve distances are looked at',
} as const;

const predictions: FourierPrediction[] = [
	{
		id: 'paired',
		title: 'pairs of cosine and sine: (1 − k²)/√(2D)',
		labels: { predicted: 'pairs', measured: 'pairs' },
		source: { cite: 'sutherland2015', where: 'Section 2' },
		panel: 'spread',
		draws: 'grow',
		claim,
		hypotheses: [],
		predict: ({ params }) => curve((distance) => pairedDeviation(distance, params.features)),
		measure: ({ distance, paired }) => ({ x: [distance], y: [paired] }),
	},
	{
		id: 'phased',
		title: 'cosines of random phase: √((1 + k⁴/2 − k²)/D)',
		labels: { predicted: 'random phase', measured: 'random phase' },
		source: { cite: 'sutherland2015', where: 'Section 2' },
		panel: 'spread',
		draws: 'grow',
		claim,
		hypotheses: [],
		predict: ({ params }) => curve((distance) => phasedDeviation(distance, params.features)),
		measure: ({ distance, phased }) => ({ x: [distance], y: [phased] }),
	},
];

const knobs: Knobs<Params> = {
	features: {
		kind: 'number',
		label: 'features',
		symbol: 'D',
		min: 16,
		max: 512,
		step: 16,
		default: 128,
		scale: 'log',
	},
	d: {
		kind: 'number',
		label: 'dimension',
		symbol: 'd',
		min: 1,
		max: 40,
		step: 1,
		default: 5,
		scale: 'linear',
	},
	draws: {
		kind: 'number',
		label: 'draws',
		min: 100,
		max: 2000,
		step: 100,
		default: 500,
		scale: 'log',
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'many',
		label: 'four times as many',
		values: { features: 512 },
		why: 'Half the spread, at every distance: a law of large numbers, at its usual price.',
	},
	{
		id: 'high',
		label: 'dimension 40',
		values: { d: 40 },
		why: 'Nothing happens. The spread at one pair of points knows only their distance; that it holds for all pairs at once is what costs d.',
	},
];

export default defineFigure<Params, FourierFrame>({
	title: 'A kernel by chance',
	knobs,
	seeds: 1,
	reduced: { params: { features: 32, draws: 200 }, seeds: 1 },
	panels: [
		{
			id: 'spread',
			title: 'Spread of the estimate',
			x: { label: 'distance |x − y|', scale: 'linear' },
			y: { label: 'root mean square of estimate − kernel', scale: 'linear' },
		},
	],
	predictions,
	presets,
	steps: () => distances.length,
	async *frames({ params, seed }, _lab, signal) {
		const breathe = breather(signal);
		for (const [i, distance] of distances.entries()) {
			await breathe();
			const stream = random(seed, `random-features/fourier-${i}`);
			yield { step: i + 1, distance, ...estimates(distance, params, stream) };
		}
	},
	summary({ params, predictions: told }) {
		const at = (id: string) =>
			showNumber(told.find((entry) => entry.id === id)?.measured[3] ?? NaN);
		return (
			`At distance 1 an estimate from ${String(params.features)} features is off by ${at('paired')} with pairs of cosine and sine ` +
			`and by ${at('phased')} with random phases.`
		);
	},
});
