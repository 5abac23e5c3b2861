import {
	defineFigure,
	ensemble,
	showNumber,
	showPercent,
	type Curve,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
	type Tolerance,
} from '#contract';
import { repeat, split, sumOfSquares } from '#theory/arrays.ts';
import { modeAmplitudes } from '#theory/circulant.ts';
import * as shared from '../knobs.ts';
import { driftAllowance, driftBecause, spreadAllowance, spreadBecause } from '../finiteWidth.ts';
import { circle, infiniteWidth, lossFloor } from '../theory.ts';
import {
	clock,
	drawn,
	linearisedRun,
	problemOf,
	settingOf,
	trainingJob,
	type TrainingParams,
} from '../training.ts';
import { largeScale, largeWidth, shortStep } from '../trainingClaims.ts';

/** One row per seed in each. */
interface TrainingFrame extends Frame {
	/** |y − f_t|², or the floor of the loss. */
	readonly loss: number[];
	/** |θ_t − θ_0|. */
	readonly travel: number[];
	/** f_t at the drawn angles. */
	readonly field: number[][];
	/** Amplitude of y − f_t at each frequency. */
	readonly modes: number[][];
}
type TrainingPrediction = Prediction<TrainingParams, TrainingFrame>;

const knobs: Knobs<TrainingParams> = {
	width: {
		kind: 'number',
		label: 'width',
		symbol: 'm',
		min: 16,
		max: 4096,
		step: 2,
		default: 1024,
		scale: 'log',
	},
	alpha: {
		kind: 'number',
		label: 'scale',
		symbol: '\\alpha',
		min: 1,
		max: 64,
		default: 16,
		scale: 'log',
	},
	step: { ...shared.stepSize, live: true },
	frequencies: {
		kind: 'set',
		label: 'frequencies in the target',
		options: [1, 2, 3, 4, 5, 6],
		default: [1, 2, 4],
	},
	n: shared.points,
	lift: shared.lift,
	steps: shared.steps,
};

const jacot = { cite: 'jacot2018', where: 'Theorems 1 and 2, Section 5' };
const chizat = { cite: 'chizat2019', where: 'Theorem 2.2' };
const wide = [shortStep, largeScale, largeWidth];

/** Against infinite width, with the spread over starts as its tolerance. */
function atInfiniteWidth(
	gap: 'relative' | 'absolute',
	within: (run: Run<TrainingParams>) => Tolerance,
): TrainingPrediction['claim'] {
	return { kind: 'limit', of: 'width → ∞', gap, within, because: spreadBecause };
}

/** A row of tolerances as the table a claim carries. */
function table(times: readonly number[], allowed: readonly number[]): Tolerance {
	return times.map((t, i) => [t, allowed[i] ?? NaN]);
}

const predictions: TrainingPrediction[] = [
	{
		id: 'loss-infinite',
		title: 'loss, against infinite width',
		labels: { predicted: 'infinite width', measured: 'network' },
		source: jacot,
		equation: 'eq:loss',
		panel: 'loss',
		draws: 'grow',
		claim: atInfiniteWidth('relative', (run) =>
			table(clock(run), spreadAllowance(settingOf(run)).loss),
		),
		hypotheses: wide,
		predict: (run) => {
			const { loss } = infiniteWidth(problemOf(run));
			return { x: clock(run), y: clock(run).map(loss) };
		},
		measure: ({ step, loss }) =>
			band(
				[step],
				loss.map((v) => [v]),
			),
	},
	{
		id: 'loss-linearised',
		title: 'loss, against the linearisation at the start',
		labels: { predicted: 'linearised', measured: 'network' },
		source: chizat,
		equation: 'eq:loss',
		panel: 'loss',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'α√m → ∞',
			gap: 'relative',
			within: (run) => table(clock(run), driftAllowance(settingOf(run))),
			because: driftBecause,
		},
		hypotheses: [shortStep, largeScale],
		predict: (run) => {
			const rows = linearisedRun(run).map(({ loss }) => clock(run).map(loss));
			return ensemble(clock(run), rows);
		},
		measure: ({ step, loss }) =>
			ensemble(
				[step],
				loss.map((v) => [v]),
			),
	},
	{
		id: 'function',
		title: 'the function on the circle',
		labels: { predicted: 'infinite width', measured: 'network' },
		source: jacot,
		equation: 'eq:ft',
		panel: 'circle',
		draws: 'replace',
		claim: atInfiniteWidth('absolute', (run) => spreadAllowance(settingOf(run)).field),
		hypotheses: wide,
		predict: (run, step) => ({
			x: drawn,
			y: Array.from(infiniteWidth(problemOf(run), drawn).learnt(step)),
		}),
		measure: ({ field }) => band(drawn, field),
	},
	{
		id: 'modes',
		title: 'what is left to learn, by frequency',
		labels: { predicted: 'infinite width', measured: 'network' },
		source: jacot,
		equation: 'eq:loss',
		panel: 'modes',
		draws: 'replace',
		claim: atInfiniteWidth('absolute', (run) => spreadAllowance(settingOf(run)).modes),
		hypotheses: wide,
		predict: (run, step) => {
			const y = modeAmplitudes(infiniteWidth(problemOf(run)).residual(step));
			return { x: y.map((_, k) => k), y };
		},
		measure: ({ modes }) => band(modes[0]?.map((_, k) => k) ?? [], modes),
	},
	{
		id: 'travel',
		title: 'how far the weights travel',
		labels: { predicted: 'infinite width', measured: 'network' },
		source: { cite: 'lee2019', where: 'Theorem 2.1' },
		equation: 'eq:travel',
		panel: 'travel',
		draws: 'grow',
		claim: atInfiniteWidth('relative', (run) =>
			table(clock(run), spreadAllowance(settingOf(run)).travel),
		),
		hypotheses: wide,
		predict: (run) => {
			const { travelSquared } = infiniteWidth(problemOf(run));
			const y = clock(run).map((t) => Math.sqrt(travelSquared(t)) / run.params.alpha);
			return { x: clock(run), y };
		},
		measure: ({ step, travel }) =>
			band(
				[step],
				travel.map((v) => [v]),
			),
	},
];

