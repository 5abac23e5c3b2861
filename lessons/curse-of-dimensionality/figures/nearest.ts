import {
	breather,
	defineFigure,
	ensemble,
	extremes,
	showNumber,
	type Frame,
	type Grid,
	type Picture,
	type Prediction,
	type Run,
} from '#contract';
import { plain, sizesTo, spreadOf, standardErrors, uniformPoints, whole } from '../knobs.ts';
import { meanSquareDistance, neighbourError } from '../neighbourLaw.ts';
import { distances, drawDataSet, nearest, tests, type Layout } from '../search.ts';
import { nearestSlice, places, targetSlice } from '../slices.ts';

type Params = { d: number; n: number; layout: string };
type Space = 'plane' | 'four' | 'chosen';
interface NearestFrame extends Frame {
	readonly n: number[];
	/** Mean square errors, one row per data set, along n. */
	readonly errors: Record<Space, number[][]>;
	/** Mean squared distances to the nearest point in the chosen dimension. */
	readonly squares: number[][];
	/** f and the labels of nearest points on a slice, by the first data set. */
	readonly slices: { target: number[]; chosen: number[]; plane: number[] };
}

const dimension = (space: Space, { params }: Run<Params>) =>
	({ plane: 2, four: 4, chosen: params.d })[space];
const sizes = ({ params }: Run<Params>) => sizesTo(params.n);
const law = (d: number, run: Run<Params>) =>
	sizes(run).map((n) => neighbourError({ d, n, k: 1, noise: 0 }).total);

const error = (space: Space, title: string, predicted: string, measured: string) =>
	({
		id: space,
		title,
		labels: { predicted, measured },
		source: { cite: 'stone1982', where: 'abstract, for the rate; the law is proved in the lesson' },
		equation: 'eq:error',
		panel: 'error',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => standardErrors(spreadOf(dimension(space, run), 1), run.seeds),
			because:
				'exact in the mean: four standard errors over the data sets; one data set of 500 tests scatters by 14 % in two or three dimensions and by 9 % in more, measured over 30',
		},
		hypotheses: space === 'chosen' ? [uniformPoints] : [],
		predict: (run) => ({ x: sizes(run), y: law(dimension(space, run), run) }),
		measure: ({ n, errors }) => ({ ...ensemble(n, errors[space]), each: undefined }),
	}) satisfies Prediction<Params, NearestFrame>;

const predictions: Prediction<Params, NearestFrame>[] = [
	error('plane', 'in two dimensions', 'd = 2', 'd = 2, found'),
	error('four', 'in four dimensions', 'd = 4', 'd = 4, found'),
	error('chosen', 'in the dimension of the knob', 'your d', 'your d, found'),
	{
		...error('chosen', 'the rate in the dimension of the knob', 'your d', 'your d, found'),
		id: 'rate',
		claim: {
			kind: 'slope',
			within: ({ params, seeds }) => standardErrors(spreadOf(params.d, 1), seeds) / 3,
			because:
				'four standard errors of a least-squares slope over log 64 = 4.2, by the spread of one data set at both ends',
		},
	},
	{
		id: 'distance',
		title: 'squared distance to the nearest point, in the dimension of the knob',
		labels: { predicted: 'your d', measured: 'your d, found' },
		source: { cite: 'cover1967', where: 'the Lemma that it tends to 0; the law is in the lesson' },
		equation: 'eq:distance',
		panel: 'distance',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: ({ params, seeds }) => standardErrors(params.d < 4 ? 0.11 : 0.05, seeds),
			because:
				'exact in the mean: four standard errors; one data set scatters by 11 % in two or three dimensions and by 5 % in more, measured over 30',
		},
		hypotheses: [uniformPoints],
		predict: (run) => ({
			x: sizes(run),
			y: sizes(run).map((n) => meanSquareDistance(run.params.d, n)),
		}),
		measure: ({ n, squares }) => ({ ...ensemble(n, squares), each: undefined }),
	},
];

const picture = (
	id: 'target' | 'chosen' | 'plane',
	title: string,
	what: string,
): Picture<NearestFrame> => ({
	id,
	title,
	x: { label: 'x₁', scale: 'linear' },
	y: { label: 'x₂', scale: 'linear' },
	colour: { label: 'sin 2πx₁ + sin 2πx₂', kind: 'signed', domain: [-2, 2] },
	draw: ({ slices }): Grid => ({ x: places, y: places, values: slices[id] }),
	describe: (grid) => {
		const { low, high } = extremes(grid)!;
		return (
			`${what} is lowest, ${showNumber(low.value)}, at (${showNumber(low.x)}, ${showNumber(low.y)}) ` +
			`and highest, ${showNumber(high.value)}, at (${showNumber(high.x)}, ${showNumber(high.y)}).`
		);
	},
});

