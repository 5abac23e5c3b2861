import {
	defineFigure,
	ensemble,
	showPercent,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
} from '#contract';
import { split } from '#theory/arrays.ts';
import {
	between,
	componentDeviation,
	components,
	fractionDeviation,
	fractionShift,
	pathJob,
	principalComponents,
	randomWalk,
	walkComponent,
	walkFractions,
	type Principal,
	type WalkParams,
} from '../walk.ts';

/** One entry per seed in each; empty where nothing has been measured yet. */
interface WalkFrame extends Frame {
	readonly n: number;
	readonly walks: readonly Principal[];
	readonly networks: readonly Principal[];
}
type WalkPrediction = Prediction<WalkParams, WalkFrame>;

const knobs: Knobs<WalkParams> = {
	n: {
		kind: 'number',
		label: 'points on the path',
		symbol: 'n',
		min: 20,
		max: 200,
		step: 10,
		default: 100,
		scale: 'linear',
	},
	d: {
		kind: 'number',
		label: 'dimensions of the random walk',
		symbol: 'd',
		min: 20,
		max: 4000,
		step: 20,
		default: 2000,
		scale: 'log',
	},
	optimiser: {
		kind: 'choice',
		label: 'the network is trained by',
		options: { gd: 'gradient descent', adam: 'Adam' },
		default: 'gd',
	},
};

const z = 4;
const ranks = Array.from({ length: components }, (_, i) => i + 1);
const antognini = { cite: 'antognini2018', where: 'the random walk without momentum' };

const high: Hypothesis<WalkParams> = {
	id: 'dimension',
	text: 'the walk has many more dimensions than components are looked at: d ≥ 500',
	broken: ({ params: { d } }) => (d >= 500 ? null : `d = ${d} < 500`),
};

const shares = (paths: readonly Principal[]) => ({
	...ensemble(
		paths.length > 0 ? ranks : [],
		paths.map(({ fractions }) => fractions.slice(0, components)),
	),
	each: undefined,
});

function component(k: 1 | 2): WalkPrediction {
	return {
		id: `component-${k}`,
		title:
			k === 1 ? 'the first component of a random walk' : 'the second component of a random walk',
		labels: {
			predicted: k === 1 ? 'half a wave' : 'a whole wave',
			measured: `walk, component ${k}`,
		},
		source: antognini,
		panel: 'components',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'absolute',
			within: ({ params: { n, d }, seeds }) =>
				(z * componentDeviation(n, d, k)) / Math.sqrt(seeds) + 2 * componentDeviation(n, d, k) ** 2,
			because: `${z} standard errors of a mean over the seeds, other components mixing in by √(λ_k λ_j/d)/(λ_k − λ_j), and what this takes from the amplitude, to second order`,
		},
		hypotheses: [high],
		predict: ({ params: { n } }) => ({ x: pointsOf(n), y: walkComponent(n, k) }),
		measure: ({ n, walks }) => ({
			...ensemble(
				walks.length > 0 ? pointsOf(n) : [],
				walks.map(({ scores }) => scores[k - 1]!),
			),
			each: undefined,
		}),
	};
}

/** t = 1 … n as a share of the path. */
const pointsOf = (n: number) => Array.from({ length: n }, (_, i) => (i + 0.5) / n);

const predictions: WalkPrediction[] = [
	{
		id: 'walk',
		title: 'variance along the components of a random walk',
		labels: { predicted: 'random walk, d → ∞', measured: 'random walks' },
		source: antognini,
		equation: 'eq:walk',
		panel: 'fractions',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'absolute',
			within: ({ params: { n, d }, seeds }) =>
				ranks.map((k) => [
					k,
					(z * fractionDeviation(n, d, k)) / Math.sqrt(seeds) +
						2 * Math.abs(fractionShift(n, d, k)),
				]),
			because: `${z} standard errors of a mean over the seeds, by the fluctuation √(2/d) of each eigenvalue, and twice the shift of order 1/d by their repulsion`,
		},
		hypotheses: [high],
		predict: ({ params: { n } }) => ({ x: ranks, y: walkFractions(n).slice(0, components) }),
		measure: ({ walks }) => shares(walks),
	},
	{
		id: 'network',
		title: 'variance along the components of a network’s path',
		labels: { predicted: 'largest possible, 1/k', measured: 'networks' },
		source: {
			cite: 'antognini2018',
			where: 'the comparison with networks; the bound is elementary',
		},
		equation: 'eq:walk',
		panel: 'fractions',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 1e-9,
			because:
				'k shares of which the k-th is the smallest sum to at most 1; the room is for rounding',
		},
		hypotheses: [],
		predict: () => ({ x: ranks, y: ranks.map((k) => 1 / k) }),
		measure: ({ networks }) => shares(networks),
	},
	component(1),
	component(2),
];

const presets: Preset<WalkParams>[] = [
	{
		id: 'adam',
		label: 'Adam',
		values: { optimiser: 'adam' },
		why: 'Another optimiser, another path. Its first component is as large as that of a walk without any aim.',
	},
	{
		id: 'flat',
		label: 'few dimensions',
		values: { d: 20 },
		why: 'In twenty dimensions a random walk shows whatever its luck gives it: the law needs many dimensions, which networks have.',
		breaks: 'dimension',
	},
];

export default defineFigure<WalkParams, WalkFrame>({
	title: 'Principal components of a path',
	knobs,
	seeds: 4,
	reduced: { params: { n: 50, d: 1000 }, seeds: 2 },
	panels: [
		{
			id: 'fractions',
			title: 'Share of the variance',
			x: { label: 'component k', scale: 'log', discrete: true },
			y: { label: 'share of the variance', scale: 'log' },
		},
		{
			id: 'components',
			title: 'A random walk, seen along its first two components',
			x: { label: 'place on the path', scale: 'linear' },
			y: { label: 'component, amplitude 1', scale: 'linear' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds + run.params.n,
	async *frames(run, lab, signal) {
		const { n, d } = run.params;
		const walks: Principal[] = [];
		for (let r = 0; r < run.seeds; r++) {
			signal.throwIfAborted();
			walks.push(principalComponents(randomWalk(n, d, run.seed + r), n));
			yield { step: walks.length, n, walks: [...walks], networks: [] };
		}
		const session = await lab.open(pathJob(run));
		try {
			const points: Float64Array[] = [];
			for (let t = 1; t <= n; t++) {
				signal.throwIfAborted();
				await session.advance(between);
				points.push(await session.probe({ kind: 'weights' }));
			}
			const networks = Array.from({ length: run.seeds }, (_, r) => {
				const rows = points.map((all) => split(all, run.seeds)[r]!);
				const path = new Float64Array(n * rows[0]!.length);
				rows.forEach((row, t) => path.set(row, t * row.length));
				return principalComponents(path, n);
			});
			yield { step: run.seeds + n, n, walks, networks };
		} finally {
			session.dispose();
		}
	},
	summary({ predictions: told }) {
		const two = (id: string) =>
			(told.find((one) => one.id === id)?.measured ?? []).slice(0, 2).reduce((a, b) => a + b, 0);
		const law = walkFractions(1000)
			.slice(0, 2)
			.reduce((a, b) => a + b, 0);
		return (
			`Two components carry ${showPercent(two('walk'))} of the variance of a random walk, where theory says ` +
			`${showPercent(law)} for a long one, and ${showPercent(two('network'))} of that of a network in training.`
		);
	},
});
