import {
	breather,
	defineFigure,
	showNumber,
	showPercent,
	type Curve,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
	type Tolerance,
} from '#contract';
import {
	chebyshevFactor,
	chebyshevSteps,
	constantFactor,
	descend,
	eigenvalues,
	growth,
	roundingShare,
	type Digits,
	type Order,
} from '../chebyshev.ts';
import { constantSteps } from '../schedules.ts';

type Params = { kappa: number; n: number; order: string; digits: string };
/** What n steps leave, for one n per frame; with the last comes the whole way. */
interface QuadraticFrame extends Frame {
	readonly chebyshev: Curve;
	readonly constant: Curve;
	readonly way: Curve;
}
type QuadraticPrediction = Prediction<Params, QuadraticFrame>;

const lengths = ({ params }: Run<Params>) => Array.from({ length: params.n }, (_, i) => i + 1);
const best = ({ kappa, order }: Params, n: number) => chebyshevSteps(n, kappa, order as Order);
const even = ({ kappa }: Params, n: number) => constantSteps(2 / (1 + 1 / kappa), n);
const curve = (x: readonly number[], f: (n: number) => number): Curve => ({ x, y: x.map(f) });

/** The share of rounding in what n steps leave. */
const bestShare = (params: Params, n: number) =>
	roundingShare(
		best(params, n),
		eigenvalues(n, params.kappa),
		chebyshevFactor(n, params.kappa),
		params.digits as Digits,
	);
const evenShare = (params: Params, n: number) =>
	roundingShare(
		even(params, n),
		eigenvalues(n, params.kappa),
		constantFactor(n, params.kappa),
		params.digits as Digits,
	);
const table = (run: Run<Params>, share: (params: Params, n: number) => number): Tolerance =>
	lengths(run).map((n) => [n, share(run.params, n)] as const);

const mostShare = 0.05;
const enoughDigits: Hypothesis<Params> = {
	id: 'digits',
	text: `rounding has at most ${showPercent(mostShare)} of the result`,
	broken: ({ params }) => {
		const share = bestShare(params, params.n);
		if (share <= mostShare) return null;
		const how =
			share < 10 ? `by up to ${showPercent(share)} of the result` : 'beyond the result itself';
		return `in this order the later steps enlarge rounding ${how}`;
	},
};
const because =
	'an error law: two units in the last place per gradient, times its step, times the largest residual polynomial of the steps after it, summed';

const predictions: QuadraticPrediction[] = [
	{
		id: 'chebyshev',
		title: 'Chebyshev steps: 1/T_n((κ + 1)/(κ − 1))',
		labels: { predicted: 'Chebyshev', measured: 'Chebyshev' },
		source: { cite: 'young1953', where: 'the theorem on the best n steps' },
		equation: 'eq:chebyshev',
		panel: 'left',
		draws: 'grow',
		claim: { kind: 'equal', gap: 'relative', within: (run) => table(run, bestShare), because },
		hypotheses: [enoughDigits],
		predict: (run) => curve(lengths(run), (n) => chebyshevFactor(n, run.params.kappa)),
		measure: ({ chebyshev }) => chebyshev,
	},
	{
		id: 'constant',
		title: 'the best constant step: ((κ − 1)/(κ + 1))ⁿ',
		labels: { predicted: 'constant', measured: 'constant' },
		source: { cite: 'young1953', where: 'the case of one step, repeated' },
		panel: 'left',
		draws: 'grow',
		claim: { kind: 'equal', gap: 'relative', within: (run) => table(run, evenShare), because },
		hypotheses: [],
		predict: (run) => curve(lengths(run), (n) => constantFactor(n, run.params.kappa)),
		measure: ({ constant }) => constant,
	},
	{
		id: 'way',
		title: 'on the way, in the chosen order',
		labels: { predicted: 'product of factors', measured: 'descent' },
		source: { cite: 'lebedev1971', where: 'on the order of the steps' },
		panel: 'way',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => bestShare(run.params, run.params.n),
			because: `${because}; the distance is smallest at the end`,
		},
		hypotheses: [enoughDigits],
		predict: ({ params }) => {
			const y = growth(best(params, params.n), eigenvalues(params.n, params.kappa));
			return { x: y.map((_, t) => t), y };
		},
		measure: ({ way }) => way,
	},
];

const knobs: Knobs<Params> = {
	kappa: {
		kind: 'number',
		label: 'condition number',
		symbol: '\\kappa',
		min: 2,
		max: 1000,
		step: 1,
		default: 100,
		scale: 'log',
	},
	n: {
		kind: 'number',
		label: 'steps',
		symbol: 'n',
		min: 1,
		max: 64,
		step: 1,
		default: 16,
		scale: 'log',
	},
	order: {
		kind: 'choice',
		label: 'order of the steps',
		options: {
			lebedev: 'interleaved',
			'long last': 'long ones last',
			'long first': 'long ones first',
		},
		default: 'lebedev',
	},
	digits: {
		kind: 'choice',
		label: 'arithmetic',
		options: { float32: '24 digits (float32)', float64: '53 digits (float64)' },
		default: 'float32',
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'long-last',
		label: 'long steps last',
		values: { order: 'long last' },
		why: 'The same sixteen steps from the shortest to the longest. Each of the last ones multiplies what rounding left by up to a hundred: the product formula asks for real numbers, and float32 has 24 digits.',
		breaks: 'digits',
	},
	{
		id: 'long-first',
		label: 'long steps first',
		values: { order: 'long first' },
		why: 'Now the distance rises by a factor of millions and comes back: the error made up there shrinks with everything else. On a quadratic that is harmless; anything with an edge is not.',
	},
	{
		id: 'hard',
		label: 'κ = 1000, 64 steps',
		values: { kappa: 1000, n: 64, digits: 'float64' },
		why: 'Constant steps keep 88 % of the distance, Chebyshev’s 3.5 %: the number of steps goes with √κ instead of κ.',
	},
];

export default defineFigure<Params, QuadraticFrame>({
	title: 'The best steps for a quadratic',
	knobs,
	seeds: 1,
	reduced: { params: {}, seeds: 1 },
	panels: [
		{
			id: 'left',
			title: 'What n steps leave of the distance',
			x: { label: 'steps n', scale: 'linear' },
			y: { label: 'largest |xₙ − x*|, start 1', scale: 'log' },
		},
		{
			id: 'way',
			title: 'On the way',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'largest |x − x*|', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.params.n,
	async *frames({ params }, _lab, signal) {
		const { kappa, digits } = params;
		const run = (steps: readonly number[]) =>
			descend(steps, eigenvalues(steps.length, kappa), digits as Digits);
		const breathe = breather(signal);
		for (let n = 1; n <= params.n; n++) {
			await breathe();
			const way = run(best(params, n));
			yield {
				step: n,
				chebyshev: curve([n], () => way.at(-1) ?? NaN),
				constant: curve([n], () => run(even(params, n)).at(-1) ?? NaN),
				way: n < params.n ? { x: [], y: [] } : { x: way.map((_, t) => t), y: way },
			};
		}
	},
	summary({ params, predictions: told }) {
		const last = (id: string) =>
			showNumber(told.find((entry) => entry.id === id)?.measured.at(-1) ?? NaN);
		return (
			`At condition number ${String(params.kappa)}, ${String(params.n)} Chebyshev steps leave ${last('chebyshev')} ` +
			`of the distance in the worst direction, as many equal steps ${last('constant')}.`
		);
	},
});
