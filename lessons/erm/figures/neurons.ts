import {
	breather,
	defineFigure,
	ensemble,
	extremes,
	showNumber,
	type Frame,
	type Grid,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { memo } from '#theory/memo.ts';
import {
	ascend,
	bestNeuron,
	drawNeurons,
	drawSigns,
	networkBound,
	networkScore,
	score,
	type Neurons,
} from '../neurons.ts';
import { doublings } from '../thresholds.ts';

type Params = { n: number; m: number; steps: number };
interface NeuronsFrame extends Frame {
	/** Steps taken with the largest sample, and (1/n) Σ s_i f(x_i) there, one number per seed. */
	readonly time: number;
	readonly now: number[];
	/** Sample sizes that have been trained to the end, smallest first, and the scores, one row per seed. */
	readonly sizes: number[];
	readonly reached: number[][];
	/** Share of Σ|a_j| at each angle over time, of the first seed. */
	readonly mass: Grid;
	/** g(θ) of the first seeds. */
	readonly landscape: Grid;
}
type NeuronsPrediction = Prediction<Params, NeuronsFrame>;

const stepSize = 0.5;
const sectors = 36;
const rowsShown = 12;
/** Shares of the weight below this are left blank. */
const visible = 0.01;
const degrees = Array.from({ length: sectors }, (_, k) => ((k + 0.5) * 360) / sectors - 180);

const manyNeurons: Hypothesis<Params> = {
	id: 'many',
	text: 'there are 16 neurons or more',
	broken: ({ params: { m } }) =>
		m >= 16 ? null : `with ${m} of them all may climb hills that are not the highest`,
};
const trained: Hypothesis<Params> = {
	id: 'trained',
	text: 'they are trained for 200 steps or more',
	broken: ({ params: { steps } }) => (steps >= 200 ? null : `stopped after ${steps} steps`),
};

const seedsOf = ({ seed, seeds }: Run<Params>) => Array.from({ length: seeds }, (_, r) => seed + r);
/** max |g| for each seed. */
const best = memo(
	({ n, seeds }: { n: number; seeds: number[] }) =>
		seeds.map((seed) => bestNeuron(drawSigns(n, seed))),
	16,
);
/** Steps at which a frame is taken. */
function clock(steps: number): number[] {
	const times = [];
	for (let t = 1; t < steps; t = Math.max(t + 1, Math.round(1.3 * t))) times.push(t);
	return [...times, steps];
}

const hull = {
	cite: 'bartlett2002',
	where: 'convex hulls and two-layer networks; proved in the lesson',
};
const predictions: NeuronsPrediction[] = [
	{
		id: 'ceiling',
		title: 'no network follows the signs better than the best single neuron',
		labels: { predicted: 'best neuron, exact', measured: 'network in training' },
		source: hull,
		equation: 'eq:hull',
		panel: 'time',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 1e-9,
			because: 'a theorem for each draw of points and signs; slack for rounding in float64',
		},
		hypotheses: [],
		predict: (run) => {
			const x = clock(run.params.steps);
			const each = best({ n: run.params.n, seeds: seedsOf(run) });
			return ensemble(
				x,
				each.map((value) => x.map(() => value)),
			);
		},
		measure: ({ time, now }) =>
			ensemble(
				now.length > 0 ? [time] : [],
				now.map((value) => [value]),
			),
	},
	{
		id: 'reached',
		title: 'training reaches it',
		labels: { predicted: 'best neuron, exact', measured: 'trained network' },
		source: hull,
		equation: 'eq:hull',
		panel: 'complexity',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'm, T → ∞',
			gap: 'relative',
			within: ({ seeds }) => 0.015 + 0.1 / Math.sqrt(seeds),
			because:
				'over 48 seeds at each n from 8 to 128 with 16 neurons and 400 steps the mean fell short by .4 to 1.3 %; one seed in a hundred is left on a lower hill, 25 % short, which spreads a mean by .1/√seeds',
		},
		hypotheses: [manyNeurons, trained],
		predict: (run) => {
			const x = doublings(run.params.n);
			const each = x.map((n) => best({ n, seeds: seedsOf(run) }));
			return ensemble(
				x,
				seedsOf(run).map((_, r) => each.map((values) => values[r]!)),
			);
		},
		measure: ({ sizes, reached }) => ensemble(sizes, reached),
	},
	{
		id: 'bound',
		title: 'the bound by contraction',
		labels: { predicted: 'bound 2/√n', measured: 'trained network, once more' },
		source: { cite: 'bartlett2002', where: 'contraction; the argument is given in the lesson' },
		equation: 'eq:contraction',
		panel: 'complexity',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because:
				'a theorem on the mean over points and signs; the bound is larger by a factor of 2.3, so that noise needs no room',
		},
		hypotheses: [],
		predict: (run) => {
			const x = doublings(run.params.n);
			return { x, y: x.map(networkBound) };
		},
		measure: ({ sizes, reached }) => ensemble(sizes, reached),
	},
];

/** The share of Σ|a_j| in each sector of directions. */
function sectorsOf({ theta, size }: Neurons): number[] {
	const shares = degrees.map(() => 0);
	theta.forEach((at, j) => {
		const turns = at / (2 * Math.PI) + 0.5;
		shares[Math.floor((turns - Math.floor(turns)) * sectors) % sectors]! += size[j]!;
	});
	return shares;
}