export default defineFigure<Params, NearestFrame>({
	title: 'The nearest of n points',
	plain,
	knobs: {
		d: whole('dimension', 'd', [2, 16, 8]),
		n: {
			kind: 'number',
			label: 'points, at most',
			symbol: 'n',
			min: 256,
			max: 4096,
			default: 4096,
			step: 256,
			scale: 'log',
		},
		layout: {
			kind: 'choice',
			label: 'points',
			options: { uniform: 'uniform in d dimensions', plane: 'on a plane in d dimensions' },
			default: 'uniform',
		},
	},
	seeds: 12,
	reduced: { params: { n: 256 }, seeds: 4 },
	panels: [
		{
			id: 'error',
			title: 'Error of the nearest neighbour',
			x: { label: 'points n', scale: 'log' },
			y: { label: 'mean square error, E f² = 1', scale: 'log' },
		},
		{
			id: 'distance',
			title: 'How far the nearest is',
			x: { label: 'points n', scale: 'log' },
			y: { label: 'mean squared distance', scale: 'log' },
		},
	],
	pictures: [
		picture('target', 'The target, on a slice', 'The target'),
		picture('plane', 'Nearest neighbours, d = 2', 'What nearest neighbours say in two dimensions'),
		picture(
			'chosen',
			'Nearest neighbours, your d, on a slice',
			'What nearest neighbours say on the slice',
		),
	],
	predictions,
	presets: [
		{
			id: 'sixteen',
			label: 'sixteen dimensions',
			values: { d: 16 },
			why: 'With 64 points the nearest label is off by more than f itself: the answer 0, for everything, has error 1. At 4096, a doubling of the data takes away about seven per cent.',
		},
		{
			id: 'copies',
			label: 'points on a plane',
			values: { layout: 'plane' },
			why: 'Eight coordinates, six of them copies. The law for eight dimensions is off by a factor of more than two hundred at 4096 points: the rings lie with those of two dimensions. It is the dimension of the data that counts, not of the space.',
			breaks: 'uniform',
		},
	],
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const n = sizes(run);
		const layout: Layout = run.params.layout === 'plane' ? 'plane' : 'uniform';
		const errors: Record<Space, number[][]> = { plane: [], four: [], chosen: [] };
		let squares: number[][] = [];
		let slices: NearestFrame['slices'] | null = null;
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const data = (space: Space) => {
				const d = dimension(space, run);
				const shape = space === 'chosen' ? layout : 'uniform';
				return drawDataSet({ d, n: n.at(-1)!, layout: shape }, run.seed + r);
			};
			for (const space of ['plane', 'four', 'chosen'] as const) {
				const set = data(space);
				const found = new Float64Array(set.y.length);
				const [error, square] = [n.map(() => 0), n.map(() => 0)];
				for (let i = 0; i < tests; i++) {
					await breathe();
					distances(set.fresh, i, set.x, set.d, found);
					nearest(found, set.y, n).forEach((point, j) => {
						error[j]! += (point.label - set.truth[i]!) ** 2 / tests;
						square[j]! += point.square / tests;
					});
				}
				errors[space] = [...errors[space], error];
				if (space === 'chosen') squares = [...squares, square];
			}
			slices ??= {
				target: targetSlice(run.params.d, layout),
				plane: nearestSlice(data('plane'), 'uniform'),
				chosen: nearestSlice(data('chosen'), layout),
			};
			yield { step: r + 1, n, errors: { ...errors }, squares, slices };
		}
	},
	summary({ params, predictions: told }) {
		const chosen = told.find(({ id }) => id === 'chosen');
		const plane = told.find(({ id }) => id === 'plane');
		const last = (values: readonly number[] | undefined) => showNumber(values?.at(-1) ?? NaN);
		return (
			`With ${chosen?.x.at(-1)} points the nearest neighbour has a mean square error of ${last(plane?.measured)} in two dimensions and of ` +
			`${last(chosen?.measured)} in ${String(params.d)}; the law says ${last(plane?.predicted)} and ${last(chosen?.predicted)}.`
		);
	},
});
