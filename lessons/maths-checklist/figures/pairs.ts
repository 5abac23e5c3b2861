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
import { random, type Random } from '#theory/random.ts';
import { density } from '../normal.ts';
import { conditional, factors, products } from '../pairs.ts';

type Params = { rho: number; samples: number; pair: string };
type Name = keyof typeof products;
interface PairFrame extends Frame {
	/** The places of ρ so far, and the mean products there, per seed. */
	readonly rhos: number[];
	readonly means: Readonly<Record<Name, number[][]>>;
	/** Mean and standard deviation of v where u is near each of `places`, per seed, at the knob's ρ. */
	readonly mean: number[][];
	readonly spread: number[][];
	readonly cloud: Grid;
}
type PairPrediction = Prediction<Params, PairFrame>;

const rhos = Array.from({ length: 11 }, (_, i) => (i - 5) / 5);
const places = Array.from({ length: 9 }, (_, i) => (i - 4) / 2);
/** Half the width of the window around a place of u. */
const half = 0.1;
const cells = Array.from({ length: 41 }, (_, i) => (i - 20) * 0.15);
const names = Object.keys(products) as Name[];
/** E h(u)² h(v)² ≤ E h⁴: 3/2, 1 and 15. */
const fourth: Readonly<Record<Name, number>> = { relu: 1.5, sign: 1, hermite: 15 };

/** The next pair (u, v): both standard normal with correlation ρ, jointly so or v = ±u. */
function drawPair(rho: number, pair: string, { normal, uniform }: Random): [number, number] {
	const u = normal();
	if (pair === 'sign') return [u, uniform() < (1 + rho) / 2 ? u : -u];
	return [u, rho * u + Math.sqrt(1 - rho * rho) * normal()];
}

const joint: Hypothesis<Params> = {
	id: 'joint',
	text: 'the pair u, v is jointly Gaussian',
	broken: ({ params }) =>
		params.pair === 'sign' ? 'each is Gaussian, but v = ±u: the pair lies on two lines' : null,
};
/** How many samples fall into the window around a, over all seeds. */
const inWindow = ({ params, seeds }: Run<Params>, a: number) =>
	params.samples * seeds * 2 * half * density(a);

function product(name: Name, title: string, label: string, where: string): PairPrediction {
	return {
		id: name,
		title,
		labels: { predicted: label, measured: `${label}, samples` },
		source: name === 'relu' ? { cite: 'cho2009', where } : { cite: 'vershynin2018', where },
		panel: 'products',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: ({ params, seeds }) => 4 * Math.sqrt(fourth[name] / (params.samples * seeds)) + 1e-12,
			because: `four standard errors of the mean; the variance of a product is at most the fourth moment of the function, ${fourth[name]}`,
		},
		hypotheses: [joint],
		predict: () => ({ x: rhos, y: rhos.map(products[name]) }),
		measure: ({ rhos, means }) => ensemble(rhos, means[name]),
	};
}

const predictions: PairPrediction[] = [
	{
		...product('relu', 'E relu(u) relu(v)', 'relu', 'Section 2, the kernel of order 1'),
		equation: 'eq:relu',
	},
	{
		...product('sign', 'E sign(u) sign(v)', 'sign', 'Section 3.6, Grothendieck’s identity'),
		equation: 'eq:sign',
	},
	{
		...product('hermite', 'E h₂(u) h₂(v) = ρ²', 'h₂', 'Section 3.7; by Mehler’s formula'),
		equation: 'eq:hermite',
	},
	{
		id: 'mean',
		title: 'the mean of v where u is near a',
		labels: { predicted: 'ρa', measured: 'samples' },
		source: { cite: 'bach2024', where: 'Chapter 1, Gaussian vectors' },
		panel: 'mean',
		equation: 'eq:conditional',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: (run) =>
				places.map((a) => {
					const error = Math.sqrt((1 - run.params.rho ** 2 + half ** 2 / 3) / inWindow(run, a));
					return [a, 4.2 * error + (Math.abs(a) * half ** 2) / 3];
				}),
			because:
				'four standard errors, 5 % for windows of unequal filling, and what the window itself shifts: the mean of u in it is a(1 − h²/3) to leading order',
		},
		hypotheses: [joint],
		predict: ({ params }) => ({
			x: places,
			y: places.map((a) => conditional(params.rho, a).mean),
		}),
		measure: ({ mean }) => ensemble(places, mean),
	},
	{
		id: 'spread',
		title: 'the spread of v where u is near a, whatever a is',
		labels: { predicted: '√(1 − ρ²)', measured: 'samples' },
		source: { cite: 'bach2024', where: 'Chapter 1, Gaussian vectors' },
		panel: 'spread',
		equation: 'eq:conditional',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'relative',
			within: (run) =>
				places.map((a) => {
					const window = (run.params.rho * half) ** 2 / 6 / (1 - run.params.rho ** 2);
					return [a, 4.2 / Math.sqrt(2 * inWindow(run, a)) + window];
				}),
			because:
				'four standard errors of a standard deviation, 5 % for windows of unequal filling, and what u varies within the window',
		},
		hypotheses: [joint],
		predict: ({ params }) => ({
			x: places,
			y: places.map((a) => Math.sqrt(conditional(params.rho, a).variance)),
		}),
		measure: ({ spread }) => ensemble(places, spread),
	},
];

