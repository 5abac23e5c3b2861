import {
	breather,
	defineFigure,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { limitPhi, phi, speciationTime } from '../cloning.ts';
import { isSeparated, mean, plain, sharesError, width } from '../knobs.ts';
import { splittingTime, type Mixture } from '../mixture.ts';
import { cloneExactly } from '../walk.ts';

type Params = { mu: number; s: number; pairs: number; most: string };
interface LawFrame extends Frame {
	readonly d: number;
	readonly isLast: boolean;
	/** The share of twins that agree at t* + offset, over all seeds. */
	readonly shares: readonly number[];
}
type LawRun = Run<Params>;

/** Times at which twins are made, from the splitting time on. */
const offsets = [-1, -0.5, -0.2, 0, 0.2, 0.5, 1];
/** Of these the crossing is read off. */
const near = [2, 3, 4];
const pathSteps = 40;
/** Twins agree so often where the well splits: E of the formula at κ = 1. */
const level = limitPhi(0);

const dimensions = ({ params: { most } }: LawRun) =>
	[8, 16, 32, 64, 128].filter((d) => d <= Number(most));
const mixtureOf = ({ params: { mu, s } }: LawRun, d: number): Mixture => ({ d, mu, s });
const smallest = (run: LawRun) => mixtureOf(run, dimensions(run)[0]!);
const largest = (run: LawRun) => mixtureOf(run, dimensions(run).at(-1)!);

const separated: Hypothesis<Params> = {
	id: 'separated',
	text: 'the classes do not overlap in the smallest dimension: |m| ≥ 3s there',
	broken: (run) => isSeparated(smallest(run)),
};

/** Where the line of least squares through the shares near t* crosses the level. */
function crossing(around: number, shares: readonly number[]): number {
	const x = near.map((i) => offsets[i]!);
	const y = near.map((i) => shares[i]!);
	const centre = y.reduce((sum, v) => sum + v, 0) / y.length;
	const slope = x.reduce((sum, v, i) => sum + v * y[i]!, 0) / x.reduce((sum, v) => sum + v * v, 0);
	return around + (level - centre) / slope;
}

/** Four standard errors of the crossing: those of a mean of three shares, over the slope of φ there. */
const crossingError = ({ params, seeds }: LawRun) =>
	sharesError(level, params.pairs * seeds) / Math.sqrt(near.length) / 0.287;

const cross = ({ d, shares }: LawFrame, run: Pick<Params, 'mu' | 's'>) =>
	crossing(splittingTime({ ...run, d }), shares);

const predictions: Prediction<Params, LawFrame & { readonly crossing: number }>[] = [
	{
		id: 'split',
		title: 'the well splits where 77.5 % of the twins agree, in every dimension',
		labels: { predicted: 't*, the well splits', measured: 'twins agree at 77.5 %' },
		source: {
			cite: 'raya2023',
			where: 'abstract: the breaking of symmetry; the identity is proved in the lesson',
		},
		panel: 'time',
		equation: 'eq:split',
		draws: 'grow',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) => 0.02 + crossingError(run),
			because:
				'four standard errors of a mean of three shares over the slope −.287 of φ; .02 for the straight line through three points of a curve (.005) and for paths of 40 steps',
		},
		hypotheses: [separated],
		predict: (run) => timesBy(run, splittingTime),
		measure: ({ d, crossing: at }) => ({ x: [d], y: [at] }),
	},
	{
		id: 'speciation',
		title: 'the general criterion: half the logarithm of the largest eigenvalue',
		labels: { predicted: 't_S = ½ log Λ', measured: 'twins agree at 77.5 %' },
		source: {
			cite: 'biroli2024',
			where: 'abstract: the speciation time from a spectral analysis of the correlation matrix',
		},
		panel: 'time',
		equation: 'eq:speciation',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'absolute',
			within: (run) =>
				dimensions(run).map((d) => {
					const { mu, s } = run.params;
					const size = Math.abs(1 - 2 * s * s) / (2 * (d * mu * mu + Math.min(s * s, 1 - s * s)));
					return [d, 0.02 + crossingError(run) + size];
				}),
			because:
				'the criterion keeps the second order of the potential alone, and for two Gaussians is off by ½ log((|m|² + s²)/(|m|² + 1 − s²)), at most |1 − 2s²|/2 over the smaller of the two numbers; to this come four standard errors and .02 for the line and the steps',
		},
		hypotheses: [separated],
		predict: (run) => timesBy(run, speciationTime),
		measure: ({ d, crossing: at }) => ({ x: [d], y: [at] }),
	},
	{
		id: 'shape',
		title: 'the share φ against the time from the splitting, in the largest dimension',
		labels: { predicted: 'd → ∞', measured: 'largest d' },
		source: {
			cite: 'biroli2024',
			where: 'the cloning experiment; the limit is computed in the lesson',
		},
		panel: 'shape',
		equation: 'eq:limit',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'd → ∞',
			gap: 'absolute',
			within: (run) =>
				offsets.map((offset) => {
					const mixture = largest(run);
					const exact = phi(mixture, splittingTime(mixture) + offset);
					const trials = run.params.pairs * run.seeds;
					return [offset, 0.012 + Math.abs(exact - limitPhi(offset)) + sharesError(exact, trials)];
				}),
			because:
				'four standard errors of a share, .012 for paths of 40 steps, and what the exact φ of this dimension differs from its limit, which vanishes like 1/d and is 0 for s = 1',
		},
		hypotheses: [separated],
		predict: () => {
			const x = Array.from({ length: 41 }, (_, i) => (i - 20) / 20);
			return { x, y: x.map(limitPhi) };
		},
		measure: ({ isLast, shares }) => (isLast ? { x: offsets, y: shares } : { x: [], y: [] }),
	},
];

