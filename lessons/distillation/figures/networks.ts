import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { concatenate, split } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { logistic, outputsOf, train } from '../crossEntropy.ts';
import { disagreementOf, lessonOf } from '../deepTeacher.ts';
import * as shared from '../knobs.ts';
import { drawLessons, drawStudent, studentJob } from '../students.ts';

type Params = { flips: number; width: number; depth: number; loss: string; most: string };
const tellings = ['flipped', 'clean', 'logits'] as const;
type Telling = (typeof tellings)[number];
/** What students of n inputs have come to, one n per frame. */
interface NetworksFrame extends Frame {
	readonly n: number;
	/** One number per seed; not a number where a student has diverged. */
	readonly errors: Record<Telling, number[]>;
}
type NetworksPrediction = Prediction<Params, NetworksFrame>;

const steps = 500;
const sizes = ({ params }: Run<Params>) => [64, 256, 1024].filter((n) => n <= Number(params.most));

const knobs: Knobs<Params> = {
	flips: shared.flips,
	width: {
		kind: 'number',
		label: 'neurons of a student',
		symbol: 'm',
		min: 4,
		max: 128,
		step: 4,
		default: 32,
		scale: 'log',
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
	loss: {
		kind: 'choice',
		label: 'loss on labels',
		options: { logistic: 'logistic', squares: 'squared, as on logits' },
		default: 'logistic',
	},
	most: {
		kind: 'choice',
		label: 'most samples',
		options: { 256: '256', 1024: '1024' },
		default: '1024',
	},
};

/** Diverged students are left out of means and counted in a panel of their own. */
const finite = (errors: readonly number[]) => errors.filter(Number.isFinite);

const noisy: Hypothesis<Params> = {
	id: 'noisy',
	text: 'at least one label in ten is wrong',
	broken: ({ params }) =>
		params.flips >= 0.1 - 1e-9
			? null
			: `a share of ${showNumber(params.flips)} of the labels is wrong`,
};
const roomy: Hypothesis<Params> = {
	id: 'roomy',
	text: 'the students have 16 neurons or more',
	broken: ({ params }) => (params.width >= 16 ? null : `${params.width} neurons`),
};

function students(id: Telling, measured: string): NetworksPrediction {
	return {
		id,
		title: `${measured}: an experiment, and nothing claimed but that it beats guessing`,
		labels: { predicted: 'guessing', measured },
		source: { cite: 'ba2014', where: 'the experiments with shallow mimics' },
		panel: 'error',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because:
				"the teacher's logits have median 0, so that a constant answer is wrong on half of the inputs; no more is claimed of a network",
		},
		hypotheses: [],
		predict: (run) => ({ x: sizes(run), y: sizes(run).map(() => 0.5) }),
		measure: ({ n, errors }) => ({
			...ensemble(
				[n],
				finite(errors[id]).map((error) => [error]),
			),
			each: undefined,
		}),
	};
}

const predictions: NetworksPrediction[] = [
	students('flipped', 'wrong and right labels'),
	students('clean', 'clean labels'),
	students('logits', 'logits'),
	{
		id: 'gain',
		title: 'a regularity, no theorem: logits are worth more than labels with noise',
		labels: { predicted: 'no gain', measured: 'wrong labels − logits' },
		source: {
			cite: 'ba2014',
			where: 'on why mimics can learn more than from labels, as an observation',
		},
		panel: 'gain',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0,
			because:
				'an observation: over 24 seeds at the defaults the gain was .116 ± .058, .126 ± .042 and .069 ± .017 at 64, 256 and 1024 samples (mean and deviation of one seed), so that a mean over four is positive by four of its deviations; with one label in ten wrong and 16 neurons, .095 ± .044 at 64',
		},
		hypotheses: [noisy, roomy],
		predict: (run) => ({ x: sizes(run), y: sizes(run).map(() => 0) }),
		measure: ({ n, errors }) => ({
			x: [n],
			y: [mean(finite(errors.flipped)) - mean(finite(errors.logits))],
		}),
	},
	{
		id: 'finite',
		title: 'students that stay finite',
		labels: { predicted: 'all', measured: 'finite students' },
		source: { cite: 'ba2014', where: 'the experiments with shallow mimics' },
		panel: 'finite',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 0,
			because:
				'Adam moves no weight by more than about √10 times its step size in one step, so 500 steps of .01 carry none beyond all bounds',
		},
		hypotheses: [],
		predict: (run) => ({ x: sizes(run), y: sizes(run).map(() => 1) }),
		measure: ({ n, errors }) => {
			const all = tellings.flatMap((told) => errors[told]);
			return { x: [n], y: [finite(all).length / all.length] };
		},
	},
];

