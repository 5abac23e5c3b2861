import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { equivalent } from '../equivalent.ts';
import { headSignal, interpolate, type Interpolated } from '../interpolate.ts';
import * as shared from '../knobs.ts';
import {
	effectiveRanks,
	head,
	rankScatter,
	spectrum,
	varianceBound,
	type SpectrumName,
} from '../spectra.ts';

type Params = { spectrum: string; noise: number; n: number };
interface BenignFrame extends Frame {
	readonly n: number;
	readonly tails: number[];
	/** Along the tails, one row per draw. */
	readonly drawn: Interpolated[][];
	/** Which tails the bound says something of. */
	readonly bounded: number[];
}
type BenignPrediction = Prediction<Params, BenignFrame>;

const knobs: Knobs<Params> = {
	spectrum: {
		kind: 'choice',
		label: 'spectrum',
		options: {
			spiked: 'ten ones and a flat tail',
			half: 'i^(−1/2)',
			one: 'i^(−1)',
			two: 'i^(−2)',
		},
		default: 'spiked',
	},
	noise: { ...shared.noise, default: 0.25 },
	n: { ...shared.samples, min: 40, default: 80 },
};

const nameOf = ({ params }: Run<Params>) => params.spectrum as SpectrumName;
/** Lengths of the tail, from 2n on. */
const tailsOf = ({ params: { n } }: Run<Params>) => [2, 3, 5, 8, 12, 20, 32].map((q) => q * n);

/** What the run predicts at each tail. */
const theory = memo((run: Run<Params>) => {
	const { n, noise } = run.params;
	return tailsOf(run).map((tail) => {
		const s = spectrum(nameOf(run), tail);
		const { bias, variance } = equivalent(s, headSignal(s.length), n, noise);
		return { tail, risk: bias + variance, variance, bound: varianceBound(s, n, noise) };
	});
});
const asKey = ({ params, seed }: Run<Params>): Run<Params> => ({ params, seed, seeds: 1 });
const curve = (run: Run<Params>, y: 'risk' | 'variance' | 'bound'): Curve => {
	const rows = theory(asKey(run)).filter((row) => Number.isFinite(row[y]));
	// Where the bound says nothing at all, its curve is empty but for a place that no axis shows.
	if (rows.length === 0) return { x: tailsOf(run), y: tailsOf(run).map(() => Infinity) };
	return { x: rows.map(({ tail }) => tail), y: rows.map((row) => row[y]) };
};

const within = ({ params: { n }, seeds }: Run<Params>) => 2 / n + (3.5 * 3) / Math.sqrt(n * seeds);
const because =
	'2/n for the shift from the equivalent and 3.5 standard errors, a draw deviating by 3/√n: the largest ' +
	'of each measured over 100 to 150 draws at four spectra, four tails and n = 40 and 100';

/** The rank condition of benign overfitting, at the longest tail. */
const rank: Hypothesis<Params> = {
	id: 'rank',
	text: 'the tail is long and flat: k/n + (n/R_k)/(1 − n/r_k)² < 1 for some k < n at the longest tail',
	broken: (run) => {
		const { n } = run.params;
		const s = spectrum(nameOf(run), tailsOf(run).at(-1)!);
		if (Number.isFinite(varianceBound(s, n, 1))) return null;
		const { r, R } = effectiveRanks(s)[head]!;
		return `the tail is too steep: r_k/n = ${showNumber(r / n)} and R_k/n = ${showNumber(R / n)} at k = ${head}, and no k makes k/n + (n/R_k)/(1 − n/r_k)² < 1`;
	},
};

/** One of the effective ranks after the head, in units of n. */
function rankOf(which: 'r' | 'R'): BenignPrediction {
	const tailed = (run: Run<Params>) => tailsOf(run).map((tail) => spectrum(nameOf(run), tail));
	return {
		id: `rank-${which}`,
		title: `the effective rank ${which} of the tail, in units of n`,
		labels: { predicted: `${which}/n`, measured: `${which}/n, from the inputs` },
		source: { cite: 'bartlett2020', where: 'Definition 3' },
		panel: 'ranks',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) => {
				const { n } = run.params;
				return tailed(run).map((s, i) => {
					const one = rankScatter(s, n)[which];
					return [tailsOf(run)[i]!, 4 * (one / Math.sqrt(run.seeds) + one ** 2)] as const;
				});
			},
			because:
				'4 standard errors of a mean over the draws, by the moments of Gaussian inputs to leading order, and four times the square of one ' +
				'standard deviation, for the bias of a quotient',
		},
		hypotheses: [],
		predict: (run) => ({
			x: tailsOf(run),
			y: tailed(run).map((s) => effectiveRanks(s)[head]![which] / run.params.n),
		}),
		measure: ({ tails, n, drawn }) => ({
			...ensemble(
				tails,
				drawn.map((row) => row.map(({ ranks }) => ranks[which] / n)),
			),
			each: undefined,
		}),
	};
}

const source = { cite: 'hastie2022', where: 'Theorem 2' };
const priceOf = ({ drawn }: BenignFrame) => drawn.map((row) => row.map((d) => d.noisePrice));

