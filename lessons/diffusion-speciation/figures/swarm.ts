import {
	breather,
	defineFigure,
	extremes,
	showNumber,
	type Frame,
	type Grid,
	type Hypothesis,
	type Picture,
	type Prediction,
	type Run,
} from '#contract';
import { concatenate } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { binnedPotential, binsFor, counted, countedPairs, meanDensities } from '../bins.ts';
import { speciationTime } from '../cloning.ts';
import { dimension, mean, plain, width } from '../knobs.ts';
import { lengthOf, potential, splittingTime, wellAt } from '../mixture.ts';
import { cumulant, cumulantDeviation, cumulantOf } from '../splitting.ts';
import { projections, stepBack } from '../walk.ts';

type Params = { d: number; mu: number; s: number; start: number };
interface SwarmFrame extends Frame {
	readonly t: number;
	readonly split: number;
	/** Middles of the bins that the formula expects to be full enough, and −log of the density there. */
	readonly bins: readonly number[];
	readonly potential: readonly number[];
	readonly plane: Grid;
	readonly past: Grid;
	readonly landscape: Grid;
}
type SwarmRun = Run<Params>;

/** Between two frames, in time; Euler steps in between; milliseconds to look at one. */
const [apart, within, pause] = [0.1, 8, 60];
const walkers = 2000;
/** A bin is shown where so many walkers are expected in it. */
const full = 40;

const timesOf = ({ params: { start } }: SwarmRun) =>
	Array.from({ length: Math.round(start / apart) + 1 }, (_, k) =>
		Number((start - k * apart).toFixed(2)),
	);
const timeAt = (run: SwarmRun, step: number) => timesOf(run)[step] ?? 0;
const total = ({ seeds }: SwarmRun) => walkers * seeds;

const longEnough: Hypothesis<Params> = {
	id: 'long',
	text: 'pure noise is a good start: |m| e^(−T) ≤ 0.15',
	broken: ({ params }) => {
		const left = lengthOf(params) * Math.exp(-params.start);
		return left <= 0.15
			? null
			: `at T = ${params.start} the means are still ${showNumber(left)} from 0: pure noise is not p_T`;
	},
};

const source = {
	cite: 'biroli2024',
	where: 'abstract: speciation as a breaking of symmetry; computed in the lesson',
};

const predictions: Prediction<Params, SwarmFrame>[] = [
	{
		id: 'potential',
		title: 'the potential −log p_t along m, at the time of the frame',
		labels: { predicted: '−log p_t', measured: 'swarm' },
		source,
		panel: 'potential',
		equation: 'eq:potential',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) => {
				const { middles, width: bin } = binsFor(run.params);
				const expected = meanDensities(run.params, 0).map((p) => p * bin * total(run));
				return middles.map((u, i) => [u, 0.06 + 4 / Math.sqrt(Math.max(full, expected[i]!))]);
			},
			because:
				'at the end of the run: the logarithm of a count of k scatters by 1/√k, and four of these are allowed; .06 for paths in steps of 1/80, which widen a class by .6 % at s = 1 and by 2 % at s = ½',
		},
		hypotheses: [longEnough],
		predict: (run, step) => ({
			x: binsFor(run.params).middles,
			y: binnedPotential(run.params, timeAt(run, step)),
		}),
		measure: ({ bins, potential: y }) => ({ x: bins, y }),
	},
	{
		id: 'split',
		title: 'how far the swarm has split: 0 one cloud, ⅔ two points',
		labels: { predicted: '⅔ c⁴/(c² + G)²', measured: 'swarm' },
		source,
		panel: 'split',
		equation: 'eq:cumulant',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				timesOf(run)
					.toReversed()
					.map((t) => [t, 0.01 + 6 * cumulantDeviation(run.params, t, total(run))]),
			because:
				'six standard deviations of the cumulant of as many independent points, from the moments of p_t up to the eighth: fourth powers have long tails, and among 400 clouds of 2000 points one was off by 5.8 of them; .01 for pure noise at the start and for paths in steps of 1/80',
		},
		hypotheses: [longEnough],
		predict: (run) => {
			const x = timesOf(run).toReversed();
			return { x, y: x.map((t) => cumulant(run.params, t)) };
		},
		measure: ({ t, split }) => ({ x: [t], y: [split] }),
	},
];

