import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { meanAndDeviation } from '#theory/arrays.ts';
import { memo } from '#theory/memo.ts';
import { norms } from '../heNetworks.ts';
import { layersOf } from '../layerClock.ts';
import { logFactor, normVariance } from '../reluLaw.ts';

type Params = { width: number; depth: number };
interface NormsFrame extends Frame {
	/** M_l/M_0, one row per network. */
	readonly norms: readonly number[][];
}
type NormsPrediction = Prediction<Params, NormsFrame>;

const z = 4;
const factor = memo((n: number) => logFactor(n), 16);
const layers = ({ params }: Run<Params>) => layersOf(params.depth);

const settled: Hypothesis<Params> = {
	id: 'settled',
	text: 'the mean is one that a few hundred networks can settle: (1 + 5/n)ᴸ ≤ 6',
	broken: ({ params: { width, depth } }) => {
		const second = normVariance(width, depth) + 1;
		return second <= 6 ? null : `(1 + 5/n)ᴸ = ${showNumber(second)} > 6`;
	},
};

/** Mean of the logs of each layer over the networks, and their standard deviation. */
function logs(rows: readonly number[][]): { mean: number; deviation: number }[] {
	return rows[0]!.map((_, l) => meanAndDeviation(rows.map((row) => Math.log(row[l]!))));
}

const proved = 'proved in the lesson as an independent product';

const predictions: NormsPrediction[] = [
	{
		id: 'mean',
		title: 'the mean over networks',
		labels: { predicted: 'mean: 1', measured: 'mean of networks' },
		source: { cite: 'he2015', where: 'Section 2.2, equation (10)' },
		equation: 'eq:mean',
		panel: 'norm',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				layers(run).map((l) => [l, z * Math.sqrt(normVariance(run.params.width, l) / run.seeds)]),
			because: `${z} standard errors of a mean over the networks, by the exact variance (1 + 5/n)ˡ − 1`,
		},
		hypotheses: [settled],
		predict: (run) => ({ x: layers(run), y: layers(run).map(() => 1) }),
		measure: ({ norms: rows }): Curve => ({
			...ensemble(layersOf(rows[0]!.length), rows),
			low: undefined,
			high: undefined,
			each: undefined,
		}),
	},
	{
		id: 'typical',
		title: 'a typical network: the geometric mean',
		labels: { predicted: 'geometric mean', measured: 'typical network' },
		source: { cite: 'hanin2018', where: `Section 3; the law of one factor is ${proved}` },
		equation: 'eq:logarithm',
		panel: 'norm',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) =>
				layers(run).map((l) => [
					l,
					Math.expm1(z * Math.sqrt((l * factor(run.params.width).variance) / run.seeds)),
				]),
			because: `${z} standard errors of a mean of logarithms over the networks, by the exact variance of one factor`,
		},
		hypotheses: [],
		predict: (run) => {
			const { mean } = factor(run.params.width);
			return { x: layers(run), y: layers(run).map((l) => Math.exp(l * mean)) };
		},
		measure: ({ norms: rows }) => ({
			...ensemble(layersOf(rows[0]!.length), rows),
			y: logs(rows).map(({ mean }) => Math.exp(mean)),
			each: undefined,
		}),
	},
	{
		id: 'spread',
		title: 'the spread of the logarithm',
		labels: { predicted: 'exact', measured: 'networks' },
		source: { cite: 'hanin2018', where: `Section 3; the law of one factor is ${proved}` },
		equation: 'eq:logarithm',
		panel: 'spread',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => z / Math.sqrt(2 * Math.max(1, run.seeds - 1)),
			because: `${z} standard errors 1/√(2S) of a standard deviation over S networks; the sum of logarithms is nearly normal`,
		},
		hypotheses: [],
		predict: (run) => {
			const { variance } = factor(run.params.width);
			return { x: layers(run), y: layers(run).map((l) => Math.sqrt(l * variance)) };
		},
		measure: ({ norms: rows }) => ({
			x: layersOf(rows[0]!.length),
			// A single network does not spread at all, and the allowance for one (283 %) tests nothing.
			y: logs(rows).map(({ deviation }) => (rows.length > 1 ? deviation : 0)),
		}),
	},
];

/** Networks between two frames. */
const chunk = 20;

export default defineFigure<Params, NormsFrame>({
	title: 'One network is not the mean',
	plain: 'plain float64 arrays in a worker: networks are drawn and evaluated, not trained',
	knobs: {
		width: {
			kind: 'number',
			label: 'width',
			symbol: 'n',
			min: 32,
			max: 256,
			step: 1,
			default: 64,
			scale: 'log',
		},
		depth: {
			kind: 'number',
			label: 'layers',
			symbol: 'L',
			min: 2,
			max: 60,
			step: 1,
			default: 20,
			scale: 'linear',
		},
	},
	seeds: 200,
	reduced: { params: { width: 40, depth: 8 }, seeds: 120 },
	panels: [
		{
			id: 'norm',
			title: 'Mean square of the units',
			x: { label: 'layer l', scale: 'linear' },
			y: { label: 'mean of h², in units of the input', scale: 'log' },
		},
		{
			id: 'spread',
			title: 'Spread over networks',
			x: { label: 'layer l', scale: 'linear' },
			y: { label: 'standard deviation of the logarithm', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'wide',
			label: 'wide',
			values: { width: 256 },
			why: 'At width 256 twenty layers cost a typical network a fifth of its signal only, and the spread of the logarithm is 0.63: the one number that matters is L/n.',
		},
		{
			id: 'deep',
			label: 'narrow and deep',
			values: { width: 32, depth: 60 },
			why: 'The mean square is still 1, by theorem, and no network has it: the typical one is at 0.007, and very rare ones with very large signals make up for the others. Two hundred draws hardly contain them, so the measured mean says little. Nothing is wrong with the theorem; a mean can be something that nobody sees.',
			breaks: 'settled',
		},
	],
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const { width, depth } = run.params;
		const breathe = breather(signal);
		const rows: number[][] = [];
		for (let r = 0; r < run.seeds; r++) {
			rows.push(await norms(width, depth, run.seed + r, breathe));
			if ((r + 1) % chunk === 0 || r === run.seeds - 1) yield { step: r + 1, norms: [...rows] };
		}
	},
	summary({ params, seeds, predictions: told }) {
		const last = (id: string) => told.find((one) => one.id === id);
		const [mean, typical, spread] = ['mean', 'typical', 'spread'].map(last);
		const show = (value: number | undefined) => showNumber(value ?? NaN);
		return (
			`After ${String(params.depth)} layers of width ${String(params.width)} the mean over ${seeds} networks is ` +
			`${show(mean?.measured.at(-1))} (theory 1), the typical network has ${show(typical?.measured.at(-1))} ` +
			`(theory ${show(typical?.predicted.at(-1))}), and logarithms spread by ${show(spread?.measured.at(-1))} ` +
			`(theory ${show(spread?.predicted.at(-1))}).`
		);
	},
});
