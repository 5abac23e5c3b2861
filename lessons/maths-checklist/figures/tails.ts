import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { chebyshev, exactTail, hoeffding, normalApproximation } from '../coin.ts';
import { largestOf, unionBound } from '../maximum.ts';

type Params = { n: number; trials: number; tosses: string };
interface TailFrame extends Frame {
	/** How often the share of heads was at least k/n away from ½, and the k, per seed; empty before. */
	readonly tails: number[][];
	readonly x: number[];
	/** Mean of the largest of each number of normal variables so far, per seed. */
	readonly largest: number[][];
}
type TailPrediction = Prediction<Params, TailFrame>;

/** How many tosses or draws are the same one where they are glued. */
const block = 10;
const counts = [2, 10, 100, 1000, 10_000];
const blockOf = ({ params }: Run<Params>) => (params.tosses === 'glued' ? block : 1);
const tosses = ({ params, seeds }: Run<Params>) => params.trials * seeds;
/** Draws of which the largest is taken, of each number. */
const draws = 200;

/** At most ten distances k that happen twenty times per seed at least. */
function distances({ params: { n, trials } }: Run<Params>): number[] {
	let last = 1;
	while (last < n / 2 && exactTail(n, last + 1) * trials >= 20) last++;
	const every = Math.max(1, Math.ceil(last / 10));
	return Array.from({ length: Math.floor(last / every) }, (_, i) => (i + 1) * every);
}
const away = (run: Run<Params>, f: (n: number, k: number) => number) => {
	const { n } = run.params;
	const ks = distances(run);
	return { x: ks.map((k) => k / n), y: ks.map((k) => f(n, k)) };
};
/** Standard error of a frequency whose expectation is q. */
const error = (run: Run<Params>, q: number) => Math.sqrt((q * (1 - q)) / tosses(run));

const independent: Hypothesis<Params> = {
	id: 'independent',
	text: 'the tosses, and the normal variables, are independent',
	broken: ({ params }) =>
		params.tosses === 'glued' ? `${block} in a row are always the same` : null,
};
const coin = ({ x, tails }: TailFrame) => ensemble(x, tails);

const predictions: TailPrediction[] = [
	{
		id: 'exact',
		title: 'the binomial law',
		labels: { predicted: 'binomial', measured: 'tosses' },
		source: { cite: 'vershynin2018', where: 'Section 2.1' },
		panel: 'coin',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				distances(run).map((k) => {
					const { n } = run.params;
					return [k / n, 4 * error(run, exactTail(n, k))];
				}),
			because: 'four standard errors of the frequency of an event in independent trials',
		},
		hypotheses: [independent],
		predict: (run) => away(run, exactTail),
		measure: coin,
	},
	{
		id: 'clt',
		title: 'the central limit theorem, with its correction for whole numbers',
		labels: { predicted: 'normal', measured: 'tosses' },
		source: { cite: 'vershynin2018', where: 'Section 2.1' },
		panel: 'coin',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'n → ∞',
			gap: 'absolute',
			within: (run) =>
				distances(run).map((k) => {
					const { n } = run.params;
					return [k / n, 4 * error(run, exactTail(n, k)) + 0.1 / n];
				}),
			because:
				'four standard errors, and 0.1/n: corrected, the normal tail is at most 0.086/n away from the binomial one for every even n from 10 to 1000, which a test computes',
		},
		hypotheses: [independent],
		predict: (run) => away(run, normalApproximation),
		measure: coin,
	},
	{
		id: 'hoeffding',
		title: 'Hoeffding’s inequality',
		labels: { predicted: '2 exp(−2nt²)', measured: 'tosses' },
		source: { cite: 'hoeffding1963', where: 'Theorem 1' },
		panel: 'coin',
		equation: 'eq:hoeffding',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because: 'a theorem for every n; what is measured lies below it by more than it scatters',
		},
		hypotheses: [independent],
		predict: (run) => away(run, (n, k) => hoeffding(n, k / n)),
		measure: coin,
	},
	{
		id: 'chebyshev',
		title: 'Chebyshev’s inequality',
		labels: { predicted: '1/(4nt²)', measured: 'tosses' },
		source: { cite: 'vershynin2018', where: 'Corollary 1.2.5' },
		panel: 'coin',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because: 'a theorem for every n; what is measured lies below it by more than it scatters',
		},
		hypotheses: [independent],
		predict: (run) => away(run, (n, k) => chebyshev(n, k / n)),
		measure: coin,
	},
	{
		id: 'largest',
		title: 'the mean of the largest of n normal variables',
		labels: { predicted: '∫ x dΦ(x)ⁿ', measured: 'draws' },
		source: { cite: 'vershynin2018', where: 'Exercise 2.5.10; the integral is exact' },
		panel: 'largest',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: ({ seeds }) =>
				counts.map((n) => [n, (4 * largestOf(n).deviation) / Math.sqrt(draws * seeds)]),
			because: 'four standard errors of the mean, with the exact spread of the maximum',
		},
		hypotheses: [independent],
		predict: () => ({ x: counts, y: counts.map((n) => largestOf(n).mean) }),
		measure: ({ largest }) => ensemble(counts.slice(0, largest[0]?.length ?? 0), largest),
	},
	{
		id: 'union',
		title: 'the union bound on it, which needs no independence',
		labels: { predicted: '√(2 ln n)', measured: 'draws' },
		source: { cite: 'vershynin2018', where: 'Exercise 2.5.10' },
		panel: 'largest',
		equation: 'eq:largest',
		draws: 'replace',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because: 'a theorem for every n, and the means lie at least 0.4 below it',
		},
		hypotheses: [],
		predict: () => ({ x: counts, y: counts.map(unionBound) }),
		measure: ({ largest }) => ensemble(counts.slice(0, largest[0]?.length ?? 0), largest),
	},
];

