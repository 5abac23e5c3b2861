import {
	defineFigure,
	ensemble,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
} from '#contract';
import { repeat, split } from '#theory/arrays.ts';
import { smooth } from '../hypotheses.ts';
import { lawsOf } from '../laws.ts';
import { targetKnob, targetOf } from '../target.ts';
import { fittedErrors, floors, trainingJob, widthsOf, type TrainingParams } from '../training.ts';

interface TrainingFrame extends Frame {
	readonly widths: number[];
	/** Root mean square error on the training points: one row of widths per seed. */
	readonly errors: number[][];
	/** The network of the drawn width at `drawn`, per seed. */
	readonly heights: number[][];
}
type TrainingPrediction = Prediction<TrainingParams, TrainingFrame>;

const knobs: Knobs<TrainingParams> = {
	target: targetKnob,
	widest: {
		kind: 'number',
		label: 'largest width',
		symbol: 'm',
		min: 8,
		max: 64,
		step: 8,
		default: 32,
		scale: 'log',
	},
	trained: {
		kind: 'choice',
		label: 'what learns',
		options: { all: 'all weights', outer: 'output weights only' },
		default: 'all',
	},
	steps: {
		kind: 'number',
		label: 'steps',
		symbol: 'T',
		min: 100,
		max: 6000,
		step: 100,
		default: 1600,
		scale: 'log',
	},
};

const drawn = Array.from({ length: 101 }, (_, i) => i / 100);
/** The width whose function is drawn: 8, the second of the sweep. */
const drawnAt = 1;
const frames = 25;

/** Steps that were seen to be enough at width m: 1.5 m². */
const enough: Hypothesis<TrainingParams> = {
	id: 'steps',
	text: 'training is long enough, which was measured to be so from 1.5 m² steps on',
	broken: ({ params }) => {
		const widest = widthsOf(params).at(-1)!;
		return params.steps >= 1.5 * widest ** 2
			? null
			: `${params.steps} steps < 1.5 m² = ${1.5 * widest ** 2} for the widest network`;
	},
};
const curvedEnough: Hypothesis<TrainingParams> = {
	id: 'curved',
	text: 'the target is not made of so few straight pieces that a network fits it to rounding',
	broken: ({ params }) => {
		const floor = floors(params).at(-1)!;
		const { size } = targetOf(params.target);
		return floor > 1e-6 * size
			? null
			: `${widthsOf(params).at(-1)! + 1} straight pieces miss f by ${showNumber(floor)} only`;
	},
};

/** Seeds that diverged count among those outside; the curve is of the others. */
function errors({ widths, errors: rows }: TrainingFrame): Curve {
	const sound = rows.filter((row) => row.every(Number.isFinite));
	return { ...ensemble(widths, sound.length > 0 ? sound : rows), each: rows };
}

const predictions: TrainingPrediction[] = [
	{
		id: 'floor',
		title: 'rms error, against the best m + 1 straight pieces',
		labels: { predicted: 'best m + 1 pieces', measured: 'networks' },
		source: { cite: 'bellman1961', where: 'the recursion; the floor is proved in the lesson' },
		equation: 'eq:laws',
		panel: 'error',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 1e-3,
			because:
				'a theorem about every network of this width on these points: the room is for rounding in float32, 10⁻⁷ m of f against errors above 10⁻⁴',
		},
		hypotheses: [curvedEnough],
		predict: ({ params }) => ({ x: widthsOf(params), y: floors(params) }),
		measure: errors,
	},
	{
		id: 'fit',
		title: 'rms error, against least squares on the knots at the start',
		labels: { predicted: 'least squares, knots fixed', measured: 'networks' },
		source: {
			cite: 'deboor2001',
			where: 'Chapter III for the fit; that training reaches it is measured',
		},
		equation: 'eq:interpolant',
		panel: 'error',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0.2,
			because:
				'an experiment, not a theorem: over 20 seeds, four targets and widths 4 to 32 the mean stood at .17 to 1.07 of least squares from 1.5 m² steps on, one seed at most at 1.26',
		},
		hypotheses: [smooth, curvedEnough, enough],
		predict: ({ params: { target, widest }, seed, seeds }) => {
			const rows = fittedErrors({ target, widest, seed, seeds });
			return { ...ensemble(widthsOf({ widest }), rows), low: undefined, high: undefined };
		},
		measure: errors,
	},
	{
		id: 'function',
		title: 'the network of width 8, against f',
		labels: { predicted: 'f', measured: 'width 8' },
		source: { cite: 'deboor2001', where: 'Chapter III, for the start' },
		panel: 'function',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: ({ params }) => lawsOf(params.target).sup * (1.4 / 8) ** 2 * 1.001 + 1e-4,
			because:
				'max |f″|h²/8 with the widest cell h = 1.4/8 bounds the interpolant at the start; that training stays within is an experiment',
		},
		hypotheses: [smooth],
		predict: ({ params }) => ({ x: drawn, y: drawn.map(targetOf(params.target).f) }),
		measure: ({ heights }) => ({
			...ensemble(
				drawn,
				heights.filter((row) => row.every(Number.isFinite)),
			),
			each: undefined,
		}),
	},
];

