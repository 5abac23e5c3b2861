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
	type Run,
	type Tolerance,
} from '#contract';
import {
	clock,
	diverged,
	flow,
	lengthsGone,
	losses,
	networkJob,
	passOf,
	type NetworkParams,
} from '../network.ts';
import { scheduleNames, total } from '../schedules.ts';

/** The loss of each seed after whole passes, by long steps and by even ones of the same average. */
interface NetworkFrame extends Frame {
	/** Σh so far, times the fraction. */
	readonly gone: number;
	readonly pattern: number[];
	readonly constant: number[];
}
type NetworkPrediction = Prediction<NetworkParams, NetworkFrame>;

const evenStep = (params: NetworkParams) => {
	const { pass } = passOf(params);
	return total(pass) / pass.length;
};

const flows = (run: Run<NetworkParams>) =>
	Array.from({ length: run.seeds }, (_, r) =>
		flow({ seed: run.seed + r, times: lengthsGone(run.params) }),
	);

/** Beyond 2/λ_max a step enlarges the steepest direction; λ_max is looked up along the flow, as it grows. */
const short = (
	id: string,
	text: string,
	longest: (params: NetworkParams) => number,
): Hypothesis<NetworkParams> => ({
	id,
	text,
	costly: true,
	broken: (run) => {
		const step = run.params.fraction * longest(run.params);
		if (step > 2) return `a step of ${showNumber(step)}/λ_max at the start > 2/λ_max`;
		const sharpest = Math.max(...flows(run).map((f) => f.sharpest));
		return step * sharpest <= 2
			? null
			: `λ_max grows along the flow, and the step is ${showNumber(step * sharpest)}/λ_max > 2/λ_max`;
	},
});
const shortSteps = short(
	'longest',
	'the longest step is at most 2/λ_max all along the flow',
	(params) => Math.max(...passOf(params).pass),
);
const shortAverage = short(
	'average',
	'the average step is at most 2/λ_max all along the flow',
	evenStep,
);

/** Σh²/(Σh)² over the steps taken: at s the first passes are coarse, later ones fine. */
function coarseness(run: Run<NetworkParams>, steps: readonly number[]): Tolerance {
	const rounding = 2e-5;
	return clock(run.params).map((t, i) => {
		const passes = t / steps.length;
		const squares = passes * total(steps.map((h) => h * h));
		const gone = lengthsGone(run.params)[i]!;
		return [gone, t === 0 ? rounding : squares / (passes * total(steps)) ** 2] as const;
	});
}
const because =
	'an error law: a step τ in place of the flow multiplies by 1 − μτ and not by e^(−μτ), which adds up to a multiple of Σh²/(Σh)²; over 20 seeds and eight settings the multiple was at most 0.64';
const predict = (run: Run<NetworkParams>): Curve => {
	const times = lengthsGone(run.params);
	return ensemble(
		times,
		flows(run).map(({ losses }) => losses),
	);
};
const at = (gone: number, values: readonly number[]) =>
	ensemble(
		[gone],
		values.map((value) => [value]),
	);
const barrett = { cite: 'barrett2021', where: 'Theorem 3.1, whose leading term is the flow' };

const predictions: NetworkPrediction[] = [
	{
		id: 'pattern',
		title: 'long steps, against gradient flow over the same length',
		labels: { predicted: 'gradient flow', measured: 'long steps' },
		source: barrett,
		panel: 'loss',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'step → 0 at the same total length',
			gap: 'relative',
			within: (run) => coarseness(run, passOf(run.params).pass),
			because,
		},
		hypotheses: [shortSteps],
		predict,
		measure: ({ gone, pattern }) => at(gone, pattern),
	},
	{
		id: 'constant',
		title: 'even steps of the same average, against gradient flow',
		labels: { predicted: 'gradient flow', measured: 'even steps' },
		source: barrett,
		panel: 'loss',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'step → 0 at the same total length',
			gap: 'relative',
			within: (run) =>
				coarseness(
					run,
					passOf(run.params).pass.map(() => 1),
				),
			because,
		},
		hypotheses: [shortAverage],
		predict,
		measure: ({ gone, constant }) => at(gone, constant),
	},
];

