import {
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { concatenate, split } from '#theory/arrays.ts';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { disagreementOf, lessonOf, mimicLoss } from '../deepTeacher.ts';
import { worstDisagreement } from '../margins.ts';
import { drawLessons, drawStudent, studentJob } from '../students.ts';
import { hiddenLayers, parameters } from '../width.ts';

type Params = { n: string; largest: string; depth: number; steps: number };
/** Students of one size, of each depth, one size per frame. */
interface ShallowFrame extends Frame {
	readonly size: number;
	/** Mean square distance from the logits and disagreement, by depth of the student, one number per seed. */
	readonly losses: number[][];
	readonly errors: number[][];
	/** Every student up to now: its loss, rounded up to a place where the bound is drawn, and its error. */
	readonly all: readonly { readonly loss: number; readonly error: number }[];
}
type ShallowPrediction = Prediction<Params, ShallowFrame>;

const depths = [1, 2, 3] as const;
const sizes = ({ params }: Run<Params>) =>
	[50, 100, 200, 400, 800, 1600].filter((size) => size <= Number(params.largest));

const knobs: Knobs<Params> = {
	n: {
		kind: 'choice',
		label: 'logits to learn from',
		symbol: 'n',
		options: { 256: '256', 1024: '1024', 4096: '4096' },
		default: '1024',
	},
	largest: {
		kind: 'choice',
		label: 'largest student, in parameters',
		options: { 200: '200', 800: '800', 1600: '1600' },
		default: '800',
	},
	depth: {
		kind: 'number',
		label: "teacher's hidden layers",
		min: 1,
		max: 3,
		step: 1,
		default: 3,
		scale: 'linear',
	},
	steps: {
		kind: 'number',
		label: 'steps of Adam',
		min: 100,
		max: 2000,
		step: 100,
		default: 600,
		scale: 'log',
	},
};

/** Losses at which the bound is drawn: ten per decade from 10⁻⁴ to 10. */
const places = Array.from({ length: 51 }, (_, k) => Number((10 ** (k / 10 - 4)).toPrecision(4)));
const placeOf = (loss: number) => places.find((at) => at >= loss) ?? places.at(-1)!;

/** The bound for the teachers of a run, on the points on which their students are tested. */
const bound = memo(({ seed, seeds, depth }: { seed: number; seeds: number; depth: number }) => {
	const teachers = Array.from({ length: seeds }, (_, r) => lessonOf(seed + r, depth).logits);
	return places.map((loss) =>
		Math.max(...teachers.map((logits) => worstDisagreement(logits, loss))),
	);
});

const layersInWords = ['one hidden layer', 'two', 'three'];

const predictions: ShallowPrediction[] = [
	...depths.map((depth, k): ShallowPrediction => ({
		id: `depth${depth}`,
		title: `mimic loss of students with ${layersInWords[k]!}: an experiment, below what says nothing`,
		labels: { predicted: 'says nothing', measured: layersInWords[k]! },
		source: { cite: 'ba2014', where: 'the experiments with shallow mimics' },
		panel: 'loss',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 0.05,
			because:
				'the logits have variance 1, which is the loss of the constant 0; 5 % for the scatter of that variance over 2000 test points, and no more is claimed of a network',
		},
		hypotheses: [],
		predict: (run) => ({ x: sizes(run), y: sizes(run).map(() => 1) }),
		measure: ({ size, losses }) => ({
			...ensemble(
				[size],
				losses[k]!.map((loss) => [loss]),
			),
			each: undefined,
		}),
	})),
	{
		id: 'bound',
		title: 'a small mimic loss leaves little room to disagree',
		labels: { predicted: 'worst student', measured: 'all students' },
		source: {
			cite: 'ba2014',
			where: 'for the mimic loss, on logits; the bound is proved in the lesson',
		},
		equation: 'eq:margin',
		panel: 'bound',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because:
				'a theorem for every function on the very points of the test; losses are rounded up to where the bound is drawn',
		},
		hypotheses: [],
		predict: ({ seed, seeds, params: { depth } }) => ({
			x: places,
			y: bound({ seed, seeds, depth }),
		}),
		measure: ({ all }) => {
			const x = places.filter((place) => all.some(({ loss }) => loss === place));
			const most = (place: number) =>
				Math.max(...all.filter(({ loss }) => loss === place).map(({ error }) => error));
			return { x, y: x.map(most) };
		},
	},
];

