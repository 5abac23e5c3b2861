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
import { doublings, plain, z } from '../knobs.ts';
import { linkNames, links, momentsOf, type Link } from '../links.ts';
import { oneStep, type Inputs } from '../oneStep.ts';
import { stepLaw } from '../stepLaw.ts';

type Params = { d: number; ratio: number; link: string; inputs: string };
interface StepFrame extends Frame {
	readonly n: number[];
	/** One row per draw, along n. */
	readonly cosines: number[][];
	readonly errors: number[][];
}
type StepPrediction = Prediction<Params, StepFrame>;

const linkOf = ({ params }: Run<Params>): Link =>
	params.link in links ? (params.link as Link) : 'relu';
const sizes = ({ params: { d, ratio } }: Run<Params>) => doublings(Math.max(d, 32), ratio * d);
const laws = (run: Run<Params>) =>
	sizes(run).map((n) => stepLaw({ d: run.params.d, n, link: linkOf(run) }));

const slope: Hypothesis<Params> = {
	id: 'slope',
	text: 'the link has a linear part, c₁ = E yu ≠ 0',
	broken: (run) => {
		const c = momentsOf(linkOf(run)).slope;
		return Math.abs(c) > 1e-9 ? null : 'c₁ = 0: labels are uncorrelated with every direction';
	},
};
const independent: Hypothesis<Params> = {
	id: 'independent',
	text: 'coordinates are independent, x ~ N(0, I)',
	broken: ({ params }) =>
		params.inputs === 'independent' ? null : 'any two coordinates have a correlation of ½',
};

const shared = {
	source: {
		cite: 'damian2022',
		where: 'the first step, Section 1; the law is proved in the lesson',
	},
	draws: 'replace',
	hypotheses: [slope, independent],
} as const;
/** What the normal approximation of the law leaves. */
const remainder = (n: number) => 0.5 / n;

const predictions: StepPrediction[] = [
	{
		...shared,
		id: 'cosine',
		title: 'how far one step turns towards the direction',
		labels: { predicted: 'law', measured: 'one step' },
		equation: 'eq:cosine',
		panel: 'cosine',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				laws(run).map(({ deviation }, i) => {
					const n = sizes(run)[i]!;
					return [n, remainder(n) + (z * deviation) / Math.sqrt(run.seeds)] as const;
				}),
			because:
				'four standard errors by the spread of the law itself, and 1/(2n) for the labels being summed up as normal: over 200 draws the mean was off by .0014 at n = d = 64 and by .004 at n = 32, d = 8',
		},
		predict: (run) => ({ x: sizes(run), y: laws(run).map(({ cosine }) => cosine) }),
		measure: ({ n, cosines }) => ({ ...ensemble(n, cosines), each: undefined }),
	},
	{
		...shared,
		id: 'error',
		title: 'what a function of that one direction leaves',
		labels: { predicted: 'law', measured: 'readout' },
		equation: 'eq:readout',
		panel: 'error',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				laws(run).map(({ errorDeviation, error }, i) => {
					const n = sizes(run)[i]!;
					const chance = (z * errorDeviation) / Math.sqrt(run.seeds);
					return [n, remainder(n) + 0.02 * error + chance] as const;
				}),
			because:
				'four standard errors by the spread of the law itself, 1/(2n) as for the direction, and 2 % for a readout of nine kinks fitted to 4000 samples',
		},
		predict: (run) => ({ x: sizes(run), y: laws(run).map(({ error }) => error) }),
		measure: ({ n, errors }) => ({ ...ensemble(n, errors), each: undefined }),
	},
];

export default defineFigure<Params, StepFrame>({
	title: 'One step towards a direction',
	plain,
	knobs: {
		d: {
			kind: 'number',
			label: 'dimension',
			symbol: 'd',
			min: 8,
			max: 64,
			default: 64,
			step: 8,
			scale: 'log',
		},
		ratio: {
			kind: 'number',
			label: 'samples per dimension, at most',
			symbol: 'n/d',
			min: 4,
			max: 64,
			default: 64,
			step: 4,
			scale: 'log',
		},
		link: { kind: 'choice', label: 'link', symbol: 'g', options: linkNames, default: 'relu' },
		inputs: {
			kind: 'choice',
			label: 'coordinates',
			options: { independent: 'independent', correlated: 'correlated' },
			default: 'independent',
		},
	},
	seeds: 40,
	reduced: { params: { d: 16, ratio: 16 }, seeds: 12 },
	panels: [
		{
			id: 'cosine',
			title: 'Direction',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'cos² of the angle with θ', scale: 'linear', domain: [0, 1] },
		},
		{
			id: 'error',
			title: 'Error',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'mean square error, E y² = 1', scale: 'log' },
		},
	],
	predictions,
	presets: [
		{
			id: 'eight',
			label: 'eight dimensions',
			values: { d: 8 },
			why: 'The axis below has moved, the curves have not: what counts is the number of samples per dimension.',
		},
		{
			id: 'cubic',
			label: 'no linear part',
			values: { link: 'cubic' },
			why: 'For the third Hermite polynomial E yx = 0. The step is all noise: it points anywhere, whatever n is, and a function of that direction is worth nothing.',
			breaks: 'slope',
		},
		{
			id: 'square',
			label: 'an even link',
			values: { link: 'square', d: 16 },
			why: 'An even function is uncorrelated with every direction too. Its direction can be seen in the second moments, E y xxᵀ, and a single step from zero does not see those.',
			breaks: 'slope',
		},
		{
			id: 'correlated',
			label: 'correlated coordinates',
			values: { inputs: 'correlated' },
			why: 'Now E yx points along Σθ, not along θ. More samples only make it surer of the wrong direction: cos² tends to 1/(1 + (d − 1)/4), six per cent at d = 64.',
			breaks: 'independent',
		},
	],
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const n = sizes(run);
		const inputs: Inputs = run.params.inputs === 'correlated' ? 'correlated' : 'independent';
		const at = { d: run.params.d, link: linkOf(run), inputs };
		let [cosines, errors]: [number[][], number[][]] = [[], []];
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			await breathe();
			const outcome = oneStep(at, n, run.seed + r);
			cosines = [...cosines, outcome.cosines];
			errors = [...errors, outcome.errors];
			yield { step: r + 1, n, cosines, errors };
		}
	},
	summary({ params, predictions: told }) {
		const at = (id: string, i: number) => {
			const one = told.find((p) => p.id === id);
			return `${showNumber(one?.measured.at(i) ?? NaN)} (law ${showNumber(one?.predicted.at(i) ?? NaN)})`;
		};
		const n = told[0]?.x ?? [];
		return (
			`In ${String(params.d)} dimensions one step on ${n[0]} samples has cos² = ${at('cosine', 0)} with the direction, on ${n.at(-1)} it has ` +
			`${at('cosine', -1)}; a function of it then leaves ${at('error', -1)} of y.`
		);
	},
});