/** Mean and band of an ensemble whose single seeds are not judged: the claim is on the mean. */
function band(x: readonly number[], rows: readonly (readonly number[])[]): Curve {
	return { ...ensemble(x, rows), each: undefined };
}

const presets: Preset<TrainingParams>[] = [
	{
		id: 'lazy',
		label: 'lazy',
		values: { width: 4096, alpha: 64 },
		why: 'Wide and at large scale: the weights hardly move, and the network follows its own linearisation to the eye’s limit.',
	},
	{
		id: 'no-scale',
		label: 'width without scale',
		values: { alpha: 1 },
		why: 'At α = 1 the weights travel sixteen times as far. The kernel drifts while they do, and the highest frequency, whose eigenvalue is smallest, falls behind first.',
		breaks: 'scale',
	},
	{
		id: 'past-the-edge',
		label: 'past the edge',
		values: { step: 2.2, steps: 100 },
		why: 'The step is longer than 2/λ_max: along the first eigenvector of each network’s kernel every step overshoots by more than it corrects. Its linearisation grows without end; the network follows it until its kernel is another.',
		breaks: 'step',
	},
	{
		id: 'flat-circle',
		label: 'no lift',
		values: { lift: 0, frequencies: [1, 3] },
		why: 'At β = 0 the kernel has eigenvalue 0 for the odd frequencies from 3 on. Theory says cos 3p is never learnt, and the network does not learn it.',
	},
	{
		id: 'narrow',
		label: 'narrow',
		values: { width: 16, alpha: 64, step: 0.5 },
		why: 'Eight independent neurons: the kernel at the start is far from its mean, and no scale mends that. The network still follows its own linearisation.',
		breaks: 'width',
	},
];

export default defineFigure<TrainingParams, TrainingFrame>({
	title: 'Training',
	knobs,
	seeds: 8,
	reduced: { params: { width: 256, steps: 100 }, seeds: 4 },
	panels: [
		{
			id: 'loss',
			title: 'Loss',
			x: { label: 'step t', scale: 'linear' },
			y: { label: '|f − y|², down to 10⁻⁴ of its start', scale: 'log' },
		},
		{
			id: 'circle',
			title: 'The function on the circle',
			x: { label: 'angle p', scale: 'linear', domain: [0, 2 * Math.PI] },
			y: { label: 'f(p)', scale: 'linear' },
		},
		{
			id: 'modes',
			title: 'Left to learn, by frequency',
			x: { label: 'frequency k', scale: 'linear', discrete: true },
			y: { label: 'amplitude of y − f', scale: 'linear' },
		},
		{
			id: 'travel',
			title: 'Travel of the weights',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'distance from the start |θ − θ₀|', scale: 'linear' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const job = trainingJob(run);
		const y = job.y;
		const floor = lossFloor(problemOf(run));
		const inputs = repeat(circle(drawn, run.params.lift), run.seeds);
		const session = await lab.open(job);
		try {
			for (const time of clock(run)) {
				signal.throwIfAborted();
				if (time > session.step) await session.advance(time - session.step);
				const outputs = await session.probe({ kind: 'outputs' });
				const field = await session.probe({ kind: 'field', x: inputs });
				const travel = await session.probe({ kind: 'travel' });
				const residuals = split(
					outputs.map((f, i) => (y[i] ?? NaN) - f),
					run.seeds,
				);
				yield {
					step: time,
					loss: residuals.map((r) => Math.max(floor, sumOfSquares(r))),
					travel: Array.from(travel, Math.sqrt),
					field: split(field, run.seeds).map((row) => Array.from(row)),
					modes: residuals.map(modeAmplitudes),
				};
			}
		} finally {
			session.dispose();
		}
	},
	summary({ seeds, params, predictions: told }) {
		const loss = told.find(({ id }) => id === 'loss-infinite');
		const [first, last, theory] = [
			loss?.measured[0],
			loss?.measured.at(-1),
			loss?.predicted.at(-1),
		].map((value) => value ?? NaN) as [number, number, number];
		return (
			`After ${loss?.x.at(-1)} steps ${seeds} networks of width ${String(params.width)} have brought the sum of squares ` +
			`from ${showNumber(first)} to ${showNumber(last)} on average; the infinitely wide network would stand ` +
			`at ${showNumber(theory)}, a difference of ${showPercent(Math.abs(last / theory - 1))}.`
		);
	},
});
