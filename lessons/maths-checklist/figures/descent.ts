import {
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { curvatures, keptAtMost, promisedAt, valueAt } from '../quadratic.ts';

type Params = { eta: number; mu: number };
interface DescentFrame extends Frame {
	/** f at this step; nothing here differs between seeds. */
	readonly value: number;
}
type DescentPrediction = Prediction<Params, DescentFrame>;

const dimensions = 20;
const times = Array.from({ length: 51 }, (_, t) => t);
const lambdas = ({ params }: Run<Params>) => curvatures(params.mu, dimensions);

const shortStep: Hypothesis<Params> = {
	id: 'step',
	text: 'the step is shorter than 2/L',
	broken: ({ params: { eta } }) => (eta < 2 ? null : `η = ${showNumber(eta)} ≥ 2/L = 2`),
};
const rounding =
	'float32 rounds each weight by some 10⁻⁷ a step, and there are 50 of them; on f that is twice as much';
const measure = ({ step, value }: DescentFrame) => ensemble([step], [[value]]);

const predictions: DescentPrediction[] = [
	{
		id: 'value',
		title: 'the value, direction by direction',
		labels: { predicted: 'exact value', measured: 'training' },
		source: { cite: 'bach2024', where: 'Section 5.2' },
		panel: 'value',
		equation: 'eq:quadratic',
		draws: 'grow',
		claim: { kind: 'equal', gap: 'relative', within: () => 1e-4, because: rounding },
		hypotheses: [],
		predict: (run) => ({
			x: times,
			y: times.map((t) => valueAt(lambdas(run), run.params.eta, t)),
		}),
		measure,
	},
	{
		id: 'lemma',
		title: 'the descent lemma: at least so far down in one step',
		labels: { predicted: 'descent lemma', measured: 'training' },
		source: { cite: 'bach2024', where: 'Section 5.2' },
		panel: 'value',
		equation: 'eq:lemma',
		draws: 'grow',
		claim: { kind: 'upper bound', slack: 1e-4, because: rounding },
		hypotheses: [],
		predict: (run) => ({
			x: times.slice(1),
			y: times.slice(1).map((t) => promisedAt(lambdas(run), run.params.eta, t)),
		}),
		measure: (frame) => (frame.step === 0 ? ensemble([], [[]]) : measure(frame)),
	},
	{
		id: 'rate',
		title: 'the rate of Polyak and Łojasiewicz',
		labels: { predicted: 'rate with μ and L', measured: 'training' },
		source: { cite: 'karimi2016', where: 'Theorem 1, with any step below 2/L' },
		panel: 'value',
		equation: 'eq:pl',
		draws: 'grow',
		claim: { kind: 'upper bound', slack: 1e-4, because: rounding },
		hypotheses: [shortStep],
		predict: (run) => {
			const { mu, eta } = run.params;
			const start = valueAt(lambdas(run), eta, 0);
			return { x: times, y: times.map((t) => start * keptAtMost(mu, eta, t)) };
		},
		measure,
	},
];

export default defineFigure<Params, DescentFrame>({
	title: 'What smoothness promises',
	knobs: {
		eta: {
			kind: 'number',
			label: 'step size times L',
			symbol: '\\eta',
			min: 0.05,
			max: 2.2,
			step: 0.05,
			default: 1,
			scale: 'linear',
			live: true,
		},
		mu: {
			kind: 'number',
			label: 'least curvature over the largest',
			symbol: '\\mu',
			min: 0.01,
			max: 0.5,
			step: 0.01,
			default: 0.1,
			scale: 'log',
		},
	},
	seeds: 1,
	reduced: { params: {}, seeds: 1 },
	panels: [
		{
			id: 'value',
			title: 'Twenty curvatures from μ to L = 1',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'f', scale: 'log' },
		},
	],
	predictions,
	presets: [
		{
			id: 'ill',
			label: 'badly conditioned',
			values: { mu: 0.01 },
			why: 'The slowest direction keeps 1 − ημ of itself in every step: more than a hundred steps for a digit.',
		},
		{
			id: 'long',
			label: 'steps of 1.8/L',
			values: { eta: 1.8 },
			why: 'The bound is weak: it promises 3.6 % a step where η = 1/L has 10 %. The run is faster than with η = 1/L: in a quadratic the slow directions gain by long steps.',
		},
		{
			id: 'too-long',
			label: 'steps beyond 2/L',
			values: { eta: 2.1 },
			why: 'Along the stiffest direction each step overshoots by more than it corrects: f grows by a factor of 1.21 a step in the end. The descent lemma stays true; it promises a rise.',
			breaks: 'step',
		},
	],
	steps: () => times.length - 1,
	async *frames(run, lab, signal) {
		const session = await lab.open({
			network: { sizes: [dimensions, 1], activation: 'linear', scales: [1] },
			optimiser: { kind: 'gd', stepSize: run.params.eta },
			replicas: 1,
			weights: [new Float64Array(dimensions).fill(1)],
			x: inputs(lambdas(run)),
			y: new Float64Array(dimensions),
			lossFactor: 1,
		});
		try {
			for (const step of times) {
				signal.throwIfAborted();
				if (step > session.step) await session.advance(1);
				const [value = NaN] = await session.probe({ kind: 'loss' });
				yield { step, value };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ steps, predictions: [value, , rate] }) {
		const last = (numbers: readonly number[] = []) => showNumber(numbers.at(-1) ?? NaN);
		return `After ${steps} steps f is ${last(value?.measured)}; direction by direction it should be ${last(value?.predicted)}, and the inequality of Polyak and Łojasiewicz allows ${last(rate?.predicted)}.`;
	},
});

/** One sample √λ_i e_i for each direction: ½ Σ f(x_i)² = ½ Σ λ_i w_i². Shape [d, d]. */
function inputs(lambdas: Float64Array): Float64Array {
	const x = new Float64Array(lambdas.length ** 2);
	lambdas.forEach((l, i) => (x[i * (lambdas.length + 1)] = Math.sqrt(l)));
	return x;
}