function timesBy(run: LawRun, time: (mixture: Mixture) => number): Curve {
	const x = dimensions(run);
	return { x, y: x.map((d) => time(mixtureOf(run, d))) };
}

export default defineFigure<Params, LawFrame & { readonly crossing: number }>({
	title: 'Half a logarithm',
	plain,
	knobs: {
		mu: { ...mean, min: 1 },
		s: { ...width, max: 1.5, default: 0.8 },
		pairs: {
			kind: 'number',
			label: 'pairs of twins, per seed',
			symbol: 'R',
			min: 100,
			max: 2000,
			step: 100,
			default: 300,
			scale: 'log',
		},
		most: {
			kind: 'choice',
			label: 'largest dimension',
			options: { 32: '32', 64: '64', 128: '128' },
			default: '64',
		},
	},
	seeds: 4,
	reduced: { params: { pairs: 100, most: '32' }, seeds: 1 },
	panels: [
		{
			id: 'time',
			title: 'Time of the decision',
			x: { label: 'dimension d', scale: 'log' },
			y: { label: 'time t', scale: 'linear' },
		},
		{
			id: 'shape',
			title: 'Twins that agree',
			x: { label: 't − t*', scale: 'linear' },
			y: { label: 'share of pairs', scale: 'linear', domain: [0.5, 1.02] },
		},
	],
	predictions,
	presets: [
		{
			id: 'one',
			label: 'a formula that is off',
			values: { s: 1.4, mu: 1.6 },
			why: 'With s = 1.4 the well splits later on the way back than t_S says, by .07 at d = 8. The difference vanishes like 1/d.',
		},
		{
			id: 'same',
			label: 'twice the distance',
			values: { mu: 2 },
			why: 'Twice the mean is as good as four times the dimension: both lines move up by about log 2. Only |m| and s count.',
		},
		{
			id: 'overlap',
			label: 'classes that overlap',
			values: { s: 1.5 },
			why: 'In 8 dimensions |m| = 2.8 is less than two widths. There the sign of x·m is no class, and the twins are counted wrong.',
			breaks: 'separated',
		},
	],
	steps: (run) => dimensions(run).length * offsets.length,
	async *frames(run, _lab, signal) {
		const { params, seed, seeds } = run;
		const breathe = breather(signal);
		const all = dimensions(run);
		for (const [k, d] of all.entries()) {
			const mixture = mixtureOf(run, d);
			const shares: number[] = [];
			for (const offset of offsets) {
				let sum = 0;
				for (let r = 0; r < seeds; r++) {
					const stream = random(seed + r, `diffusion-speciation/law/${d}/${offset}`);
					const start = Math.max(0.05, splittingTime(mixture) + offset);
					const asked = { pairs: params.pairs, steps: pathSteps };
					sum += await cloneExactly(mixture, start, asked, stream, breathe);
				}
				shares.push(sum / seeds);
			}
			const frame = { step: (k + 1) * offsets.length, d, isLast: k === all.length - 1, shares };
			yield { ...frame, crossing: cross(frame, params) };
		}
	},
	summary({ params, predictions: told }) {
		const split = told.find(({ id }) => id === 'split');
		const say = (i: number) =>
			`${showNumber(split?.measured.at(i) ?? NaN)} (the well splits at ${showNumber(split?.predicted.at(i) ?? NaN)})`;
		return (
			`With μ = ${String(params.mu)} and s = ${String(params.s)} twins agree in 77.5 % of the cases if they are cloned at ${say(0)} in ${split?.x[0]} dimensions, ` +
			`at ${say(-1)} in ${split?.x.at(-1)}.`
		);
	},
});