const presets: Preset<Params>[] = [
	{
		id: 'few',
		label: 'few logits',
		values: { n: '256' },
		why: 'With 256 logits the large students pass through them all and are no better for their size: the transfer set is too small to say what the teacher does elsewhere.',
	},
	{
		id: 'shallow-teacher',
		label: 'a shallow teacher',
		values: { depth: 1 },
		why: 'A teacher with one hidden layer of 16 neurons has 161 parameters. From about that size on a shallow student can be the teacher, and its loss falls steeply.',
	},
];

export default defineFigure<Params, ShallowFrame>({
	title: 'Shallow students of a deep teacher',
	knobs,
	seeds: 4,
	reduced: { params: { n: '256', largest: '200', steps: 200 }, seeds: 2 },
	panels: [
		{
			id: 'loss',
			title: 'Mimic loss on fresh inputs',
			x: { label: 'parameters of the student', scale: 'log' },
			y: { label: 'mean square distance', scale: 'log' },
		},
		{
			id: 'bound',
			title: 'Disagreement against mimic loss',
			x: { label: 'mimic loss', scale: 'log' },
			y: { label: 'share of inputs', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.params.steps * sizes(run).length * depths.length,
	async *frames(run, lab, signal) {
		const { depth, steps } = run.params;
		const n = Number(run.params.n);
		const seeds = Array.from({ length: run.seeds }, (_, r) => run.seed + r);
		const tested = seeds.map((seed) => lessonOf(seed, depth));
		const taught = tested.map(({ teacher }, r) => drawLessons(teacher, n, 0, seeds[r]!));
		const points = concatenate(tested.map(({ x }) => x));
		const all: { loss: number; error: number }[] = [];
		let done = 0;
		for (const size of sizes(run)) {
			const [losses, errors]: [number[][], number[][]] = [[], []];
			for (const layers of depths) {
				signal.throwIfAborted();
				const hidden = hiddenLayers(layers, size);
				const students = taught.map(({ x, logits }, r) => ({
					x,
					y: logits,
					start: drawStudent(hidden, random(seeds[r]!, `distillation/start/${layers}`)),
				}));
				const session = await lab.open(studentJob(hidden, students));
				try {
					await session.advance(steps);
					const answers = split(await session.probe({ kind: 'field', x: points }), run.seeds);
					losses.push(answers.map((f, r) => mimicLoss(f, tested[r]!.logits)));
					errors.push(answers.map((f, r) => disagreementOf(f, tested[r]!.logits)));
				} finally {
					session.dispose();
				}
				done += steps;
			}
			losses.forEach((row, k) =>
				row.forEach((loss, r) => all.push({ loss: placeOf(loss), error: errors[k]![r]! })),
			);
			yield { step: done, size, losses, errors, all: [...all] };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const last = (id: string) => showNumber(told.find((p) => p.id === id)?.measured.at(-1) ?? NaN);
		const size = Number(told[0]?.x.at(-1) ?? NaN);
		const shallow = parameters(hiddenLayers(1, size));
		return (
			`Students of about ${size} parameters (${shallow} with one hidden layer), ${seeds} seeds, that matched ${String(params.n)} logits of a teacher with ` +
			`${String(params.depth)} hidden layers: mimic loss ${last('depth1')} with one hidden layer, ${last('depth2')} with two, ${last('depth3')} with three. An experiment.`
		);
	},
});