const presets: Preset<TrainingParams>[] = [
	{
		id: 'outer',
		label: 'output weights only',
		values: { trained: 'outer' },
		why: 'With the knots held fast the loss is a convex parabola: training can only go down to the least squares line, and it comes to within a few per cent of it.',
	},
	{
		id: 'bump',
		label: 'a bump',
		values: { target: targetKnob.presets.bump! },
		why: 'The floor is far below: the best pieces crowd where the bump bends. Narrow networks find some of that, wide ones hardly any, since their knots stay where they were put.',
	},
	{
		id: 'kink',
		label: 'a kink',
		values: { target: 'abs(x - 1/3) + x^2' },
		why: 'Least squares is stuck with first knots that miss 1/3. Here one kink is worth more than all others, and descent carries a unit there: the networks end two to five times below the upper line.',
		breaks: 'smooth',
	},
	{
		id: 'hasty',
		label: 'too few steps',
		values: { steps: 400 },
		why: 'Narrow networks are done after 400 steps; the one of width 32 has hardly left the interpolant. The directions in which its heights change together are learnt last.',
		breaks: 'steps',
	},
	{
		id: 'line',
		label: 'a straight line',
		values: { target: 'x' },
		why: 'A straight line is met by one piece: the floor is 0, and nothing can be held against it as a ratio.',
		breaks: 'curved',
	},
];

export default defineFigure<TrainingParams, TrainingFrame>({
	title: 'Networks in training',
	knobs,
	seeds: 6,
	reduced: { params: { widest: 16, steps: 400 }, seeds: 3 },
	panels: [
		{
			id: 'error',
			title: 'Error against width',
			x: { label: 'width m', scale: 'log' },
			y: { label: 'root mean square of f − f_m', scale: 'log' },
		},
		{
			id: 'function',
			title: 'The function',
			x: { label: 'x', scale: 'linear', domain: [0, 1] },
			y: { label: 'f(x)', scale: 'linear' },
		},
	],
	predictions,
	presets,
	steps: ({ params }) => params.steps,
	async *frames(run, lab, signal) {
		const widths = widthsOf(run.params);
		const job = trainingJob(run);
		const inputs = repeat(Float64Array.from(drawn), job.replicas);
		const session = await lab.open(job);
		try {
			for (let k = 0; k <= frames; k++) {
				signal.throwIfAborted();
				const step = Math.round((k * run.params.steps) / frames);
				if (step > session.step) await session.advance(step - session.step);
				// The loss is the mean square over the training points.
				const rms = Array.from(await session.probe({ kind: 'loss' }), Math.sqrt);
				const field = split(await session.probe({ kind: 'field', x: inputs }), job.replicas);
				yield {
					step,
					widths,
					errors: Array.from({ length: run.seeds }, (_, r) =>
						rms.slice(r * widths.length, (r + 1) * widths.length),
					),
					heights: Array.from({ length: run.seeds }, (_, r) =>
						Array.from(field[r * widths.length + Math.min(drawnAt, widths.length - 1)]!),
					),
				};
			}
		} finally {
			session.dispose();
		}
	},
	summary({ seeds, steps, predictions: told }) {
		const fit = told.find(({ id }) => id === 'fit');
		const floor = told.find(({ id }) => id === 'floor');
		const show = (values: readonly number[] | undefined) => showNumber(values?.at(-1) ?? NaN);
		return (
			`After ${steps} steps ${seeds} networks of width ${fit?.x.at(-1)} err by ${show(fit?.measured)} in root mean square; ` +
			`least squares on their first knots errs by ${show(fit?.predicted)}, and no network of this width can go below ${show(floor?.predicted)}. ` +
			`Seeds within the bound on their own: ${fit?.seedsInside ?? seeds} of ${seeds}.`
		);
	},
});
