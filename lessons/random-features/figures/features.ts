import {
	breather,
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
} from '#contract';
import { populationError } from '../features.ts';
import * as shared from '../knobs.ts';
import { energies, type Neuron } from '../sphere.ts';
import { floorOf, randomFeatures } from '../theory.ts';

type Params = { d: number; bias: number; doublings: number };
/** What n features of each draw leave, one n per frame. */
interface FeaturesFrame extends Frame {
	readonly n: number;
	readonly left: number[];
}
type FeaturesPrediction = Prediction<Params, FeaturesFrame>;

/** Target neurons that every draw of features is tried on. */
const targets = 100;
const neuronOf = ({ params: { d, bias } }: Run<Params>): Neuron => ({ d, bias });
const counts = ({ params }: Run<Params>) =>
	Array.from({ length: params.doublings }, (_, k) => 2 ** (k + 1));
/** The counts, and others between them: the curves have edges where a degree is learnt. */
const between = (run: Run<Params>): number[] => {
	const last = counts(run).at(-1)!;
	const all = Array.from({ length: 8 * run.params.doublings }, (_, k) =>
		Math.round(2 ** (k / 8 + 1)),
	);
	return [...new Set([...all, last])].filter((n) => n <= last);
};
const curve = (x: readonly number[], f: (n: number) => number): Curve => ({ x, y: x.map(f) });
const measure = ({ n, left }: FeaturesFrame) =>
	ensemble(
		[n],
		left.map((value) => [value]),
	);

const predictions: FeaturesPrediction[] = [
	{
		id: 'kappa',
		title: 'random features, with unlimited data: nκ',
		labels: { predicted: 'nκ', measured: 'random features' },
		source: { cite: 'sollich1999', where: 'the self-consistent learning curve' },
		equation: 'eq:kappa',
		panel: 'error',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'relative',
			within: ({ params, seeds }) => 0.025 + (3 * shared.scatter(params.d)) / Math.sqrt(seeds),
			because:
				'nκ was off by at most 2.3 % from d = 10 on, over 60 draws; one draw scatters by less than 0.16/√d, and the mean is given three standard errors of that',
		},
		hypotheses: [shared.highDimension],
		predict: (run) => curve(between(run), (n) => randomFeatures(n, neuronOf(run))),
		measure,
	},
	{
		id: 'floor',
		title: 'the floor under all features that do not know the neuron',
		labels: { predicted: 'floor', measured: 'random features' },
		source: { cite: 'eckart1936', where: 'the theorem on the best approximation of given rank' },
		equation: 'eq:floor',
		panel: 'error',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0.01,
			because: `a theorem on the mean over all target neurons; the mean over ${targets} of them is off by less than 1 % where it is close to the floor`,
		},
		hypotheses: [],
		predict: (run) => curve(between(run), (n) => floorOf(n, neuronOf(run))),
		measure,
	},
];

const knobs: Knobs<Params> = {
	d: shared.dimension,
	bias: shared.bias,
	doublings: {
		kind: 'number',
		label: 'doublings of n',
		min: 4,
		max: 9,
		step: 1,
		default: 8,
		scale: 'linear',
	},
};

const presets: Preset<Params>[] = [
	{
		id: 'forty',
		label: 'dimension 40',
		values: { d: 40, doublings: 9 },
		why: 'Twice the dimension: the shoulder where the quadratic part is learnt moves from about 200 features to about 800.',
	},
	{
		id: 'spiky',
		label: 'a neuron that rarely fires',
		values: { d: 10, bias: 2 },
		why: 'At b = 2 the neuron is zero on all but a cap of the sphere. Half of its energy sits in degrees 3 and 4, and 256 features in ten dimensions leave three quarters of it.',
	},
	{
		id: 'low',
		label: 'dimension 5',
		values: { d: 5 },
		why: 'The formula is asymptotic. In five dimensions, where n falls between the sizes of two degrees, it is ten per cent too low.',
		breaks: 'dimension',
	},
];

export default defineFigure<Params, FeaturesFrame>({
	title: 'One degree at a time',
	knobs,
	seeds: 4,
	reduced: { params: { doublings: 6 }, seeds: 4 },
	panels: [
		{
			id: 'error',
			title: 'What n random features leave of a neuron',
			x: { label: 'features n', scale: 'log' },
			y: { label: 'relative error', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => counts(run).at(-1) ?? 1,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		for (const n of counts(run)) {
			const left: number[] = [];
			for (let r = 0; r < run.seeds; r++) {
				await breathe();
				left.push(populationError(neuronOf(run), n, targets, run.seed + r));
			}
			yield { step: n, n, left };
		}
	},
	summary({ params, predictions: told }) {
		const kappa = told.find(({ id }) => id === 'kappa');
		const { share } = energies({ d: Number(params.d), bias: Number(params.bias) });
		const quadratic = share.slice(0, 3).reduce((sum, e) => sum + e, 0);
		return (
			`In dimension ${String(params.d)}, ${kappa?.x.at(-1) ?? 0} random features leave ${showPercent(kappa?.measured.at(-1) ?? NaN)} of the neuron; ` +
			`nκ says ${showPercent(kappa?.predicted.at(-1) ?? NaN)}. Above degree 2 lies a share of ${showNumber(1 - quadratic)} of its energy.`
		);
	},
});
