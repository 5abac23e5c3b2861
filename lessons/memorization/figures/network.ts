import {
	defineFigure,
	ensemble,
	showPercent,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { wrongShare } from '../capacity.ts';
import {
	corruptions,
	networkJob,
	testData,
	tests,
	unavoidableError,
	weightsOf,
	type NetworkParams,
} from '../zhang.ts';

/** Shares of wrong labels, one row per seed, one column per fraction of coins. */
interface NetworkFrame extends Frame {
	readonly train: number[][];
	readonly test: number[][];
}
type NetworkPrediction = Prediction<NetworkParams, NetworkFrame>;

const longTraining: Hypothesis<NetworkParams> = {
	id: 'trained',
	text: 'the network is trained for long: 200 steps of Adam or more',
	broken: ({ params: { steps } }) =>
		steps >= 200 ? null : `stopped after ${steps} steps, before the coins are learnt`,
};
const wideEnough: Hypothesis<NetworkParams> = {
	id: 'wide',
	text: 'there are at least three weights per label',
	broken: ({ params: { width, n } }) =>
		weightsOf(width) >= 3 * n
			? null
			: `${weightsOf(width)} weights for ${n} labels: fewer than three for each`,
};

/** Frames after the first, closer together at the start. */
const moments = 8;

const floor: Curve = { x: corruptions, y: corruptions.map(unavoidableError) };

const predictions: NetworkPrediction[] = [
	{
		id: 'train',
		title: 'training labels: below ρ/2 the network has stored coins',
		labels: { predicted: 'ρ/2', measured: 'training set' },
		source: {
			cite: 'zhang2017',
			where: 'Section 2.1, for the experiment; ρ/2 is computed in the lesson',
		},
		equation: 'eq:half',
		panel: 'train',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because:
				'an experiment: over 20 seeds the trained networks had no label wrong at any ρ; a rule that ignores the coins has ρ/2 wrong on average',
		},
		hypotheses: [longTraining, wideEnough],
		predict: () => floor,
		measure: ({ train }) => ensemble(corruptions, train),
	},
	{
		id: 'test',
		title: 'fresh labels: no rule has fewer than ρ/2 wrong',
		labels: { predicted: 'ρ/2', measured: 'fresh points' },
		source: {
			cite: 'zhang2017',
			where: 'Section 2.1, for the experiment; ρ/2 is computed in the lesson',
		},
		equation: 'eq:half',
		panel: 'test',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 0.065,
			because: `a theorem on the mean; the bound is touched at ρ = 1, where ${tests} coins for each of two seeds or more have a standard error of at most 1.6 % of it, and four of these are allowed`,
		},
		hypotheses: [],
		predict: () => floor,
		measure: ({ test }) => ({ ...ensemble(corruptions, test), each: undefined }),
	},
	{
		id: 'chance',
		title: 'fresh coins: one half, whatever was learnt',
		labels: { predicted: 'chance', measured: 'fresh coins' },
		source: { cite: 'zhang2017', where: 'Section 2.1; exact for independent coins' },
		equation: 'eq:half',
		panel: 'test',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: ({ seeds }) => 2 / Math.sqrt(tests * seeds),
			because: `four standard errors of a share of ${tests} fair coins for each seed`,
		},
		hypotheses: [],
		predict: () => ({ x: [1], y: [0.5] }),
		measure: ({ test }) => ({
			...ensemble(
				[1],
				test.map((row) => [row.at(-1)!]),
			),
			each: undefined,
		}),
	},
];

export default defineFigure<NetworkParams, NetworkFrame>({
	title: 'A network that fits coins',
	knobs: {
		n: {
			kind: 'number',
			label: 'samples',
			symbol: 'N',
			min: 32,
			max: 128,
			step: 32,
			default: 128,
			scale: 'log',
		},
		width: {
			kind: 'number',
			label: 'width',
			symbol: 'm',
			min: 4,
			max: 128,
			step: 4,
			default: 64,
			scale: 'log',
		},
		steps: {
			kind: 'number',
			label: 'steps of Adam',
			symbol: 'T',
			min: 10,
			max: 1000,
			step: 10,
			default: 300,
			scale: 'log',
		},
	},
	seeds: 4,
	reduced: { params: { n: 32, width: 8, steps: 200 }, seeds: 2 },
	panels: [
		{
			id: 'train',
			title: 'Training set',
			x: { label: 'labels replaced by coins ρ', scale: 'linear' },
			y: { label: 'share of labels that are wrong', scale: 'linear', domain: [0, 0.6] },
		},
		{
			id: 'test',
			title: 'Fresh points, fresh labels',
			x: { label: 'labels replaced by coins ρ', scale: 'linear' },
			y: { label: 'share of labels that are wrong', scale: 'linear', domain: [0, 0.6] },
		},
	],
	predictions,
	presets: [
		{
			id: 'early',
			label: 'stopped early',
			values: { steps: 20 },
			why: 'After twenty steps one coin in fourteen is not stored yet, and the error on fresh labels is lower than after three hundred, by five or six labels in a hundred at ρ = 0, ¼ and ½: what can be generalised is learnt first.',
			breaks: 'trained',
		},
		{
			id: 'narrow',
			label: 'too narrow',
			values: { width: 4 },
			why: '73 weights for 128 labels. Now the training error tells the data apart: under one per cent for true labels, about ten for coins.',
			breaks: 'wide',
		},
	],
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const job = networkJob(run);
		const fresh = testData(run);
		const session = await lab.open(job);
		const { steps } = run.params;
		const rows = (outputs: Float64Array, y: Float64Array) => {
			const shares = split(
				Float64Array.from(wrongShare(outputs, y, job.replicas)),
				corruptions.length,
			);
			return Array.from({ length: run.seeds }, (_, r) => shares.map((share) => share[r]!));
		};
		try {
			for (let k = 0; k <= moments; k++) {
				const step = Math.round(steps * (k / moments) ** 2);
				signal.throwIfAborted();
				await session.advance(step - session.step);
				const train = rows(await session.probe({ kind: 'outputs' }), job.y);
				const test = rows(await session.probe({ kind: 'field', x: fresh.x }), fresh.y);
				yield { step, train, test };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ params, predictions: told }) {
		const row = (id: string) => told.find((entry) => entry.id === id)?.measured ?? [];
		const show = (values: readonly number[]) =>
			values.map((value) => showPercent(value)).join(', ');
		return (
			`With ${corruptions.map((c) => showPercent(c)).join(', ')} of ${String(params.n)} labels replaced by coins a network of width ${String(params.width)} has ` +
			`${show(row('train'))} of them wrong, and ${show(row('test'))} on fresh points.`
		);
	},
});
