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
		if (step > 2)
			return `a step of ${showNumber(step)}/L > 2/L, L the largest curvature at the start`;
		const sharpest = Math.max(...flows(run).map((f) => f.sharpest));
		return step * sharpest <= 2
			? null
			: `the largest curvature L grows along the flow, and the step is ${showNumber(step * sharpest)}/L > 2/L`;
	},
});
const shortSteps = short(
	'longest',
	'the longest step is at most 2/L, L the largest curvature, all along the flow',
	(params) => Math.max(...passOf(params).pass),
);
const shortAverage = short(
	'average',
	'the average step is at most 2/L, L the largest curvature, all along the flow',
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
/** The mean over the networks that have not diverged; the others are counted in a panel of their own. */
function at(gone: number, values: readonly number[]): Curve {
	const left = values.filter(Number.isFinite);
	if (left.length === 0) return { x: [], y: [] };
	const curve = ensemble(
		[gone],
		left.map((value) => [value]),
	);
	return left.length === values.length ? curve : { ...curve, each: undefined };
}
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
	...(['pattern', 'constant'] as const).map((id): NetworkPrediction => ({
		id: `${id}-finite`,
		title: `networks that stay finite, by ${id === 'pattern' ? 'long' : 'even'} steps`,
		labels: {
			predicted: 'all of them',
			measured: id === 'pattern' ? 'long steps' : 'even steps',
		},
		source: barrett,
		panel: 'finite',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 0,
			because: 'a count: where descent follows the flow its loss falls, and no network diverges',
		},
		hypotheses: [id === 'pattern' ? shortSteps : shortAverage],
		predict: ({ params }) => {
			const x = lengthsGone(params);
			return { x, y: x.map(() => 1) };
		},
		measure: (frame) => ({
			x: [frame.gone],
			y: [frame[id].filter(Number.isFinite).length / frame[id].length],
		}),
	})),
];

const long = Object.fromEntries(
	Object.entries(scheduleNames).filter(([name]) =>
		['silver', 'g3', 'g7', 'g15', 'g31'].includes(name),
	),
);
const knobs: Knobs<NetworkParams> = {
	fraction: {
		kind: 'number',
		label: 'unit of step, in 1/L of the start',
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
		max: 511,
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
		why: 'Its longest step is thirty times 2/L, and yet it ends within a few per cent of the flow. No theorem says that it must.',
		breaks: 'longest',
	},
	{
		id: 'full',
		label: 'seven at full length',
		values: { fraction: 1, schedule: 'g7', length: 126 },
		why: 'What is proved for convex functions, taken at its word: steps up to 12/L, L the curvature at the start, on a function that has no global one. Both runs are thrown about, the even steps more than the pattern. Patterns of 15 or 31 throw some networks out for good; those are counted on the right, and left out of the means.',
		breaks: ['longest', 'average'],
	},
];

export default defineFigure<NetworkParams, NetworkFrame>({
	title: 'Long steps and a network',
	knobs,
	seeds: 4,
	reduced: { params: { length: 63 }, seeds: 2 },
	panels: [
		{
			id: 'loss',
			title: 'Mean square on a wave',
			x: { label: 'length of all steps, in 1/L of the start', scale: 'linear' },
			y: { label: 'loss', scale: 'log' },
		},
		{
			id: 'finite',
			title: 'Networks that stay finite',
			x: { label: 'length of all steps, in 1/L of the start', scale: 'linear' },
			y: { label: 'share of the seeds', scale: 'linear', domain: [0, 1.05] },
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
		const lost = ['pattern', 'constant'].map((id) =>
			Math.round(seeds * (1 - (end(`${id}-finite`)?.measured.at(-1) ?? 1))),
		);
		return (
			`After a length of ${showNumber(end('pattern-finite')?.x.at(-1) ?? NaN)}/L the mean loss of ${seeds} networks is ${last('pattern')} ` +
			`by long steps and ${last('constant')} by even ones; gradient flow is at ${showNumber(end('pattern')?.predicted.at(-1) ?? NaN)}.` +
			` ${lost[0]} of ${seeds} have diverged by long steps, ${lost[1]} by even ones` +
			(lost.some((count) => count > 0) ? '; they are left out of the means.' : '.')
		);
	},
});
