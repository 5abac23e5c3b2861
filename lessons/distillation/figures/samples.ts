import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { disagreement } from '../angleLaw.ts';
import * as shared from '../knobs.ts';
import { hard, logit, type Label } from '../labels.ts';
import { errorOfStudent, labels, student } from '../linear.ts';

type Params = { d: number; temperature: number; inputs: string };
type Told = 'hard' | 'soft' | 'logits';
interface SamplesFrame extends Frame {
	readonly n: number[];
	/** Disagreement with the teacher, one row per seed, along n. */
	readonly errors: Record<Told, number[][]>;
}
type SamplesPrediction = Prediction<Params, SamplesFrame>;

const ratios = [0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4, 6, 8];
const sweep = ({ params: { d } }: Run<Params>) => ratios.map((ratio) => Math.round(ratio * d));
const labelFor = (told: Told, { params }: Run<Params>): Label =>
	({ hard, soft: { temperature: params.temperature, flips: 0 }, logits: logit })[told];

const knobs: Knobs<Params> = {
	d: shared.dimension,
	temperature: shared.temperature,
	inputs: {
		kind: 'choice',
		label: 'inputs',
		options: { gauss: 'normal', signs: 'random signs, one of which decides' },
		default: 'gauss',
	},
};

const gaussian: Hypothesis<Params> = {
	id: 'gaussian',
	text: 'inputs are normal, x ~ N(0, I)',
	broken: ({ params }) =>
		params.inputs === 'gauss' ? null : 'inputs are random signs, and the label is one of them',
};

function prediction(
	id: Told,
	title: string,
	predicted: string,
	measured: string,
): SamplesPrediction {
	const laws = (run: Run<Params>) =>
		sweep(run).map((n) => disagreement(n, run.params.d, labelFor(id, run)));
	return {
		id,
		title,
		labels: { predicted, measured },
		source: {
			cite: 'muirhead1982',
			where: 'on the Wishart distribution; the law is proved in the lesson',
		},
		equation: 'eq:law',
		panel: 'error',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) => shared.withinErrors(sweep(run), laws(run), run.seeds),
			because: shared.because,
		},
		hypotheses: [gaussian],
		predict: (run) => ({ x: sweep(run), y: laws(run).map(({ mean }) => mean) }),
		measure: ({ n, errors }) => ({ ...ensemble(n, errors[id]), each: undefined }),
	};
}

const predictions = [
	prediction('hard', 'a student of hard labels, sign z', 'hard labels', 'students of labels'),
	prediction('soft', 'a student of soft labels, tanh(z/T)', 'soft labels', 'of soft labels'),
	prediction('logits', 'a student of logits, z itself', 'logits', 'of logits'),
];

const presets: Preset<Params>[] = [
	{
		id: 'nearly-hard',
		label: 'nearly hard',
		values: { temperature: 0.25 },
		why: 'At T = ¼ seven soft labels in ten are within .1 of ±1. Near n = d their student does hardly better than that of hard labels, and far out it errs a quarter less.',
	},
	{
		id: 'nearly-logits',
		label: 'nearly logits',
		values: { temperature: 4 },
		why: 'At T = 4 the curve follows that of the logits nearly everywhere. At n = d a spike is left: there every residual, however small, is blown up without bound.',
	},
	{
		id: 'signs',
		label: 'labels that lose nothing',
		values: { inputs: 'signs' },
		why: 'Inputs of random signs, and a teacher that reads off one of them: its logit is ±1 itself, the label is the logit, and the three students are one. Labels cost something only where they round.',
		breaks: 'gaussian',
	},
];

export default defineFigure<Params, SamplesFrame>({
	title: 'Labels, soft labels, logits',
	plain:
		'plain float64 arrays in a worker: the students are fitted exactly, and nothing is trained',
	knobs,
	seeds: 40,
	reduced: { params: { d: 20 }, seeds: 30 },
	panels: [
		{
			id: 'error',
			title: 'Disagreement with the teacher',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'share of inputs', scale: 'linear', domain: [0, 0.5] },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { d, inputs } = run.params;
		const n = sweep(run);
		const errors: SamplesFrame['errors'] = { hard: [], soft: [], logits: [] };
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const stream = random(run.seed + r, 'distillation/samples');
			const entry = inputs === 'gauss' ? stream.normal : () => (stream.uniform() < 0.5 ? -1 : 1);
			const x = Float64Array.from({ length: Math.max(...n) * d }, entry);
			for (const told of ['hard', 'soft', 'logits'] as const) {
				const y = labels(x, d, labelFor(told, run), stream);
				const row: number[] = [];
				for (const count of n) {
					await breathe();
					row.push(errorOfStudent(student(x.subarray(0, count * d), y.subarray(0, count))));
				}
				errors[told] = [...errors[told], row];
			}
			yield { step: r + 1, n, errors: { ...errors } };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const d = Number(params.d);
		const at = (id: Told, ratio: number) => {
			const one = told.find((p) => p.id === id);
			const i = one?.x.indexOf(Math.round(ratio * d)) ?? -1;
			return `${showNumber(one?.measured[i] ?? NaN)} (theory ${showNumber(one?.predicted[i] ?? NaN)})`;
		};
		return (
			`Over ${seeds} draws in dimension ${d} a student of hard labels disagrees with its teacher on a share of ${at('hard', 0.5)} ` +
			`after d/2 samples, ${at('hard', 1)} after d and ${at('hard', 2)} after 2d; a student of logits on ${at('logits', 0.5)}, ` +
			`${at('logits', 1)} and ${at('logits', 2)}.`
		);
	},
});
