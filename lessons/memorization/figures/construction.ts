import {
	breather,
	defineFigure,
	ensemble,
	extremes,
	showNumber,
	type Curve,
	type Frame,
	type Grid,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import {
	building,
	dimension,
	gaps,
	outputsAfter,
	storedAfter,
	unitsOf,
	widthOf,
	type BuildParams,
	type Building,
} from '../building.ts';
import { float32, float64, outputAt, unitsAt } from '../construct.ts';
import { guaranteedWidth } from '../widths.ts';

interface BuildFrame extends Frame {
	/** Output at the points in their order along the line, one row per seed. */
	readonly outputs: number[][];
	/** How many points are right, per seed. */
	readonly right: number[];
	/** Output in the middle of each gap between groups, per seed; empty before all units stand. */
	readonly between: number[][];
	/** Of the first seed: weights of layer 2, biases in the last column, and what each unit gives at each point. */
	readonly weights: Grid;
	readonly activity: Grid;
}
type BuildPrediction = Prediction<BuildParams, BuildFrame>;

/** Milliseconds between two units. */
const pause = 150;

/** A label counts as stored from here on. */
const right = 1e-6;

const seedsOf = ({ seed, seeds }: Run<BuildParams>) =>
	Array.from({ length: seeds }, (_, r) => seed + r);
const buildings = (run: Run<BuildParams>) => seedsOf(run).map((seed) => building(run, seed));
const counted = (length: number) => Array.from({ length }, (_, i) => i + 1);
const points = (run: Run<BuildParams>) => counted(run.params.n);

const distinctPoints: Hypothesis<BuildParams> = {
	id: 'distinct',
	text: 'the points are distinct',
	broken: ({ params }) =>
		params.points === 'twins' ? 'two of the points are the same, with opposite labels' : null,
};
const wideEnough: Hypothesis<BuildParams> = {
	id: 'wide',
	text: 'the layers are wide enough: p·q ≥ N with p = ⌊(w+1)/2⌋ and q = ⌊(w+2)/2⌋',
	broken: ({ params }) => {
		const [width, needed] = [widthOf(params), guaranteedWidth(params.n)];
		return width >= needed ? null : `width ${width} < ${needed}: p·q is below N = ${params.n}`;
	},
};
const exactArithmetic: Hypothesis<BuildParams> = {
	id: 'precision',
	text: 'the network is evaluated in float64',
	broken: ({ params: { precision } }) =>
		precision === 'float32'
			? 'float32 carries 7 digits, and weights of opposite sign cancel'
			: null,
};
const hypotheses = [distinctPoints, wideEnough, exactArithmetic];
const rounding = ({ params: { n } }: Run<BuildParams>) => 1e-10 * Math.max(1, n / 64) ** 3;
const because =
	'rounding in float64 alone: it grows with the weights, about as N³; over 40 seeds the largest error was 2·10⁻¹¹ at N = 64, 3·10⁻⁹ at 256 and 8·10⁻⁹ at 400';
const source = {
	cite: 'yun2019',
	where: 'Theorem 3.1; with the widths of the construction that this lesson proves',
};

const predictions: BuildPrediction[] = [
	{
		id: 'outputs',
		title: 'the output at the points, as units are added',
		labels: { predicted: 'polygon through the labels', measured: 'network' },
		source,
		equation: 'eq:polygon',
		panel: 'outputs',
		draws: 'replace',
		claim: { kind: 'equal', gap: 'absolute', within: rounding, because },
		hypotheses,
		predict: (run, step) =>
			ensemble(
				points(run),
				buildings(run).map((each) => outputsAfter(each, step)),
			),
		measure: ({ outputs }) => ensemble(counted(outputs[0]?.length ?? 0), outputs),
	},
	{
		id: 'stored',
		title: 'each pair of units stores at least one more label in every group',
		labels: { predicted: 'p (pairs + 1)', measured: 'labels stored' },
		source,
		equation: 'eq:stored',
		panel: 'stored',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0,
			because: `a count of labels met to ${showNumber(right)}, with nothing to allow for; where labels happen to lie on one straight line more of them are met`,
		},
		hypotheses,
		predict: (run): Curve => {
			const x = Array.from({ length: unitsOf(run) / 2 + 1 }, (_, k) => 2 * k);
			return ensemble(
				x,
				buildings(run).map((each) => x.map((k) => storedAfter(each, k / 2))),
			);
		},
		measure: ({ step, right: count }) =>
			step % 2 === 0
				? ensemble(
						[step],
						count.map((value) => [value]),
					)
				: ensemble(
						[],
						count.map(() => []),
					),
	},
	{
		id: 'between',
		title: 'in the middle of each gap between groups nobody asked for anything',
		labels: { predicted: 'formula', measured: 'network' },
		source: { cite: 'yun2019', where: 'the proof of Theorem 3.1, in the form given in the lesson' },
		panel: 'between',
		draws: 'replace',
		claim: { kind: 'equal', gap: 'absolute', within: rounding, because },
		hypotheses: [exactArithmetic],
		predict: (run) => {
			const each = buildings(run).map((one) => gaps(one).output);
			return ensemble(counted(each[0]?.length ?? 0), each);
		},
		measure: ({ between }) => ensemble(counted(between[0]?.length ?? 0), between),
	},
];