/** How high above its lowest point the landscape is drawn. */
const ceiling = 6;

function landscapeOf({ params }: SwarmRun): Grid {
	const x = Array.from({ length: 41 }, (_, i) => i * (params.start / 40));
	const y = Array.from(
		{ length: 49 },
		(_, j) => ((j - 24) / 24) * (lengthOf(params) + 2 * params.s),
	);
	const rows = x.map((t) => y.map((u) => potential(params, t, u)));
	const least = rows.map((row) => Math.min(...row));
	const values = y.flatMap((_, j) => x.map((_, i) => Math.min(ceiling, rows[i]![j]! - least[i]!)));
	return { x, y, values };
}

const pictures: Picture<SwarmFrame>[] = [
	{
		id: 'plane',
		title: 'The swarm now',
		x: { label: 'along m', scale: 'linear' },
		y: { label: 'across', scale: 'linear' },
		colour: { label: 'walkers in a cell', kind: 'magnitude' },
		draw: ({ plane }) => plane,
		describe: (grid) => {
			const middle = grid.x.length / 2;
			const share = (of: (i: number) => boolean) =>
				grid.values.reduce((sum, v, k) => sum + (of(k % grid.x.length) ? v : 0), 0);
			const all = share(() => true);
			const near = share((i) => Math.abs(i - middle + 0.5) < grid.x.length / 12);
			return `${all} walkers seen along m and across it: a share of ${showNumber(near / all)} is in the middle sixth, ${showNumber(share((i) => i < middle) / all)} on the left and ${showNumber(share((i) => i >= middle) / all)} on the right.`;
		},
	},
	{
		id: 'past',
		title: 'The swarm at all times so far',
		x: { label: 'time t (the run goes to the left)', scale: 'linear' },
		y: { label: 'along m', scale: 'linear' },
		colour: { label: 'density of the swarm', kind: 'magnitude' },
		draw: ({ past }) => past,
		describe: (grid) => {
			const seen = grid.x.filter((_, i) => !Number.isNaN(grid.values[i]!));
			const dense = extremes(grid);
			return `Density along m at ${seen.length} times from ${showNumber(seen.at(-1) ?? NaN)} down to ${showNumber(seen[0] ?? NaN)}; densest, ${showNumber(dense?.high.value ?? NaN)}, at u = ${showNumber(dense?.high.y ?? NaN)} and t = ${showNumber(dense?.high.x ?? NaN)}.`;
		},
	},
	{
		id: 'landscape',
		title: 'The potential: one valley becomes two',
		x: { label: 'time t', scale: 'linear' },
		y: { label: 'along m', scale: 'linear' },
		colour: { label: '−log p_t above its lowest', kind: 'magnitude' },
		surface: true,
		draw: ({ landscape }) => landscape,
		describe: ({ x, y, values }) => {
			const ridge = values[Math.floor(y.length / 2) * x.length] ?? NaN;
			const parts = x.findLast(
				(_, i) => (values[Math.floor(y.length / 2) * x.length + i] ?? 0) > 0.005,
			);
			return `By the formula the valley has a ridge in its middle from about t = ${showNumber(parts ?? NaN)} down; at t = 0 the ridge is ${ridge >= ceiling ? 'more than ' : ''}${showNumber(ridge)} above the two bottoms.`;
		},
	},
];

