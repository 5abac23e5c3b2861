import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Grid,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { meanAndDeviation } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { drawEntry } from '../entries.ts';
import { edges, histogram, middles } from '../histogram.ts';
import { meanLength, spreadOfCosine, spreadOfLength } from '../lengths.ts';

type Params = { d: string; samples: number; coordinates: string };
/** Of pairs of vectors in d dimensions, one number per seed. */
interface LengthFrame extends Frame {
	readonly d: number;
	readonly mean: number[];
	readonly spread: number[];
	readonly cosine: number[];
	/** Shares of |x|/√d, a column per dimension so far. */
	readonly shares: Grid;
}
type LengthPrediction = Prediction<Params, LengthFrame>;

/** What all coordinates have in common where they are not independent. */
const common = 0.1;
const bins = edges(0, 2, 40);
const dimensions = ({ params }: Run<Params>) =>
	[1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000].filter((d) => d <= Number(params.d));
const pairs = ({ params, seeds }: Run<Params>) => params.samples * seeds;

/** Fills x with the coordinates of one vector. */
function fill(x: Float64Array, coordinates: string, stream: ReturnType<typeof random>): void {
	const entries = coordinates === 'heavy' ? 'student' : 'normal';
	const shared = coordinates === 'shared' ? Math.sqrt(common) * stream.normal() : 0;
	const scale = coordinates === 'shared' ? Math.sqrt(1 - common) : 1;
	for (let i = 0; i < x.length; i++) x[i] = shared + scale * drawEntry(entries, stream);
}

const normal: Hypothesis<Params> = {
	id: 'normal',
	text: 'the coordinates are independent and standard normal',
	broken: ({ params: { coordinates } }) =>
		coordinates === 'normal'
			? null
			: coordinates === 'shared'
				? `any two coordinates have correlation ${common}`
				: 'Student’s law with 3 degrees of freedom has no fourth moment',
};
const independent: Hypothesis<Params> = {
	id: 'independent',
	text: 'the coordinates are independent, alike and symmetric about 0',
	broken: ({ params: { coordinates } }) =>
		coordinates === 'shared' ? `any two coordinates have correlation ${common}` : null,
};
const at = (d: number, values: readonly number[]) =>
	ensemble(
		[d],
		values.map((value) => [value]),
	);

const predictions: LengthPrediction[] = [
	{
		id: 'length',
		title: 'the mean length of x',
		labels: { predicted: '√2 Γ((d+1)/2)/Γ(d/2)', measured: 'samples' },
		source: { cite: 'vershynin2018', where: 'Section 3.1; the mean of the chi law' },
		panel: 'length',
		equation: 'eq:length',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) =>
				dimensions(run).map((d) => [
					d,
					(4 * spreadOfLength(d)) / meanLength(d) / Math.sqrt(2 * pairs(run)),
				]),
			because: 'four standard errors of the mean of so many independent lengths',
		},
		hypotheses: [normal],
		predict: (run) => ({ x: dimensions(run), y: dimensions(run).map(meanLength) }),
		measure: ({ d, mean }) => at(d, mean),
	},
	{
		id: 'spread',
		title: 'the standard deviation of the length, 1/√2 in the limit',
		labels: { predicted: '√(d − (E|x|)²)', measured: 'samples' },
		source: { cite: 'vershynin2018', where: 'Theorem 3.1.1; the spread of the chi law' },
		panel: 'spread',
		equation: 'eq:length',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => 3.6 / Math.sqrt(2 * pairs(run)),
			because:
				'four standard errors of a standard deviation, which is 0.85/√N of itself in one dimension and less in all others, and 5 % more for the mean over seeds',
		},
		hypotheses: [normal],
		predict: (run) => ({ x: dimensions(run), y: dimensions(run).map(spreadOfLength) }),
		measure: ({ d, spread }) => at(d, spread),
	},
	{
		id: 'cosine',
		title: 'the standard deviation of the cosine between two vectors',
		labels: { predicted: '1/√d', measured: 'pairs' },
		source: { cite: 'vershynin2018', where: 'Section 3.2' },
		panel: 'cosine',
		equation: 'eq:cosine',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => 3 / Math.sqrt(pairs(run)),
			because:
				'four standard errors of a standard deviation, which for a law no heavier than the normal one is 0.71/√N of itself, and 5 % more for the mean over seeds',
		},
		hypotheses: [independent],
		predict: (run) => ({ x: dimensions(run), y: dimensions(run).map(spreadOfCosine) }),
		measure: ({ d, cosine }) => at(d, cosine),
	},
];

