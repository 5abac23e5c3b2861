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
import { descendHuber, logSpaced } from '../huber.ts';
import * as shared from '../knobs.ts';
import {
	constantSteps,
	grimmerLengths,
	patternOf,
	repeated,
	scheduleNames,
	silverSteps,
} from '../schedules.ts';
import {
	constantWorst,
	huberFloor,
	silverBound,
	silverExponent,
	silverFloor,
	worstThreshold,
} from '../theory.ts';

type Params = { h: number; pattern: string; doublings: number };

/** The worst of the family after n steps, for one n per frame. */
interface RatesFrame extends Frame {
	readonly constant: Curve;
	readonly silver: Curve;
	/** Passes of the pattern: at the threshold δ* alone; empty where n is shorter than it. */
	readonly pattern: Curve;
	readonly doublings: number;
}
type RatesPrediction = Prediction<Params, RatesFrame>;

/** 1, 3, 7, …, 2^k − 1. */
const lengths = ({ params }: Run<Params>) =>
	Array.from({ length: params.doublings }, (_, k) => 2 ** (k + 1) - 1);
/** Lengths of whole passes of a pattern, doubled from one to the next. */
const passes = ({ params }: Run<Params>) => {
	const t = patternOf(params.pattern).length;
	const most = Math.max(1, Math.floor(2 ** params.doublings / t));
	return Array.from({ length: 1 + Math.floor(Math.log2(most)) }, (_, k) => t * 2 ** k);
};
const curve = (x: readonly number[], f: (n: number) => number): Curve => ({ x, y: x.map(f) });

/** The largest final value over Huber functions and the parabola; δ* is among the thresholds. */
function largest(steps: readonly number[]): number {
	const worst = worstThreshold(steps);
	const values = [...logSpaced(worst / 10, worst, 20), ...logSpaced(worst, 2, 60)].map((delta) =>
		descendHuber(steps, delta),
	);
	return Math.max(...values);
}

const reached =
	'the worst threshold δ* is among those tried: rounding in float64, 10⁻¹⁶ a step, remains';
const equal = { kind: 'equal', gap: 'relative', within: () => 1e-9, because: reached } as const;

const predictions: RatesPrediction[] = [
	{
		id: 'constant',
		title: 'constant steps: the exact worst case',
		labels: { predicted: 'constant', measured: 'constant' },
		source: {
			cite: 'kim2024',
			where: 'Theorem 1; Drori & Teboulle (2014), Theorem 3.1, for h ≤ 1',
		},
		equation: 'eq:constant',
		panel: 'rates',
		draws: 'grow',
		claim: equal,
		hypotheses: [],
		predict: (run) => curve(lengths(run), (n) => constantWorst(run.params.h, n)),
		measure: ({ constant }) => constant,
	},
	{
		id: 'silver',
		title: 'silver steps: 1/(4ρᵏ − 2)',
		labels: { predicted: 'silver', measured: 'silver' },
		source: {
			cite: 'altschuler2025ii',
			where: 'Section 1.1; the exact value is observed, not proved',
		},
		equation: 'eq:floor',
		panel: 'rates',
		draws: 'grow',
		claim: equal,
		hypotheses: [],
		predict: (run) => curve(lengths(run), silverFloor),
		measure: ({ silver }) => silver,
	},
	{
		id: 'silver-bound',
		title: 'silver steps: the proved bound',
		labels: { predicted: 'bound for silver', measured: 'silver' },
		source: { cite: 'altschuler2025ii', where: 'Theorem 1.1' },
		equation: 'eq:silver-rate',
		panel: 'rates',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because: 'a theorem, and loose by a factor of up to two',
		},
		hypotheses: [],
		predict: (run) => curve(lengths(run), silverBound),
		measure: ({ silver }) => silver,
	},
	{
		id: 'silver-slope',
		title: 'silver steps: the exponent −log₂ ρ = −1.2716',
		labels: { predicted: 'n^−1.27', measured: 'silver' },
		source: { cite: 'altschuler2025ii', where: 'Theorem 1.1' },
		equation: 'eq:silver-rate',
		panel: 'slope',
		draws: 'grow',
		claim: {
			kind: 'slope',
			within: ({ params }) => 0.4 * 2 ** (4 - params.doublings),
			because:
				'1/(4ρᵏ − 2) at n = 2ᵏ − 1 is no pure power yet: over the last four doublings its slope is flatter by 0.33 to 0.38 times 2^(4−k)',
		},
		hypotheses: [],
		predict: (run) =>
			latest(
				curve(lengths(run), (n) => n ** -silverExponent / 4),
				run.params.doublings,
			),
		measure: ({ silver, doublings }) => latest(silver, doublings),
	},
	{
		id: 'pattern',
		title: 'whole passes of the pattern, at the worst threshold: 1/(4H + 2)',
		labels: { predicted: 'pattern, floor', measured: 'pattern at δ*' },
		source: { cite: 'drori2014', where: 'Theorem 3.1 and its proof' },
		equation: 'eq:floor',
		panel: 'rates',
		draws: 'grow',
		claim: equal,
		hypotheses: [],
		predict: (run) => {
			const pattern = patternOf(run.params.pattern);
			return curve(passes(run), (n) => huberFloor(repeated(pattern, n)));
		},
		measure: ({ pattern }) => pattern,
	},
];

