import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
	type Tolerance,
} from '#contract';
import { random } from '#theory/random.ts';
import { ballComplexity, ballDeviation } from '../ball.ts';
import { drawComplexities, leastErrors, type Labels } from '../coins.ts';
import { doublings } from '../thresholds.ts';
import {
	errorDeviations,
	intervalComplexity,
	thresholdComplexity,
	walkDeviations,
} from '../walks.ts';

type Params = { n: number; d: number; labels: string };
/** One row per seed, one number for each sample size. */
type Rows = number[][];
interface CoinsFrame extends Frame {
	readonly sizes: number[];
	readonly threshold: Rows;
	readonly interval: Rows;
	readonly ball: Rows;
	/** Least training error of the two classes on labelled points. */
	readonly thresholdError: Rows;
	readonly intervalError: Rows;
}
type CoinsPrediction = Prediction<Params, CoinsFrame>;
type Class = 'threshold' | 'interval' | 'ball' | 'thresholdError' | 'intervalError';

/** Draws of each size per seed. */
const drawsPerSeed = 200;
const z = 4;

const coinLabels: Hypothesis<Params> = {
	id: 'coins',
	text: 'the labels are fair coins',
	broken: ({ params }) =>
		params.labels === 'coins' ? null : 'the labels follow a rule, and one in four is wrong',
};

function prediction(
	id: Class,
	title: string,
	labels: CoinsPrediction['labels'],
	equation: string,
	source: CoinsPrediction['source'],
	law: (n: number, d: number) => number,
	deviation: (n: number, d: number) => number,
	because: string,
): CoinsPrediction {
	const onLabels = id === 'thresholdError' || id === 'intervalError';
	const within = ({ params, seeds }: Run<Params>): Tolerance =>
		doublings(params.n).map((n) => [
			n,
			(z * deviation(n, params.d)) / Math.sqrt(drawsPerSeed * seeds),
		]);
	return {
		id,
		title,
		labels,
		source,
		equation,
		panel: onLabels ? 'errors' : 'complexity',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within,
			because: `${z} standard errors of a mean over the draws, ${because}`,
		},
		hypotheses: onLabels ? [coinLabels] : [],
		predict: ({ params }): Curve => {
			const x = doublings(params.n);
			return { x, y: x.map((n) => law(n, params.d)) };
		},
		measure: (frame) => ensemble(frame.sizes, frame[id]),
	};
}

const brownian = 'with the deviation of the limit, a functional of Brownian motion';
const proved = { cite: 'bartlett2002', where: 'the definition; computed in the lesson' };
const predictions = [
	prediction(
		'threshold',
		'thresholds: the highest point of a walk',
		{ predicted: 'thresholds, exact', measured: 'thresholds' },
		'eq:threshold',
		proved,
		thresholdComplexity,
		(n) => walkDeviations.threshold / Math.sqrt(n),
		brownian,
	),
	prediction(
		'interval',
		'intervals: the longest climb of a walk',
		{ predicted: 'intervals, exact', measured: 'intervals' },
		'eq:interval',
		proved,
		intervalComplexity,
		(n) => walkDeviations.interval / Math.sqrt(n),
		brownian,
	),
	prediction(
		'ball',
		'linear functions in the unit ball',
		{ predicted: 'unit ball, exact', measured: 'unit ball' },
		'eq:ball',
		proved,
		ballComplexity,
		ballDeviation,
		'with the deviation of the length of a normal vector',
	),
	prediction(
		'thresholdError',
		'the least training error of a threshold on coins',
		{ predicted: '½ − Radₙ, thresholds', measured: 'best threshold' },
		'eq:coins',
		proved,
		(n) => 0.5 - thresholdComplexity(n),
		(n) => errorDeviations.threshold / Math.sqrt(n),
		brownian,
	),
	prediction(
		'intervalError',
		'the least training error of an interval on coins',
		{ predicted: '½ − Radₙ, intervals', measured: 'best interval' },
		'eq:coins',
		proved,
		(n) => 0.5 - intervalComplexity(n),
		(n) => errorDeviations.interval / Math.sqrt(n),
		brownian,
	),
];

