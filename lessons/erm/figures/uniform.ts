import {
	breather,
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Curve,
	type Frame,
	type Grid,
	type Hypothesis,
	type Prediction,
	type Run,
	type Tolerance,
} from '#contract';
import { random } from '#theory/random.ts';
import {
	kolmogorov,
	kolmogorovDeviation,
	kolmogorovMean,
	kolmogorovPeak,
	oneSidedDeviation,
	oneSidedMean,
} from '../supremumLaw.ts';
import { doublings, drawPoints, strays, suprema, type Law, type Suprema } from '../thresholds.ts';
import { thresholdComplexity } from '../walks.ts';

type Params = { n: number; law: string; sample: string };
interface UniformFrame extends Frame {
	readonly sizes: number[];
	/** Per seed: the share of samples with √n sup |Fₙ − F| ≤ x, at each place x. */
	readonly shares: number[][];
	/** Per seed: the mean suprema at each sample size. */
	readonly two: number[][];
	readonly one: number[][];
	/** Of the first samples √n (Fₙ − F), threshold by sample. */
	readonly strays: Grid;
}
type UniformPrediction = Prediction<Params, UniformFrame>;

/** Samples of each size per seed. */
const samplesPerSeed = 400;
const shown = 24;
const places = Array.from({ length: 20 }, (_, k) => Number((0.3 + 0.1 * k).toFixed(1)));
const levels = Array.from({ length: 63 }, (_, k) => (k + 1) / 64);
const z = 4;

const continuous: Hypothesis<Params> = {
	id: 'continuous',
	text: 'F is continuous',
	broken: ({ params }) => (params.law === 'die' ? 'F jumps by 1/6 at each face of the die' : null),
};
const independent: Hypothesis<Params> = {
	id: 'independent',
	text: 'the points are independent',
	broken: ({ params }) =>
		params.sample === 'twins' ? 'each point stands there twice: n/2 of them are independent' : null,
};
const hypotheses = [continuous, independent];
const drawsOf = ({ seeds }: Run<Params>) => samplesPerSeed * seeds;

function overSizes(run: Run<Params>, f: (n: number) => number): Curve {
	const x = doublings(run.params.n);
	return { x, y: x.map(f) };
}

const predictions: UniformPrediction[] = [
	{
		id: 'law',
		title: 'the law of the worst gap, whatever F',
		labels: { predicted: 'Kolmogorov', measured: 'share of samples' },
		source: { cite: 'kolmogorov1933', where: 'the limit law' },
		equation: 'eq:kolmogorov',
		panel: 'law',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'absolute',
			within: (run) =>
				(1.2 * kolmogorovPeak) / (6 * Math.sqrt(run.params.n)) +
				Math.sqrt(Math.log(2 / 0.001) / (2 * drawsOf(run))),
			because:
				'at finite n the law is that of the limit shifted by 1/(6√n), a fifth more allowed, times its largest density; and the theorem of Massart on this page, applied to the samples themselves, at a level of .001',
		},
		hypotheses,
		predict: () => ({ x: places, y: places.map(kolmogorov) }),
		measure: ({ shares }) => ensemble(places, shares),
	},
	{
		id: 'two',
		title: 'the mean of sup |Fₙ − F|',
		labels: { predicted: '.869/√n', measured: 'sup |Fₙ − F|' },
		source: { cite: 'kolmogorov1933', where: 'the limit law, its mean' },
		equation: 'eq:mean',
		panel: 'rate',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'relative',
			within: (run): Tolerance =>
				doublings(run.params.n).map((n) => [
					n,
					0.22 / Math.sqrt(n) +
						(z * kolmogorovDeviation) / (kolmogorovMean * Math.sqrt(drawsOf(run))),
				]),
			because: `1/(6√n) of .869 is .19/√n, the next term in n, a little more allowed; and ${z} standard errors of the mean with the deviation of Kolmogorov's law`,
		},
		hypotheses,
		predict: (run) => overSizes(run, (n) => kolmogorovMean / Math.sqrt(n)),
		measure: ({ sizes, two }) => ensemble(sizes, two),
	},
	{
		id: 'one',
		title: 'the mean of sup (F − Fₙ), at every n',
		labels: { predicted: 'exact', measured: 'sup (F − Fₙ)' },
		source: {
			cite: 'birnbaum1951',
			where: 'the law at finite n; its mean, as stated in the lesson',
		},
		equation: 'eq:ramanujan',
		panel: 'rate',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => (z * oneSidedDeviation) / (Math.sqrt(Math.PI / 8) * Math.sqrt(drawsOf(run))),
			because: `${z} standard errors of the mean, with the deviation of the limit law, √(½ − π/8) over √n`,
		},
		hypotheses,
		predict: (run) => overSizes(run, oneSidedMean),
		measure: ({ sizes, one }) => ensemble(sizes, one),
	},
	{
		id: 'bound',
		title: 'twice the Rademacher complexity is never less',
		labels: { predicted: '2 Radₙ', measured: 'sup (F − Fₙ), once more' },
		source: { cite: 'bartlett2002', where: 'the symmetrisation bound, proved in the lesson' },
		equation: 'eq:symmetrisation',
		panel: 'rate',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because:
				'a theorem for every n; the bound is larger by a factor of about 2.5, so that the noise of the mean needs no room',
		},
		hypotheses: [independent],
		predict: (run) => overSizes(run, (n) => 2 * thresholdComplexity(n)),
		measure: ({ sizes, one }) => ensemble(sizes, one),
	},
];