const presets: Preset<Params>[] = [
	{
		id: 'equal',
		label: 'the same loss for all',
		values: { loss: 'squares' },
		why: 'Labels by squared loss as well, so that the target is all that differs. The order of the three stays.',
	},
	{
		id: 'clean',
		label: 'no wrong labels',
		values: { flips: 0 },
		why: 'Two of the curves are now the same experiment. What is left of the gain is what the rounding costs: something at 64 samples, little or nothing at 1024.',
		breaks: 'noisy',
	},
	{
		id: 'tiny',
		label: 'a student of four neurons',
		values: { width: 4 },
		why: 'Four neurons cannot follow the teacher whatever they are told. Errors come from what the student cannot express, and the target matters less.',
		breaks: 'roomy',
	},
];

export default defineFigure<Params, NetworksFrame>({
	title: 'Real networks',
	knobs,
	seeds: 4,
	reduced: { params: { width: 16, most: '256' }, seeds: 2 },
	panels: [
		{
			id: 'error',
			title: 'Disagreement with the deep teacher',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'share of inputs', scale: 'linear', domain: [0, 0.5] },
		},
		{
			id: 'gain',
			title: 'What logits gain over noisy labels',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'difference of the shares', scale: 'linear' },
		},
		{
			id: 'finite',
			title: 'Students that stay finite',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'share', scale: 'linear', domain: [0, 1.05] },
		},
	],
	predictions,
	presets,
	steps: (run) => steps * sizes(run).length,
	async *frames(run, lab, signal) {
		const { flips, width, depth, loss } = run.params;
		const breathe = breather(signal);
		const replicas = Array.from({ length: run.seeds }, (_, r) => run.seed + r);
		const tested = replicas.map((seed) => lessonOf(seed, depth));
		const points = concatenate(tested.map(({ x }) => x));
		let done = 0;
		for (const n of sizes(run)) {
			const taught = tested.map(({ teacher }, r) => drawLessons(teacher, n, flips, replicas[r]!));
			const start = (r: number) => drawStudent([width], random(replicas[r]!, 'distillation/start'));
			const byLab = loss === 'logistic' ? (['logits'] as const) : tellings;
			const errors: Record<Telling, number[]> = { flipped: [], clean: [], logits: [] };
			const job = studentJob(
				[width],
				byLab.flatMap((told) =>
					taught.map((lessons, r) => ({ x: lessons.x, y: lessons[told], start: start(r) })),
				),
			);
			const session = await lab.open(job);
			try {
				await session.advance(steps);
				const x = concatenate(byLab.map(() => points));
				const answers = split(await session.probe({ kind: 'field', x }), byLab.length);
				byLab.forEach((told, k) => {
					errors[told] = split(answers[k]!, run.seeds).map((f, r) =>
						disagreementOf(f, tested[r]!.logits),
					);
				});
			} finally {
				session.dispose();
			}
			if (loss === 'logistic')
				for (const told of ['flipped', 'clean'] as const)
					for (const [r, lessons] of taught.entries()) {
						const weights = start(r) as [Float64Array, Float64Array];
						await train(weights, { x: lessons.x, y: lessons[told] }, steps, logistic, breathe);
						errors[told].push(disagreementOf(outputsOf(weights, tested[r]!.x), tested[r]!.logits));
					}
			done += steps;
			yield { step: done, n, errors };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const say = (id: Telling) => {
			const one = told.find((p) => p.id === id);
			return one?.x.map((_, i) => showNumber(one.measured[i] ?? NaN)).join(', ') ?? '';
		};
		const n = told.find((p) => p.id === 'logits')?.x.join(', ') ?? '';
		const shares = told.find((p) => p.id === 'finite')?.measured ?? [];
		const all = tellings.length * seeds * shares.length;
		const lost = Math.round(all * (1 - mean(shares)));
		return (
			`Students of ${n} samples (${seeds} seeds) disagree with their teacher on a share of ${say('flipped')} of the inputs when ` +
			`${showNumber(Number(params.flips))} of the labels are wrong, of ${say('clean')} with clean labels and of ${say('logits')} with logits. An experiment. ` +
			(lost > 0
				? `${lost} of ${all} students diverged and are left out of the means.`
				: `None of ${all} students diverged.`)
		);
	},
});