export default defineFigure<Params, PairFrame>({
	title: 'Two Gaussian variables',
	knobs: {
		rho: {
			kind: 'number',
			label: 'correlation',
			symbol: '\\rho',
			min: -0.95,
			max: 0.95,
			step: 0.05,
			default: 0.6,
			scale: 'linear',
		},
		samples: {
			kind: 'number',
			label: 'samples per seed',
			min: 5000,
			max: 200_000,
			step: 5000,
			default: 50_000,
			scale: 'log',
		},
		pair: {
			kind: 'choice',
			label: 'the pair',
			options: { joint: 'jointly Gaussian', sign: 'v = ±u' },
			default: 'joint',
		},
	},
	seeds: 4,
	reduced: { params: { samples: 10_000 }, seeds: 2 },
	panels: [
		{
			id: 'products',
			title: 'Mean of h(u) h(v)',
			x: { label: 'correlation ρ', scale: 'linear' },
			y: { label: 'mean', scale: 'linear' },
		},
		{
			id: 'mean',
			title: 'Mean of v, given u',
			x: { label: 'u near a', scale: 'linear' },
			y: { label: 'mean of v', scale: 'linear' },
		},
		{
			id: 'spread',
			title: 'Spread of v, given u',
			x: { label: 'u near a', scale: 'linear' },
			y: { label: 'standard deviation of v', scale: 'linear', domain: [0, 1.6] },
		},
	],
	pictures: [
		{
			id: 'cloud',
			title: 'The pairs',
			x: { label: 'u', scale: 'linear' },
			y: { label: 'v', scale: 'linear' },
			colour: { label: 'samples in a cell', kind: 'magnitude' },
			draw: ({ cloud }) => cloud,
			describe: ({ values }) => {
				const filled = values.filter((v) => v > 0).length;
				return `Pairs (u, v) fill ${filled} of ${values.length} cells of a square from −3 to 3: an ellipse if they are jointly Gaussian.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'strong',
			label: 'correlation 0.95',
			values: { rho: 0.95 },
			why: 'Knowing u leaves little of v: a spread of 0.31, the same wherever u is.',
		},
		{
			id: 'sign',
			label: 'Gaussian each, but not jointly',
			values: { pair: 'sign' },
			why: 'v = u or v = −u: both are standard normal, with correlation ρ, and even the conditional mean is ρa. But the spread now depends on a, and the mean product of signs is ρ itself. Two Gaussian variables with a correlation are not yet a Gaussian pair.',
			breaks: 'joint',
		},
	],
	steps: () => rhos.length + 1,
	async *frames(run, _lab, signal) {
		const breathe = breather(signal);
		const { params, seed, seeds } = run;
		const streams = Array.from({ length: seeds }, (_, r) => random(seed + r, 'pairs'));
		const values = cells.flatMap(() => cells.map(() => 0));
		const mean: number[][] = [];
		const spread: number[][] = [];
		for (const stream of streams) {
			const windows: number[][] = places.map(() => []);
			for (let k = 0; k < params.samples; k++) {
				if (k % 512 === 0) await breathe();
				const [u, v] = drawPair(params.rho, params.pair, stream);
				const place = Math.round(2 * u) + 4;
				if (place >= 0 && place < 9 && Math.abs(u - places[place]!) < half) windows[place]!.push(v);
				const [i, j] = [Math.round(u / 0.15) + 20, Math.round(v / 0.15) + 20];
				if (i >= 0 && i < 41 && j >= 0 && j < 41) values[j * 41 + i]!++;
			}
			const told = windows.map(meanAndDeviation);
			mean.push(told.map((one) => one.mean));
			spread.push(told.map((one) => one.deviation));
		}
		const rest = { mean, spread, cloud: { x: cells, y: cells, values } };
		const means: Record<Name, number[][]> = {
			relu: streams.map(() => []),
			sign: streams.map(() => []),
			hermite: streams.map(() => []),
		};
		const frame = (count: number): PairFrame => ({
			step: count + 1,
			rhos: rhos.slice(0, count),
			means: structuredClone(means),
			...rest,
		});
		yield frame(0);
		for (const [i, rho] of rhos.entries()) {
			for (const [r, stream] of streams.entries()) {
				const sums: Record<Name, number> = { relu: 0, sign: 0, hermite: 0 };
				for (let k = 0; k < params.samples; k++) {
					if (k % 512 === 0) await breathe();
					const [u, v] = drawPair(rho, params.pair, stream);
					for (const name of names) sums[name] += factors[name](u) * factors[name](v);
				}
				for (const name of names) means[name][r]!.push(sums[name] / params.samples);
			}
			yield frame(i + 1);
		}
	},
	summary({ predictions: [relu, , , mean, spread], params }) {
		const show = (p: typeof relu, i: number) => showNumber(p?.measured[i] ?? NaN);
		return `At correlation ${showNumber(relu?.x[8] ?? NaN)} the mean product of two rectified variables is ${show(relu, 8)}. At ρ = ${showNumber(Number(params.rho))}, given u near 1, v has mean ${show(mean, 6)} and spread ${show(spread, 6)}.`;
	},
});
