import {
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
	type Tolerance,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { clock, descentJob, expectation } from '../gradient.ts';
import * as shared from '../knobs.ts';

type Params = { n: number; m: number; corruption: number; pace: number; steps: number };
/** Mean square on the training set, one number per seed, for the three kinds of labels. */
interface LabelsFrame extends Frame {
	readonly noise: number[];
	readonly truth: number[];
	readonly part: number[];
}
type LabelsPrediction = Prediction<Params, LabelsFrame>;

const told = (run: Run<Params>, corruption: number) => {
	const { n, m, pace, steps } = run.params;
	const { seed, seeds } = run;
	return expectation({ n, m, copies: 1, pace, seed, seeds, corruption, steps: clock(steps) });
};

const converging: Hypothesis<Params> = {
	id: 'step',
	text: 'the step is shorter than 2/λ_max',
	broken: ({ params: { pace } }) =>
		pace < 2 ? null : `step ${showNumber(pace)}/λ_max is not below 2/λ_max`,
};

/** Standard errors allowed, over some thirty steps that are far from independent. */
const z = 4;
/** Room for float32; true labels, which leave nothing to chance, were off by 4·10⁻⁹ on the WASM lane. */
const rounding = 1e-5;

const equations = {
	noise: { equation: 'eq:noise' },
	part: { equation: 'eq:mixture' },
	truth: { equation: 'eq:labels' },
};

const prediction = (
	id: 'noise' | 'truth' | 'part',
	title: string,
	label: string,
	corruption: (run: Run<Params>) => number,
): LabelsPrediction => ({
	id,
	title,
	labels: { predicted: `formula, ${label}`, measured: label },
	source: {
		cite: 'arora2019fg',
		where:
			'Theorem 4.1, exact for a model linear in its weights; the average over labels is proved in the lesson',
	},
	...equations[id],
	panel: 'loss',
	draws: 'grow',
	claim: {
		kind: 'equal',
		gap: 'absolute',
		within: (run): Tolerance =>
			told(run, corruption(run)).map(
				({ deviation }, i) => [clock(run.params.steps)[i]!, rounding + z * deviation] as const,
			),
		because:
			'four standard errors of the mean over the labellings drawn, by the exact variance of the quadratic form; true labels leave nothing to chance, and float32 was off by 4·10⁻⁹ over 20 seeds',
	},
	hypotheses: [converging],
	predict: (run) => ({
		x: clock(run.params.steps),
		y: told(run, corruption(run)).map(({ mean }) => mean),
	}),
	measure: (frame) => ({
		...ensemble(
			[frame.step],
			frame[id].map((value) => [value]),
		),
		each: undefined,
	}),
});

export default defineFigure<Params, LabelsFrame>({
	title: 'Random labels, true labels',
	knobs: {
		n: shared.samples,
		m: shared.features,
		corruption: {
			kind: 'number',
			label: 'labels replaced by coins',
			symbol: '\\rho',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.5,
			scale: 'linear',
		},
		pace: {
			kind: 'number',
			label: 'step size times the largest eigenvalue',
			symbol: '\\eta\\lambda_1',
			min: 0.1,
			max: 2.1,
			step: 0.1,
			default: 1,
			scale: 'linear',
		},
		steps: shared.steps,
	},
	seeds: 16,
	reduced: { params: { n: 32, m: 48, steps: 100 }, seeds: 4 },
	panels: [
		{
			id: 'loss',
			title: 'What is left to learn',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'mean square on the training set', scale: 'linear' },
		},
	],
	predictions: [
		prediction('noise', 'labels that are fair coins', 'coins', () => 1),
		prediction('part', 'a fraction ρ of the labels replaced by coins', 'in part', (run) => {
			return run.params.corruption;
		}),
		prediction('truth', 'true labels', 'true labels', () => 0),
	],
	presets: [
		{
			id: 'enough',
			label: 'twice as many features as labels',
			values: { m: 256 },
			why: 'Now K has full rank but for the mean: the coins are learnt as well, all of them. It only takes longer, since the noise lies along small eigenvalues as much as along large ones.',
		},
		{
			id: 'few',
			label: 'a quarter as many',
			values: { m: 32 },
			why: 'Of the coins three quarters stay for ever: 32 features span 32 of 128 directions. The true labels lose more, as they lie where the features are.',
		},
		{
			id: 'long',
			label: 'a step too long',
			values: { pace: 2.1, steps: 100 },
			why: 'Along the largest eigenvalue every step multiplies the error by −1.1. The formula goes on to hold, and what it says is that the error grows without end.',
			breaks: 'step',
		},
	],
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const { n, m, corruption, pace, steps } = run.params;
		const job = descentJob(run, { n, m, copies: 1, pace }, [1, 0, corruption]);
		const session = await lab.open(job);
		try {
			for (const step of clock(steps)) {
				signal.throwIfAborted();
				await session.advance(step - session.step);
				// The loss is half the mean square.
				const [noise, truth, part] = split(await session.probe({ kind: 'loss' }), 3).map((row) =>
					Array.from(row, (value) => 2 * value),
				);
				yield { step, noise: noise!, truth: truth!, part: part! };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ params, steps, predictions }) {
		const last = (id: string) =>
			showNumber(predictions.find((entry) => entry.id === id)?.measured.at(-1) ?? NaN);
		return (
			`After ${steps} steps with ${String(params.m)} features the mean square on ${String(params.n)} training points is ${last('truth')} for true labels, ` +
			`${last('part')} with a fraction ${String(params.corruption)} of them replaced by coins, and ${last('noise')} for coins alone.`
		);
	},
});