export default defineFigure<Params, SwarmFrame>({
	title: 'A swarm runs backwards',
	plain,
	knobs: {
		d: dimension,
		mu: mean,
		s: { ...width, min: 0.5 },
		start: {
			kind: 'number',
			label: 'the run starts at',
			symbol: 'T',
			min: 0.5,
			max: 6,
			step: 0.5,
			default: 4,
			scale: 'linear',
		},
	},
	seeds: 4,
	reduced: { params: { d: 8 }, seeds: 1 },
	panels: [
		{
			id: 'potential',
			title: 'Potential along m, now',
			x: { label: 'along m', scale: 'linear' },
			y: { label: '−log density', scale: 'linear', domain: [0.5, 10] },
		},
		{
			id: 'split',
			title: 'How far it has split',
			x: { label: 'time t (the run goes to the left)', scale: 'linear' },
			y: { label: 'Binder cumulant U', scale: 'linear', domain: [-0.1, 0.7] },
		},
	],
	predictions,
	pictures,
	presets: [
		{
			id: 'far',
			label: 'sixty-four dimensions',
			values: { d: 64, start: 5 },
			why: 'Four times the dimension: the valley splits at t = 2.08 in place of 1.39, earlier in the run by log 2.',
		},
		{
			id: 'close',
			label: 'hardly two classes',
			values: { d: 4, mu: 0.5, s: 1.5 },
			why: 'The means are closer than the classes are wide. The potential never has two wells, at no time: noise adds to a cloud that was one from the start.',
		},
		{
			id: 'short',
			label: 'too short a run',
			values: { start: 1 },
			why: 'At t = 1 the law p_t already has two heads. Noise with one head, started there, goes to both sides in the end, but its walkers have less than a unit of time to get there: the classes come out blurred.',
			breaks: 'long',
		},
	],
	steps: (run) => timesOf(run).length - 1,
	async *frames(run, _lab, signal) {
		const { params, seed, seeds } = run;
		const { d } = params;
		const breathe = breather(signal);
		const swarms = Array.from({ length: seeds }, (_, r) => {
			const stream = random(seed + r, 'diffusion-speciation/swarm');
			return { stream, x: Float64Array.from({ length: walkers * d }, () => stream.normal()) };
		});
		const along = binsFor(params);
		const across = { middles: Array.from({ length: 20 }, (_, j) => (j - 9.5) * 0.4), width: 0.4 };
		const landscape = landscapeOf(run);
		const times = timesOf(run);
		const columns: number[][] = [];
		for (const [step, t] of times.entries()) {
			if (step > 0)
				for (let k = 0; k < within; k++)
					for (const { x, stream } of swarms) {
						await breathe();
						const dt = apart / within;
						stepBack(params, x, times[step - 1]! - k * dt, dt, stream);
					}
			const u = concatenate(swarms.map(({ x }) => projections(x, d)));
			const v = concatenate(swarms.map(({ x }) => sideways(x, d)));
			const density = counted(u, along.middles, along.width).map(
				(k) => k / (u.length * along.width),
			);
			columns.push(density);
			const enough = meanDensities(params, t).map((p) => p * along.width * u.length >= full);
			const pick = (values: readonly number[]) => values.filter((_, i) => enough[i]);
			await new Promise((resume) => setTimeout(resume, pause));
			signal.throwIfAborted();
			yield {
				step,
				t,
				split: cumulantOf(u),
				bins: pick(along.middles),
				potential: pick(density).map((p) => -Math.log(p)),
				plane: {
					x: along.middles,
					y: across.middles,
					values: countedPairs(u, v, along, across),
				},
				past: {
					x: times.toReversed(),
					y: along.middles,
					values: along.middles.flatMap((_, j) =>
						times.map((_, i) => columns[times.length - 1 - i]?.[j] ?? NaN),
					),
				},
				landscape,
			};
		}
	},
	summary({ params, steps, predictions: told }) {
		const mixture = params as Params;
		const split = told.find(({ id }) => id === 'split');
		const t = mixture.start - steps * apart;
		const well = wellAt(mixture, Math.max(0, t));
		return (
			`At t = ${showNumber(Math.max(0, t))} the swarm in ${mixture.d} dimensions has Binder cumulant ${showNumber(split?.measured.at(-1) ?? NaN)} ` +
			`(formula ${showNumber(cumulant(mixture, Math.max(0, t)))}), with ${well > 0 ? `wells at ±${showNumber(well)}` : 'one well'}; the well splits at ${showNumber(splittingTime(mixture))}, ` +
			`and the general criterion says t_S = ${showNumber(speciationTime(mixture))}.`
		);
	},
});

/** x·v with v = (1, −1, 1, −1, …)/√d, a direction across m; d is even. */
function sideways(x: Float64Array, d: number): Float64Array {
	const v = new Float64Array(x.length / d);
	for (let i = 0; i < v.length; i++) {
		let sum = 0;
		for (let k = 0; k < d; k += 2) sum += x[i * d + k]! - x[i * d + k + 1]!;
		v[i] = sum / Math.sqrt(d);
	}
	return v;
}