/** A weight on a scale that shows 1 and 10⁵ alike. */
const signedLog = (w: number) => Math.sign(w) * Math.log10(1 + Math.abs(w));

/** The pictures of one network, units that do not stand yet left blank. */
function pictures({ net, asked }: Building, stand: number, round: typeof float64) {
	const columns = net.knots.length + 1;
	const units = counted(net.units);
	const weights = Array.from(net.rows, (w, i) => (i < stand * columns ? signedLog(w) : NaN));
	const given = Array.from(asked.t, (t) => unitsAt(net, t, stand, round));
	const activity = units.flatMap((unit) =>
		given.map((h) => (unit <= stand ? Math.log10(1 + h[unit - 1]!) : NaN)),
	);
	return {
		weights: { x: counted(columns), y: units, values: weights },
		activity: { x: counted(asked.t.length), y: units, values: activity },
	};
}

const largest = (grid: Grid) => {
	const ends = extremes(grid);
	return ends ? Math.max(Math.abs(ends.low.value), Math.abs(ends.high.value)) : 0;
};

export default defineFigure<BuildParams, BuildFrame>({
	title: 'Built weight by weight',
	plain: 'plain arrays in a worker, in the precision that is chosen below',
	knobs: {
		n: {
			kind: 'number',
			label: 'labels',
			symbol: 'N',
			min: 16,
			max: 400,
			step: 1,
			default: 64,
			scale: 'log',
		},
		labels: {
			kind: 'choice',
			label: 'what the labels are',
			options: {
				signs: 'fair coins, ±1',
				numbers: 'random numbers from −1 to 1',
				pattern: 'your pattern, again and again along the line',
			},
			default: 'signs',
		},
		pattern: { kind: 'list', label: 'your pattern', min: -3, max: 3, most: 16, default: [1, -1] },
		width: {
			kind: 'choice',
			label: 'width of the hidden layers',
			options: { enough: 'the least that is enough', less: 'one less' },
			default: 'enough',
		},
		points: {
			kind: 'choice',
			label: 'points',
			options: { distinct: 'all distinct', twins: 'one there twice, with both labels' },
			default: 'distinct',
		},
		precision: {
			kind: 'choice',
			label: 'evaluated in',
			options: { float64: 'float64', float32: 'float32' },
			default: 'float64',
		},
	},
	seeds: 1,
	reduced: { params: { n: 25, labels: 'numbers' }, seeds: 2 },
	panels: [
		{
			id: 'outputs',
			title: 'Output at the points',
			x: { label: 'point, in order along u', scale: 'linear', discrete: true },
			y: { label: 'output', scale: 'linear' },
		},
		{
			id: 'stored',
			title: 'Labels stored',
			x: { label: 'units of layer 2 that stand', scale: 'linear', discrete: true },
			y: { label: 'labels', scale: 'linear' },
		},
		{
			id: 'between',
			title: 'Between the groups',
			x: { label: 'gap', scale: 'linear', discrete: true },
			y: { label: 'output in its middle', scale: 'linear' },
		},
	],
	pictures: [
		{
			id: 'weights',
			title: 'Weights of layer 2',
			x: { label: 'neuron of layer 1 (last: bias)', scale: 'linear', discrete: true },
			y: { label: 'unit of layer 2', scale: 'linear', discrete: true },
			colour: { label: 'sign · log₁₀(1 + |weight|)', kind: 'signed' },
			draw: ({ weights }) => weights,
			describe: (grid) => {
				const stand = new Set(
					grid.values.flatMap((v, i) => (Number.isNaN(v) ? [] : [Math.floor(i / grid.x.length)])),
				).size;
				return `${stand} of ${grid.y.length} units of layer 2 stand, with ${grid.x.length} weights each; the largest weight has size ${showNumber(10 ** largest(grid) - 1)}.`;
			},
		},
		{
			id: 'activity',
			title: 'Which unit fires where',
			x: { label: 'point, in order along u', scale: 'linear', discrete: true },
			y: { label: 'unit of layer 2', scale: 'linear', discrete: true },
			colour: { label: 'log₁₀(1 + output of the unit)', kind: 'magnitude' },
			draw: ({ activity }) => activity,
			describe: (grid) => {
				const stands = grid.values.filter((v) => !Number.isNaN(v));
				const fire = stands.filter((v) => v > 0).length;
				return `Of ${stands.length} pairs of a unit that stands and a point, ${fire} have the unit firing; a unit serves a point of every group.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'alternating',
			label: 'alternating labels',
			values: { labels: 'pattern', pattern: [1, -1] },
			why: 'The hardest labels for a network on a line: it has to turn at every point. The width is the same as for any others.',
		},
		{
			id: 'large',
			label: '256 labels',
			values: { n: 256 },
			why: 'Four times the labels, twice the width: 31. The weights grow faster: the closest two of 256 points are much closer than of 64.',
		},
		{
			id: 'narrow',
			label: 'one neuron less',
			values: { width: 'less' },
			why: 'Width 14 makes 7 groups of 8: 56 labels are stored, and the last eight points get whatever the last slope gives them.',
			breaks: 'wide',
		},
		{
			id: 'twins',
			label: 'one point twice',
			values: { points: 'twins' },
			why: 'The same point with labels +1 and −1: no function has both values. The construction keeps the first and cannot have the other.',
			breaks: 'distinct',
		},
		{
			id: 'float32',
			label: 'float32 at N = 256',
			values: { n: 256, precision: 'float32' },
			why: 'Slopes of up to 10⁷ are added and cancel. In seven digits the outputs are off by up to a few units, and now and then a label is wrong.',
			breaks: 'precision',
		},
	],
	steps: (run) => unitsOf(run),
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const round = run.params.precision === 'float32' ? float32 : float64;
		const units = unitsOf(run);
		for (let k = 0; k <= units; k++) {
			const outputs: number[][] = [];
			const between: number[][] = [];
			for (const seed of seedsOf(run)) {
				await breathe();
				const one = building(run, seed);
				outputs.push(Array.from(one.asked.t, (t) => outputAt(one.net, t, k, round)));
				between.push(k < units ? [] : gaps(one).t.map((t) => outputAt(one.net, t, units, round)));
			}
			const stored = outputs.map((row, r) => {
				const { y } = building(run, run.seed + r).asked;
				return row.filter((f, i) => Math.abs(f - y[i]!) < right).length;
			});
			const shown = pictures(building(run, run.seed), k, round);
			// Slow enough that every unit is drawn, and kept as a frame to come back to.
			await new Promise((resume) => setTimeout(resume, pause));
			yield { step: k, outputs, right: stored, between, ...shown };
		}
	},
	summary({ params, predictions: told }) {
		const [outputs, stored] = ['outputs', 'stored'].map((id) => told.find((p) => p.id === id));
		const units = 2 * guaranteedWidth(Number(params.n));
		const gap = outputs?.measured.map((f, i) => Math.abs(f - (outputs.predicted[i] ?? NaN)));
		return (
			`${showNumber(stored?.measured.at(-1) ?? NaN)} of ${String(params.n)} labels of points in R^${dimension} are stored by two hidden layers of width ` +
			`at most ${units / 2}, evaluated in ${String(params.precision)}; the largest error at a point is ${showNumber(Math.max(...(gap ?? [NaN])))}.`
		);
	},
});