const predictions: BenignPrediction[] = [
	{
		id: 'risk',
		title: 'the excess risk of the interpolating fit',
		labels: { predicted: 'equivalent', measured: 'draws' },
		source,
		equation: 'eq:equivalent',
		panel: 'risk',
		draws: 'replace',
		claim: { kind: 'limit', of: 'n → ∞', gap: 'relative', within, because },
		hypotheses: [],
		predict: (run) => curve(run, 'risk'),
		measure: ({ tails, drawn }) => ({
			...ensemble(
				tails,
				drawn.map((row) => row.map(({ excess }) => excess)),
			),
			each: undefined,
		}),
	},
	{
		id: 'price',
		title: 'the price of the noise',
		labels: { predicted: 'equivalent', measured: 'fits of noise' },
		source,
		equation: 'eq:equivalent',
		panel: 'price',
		draws: 'replace',
		// Without noise both are exactly zero.
		claim: { kind: 'limit', of: 'n → ∞', gap: 'relative', within, because },
		hypotheses: [],
		predict: (run) => curve(run, 'variance'),
		measure: (frame) => ({ ...ensemble(frame.tails, priceOf(frame)), each: undefined }),
	},
	{
		id: 'bound',
		title: 'the price of the noise, against the bound by effective ranks',
		labels: { predicted: 'bound', measured: 'fits of noise' },
		source: { cite: 'bartlett2020', where: 'Theorem 4, with constants for the equivalent' },
		equation: 'eq:benign',
		panel: 'price',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0.25,
			because:
				'3.5 standard errors of a mean over 20 draws at n = 80 that deviate by 3/√n = 34 % each',
		},
		hypotheses: [rank],
		predict: (run) => curve(run, 'bound'),
		measure: (frame) => {
			const kept = frame.tails.flatMap((tail, i) => (frame.bounded.includes(tail) ? [i] : []));
			const rows = priceOf(frame).map((row) => kept.map((i) => row[i]!));
			return {
				...ensemble(
					kept.map((i) => frame.tails[i]!),
					rows,
				),
				each: undefined,
			};
		},
	},
	rankOf('r'),
	rankOf('R'),
];

const presets: Preset<Params>[] = [
	{
		id: 'root',
		label: 'a slowly falling spectrum',
		values: { spectrum: 'half' },
		why: 'With s_i = i^(−1/2) the price of the noise falls too as the tail grows. But the tail grows so heavy that the signal is missed: the risk does not fall.',
	},
	{
		id: 'harmonic',
		label: 'the border',
		values: { spectrum: 'one' },
		why: 'With s_i = 1/i the price still falls, but only like one over the logarithm of the tail. The effective ranks just suffice for the bound at the longest tail, where it says next to nothing.',
	},
	{
		id: 'steep',
		label: 'a steep spectrum',
		values: { spectrum: 'two' },
		why: 'With s_i = i^(−2) more parameters soon stop helping: the tail beyond n has no weight, R_k/n stays small, and the noise costs as much as the noise is.',
		breaks: 'rank',
	},
];

export default defineFigure<Params, BenignFrame>({
	title: 'Benign overfitting',
	knobs,
	seeds: 20,
	reduced: { params: { n: 40 }, seeds: 14 },
	panels: [
		{
			id: 'risk',
			title: 'Excess risk',
			x: { label: 'length of the tail', scale: 'log' },
			y: { label: 'excess risk', scale: 'log' },
		},
		{
			id: 'price',
			title: 'The price of the noise',
			x: { label: 'length of the tail', scale: 'log' },
			y: { label: 'excess risk of a fit to noise', scale: 'log' },
		},
		{
			id: 'ranks',
			title: 'Effective ranks of the tail',
			x: { label: 'length of the tail', scale: 'log' },
			y: { label: 'rank, in units of n', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const tails = tailsOf(run);
		const bounded = tails.filter((tail) =>
			Number.isFinite(varianceBound(spectrum(nameOf(run), tail), run.params.n, 1)),
		);
		const drawn: Interpolated[][] = [];
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const row: Interpolated[] = [];
			for (const tail of tails) {
				await breathe();
				const stream = random(run.seed + r, `double-descent/benign/${tail}`);
				row.push(interpolate(spectrum(nameOf(run), tail), run.params.n, run.params.noise, stream));
			}
			drawn.push(row);
			yield { step: r + 1, n: run.params.n, tails, bounded, drawn: [...drawn] };
		}
	},
	summary({ params, predictions: told }) {
		const price = told.find(({ id }) => id === 'price');
		const n = Number(params.n);
		const longest = price?.x.at(-1) ?? NaN;
		const { r, R } = effectiveRanks(spectrum(params.spectrum as SpectrumName, longest || 1))[head]!;
		const show = (values: readonly number[] | undefined) => showNumber(values?.at(-1) ?? NaN);
		return (
			`With a tail of ${longest} directions (r_k/n = ${showNumber(r / n)}, R_k/n = ${showNumber(R / n)} at k = ${head}) ` +
			`interpolating the noise costs ${show(price?.measured)}; the equivalent says ${show(price?.predicted)}.`
		);
	},
});
