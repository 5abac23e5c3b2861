import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import * as shared from '../knobs.ts';
import { descendLogistic, logisticProblem } from '../logistic.ts';
import { constantSteps, scheduleNames, silverSteps, patternOf, repeated } from '../schedules.ts';
import { constantWorst, silverBound } from '../theory.ts';

type Params = { h: number; schedule: string; doublings: number; spread: number };
/** (f − f*)/(L D²) of each seed, at one number of steps per frame. */
interface LogisticFrame extends Frame {
	readonly n: number;
	readonly constant: number[];
	readonly chosen: number[];
}
type LogisticPrediction = Prediction<Params, LogisticFrame>;

/** 1, 3, 7, …, 2^k − 1: where the silver bound holds. */
const lengths = ({ params }: Run<Params>) =>
	Array.from({ length: params.doublings }, (_, k) => 2 ** (k + 1) - 1);
const longest = (run: Run<Params>) => lengths(run).at(-1)!;

function chosenSteps(run: Run<Params>): number[] {
	const { schedule } = run.params;
	const n = longest(run);
	if (schedule === 'silver') return silverSteps(n);
	// Beyond the last whole pass the next one begins.
	const pattern = patternOf(schedule);
	return repeated(pattern, n + pattern.length).slice(0, n);
}
const average = (schedule: string) => {
	const pattern = patternOf(schedule);
	return pattern.reduce((sum, h) => sum + h, 0) / pattern.length;
};

const proved: Hypothesis<Params> = {
	id: 'proved',
	text: 'the bound has an explicit constant: silver steps',
	broken: ({ params }) =>
		params.schedule === 'silver'
			? null
			: 'of the rate LD²/(avg n) + O(1/n²) the last term is not known, and its D is another: the radius of the level set of the start',
};
const theorem = {
	kind: 'upper bound',
	slack: 0,
	because: 'a theorem about every smooth convex function; this one is far from the worst of them',
} as const;
const point = (n: number, values: readonly number[]): Curve =>
	ensemble(
		[n],
		values.map((value) => [value]),
	);

const predictions: LogisticPrediction[] = [
	{
		id: 'constant',
		title: 'constant steps, below their worst case',
		labels: { predicted: 'bound, constant', measured: 'constant' },
		source: {
			cite: 'kim2024',
			where: 'Theorem 1; Drori & Teboulle (2014), Theorem 3.1, for h ≤ 1',
		},
		equation: 'eq:constant',
		panel: 'race',
		draws: 'grow',
		claim: theorem,
		hypotheses: [],
		predict: (run) => {
			const x = lengths(run);
			return { x, y: x.map((n) => constantWorst(run.params.h, n)) };
		},
		measure: ({ n, constant }) => point(n, constant),
	},
	{
		id: 'chosen',
		title: 'the other steps, below their worst case',
		labels: { predicted: 'bound, long steps', measured: 'long steps' },
		source: {
			cite: 'altschuler2025ii',
			where: 'Theorem 1.1; for the patterns Grimmer (2024), Theorem 2.1',
		},
		equation: 'eq:silver-rate',
		panel: 'race',
		draws: 'grow',
		claim: theorem,
		hypotheses: [proved],
		predict: (run) => {
			const { schedule } = run.params;
			const bound =
				schedule === 'silver' ? silverBound : (n: number) => 1 / (average(schedule) * n);
			return { x: lengths(run), y: lengths(run).map(bound) };
		},
		measure: ({ n, chosen }) => point(n, chosen),
	},
];

const longSchedules = Object.fromEntries(
	Object.entries(scheduleNames).filter(([name]) => name !== 'constant' && name !== 'own'),
);
const knobs: Knobs<Params> = {
	schedule: { kind: 'choice', label: 'long steps', options: longSchedules, default: 'silver' },
	h: shared.stepSize,
	doublings: {
		kind: 'number',
		label: 'doublings of the length',
		symbol: 'k',
		min: 3,
		max: 10,
		step: 1,
		default: 9,
		scale: 'linear',
	},
	spread: {
		kind: 'number',
		label: 'columns from 1 down to 10 to the minus',
		min: 0,
		max: 3,
		step: 0.5,
		default: 2,
		scale: 'linear',
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'nearly-two',
		label: 'constant 1.9',
		values: { h: 1.9 },
		why: 'On this one function the longest constant step is a good one: almost twice as fast as 1, and its worst case, which sits on a parabola, is not met.',
	},
	{
		id: 'pattern',
		label: 'Grimmer’s 127',
		values: { schedule: 'g127' },
		why: 'Ahead of silver here. The line is the leading term of its rate alone: what the theorem adds to it is not explicit, so nothing is claimed.',
		breaks: 'proved',
	},
];

export default defineFigure<Params, LogisticFrame>({
	title: 'A race on one convex function',
	knobs,
	seeds: 4,
	reduced: { params: { doublings: 7 }, seeds: 2 },
	panels: [
		{
			id: 'race',
			title: 'Logistic regression',
			x: { label: 'steps n', scale: 'log' },
			y: { label: '(f − f*) / LD²', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: longest,
	async *frames(run, _lab, signal) {
		const { h, spread } = run.params;
		const wanted = lengths(run);
		const runs = [constantSteps(h, longest(run)), chosenSteps(run)].map((steps) =>
			Array.from({ length: run.seeds }, (_, r) =>
				descendLogistic(logisticProblem({ seed: run.seed + r, spread }), steps, wanted),
			),
		);
		const breathe = breather(signal);
		for (const n of wanted) {
			const [constant, chosen]: [number[], number[]] = [[], []];
			for (let r = 0; r < run.seeds; r++)
				for (const [k, values] of [constant, chosen].entries()) {
					await breathe();
					values.push(Number(runs[k]![r]!.next().value));
				}
			yield { step: n, n, constant, chosen };
		}
	},
	summary({ params, steps, predictions: told }) {
		const last = (id: string) =>
			showNumber(told.find((entry) => entry.id === id)?.measured.at(-1) ?? NaN);
		return (
			`After ${steps} steps constant ${String(params.h)} is ${last('constant')} above the minimum in units of LD², ` +
			`${scheduleNames[String(params.schedule)]} steps ${last('chosen')}: both far below their worst cases.`
		);
	},
});