export default defineFigure<Params, TailFrame>({
	title: 'Tails of a coin, and the largest of many',
	knobs: {
		n: {
			kind: 'number',
			label: 'tosses',
			symbol: 'n',
			min: 10,
			max: 1000,
			step: 10,
			default: 100,
			scale: 'log',
		},
		trials: {
			kind: 'number',
			label: 'trials per seed',
			min: 1000,
			max: 100_000,
			step: 1000,
			default: 20_000,
			scale: 'log',
		},
		tosses: {
			kind: 'choice',
			label: 'tosses and draws',
			options: { independent: 'independent', glued: 'ten in a row are the same' },
			default: 'independent',
		},
	},
	seeds: 4,
	reduced: { params: { trials: 4000 }, seeds: 2 },
	panels: [
		{
			id: 'coin',
			title: 'How often the share of heads is t or more away from ½',
			x: { label: 't', scale: 'linear' },
			y: { label: 'probability', scale: 'log' },
		},
		{
			id: 'largest',
			title: 'The largest of n normal variables',
			x: { label: 'n', scale: 'log' },
			y: { label: 'mean', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'more',
			label: '1000 tosses',
			values: { n: 1000 },
			why: 'All curves draw together towards t = 0, and Chebyshev’s falls behind: it knows the variance alone.',
		},
		{
			id: 'glued',
			label: 'ten in a row are the same',
			values: { tosses: 'glued' },
			why: 'A hundred tosses are worth ten. The share of heads is three times as wide as it should be, and both inequalities fail. The union bound on the largest stays: it never asked for independence.',
			breaks: 'independent',
		},
	],
	steps: () => counts.length + 1,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const { params, seed, seeds } = run;
		const glued = blockOf(run);
		const streams = Array.from({ length: seeds }, (_, r) => random(seed + r, 'tails'));
		const ks = distances(run);
		const tails: number[][] = [];
		for (const { uniform } of streams) {
			const beyond = ks.map(() => 0);
			for (let trial = 0; trial < params.trials; trial++) {
				if (trial % 256 === 0) await breathe();
				const distance = Math.abs(glued * heads(params.n / glued, uniform) - params.n / 2);
				for (let i = 0; i < ks.length; i++) if (distance >= ks[i]!) beyond[i]!++;
			}
			tails.push(beyond.map((count) => count / params.trials));
		}
		const x = ks.map((k) => k / params.n);
		const largest: number[][] = streams.map(() => []);
		yield { step: 1, x, tails, largest: largest.map((row) => [...row]) };
		for (const [i, n] of counts.entries()) {
			for (const [r, { normal }] of streams.entries()) {
				let sum = 0;
				for (let draw = 0; draw < draws; draw++) {
					await breathe();
					let top = -Infinity;
					for (let k = 0; k < n / glued; k++) top = Math.max(top, normal());
					sum += top;
				}
				largest[r]!.push(sum / draws);
			}
			yield { step: i + 2, x, tails, largest: largest.map((row) => [...row]) };
		}
	},
	summary({ predictions: [exact, , bound, , largest] }) {
		const i = Math.floor((exact?.x.length ?? 1) / 2);
		return `At t = ${showNumber(exact?.x[i] ?? NaN)} the frequency is ${showNumber(exact?.measured[i] ?? NaN)}, exactly ${showNumber(exact?.predicted[i] ?? NaN)}; Hoeffding allows ${showNumber(bound?.predicted[i] ?? NaN)}. The largest of ${largest?.x.at(-1)} normal variables is ${showNumber(largest?.measured.at(-1) ?? NaN)} in the mean.`;
	},
});

/** Heads among n fair tosses, 32 to a draw. */
function heads(n: number, uniform: () => number): number {
	let sum = 0;
	for (let left = n; left > 0; left -= 32) {
		let bits = (uniform() * 2 ** 32) >>> 0;
		if (left < 32) bits >>>= 32 - left;
		for (; bits !== 0; bits &= bits - 1) sum++;
	}
	return sum;
}