function landscapeOf(n: number, seeds: readonly number[]): Grid {
	const rows = seeds.slice(0, rowsShown).map((seed) => {
		const drawn = drawSigns(n, seed);
		return degrees.map((angle) => score(drawn, (angle * Math.PI) / 180).value);
	});
	return { x: degrees, y: rows.map((_, r) => seeds[r]!), values: rows.flat() };
}

export default defineFigure<Params, NeuronsFrame>({
	title: 'Networks fitting coins',
	knobs: {
		n: {
			kind: 'number',
			label: 'largest sample',
			symbol: 'n',
			min: 16,
			max: 128,
			step: 16,
			default: 64,
			scale: 'log',
		},
		m: {
			kind: 'number',
			label: 'neurons',
			symbol: 'm',
			min: 1,
			max: 64,
			step: 1,
			default: 16,
			scale: 'log',
		},
		steps: {
			kind: 'number',
			label: 'steps',
			symbol: 'T',
			min: 10,
			max: 1000,
			step: 10,
			default: 400,
			scale: 'log',
		},
	},
	seeds: 32,
	reduced: { params: { n: 16, steps: 200 }, seeds: 4 },
	panels: [
		{
			id: 'time',
			title: 'In training, on the largest sample',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'mean of s · f(x)', scale: 'linear' },
		},
		{
			id: 'complexity',
			title: 'Rademacher complexity, by training',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'mean of s · f(x)', scale: 'log' },
		},
	],
	pictures: [
		{
			id: 'landscape',
			title: 'What a single neuron would score',
			x: { label: 'direction of the neuron, degrees', scale: 'linear', domain: [-180, 180] },
			y: { label: 'seed', scale: 'linear', discrete: true },
			colour: { label: 'mean of s · relu(u · x)', kind: 'signed' },
			draw: ({ landscape }) => landscape,
			describe: (grid) => {
				const ends = extremes(grid);
				return `Scores of one neuron by its direction, a row for each draw of points and signs, from ${showNumber(ends?.low.value ?? NaN)} to ${showNumber(ends?.high.value ?? NaN)}. Each row has several hills and valleys.`;
			},
		},
		{
			id: 'mass',
			title: 'Where the weight is, in the first seed',
			x: { label: 'direction of the neuron, degrees', scale: 'linear', domain: [-180, 180] },
			y: { label: 'step t', scale: 'log' },
			colour: { label: 'share of Σ|a|', kind: 'magnitude', scale: 'log', domain: [visible, 1] },
			draw: ({ mass }) => mass,
			describe: ({ x, y, values }) => {
				const last = values.slice(-x.length).map((share) => share || 0);
				const most = Math.max(...last);
				return `After ${y.at(-1) ?? 0} steps ${showNumber(100 * most)} % of the output weight is on neurons that point to within 5 degrees of ${x[last.indexOf(most)]} degrees.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'one',
			label: 'a single neuron',
			values: { m: 1 },
			why: 'It climbs the hill on which it starts, which need not be the highest; and with its output weight positive it has no use for valleys. The complexity of the class is the same; training does not find it.',
			breaks: 'many',
		},
		{
			id: 'many',
			label: '64 neurons',
			values: { m: 64 },
			why: 'Four times as many parameters, and the complexity is what it was: the class is limited by Σ|a_j||u_j|, not by the number of neurons.',
		},
		{
			id: 'short',
			label: 'thirty steps',
			values: { steps: 30 },
			why: 'The weight is still spread over several hills. A class that descent has no time to reach is not the class that it uses.',
			breaks: 'trained',
		},
	],
	steps: ({ params }) => doublings(params.n).length * params.steps,
	async *frames(run, _lab, signal) {
		const { n: largest, m, steps } = run.params;
		const seeds = seedsOf(run);
		const landscape = landscapeOf(largest, seeds);
		const breathe = breather(signal);
		const rows: { time: number; shares: number[] }[] = [];
		const done: { n: number; scores: number[] }[] = [];
		let step = 0;
		const frame = (time: number, now: number[]): NeuronsFrame => ({
			step,
			time,
			now,
			sizes: done.map(({ n }) => n),
			reached: seeds.map((_, r) => done.map(({ scores }) => scores[r]!)),
			mass: {
				x: degrees,
				y: rows.map((row) => row.time),
				values: rows.flatMap(({ shares }) =>
					shares.map((share) => (share < visible ? NaN : share)),
				),
			},
			landscape,
		});
		for (const n of doublings(largest).reverse()) {
			const drawn = seeds.map((seed) => drawSigns(n, seed));
			const networks = seeds.map((seed) => drawNeurons(m, seed));
			let time = 0;
			for (const until of clock(steps)) {
				for (const [r, network] of networks.entries()) {
					await breathe();
					for (let t = time; t < until; t++) ascend(drawn[r]!, network, stepSize);
				}
				step += until - time;
				time = until;
				const scores = networks.map((network, r) => networkScore(drawn[r]!, network));
				if (time === steps) done.unshift({ n, scores });
				if (n === largest) rows.push({ time, shares: sectorsOf(networks[0]!) });
				if (n === largest || time === steps) yield frame(time, n === largest ? scores : []);
			}
		}
	},
	summary({ params, predictions: told }) {
		const reached = told.find(({ id }) => id === 'reached');
		const bound = told.find(({ id }) => id === 'bound');
		const last = (values: readonly number[] = []) => showNumber(values.at(-1) ?? NaN);
		return (
			`On ${String(params.n)} points networks of ${String(params.m)} neurons come to a mean of s·f(x) of ${last(reached?.measured)}; the best single neuron ` +
			`has ${last(reached?.predicted)}, and the bound allows ${last(bound?.predicted)}.`
		);
	},
});
