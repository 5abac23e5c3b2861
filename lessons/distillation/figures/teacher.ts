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
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { cosines, disagreement, mimicCosines, summary, type Disagreement } from '../angleLaw.ts';
import * as shared from '../knobs.ts';
import type { Label } from '../labels.ts';
import { errorOfStudent, labels, student } from '../linear.ts';

type Params = { flips: number; many: number; d: number; transfer: string };
type Who = 'alone' | 'mimic' | 'teacher';
interface TeacherFrame extends Frame {
	readonly n: number[];
	/** Errors against the truth, one row per seed, along n. */
	readonly errors: Record<Who, number[][]>;
}
type TeacherPrediction = Prediction<Params, TeacherFrame>;

const ratios = [0.2, 0.5, 0.8, 1, 1.2, 1.5, 2, 3, 4, 6, 8, 12, 16];
const sweep = ({ params: { d, many } }: Run<Params>) =>
	ratios.filter((ratio) => ratio <= many).map((ratio) => Math.round(ratio * d));
const labelOf = ({ params }: Run<Params>): Label => ({ temperature: 0, flips: params.flips });

const knobs: Knobs<Params> = {
	flips: shared.flips,
	many: {
		kind: 'number',
		label: "teacher's labels per dimension",
		symbol: 'N/d',
		min: 2,
		max: 16,
		step: 1,
		default: 8,
		scale: 'linear',
	},
	d: { ...shared.dimension, max: 100 },
	transfer: {
		kind: 'choice',
		label: 'transfer inputs',
		options: { all: 'like the data', half: 'vary in half of the directions' },
		default: 'all',
	},
};

const faithful: Hypothesis<Params> = {
	id: 'transfer',
	text: 'transfer inputs have the law of the data, N(0, I)',
	broken: ({ params }) =>
		params.transfer === 'all'
			? null
			: `transfer inputs vary in ${params.d / 2} of the ${params.d} directions`,
};

const laws = memo(({ who, run }: { who: Who; run: Run<Params> }): Disagreement[] => {
	const { d, many } = run.params;
	const teacher = cosines(many * d, d, labelOf(run));
	return sweep(run).map((n) =>
		who === 'alone'
			? disagreement(n, d, labelOf(run))
			: summary(who === 'mimic' ? mimicCosines(teacher, n, d) : teacher),
	);
}, 6);

function prediction(
	id: Who,
	title: string,
	predicted: string,
	measured: string,
	hypotheses: readonly Hypothesis<Params>[] = [],
): TeacherPrediction {
	const all = (run: Run<Params>) =>
		laws({ who: id, run: { params: { ...run.params, transfer: 'all' }, seed: 0, seeds: 1 } });
	return {
		id,
		title,
		labels: { predicted, measured },
		source: {
			cite: 'muirhead1982',
			where: 'on the Wishart distribution; the law is proved in the lesson',
		},
		...(id === 'mimic' ? { equation: 'eq:mimic' } : { equation: 'eq:law' }),
		panel: 'error',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) => shared.withinErrors(sweep(run), all(run), run.seeds),
			because: shared.because,
		},
		hypotheses,
		predict: (run) => ({ x: sweep(run), y: all(run).map(({ mean }) => mean) }),
		measure: ({ n, errors }) => ({ ...ensemble(n, errors[id]), each: undefined }),
	};
}

const predictions = [
	prediction('alone', 'a student of n wrong and right labels', 'alone, n labels', 'students alone'),
	prediction('mimic', "a student of the teacher's n logits", 'n logits', 'mimics', [faithful]),
	prediction('teacher', 'the teacher, after N labels', 'teacher', 'teachers'),
];

const presets: Preset<Params>[] = [
	{
		id: 'clean',
		label: 'no wrong labels',
		values: { flips: 0 },
		why: 'Without noise in the labels the teacher still has something to average: what the labels round. The gap between student and mimic is smaller, and it is there.',
	},
	{
		id: 'poor-teacher',
		label: 'a poor teacher',
		values: { many: 2 },
		why: 'A teacher of 2d labels errs on 31 % of the inputs, and its mimic copies every error. From n = 2d on the student could have learnt as much from the labels.',
	},
	{
		id: 'half',
		label: 'a one-sided transfer set',
		values: { transfer: 'half' },
		why: 'Transfer inputs that vary in half of the directions say nothing of the teacher in the other half. However many there are, the mimic finds about half of its square, an angle of some 45 degrees to the teacher, and to the truth one that is larger.',
		breaks: 'transfer',
	},
];

/**
 * Turns inputs, shape [n, d], in place into inputs that vary in d/2 directions. A truth that looks at all
 * coordinates alike has half of its square in any half of them: here, where it is the first axis, one of
 * the directions lies at 45 degrees to it and the others across.
 */
function narrow(inputs: Float64Array, d: number): void {
	for (let row = 0; row < inputs.length; row += d) {
		inputs.fill(0, row + d / 2, row + d);
		inputs[row]! *= Math.SQRT1_2;
		inputs[row + d - 1] = inputs[row]!;
	}
}

export default defineFigure<Params, TeacherFrame>({
	title: 'A teacher that has learnt from labels',
	plain:
		'plain float64 arrays in a worker: the students are fitted exactly, and nothing is trained',
	knobs,
	seeds: 40,
	reduced: { params: { d: 20, many: 4 }, seeds: 30 },
	panels: [
		{
			id: 'error',
			title: 'Error against the truth',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'share of inputs', scale: 'linear', domain: [0, 0.5] },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { d, many, transfer } = run.params;
		const n = sweep(run);
		const errors: TeacherFrame['errors'] = { alone: [], mimic: [], teacher: [] };
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const stream = random(run.seed + r, 'distillation/teacher');
			const draw = () => Float64Array.from({ length: many * d * d }, stream.normal);
			const x = draw();
			const y = labels(x, d, labelOf(run), stream);
			const teacher = student(x, y);
			const other = draw();
			if (transfer === 'half') narrow(other, d);
			const logits = Float64Array.from({ length: many * d }, (_, i) =>
				teacher.reduce((sum, w, j) => sum + w * other[i * d + j]!, 0),
			);
			const row: Record<Who, number[]> = { alone: [], mimic: [], teacher: [] };
			for (const count of n) {
				await breathe();
				const rows = count * d;
				row.alone.push(errorOfStudent(student(x.subarray(0, rows), y.subarray(0, count))));
				row.mimic.push(errorOfStudent(student(other.subarray(0, rows), logits.subarray(0, count))));
				row.teacher.push(errorOfStudent(teacher));
			}
			for (const who of ['alone', 'mimic', 'teacher'] as const)
				errors[who] = [...errors[who], row[who]];
			yield { step: r + 1, n, errors: { ...errors } };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const d = Number(params.d);
		const at = (id: Who) => {
			const one = told.find((p) => p.id === id);
			const i = one?.x.indexOf(d) ?? -1;
			return `${showNumber(one?.measured[i] ?? NaN)} (theory ${showNumber(one?.predicted[i] ?? NaN)})`;
		};
		return (
			`Over ${seeds} draws, with a share of ${showNumber(Number(params.flips))} of the labels wrong, a student of n = d = ${d} labels errs on a share of ` +
			`${at('alone')} of the inputs, a mimic of as many logits on ${at('mimic')}, and the teacher of ${Number(params.many) * d} labels on ${at('teacher')}.`
		);
	},
});