/** The last four doublings. */
function latest({ x, y }: Curve, longest: number): Curve {
	const late = (n: number) => n + 1 >= 2 ** (longest - 4);
	return { x: x.filter(late), y: y.filter((_, i) => late(x[i]!)) };
}

const knobs: Knobs<Params> = {
	h: shared.stepSize,
	pattern: {
		kind: 'choice',
		label: 'pattern',
		options: Object.fromEntries(
			grimmerLengths.map((t) => [`g${t}`, scheduleNames[`g${t}`] ?? `${t}`]),
		),
		default: 'g7',
	},
	doublings: {
		kind: 'number',
		label: 'doublings of the length',
		symbol: 'k',
		min: 5,
		max: 13,
		step: 1,
		default: 12,
		scale: 'linear',
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'best-constant',
		label: 'constant 1.8',
		values: { h: 1.8, doublings: 6 },
		why: 'A longer constant step moves its line down by its factor, and never makes it steeper.',
	},
	{
		id: 'longest-pattern',
		label: 'the pattern of 127',
		values: { pattern: 'g127', doublings: 13 },
		why: 'A pattern has the slope −1 of a constant step, at its average length: 5.83 here. Only patterns that grow with n, as silver does, change the slope.',
	},
];

export default defineFigure<Params, RatesFrame>({
	title: 'How fast the worst case falls',
	knobs,
	seeds: 1,
	reduced: { params: { doublings: 8 }, seeds: 1 },
	panels: [
		{
			id: 'rates',
			title: 'Worst case against the number of steps',
			x: { label: 'steps n', scale: 'log' },
			y: { label: 'f at the end', scale: 'log' },
		},
		{
			id: 'slope',
			title: 'The slope of silver',
			x: { label: 'steps n', scale: 'log' },
			y: { label: 'f at the end', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => lengths(run).length,
	async *frames(run, _lab, signal) {
		const { h, pattern } = run.params;
		const whole = passes(run);
		const breathe = breather(signal);
		for (const [k, n] of lengths(run).entries()) {
			await breathe();
			const ends = k < whole.length ? [whole[k]!] : [];
			yield {
				step: k + 1,
				doublings: run.params.doublings,
				constant: curve([n], () => largest(constantSteps(h, n))),
				silver: curve([n], () => largest(silverSteps(n))),
				pattern: curve(ends, (m) => {
					const steps = repeated(patternOf(pattern), m);
					return descendHuber(steps, worstThreshold(steps));
				}),
			};
		}
	},
	summary({ predictions: told }) {
		const last = (id: string) => {
			const found = told.find((entry) => entry.id === id);
			return { n: found?.x.at(-1) ?? NaN, value: showNumber(found?.measured.at(-1) ?? NaN) };
		};
		const [constant, silver] = [last('constant'), last('silver')];
		return (
			`After ${silver.n} steps the worst function of the family has the value ${constant.value} with ` +
			`constant steps and ${silver.value} with silver steps.`
		);
	},
});