export default defineFigure<Params, UniformFrame>({
	title: 'The worst threshold',
	knobs: {
		n: {
			kind: 'number',
			label: 'largest sample',
			symbol: 'n',
			min: 16,
			max: 1024,
			step: 16,
			default: 256,
			scale: 'log',
		},
		law: {
			kind: 'choice',
			label: 'law of the points',
			options: {
				uniform: 'uniform',
				exponential: 'exponential',
				cauchy: 'Cauchy, without a mean',
				die: 'a fair die',
			},
			default: 'uniform',
		},
		sample: {
			kind: 'choice',
			label: 'sample',
			options: { independent: 'independent points', twins: 'each point twice' },
			default: 'independent',
		},
	},
	seeds: 20,
	reduced: { params: { n: 32 }, seeds: 3 },
	panels: [
		{
			id: 'law',
			title: 'The law of the worst gap',
			x: { label: '√n · sup |Fₙ − F| ≤ x', scale: 'linear' },
			y: { label: 'share of samples', scale: 'linear', domain: [0, 1] },
		},
		{
			id: 'rate',
			title: 'Its mean, and a bound',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'worst gap', scale: 'log' },
		},
	],
	pictures: [
		{
			id: 'strays',
			title: 'Where samples mislead',
			x: { label: 'threshold t, as F(t)', scale: 'linear' },
			y: { label: 'sample', scale: 'linear', discrete: true },
			colour: { label: '√n (Fₙ − F)', kind: 'signed' },
			draw: ({ strays }) => strays,
			describe: ({ x, y, values }) => {
				const worst = y.map((_, j) => {
					const row = values.slice(j * x.length, (j + 1) * x.length).map(Math.abs);
					return x[row.indexOf(Math.max(...row))]!;
				});
				const inner = worst.filter((u) => u > 0.25 && u < 0.75).length;
				return `Each row is a sample, each column a threshold. In ${inner} of ${y.length} samples the worst threshold lies in the middle half, where F is between ¼ and ¾; errors of neighbouring thresholds go together.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'cauchy',
			label: 'no mean at all',
			values: { law: 'cauchy' },
			why: 'The points have neither mean nor variance, and nothing changes: F(x) is uniform whatever F is, as long as it is continuous.',
		},
		{
			id: 'die',
			label: 'a die',
			values: { law: 'die' },
			why: 'Five thresholds tell faces apart, and no more. The worst of five gaps is smaller than the worst of all: the law of the supremum is now that of the die.',
			breaks: 'continuous',
		},
		{
			id: 'twins',
			label: 'each point twice',
			values: { sample: 'twins' },
			why: 'Half of the sample repeats the other half. The gaps are those of n/2 points, larger by √2, and no formula in n knows it.',
			breaks: 'independent',
		},
	],
	steps: (run) => run.seeds,
	async *frames({ params, seed, seeds }, _lab, signal) {
		const [law, copies] = [params.law as Law, params.sample === 'twins' ? 2 : 1];
		const sizes = doublings(params.n);
		const shares: number[][] = [];
		const two: number[][] = [];
		const one: number[][] = [];
		const rows: number[][] = [];
		const breathe = breather(signal);
		for (let r = 0; r < seeds; r++) {
			const stream = random(seed + r, 'erm/uniform');
			const found: Suprema[][] = [];
			for (const n of sizes) {
				await breathe();
				const samples = Array.from({ length: samplesPerSeed }, () =>
					drawPoints(law, n, copies, stream),
				);
				found.push(samples.map((points) => suprema(law, points)));
				if (n === params.n)
					for (const points of samples.slice(0, shown - rows.length))
						rows.push(strays(law, points, levels));
			}
			const worst = found.at(-1)!.map((each) => Math.sqrt(params.n) * each.two);
			shares.push(places.map((x) => worst.filter((w) => w <= x).length / samplesPerSeed));
			two.push(found.map((each) => mean(each.map((s) => s.two))));
			one.push(found.map((each) => mean(each.map((s) => s.one))));
			yield {
				step: r + 1,
				sizes,
				shares: [...shares],
				two: [...two],
				one: [...one],
				strays: { x: levels, y: rows.map((_, j) => j + 1), values: rows.flat() },
			};
		}
	},
	summary({ params, seeds, predictions: told }) {
		const last = (id: string, of: 'measured' | 'predicted') =>
			showNumber(told.find((p) => p.id === id)?.[of].at(-1) ?? NaN);
		return (
			`Over ${samplesPerSeed * seeds} samples of ${String(params.n)} points the worst gap is ${last('two', 'measured')} on average ` +
			`(limit ${last('two', 'predicted')}); to one side it is ${last('one', 'measured')} (exact ${last('one', 'predicted')}), where twice the Rademacher complexity allows ${last('bound', 'predicted')}.`
		);
	},
});
