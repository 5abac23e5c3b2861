import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Prediction,
	type Run,
} from '#contract';
import { plain, sizesTo, spreadOf, standardErrors, uniformPoints, whole } from '../knobs.ts';
import { bestCount, neighbourCounts, neighbourError } from '../neighbourLaw.ts';
import { byDistance, distances, drawDataSet, firstMeans, tests, type Layout } from '../search.ts';

type Params = { d: number; n: number; sigma: number; layout: string };
interface NoisyFrame extends Frame {
	readonly counts: number[];
	readonly n: number[];
	/** Mean square errors over k, one row per data set: with noise in the labels, and without. */
	readonly total: number[][];
	readonly clean: number[][];
	/** Over n, with the best k of the law. */
	readonly best: number[][];
}
type NoisyPrediction = Prediction<Params, NoisyFrame>;

const counts = ({ params }: Run<Params>) => neighbourCounts(params.n);
const sizes = ({ params }: Run<Params>) => sizesTo(params.n);
const settings = ({ params: { d, sigma } }: Run<Params>) => ({ d, noise: sigma ** 2 });
const best = (run: Run<Params>, n: number) => {
	const { d, noise } = settings(run);
	return bestCount(d, n, noise);
};

const shared = {
	source: {
		cite: 'stone1982',
		where: 'abstract, for the best rate; the law is proved in the lesson',
	},
	equation: 'eq:many',
	draws: 'replace',
	claim: {
		kind: 'equal',
		gap: 'relative',
		within: ({ params, seeds }: Run<Params>) => standardErrors(spreadOf(params.d, 'many'), seeds),
		because:
			'exact in the mean: four standard errors over the data sets; at the worst k one data set scatters by 26 % in two or three dimensions and by 13 % in more, measured over 40',
	},
	hypotheses: [uniformPoints],
} as const;

const overCounts = (id: 'total' | 'clean', title: string, label: string): NoisyPrediction => ({
	...shared,
	id,
	title,
	labels: { predicted: `law, ${label}`, measured: label },
	panel: 'counts',
	predict: (run) => ({
		x: counts(run),
		y: counts(run).map((k) => {
			const { bias, spread, total } = neighbourError({ ...settings(run), n: run.params.n, k });
			return id === 'total' ? total : bias + spread;
		}),
	}),
	measure: (frame) => ({ ...ensemble(frame.counts, frame[id]), each: undefined }),
});

const predictions: NoisyPrediction[] = [
	overCounts('total', 'noisy labels: too few neighbours, too many', 'with noise'),
	overCounts('clean', 'the same neighbours without noise: the price of distance', 'without noise'),
	{
		...shared,
		id: 'best',
		title: 'with the best number of neighbours for each n',
		labels: { predicted: 'law, best k', measured: 'best k' },
		panel: 'sizes',
		predict: (run) => ({
			x: sizes(run),
			y: sizes(run).map((n) => neighbourError({ ...settings(run), n, k: best(run, n) }).total),
		}),
		measure: (frame) => ({ ...ensemble(frame.n, frame.best), each: undefined }),
	},
];

export default defineFigure<Params, NoisyFrame>({
	title: 'How many neighbours to ask',
	plain,
	knobs: {
		d: whole('dimension', 'd', [2, 16, 4]),
		n: {
			kind: 'number',
			label: 'points',
			symbol: 'n',
			min: 128,
			max: 2048,
			default: 1024,
			step: 128,
			scale: 'log',
		},
		sigma: {
			kind: 'number',
			label: 'noise on the labels',
			symbol: '\\sigma',
			min: 0,
			max: 1,
			default: 0.5,
			step: 0.1,
			scale: 'linear',
		},
		layout: {
			kind: 'choice',
			label: 'points',
			options: { uniform: 'uniform in d dimensions', plane: 'on a plane in d dimensions' },
			default: 'uniform',
		},
	},
	seeds: 12,
	reduced: { params: { n: 128 }, seeds: 6 },
	panels: [
		{
			id: 'counts',
			title: 'All points, k neighbours',
			x: { label: 'neighbours k', scale: 'log' },
			y: { label: 'mean square error, E f² = 1', scale: 'log' },
		},
		{
			id: 'sizes',
			title: 'The best k, more and more points',
			x: { label: 'points n', scale: 'log' },
			y: { label: 'mean square error, E f² = 1', scale: 'log' },
		},
	],
	predictions,
	presets: [
		{
			id: 'two',
			label: 'two dimensions',
			values: { d: 2 },
			why: 'Here a thousand points are many: thirty-two neighbours are still close by, and the best error is a fifth of that in four dimensions.',
		},
		{
			id: 'eight',
			label: 'eight dimensions',
			values: { d: 8 },
			why: 'Noise hardly matters any more. Take it away altogether (σ = 0): the least error goes from .22 to .20. What costs is the distance.',
		},
		{
			id: 'copies',
			label: 'points on a plane',
			values: { d: 8, layout: 'plane' },
			why: 'Neighbours are again where they would be in two dimensions, and the law for eight is far off.',
			breaks: 'uniform',
		},
	],
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { d, sigma } = run.params;
		const layout: Layout = run.params.layout === 'plane' ? 'plane' : 'uniform';
		const [k, n] = [counts(run), sizes(run)];
		const asked = n.map((size) => best(run, size));
		let [total, clean, bests]: number[][][] = [[], [], []];
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const set = drawDataSet({ d, n: run.params.n, layout }, run.seed + r);
			const labels = set.y.map((value, i) => value + sigma * set.noise[i]!);
			const squares = new Float64Array(set.y.length);
			const rows = [k.map(() => 0), k.map(() => 0), n.map(() => 0)] as const;
			for (let i = 0; i < tests; i++) {
				await breathe();
				distances(set.fresh, i, set.x, d, squares);
				const miss = (value: number) => (value - set.truth[i]!) ** 2 / tests;
				const order = byDistance(squares, set.y.length);
				firstMeans(order, labels, k).forEach((value, j) => (rows[0][j]! += miss(value)));
				firstMeans(order, set.y, k).forEach((value, j) => (rows[1][j]! += miss(value)));
				n.forEach((size, j) => {
					const among = byDistance(squares, size);
					rows[2][j]! += miss(firstMeans(among, labels, [asked[j]!])[0]!);
				});
			}
			[total, clean, bests] = [
				[...total!, rows[0]],
				[...clean!, rows[1]],
				[...bests!, rows[2]],
			];
			yield { step: r + 1, counts: k, n, total, clean, best: bests };
		}
	},
	summary({ params, predictions: told }) {
		const total = told.find(({ id }) => id === 'total');
		const least = Math.min(...(total?.measured ?? []));
		const k = total?.x[total.measured.indexOf(least)];
		return (
			`In ${String(params.d)} dimensions, with ${String(params.n)} points and noise ${String(params.sigma)}, asking ${k} neighbours is best: ` +
			`the mean square error is ${showNumber(least)}; with one neighbour it is ${showNumber(total?.measured[0] ?? NaN)}.`
		);
	},
});
