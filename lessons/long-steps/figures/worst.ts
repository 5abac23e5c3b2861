import {
	defineFigure,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { descendHuber, logSpaced, pathOnHuber, pathOnParabola } from '../huber.ts';
import * as shared from '../knobs.ts';
import { stepsOf, total, type Choice } from '../schedules.ts';
import {
	boundAfter,
	farthestOnParabola,
	flatUpTo,
	flatValue,
	isProved,
	largestOfFamily,
	parabolaValue,
	worstThreshold,
} from '../theory.ts';

/** A stretch of the family of Huber functions: threshold → final value. */
interface WorstFrame extends Frame {
	readonly family: Curve;
	/** Thresholds up to which no step enters the parabola, and from which all are on it. */
	readonly flatUpTo: number;
	readonly curvedFrom: number;
	/** The largest value over the family so far, drawn at the threshold that theory calls the worst. */
	readonly largest: Curve;
	/** f after each step, on the worst Huber function and on the parabola. */
	readonly onHuber: number[];
	readonly onParabola: number[];
}
type WorstPrediction = Prediction<Choice, WorstFrame>;

const stepsFor = ({ params }: Run<Choice>) => stepsOf(params);
/** Functions per frame. */
const stretch = 30;

/** Thresholds from far below the worst one, δ*, to where every step is on the parabola; δ* among them. */
function thresholds(run: Run<Choice>): number[] {
	const steps = stepsFor(run);
	const worst = worstThreshold(steps);
	const below = logSpaced(worst / 30, worst, 60);
	return [...below, ...logSpaced(worst, 2 * farthestOnParabola(steps), 121).slice(1)];
}
const within = (run: Run<Choice>, from: number, to: number) =>
	thresholds(run).filter((delta) => delta >= from && delta <= to);
/** Steps 0 … n, each with the steps taken before it. */
const along = (run: Run<Choice>, value: (taken: number[]) => number): Curve => {
	const steps = stepsFor(run);
	const x = Array.from({ length: steps.length + 1 }, (_, t) => t);
	return { x, y: x.map((t) => value(steps.slice(0, t))) };
};
const part = ({ x, y }: Curve, keep: (delta: number) => boolean): Curve => ({
	x: x.filter(keep),
	y: y.filter((_, i) => keep(x[i]!)),
});
const indexed = (y: readonly number[]): Curve => ({ x: y.map((_, t) => t), y });

const proved: Hypothesis<Choice> = {
	id: 'proved',
	text: 'the steps are silver, or constant and below 2',
	broken: ({ params }) =>
		isProved(params)
			? null
			: 'no bound is proved for a few passes of this pattern from an arbitrary start',
};
const drori = { cite: 'drori2014', where: 'Theorem 3.1 and its proof' };
const identity = {
	kind: 'equal',
	gap: 'relative',
	within: () => 1e-10,
	because:
		'an identity: what remains is rounding in float64, 10⁻¹⁶ a step, enlarged where nearly equal numbers are subtracted',
} as const;
const labels = (predicted: string) => ({ predicted, measured: 'descent' });

const predictions: WorstPrediction[] = [
	{
		id: 'flat',
		title: 'the flat side, where no step reaches the parabola',
		labels: labels('flat side'),
		source: drori,
		equation: 'eq:flat',
		panel: 'family',
		draws: 'grow',
		claim: identity,
		hypotheses: [],
		predict: (run) => {
			const steps = stepsFor(run);
			const x = within(run, 0, flatUpTo(steps));
			return { x, y: x.map((delta) => flatValue(steps, delta)) };
		},
		measure: (frame) => part(frame.family, (delta) => delta <= frame.flatUpTo),
	},
	{
		id: 'parabola',
		title: 'the curved side, where all steps are on the parabola',
		labels: labels('parabola'),
		source: drori,
		equation: 'eq:floor',
		panel: 'family',
		draws: 'grow',
		claim: identity,
		hypotheses: [],
		predict: (run) => {
			const steps = stepsFor(run);
			const x = within(run, farthestOnParabola(steps), Infinity);
			return { x, y: x.map(() => parabolaValue(steps)) };
		},
		measure: (frame) => part(frame.family, (delta) => delta >= frame.curvedFrom),
	},
	{
		id: 'bound',
		title: 'the worst case over all smooth convex functions',
		labels: labels('bound'),
		source: { cite: 'altschuler2025ii', where: 'Theorem 1.1; for constant steps Kim (2024)' },
		equation: 'eq:silver-rate',
		panel: 'family',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 1e-9,
			because: 'a theorem: for constant steps the bound is reached, up to rounding in float64',
		},
		hypotheses: [proved],
		predict: (run) => {
			const x = thresholds(run);
			return { x, y: x.map(() => boundAfter(run.params, stepsFor(run))) };
		},
		measure: (frame) => frame.family,
	},
	{
		id: 'largest',
		title: 'the largest value over the family',
		labels: { predicted: 'worst of the family', measured: 'largest' },
		source: { cite: 'drori2014', where: 'Theorem 3.1; for silver steps observed, not proved' },
		equation: 'eq:floor',
		panel: 'family',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: () => 1e-9,
			because: 'the worst threshold δ* is among those tried: rounding in float64 remains',
		},
		hypotheses: [proved],
		predict: (run) => {
			const x = [worstThreshold(stepsFor(run))];
			return { x, y: [largestOfFamily(run.params, stepsFor(run))] };
		},
		measure: (frame) => frame.largest,
	},
	{
		id: 'along-huber',
		title: 'along the way, on the worst Huber function',
		labels: { predicted: 'Huber', measured: 'descent' },
		source: drori,
		equation: 'eq:flat',
		panel: 'way',
		draws: 'replace',
		claim: identity,
		hypotheses: [],
		predict: (run) => {
			const delta = worstThreshold(stepsFor(run));
			return along(run, (taken) => flatValue(taken, delta));
		},
		measure: ({ onHuber }) => indexed(onHuber),
	},
	{
		id: 'along-parabola',
		title: 'along the way, on the parabola',
		labels: { predicted: 'parabola', measured: 'descent' },
		source: drori,
		equation: 'eq:floor',
		panel: 'way',
		draws: 'replace',
		claim: identity,
		hypotheses: [],
		predict: (run) => along(run, parabolaValue),
		measure: ({ onParabola }) => indexed(onParabola),
	},
];