const dimension = { label: 'dimension d', scale: 'log' } as const;

export default defineFigure<Params, LengthFrame>({
	title: 'Lengths and angles of Gaussian vectors',
	knobs: {
		d: {
			kind: 'choice',
			label: 'largest dimension',
			symbol: 'd',
			options: { 100: '100', 500: '500', 1000: '1000' },
			default: '500',
		},
		samples: {
			kind: 'number',
			label: 'pairs of vectors per seed',
			min: 100,
			max: 10_000,
			step: 100,
			default: 2000,
			scale: 'log',
		},
		coordinates: {
			kind: 'choice',
			label: 'coordinates',
			options: {
				normal: 'independent, standard normal',
				shared: 'normal, with a common part',
				heavy: 'independent, heavy tails',
			},
			default: 'normal',
		},
	},
	seeds: 4,
	reduced: { params: { d: '100', samples: 400 }, seeds: 2 },
	panels: [
		{ id: 'length', title: 'Mean length', x: dimension, y: { label: '|x|', scale: 'log' } },
		{
			id: 'spread',
			title: 'Spread of the length',
			x: dimension,
			y: { label: 'standard deviation of |x|', scale: 'linear' },
		},
		{
			id: 'cosine',
			title: 'Spread of the cosine',
			x: dimension,
			y: { label: 'standard deviation', scale: 'log' },
		},
	],
	pictures: [
		{
			id: 'shell',
			title: 'Where the points are',
			x: dimension,
			y: { label: '|x|/√d', scale: 'linear' },
			colour: { label: 'density', kind: 'magnitude', domain: [0, 6] },
			draw: ({ shares }) => shares,
			describe: ({ x, y, values }) => {
				const last = x.length - 1;
				const near = y.reduce(
					(sum, r, j) => sum + (Math.abs(r - 1) < 0.1 ? values[j * x.length + last]! * 0.05 : 0),
					0,
				);
				return `In ${x[last]} dimensions ${showNumber(100 * near)} % of the points have a length within a tenth of √d.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'shared',
			label: 'a common part',
			values: { coordinates: 'shared' },
			why: 'A tenth of the variance is common to all coordinates. It does not average out: the spread of the length grows with d, and two vectors keep an angle that is not a right one.',
			breaks: ['normal', 'independent'],
		},
		{
			id: 'heavy',
			label: 'heavy tails',
			values: { coordinates: 'heavy' },
			why: 'One large coordinate may decide the length, so that its spread grows. The cosine does not notice: for it symmetry is enough.',
			breaks: 'normal',
		},
	],
	steps: (run) => dimensions(run).length,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const { seed, seeds, params } = run;
		const columns: { d: number; shares: number[] }[] = [];
		for (const d of dimensions(run)) {
			const [x, y] = [new Float64Array(d), new Float64Array(d)];
			const [mean, spread, cosine, all]: number[][] = [[], [], [], []];
			for (let r = 0; r < seeds; r++) {
				const stream = random(seed + r, `lengths ${d}`);
				const lengths: number[] = [];
				let square = 0;
				for (let k = 0; k < params.samples; k++) {
					if (k % 64 === 0) await breathe();
					fill(x, params.coordinates, stream);
					fill(y, params.coordinates, stream);
					let [xx, yy, xy] = [0, 0, 0];
					for (let i = 0; i < d; i++) {
						xx += x[i]! * x[i]!;
						yy += y[i]! * y[i]!;
						xy += x[i]! * y[i]!;
					}
					lengths.push(Math.sqrt(xx), Math.sqrt(yy));
					square += (xy * xy) / (xx * yy);
				}
				const { mean: m, deviation } = meanAndDeviation(lengths);
				mean!.push(m);
				spread!.push(deviation);
				cosine!.push(Math.sqrt(square / params.samples));
				for (const length of lengths) all!.push(length / Math.sqrt(d));
			}
			columns.push({ d, shares: histogram(bins, all!, all!.length) });
			yield {
				step: columns.length,
				d,
				mean: mean!,
				spread: spread!,
				cosine: cosine!,
				shares: {
					x: columns.map((column) => column.d),
					y: middles(bins),
					values: middles(bins).flatMap((_, j) => columns.map(({ shares }) => shares[j]!)),
				},
			};
		}
	},
	summary({ predictions: [length, spread, cosine] }) {
		const show = (p: typeof length) => showNumber(p?.measured.at(-1) ?? NaN);
		return `In ${length?.x.at(-1)} dimensions the lengths have mean ${show(length)} and standard deviation ${show(spread)}; the cosine between two vectors has standard deviation ${show(cosine)}.`;
	},
});