const long = Object.fromEntries(
	Object.entries(scheduleNames).filter(([name]) =>
		['silver', 'g3', 'g7', 'g15', 'g31'].includes(name),
	),
);
const knobs: Knobs<NetworkParams> = {
	fraction: {
		kind: 'number',
		label: 'unit of step, in 1/λ_max of the start',
		min: 0.01,
		max: 1,
		default: 0.1,
		scale: 'log',
	},
	schedule: { kind: 'choice', label: 'long steps', options: long, default: 'g7' },
	length: {
		kind: 'number',
		label: 'at most so many steps',
		symbol: 'n',
		min: 31,
		max: 1023,
		step: 1,
		default: 252,
		scale: 'log',
	},
};

const presets: Preset<NetworkParams>[] = [
	{
		id: 'small',
		label: 'small steps',
		values: { fraction: 0.03 },
		why: 'With short steps only the length counts that they have gone together: the pattern, the even steps and the flow are one curve.',
	},
	{
		id: 'silver',
		label: 'silver, at a third',
		values: { fraction: 0.3, schedule: 'silver', length: 255 },
		why: 'Its longest step is thirty times 2/λ_max, and yet it ends within a few per cent of the flow. No theorem says that it must.',
		breaks: 'longest',
	},
	{
		id: 'full',
		label: 'seven at full length',
		values: { fraction: 1, schedule: 'g7' },
		why: 'What is proved for convex functions, taken at its word: steps up to 12/λ_max on a function that has no global L. Both runs are thrown about, the even steps more than the pattern. Patterns of 15 or 31 throw some networks out for good; those are drawn at the upper edge.',
		breaks: ['longest', 'average'],
	},
];

export default defineFigure<NetworkParams, NetworkFrame>({
	title: 'Long steps and a network',
	knobs,
	seeds: 4,
	reduced: { params: { length: 63 }, seeds: 4 },
	panels: [
		{
			id: 'loss',
			title: 'Mean square on a wave',
			x: { label: 'length of all steps, in 1/λ_max of the start', scale: 'linear' },
			y: { label: 'loss', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: ({ params }) => clock(params).at(-1) ?? 0,
	async *frames(run, lab, signal) {
		const { pass } = passOf(run.params);
		const gone = lengthsGone(run.params);
		const pattern = await lab.open(networkJob(run, pass));
		const constant = await lab.open(networkJob(run, [evenStep(run.params)]));
		try {
			for (const [i, t] of clock(run.params).entries()) {
				signal.throwIfAborted();
				const [long, even] = [[], []] as [number[], number[]];
				for (const [session, values] of [
					[pattern, long],
					[constant, even],
				] as const) {
					if (t > session.step) await session.advance(t - session.step);
					values.push(...losses(await session.probe({ kind: 'outputs' }), run.seeds));
				}
				yield { step: t, gone: gone[i]!, pattern: long, constant: even };
			}
		} finally {
			pattern.dispose();
			constant.dispose();
		}
	},
	summary({ seeds, predictions: told }) {
		const end = (id: string) => told.find((entry) => entry.id === id);
		const last = (id: string) => showNumber(end(id)?.measured.at(-1) ?? NaN);
		const edge = end('pattern')?.high?.at(-1) === diverged;
		return (
			`After a length of ${showNumber(end('pattern')?.x.at(-1) ?? NaN)}/λ_max the mean loss of ${seeds} networks is ${last('pattern')} ` +
			`by long steps and ${last('constant')} by even ones; gradient flow is at ${showNumber(end('pattern')?.predicted.at(-1) ?? NaN)}.` +
			(edge ? ' At least one network in ten has diverged and is counted at the upper edge.' : '')
		);
	},
});