const presets: Preset<Choice>[] = [
	{
		id: 'classical',
		label: 'the classical step',
		values: { schedule: 'constant', h: 1 },
		why: 'Steps of 1/L never overshoot: the parabola is solved at once, and the whole worst case sits on the flat side.',
	},
	{
		id: 'too-eager',
		label: 'constant 1.95',
		values: { schedule: 'constant', h: 1.95, length: 10 },
		why: 'Long steps cross the flat side sooner and bounce on the parabola: ½(1 − h)²ⁿ is now the larger end, and all of the bound.',
	},
	{
		id: 'grimmer',
		label: 'one pass of Grimmer’s seven',
		values: { schedule: 'g7', length: 7 },
		why: 'At δ* it keeps less than any constant step. But between the two sides there is a hump ten times as high: a start from afar lets the step of 12 shoot over. The theorem is about starts that are close in value already.',
		breaks: 'proved',
	},
	{
		id: 'own',
		label: 'a pattern of your own',
		values: { schedule: 'own', length: 9 },
		why: 'Edit the numbers below the sliders. Whatever you type, the value at δ* is 1/(4H + 2): only the sum of the steps counts there. The art is to keep the rest of the curve below it.',
		breaks: 'proved',
	},
];

export default defineFigure<Choice, WorstFrame>({
	title: 'The worst function',
	knobs: {
		schedule: shared.schedule,
		h: shared.stepSize,
		length: shared.length,
		pattern: shared.pattern,
	},
	seeds: 1,
	reduced: { params: {}, seeds: 1 },
	panels: [
		{
			id: 'family',
			title: 'A family of functions',
			x: { label: 'threshold δ', scale: 'log' },
			y: { label: 'f at the end', scale: 'log' },
		},
		{
			id: 'way',
			title: 'Step by step',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'f after t steps', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => thresholds(run).length,
	async *frames(run, _lab, signal) {
		const steps = stepsFor(run);
		const worst = worstThreshold(steps);
		const all = thresholds(run);
		let largest = 0;
		for (let from = 0; from < all.length; from += stretch) {
			// A breath, in which a stop is heard.
			await Promise.resolve();
			signal.throwIfAborted();
			const x = all.slice(from, from + stretch);
			const y = x.map((delta) => descendHuber(steps, delta));
			largest = Math.max(largest, ...y);
			yield {
				step: from + x.length,
				family: { x, y },
				flatUpTo: flatUpTo(steps),
				curvedFrom: farthestOnParabola(steps),
				largest: { x: [worst], y: [largest] },
				onHuber: pathOnHuber(steps, worst),
				onParabola: pathOnParabola(steps),
			};
		}
	},
	summary({ params, predictions: told }) {
		const steps = stepsOf(params as Choice);
		const [largest] = told.find(({ id }) => id === 'largest')?.measured ?? [];
		const [bound] = told.find(({ id }) => id === 'bound')?.predicted ?? [];
		return (
			`After ${steps.length} steps of total length ${showNumber(total(steps))} the worst function of the family ` +
			`still has the value ${showNumber(largest ?? NaN)}; the bound for all smooth convex functions is ${showNumber(bound ?? NaN)}.`
		);
	},
});