const samples = { label: 'samples n', scale: 'log' } as const;

export default defineFigure<Params, CoinsFrame>({
	title: 'Fitting coins',
	knobs: {
		n: {
			kind: 'number',
			label: 'largest sample',
			symbol: 'n',
			min: 16,
			max: 1024,
			step: 16,
			default: 256,
			scale: 'log',
		},
		d: {
			kind: 'number',
			label: 'dimension of the ball',
			symbol: 'd',
			min: 1,
			max: 32,
			step: 1,
			default: 4,
			scale: 'log',
		},
		labels: {
			kind: 'choice',
			label: 'labels',
			options: { coins: 'fair coins', rule: 'the rule x ≤ ½, one in four wrong' },
			default: 'coins',
		},
	},
	seeds: 20,
	reduced: { params: { n: 32 }, seeds: 3 },
	panels: [
		{
			id: 'complexity',
			title: 'How well a class follows signs that mean nothing',
			x: samples,
			y: { label: 'Rademacher complexity', scale: 'log' },
		},
		{
			id: 'errors',
			title: 'The best training error',
			x: samples,
			y: { label: 'share of labels wrong', scale: 'linear', domain: [0, 0.5] },
		},
	],
	predictions,
	presets: [
		{
			id: 'wide',
			label: 'a ball in 32 dimensions',
			values: { d: 32 },
			why: 'The complexity of the ball is that of the length of its inputs, √(d/n). Let inputs have length 1 whatever d, and it no longer knows of the dimension.',
		},
		{
			id: 'rule',
			label: 'a rule in place of coins',
			values: { labels: 'rule' },
			why: 'Rademacher complexity does not look at the labels, and the left panel is what it was. The training error is now near ¼, a little below: the class fits the rule and, again, a little of the noise.',
			breaks: 'coins',
		},
	],
	steps: (run) => run.seeds,
	async *frames({ params, seed, seeds }, _lab, signal) {
		const sizes = doublings(params.n);
		const rows: Record<Class, Rows> = {
			threshold: [],
			interval: [],
			ball: [],
			thresholdError: [],
			intervalError: [],
		};
		const breathe = breather(signal);
		for (let r = 0; r < seeds; r++) {
			const stream = random(seed + r, 'erm/coins');
			const row: Record<Class, number[]> = {
				threshold: [],
				interval: [],
				ball: [],
				thresholdError: [],
				intervalError: [],
			};
			for (const n of sizes) {
				await breathe();
				const draws = Array.from({ length: drawsPerSeed }, () => ({
					...drawComplexities(n, params.d, stream),
					errors: leastErrors(n, params.labels as Labels, stream),
				}));
				row.threshold.push(mean(draws.map((draw) => draw.threshold)));
				row.interval.push(mean(draws.map((draw) => draw.interval)));
				row.ball.push(mean(draws.map((draw) => draw.ball)));
				row.thresholdError.push(mean(draws.map((draw) => draw.errors.threshold)));
				row.intervalError.push(mean(draws.map((draw) => draw.errors.interval)));
			}
			for (const [id, values] of Object.entries(row)) rows[id as Class].push(values);
			yield { step: r + 1, sizes, ...rows };
		}
	},
	summary({ params, predictions: told }) {
		const last = (id: Class, of: 'measured' | 'predicted') =>
			showNumber(told.find((p) => p.id === id)?.[of].at(-1) ?? NaN);
		const say = (id: Class) => `${last(id, 'measured')} (exact ${last(id, 'predicted')})`;
		return (
			`With ${String(params.n)} samples the Rademacher complexity is ${say('threshold')} for thresholds, ${say('interval')} for intervals and ` +
			`${say('ball')} for the unit ball; the best threshold has a share of ${last('thresholdError', 'measured')} of the labels wrong.`
		);
	},
});
