import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	showPercent,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Preset,
} from '#contract';
import { basisOf, leastSquaresMissed, missed } from '../fixedBasis.ts';
import { neuronSteps, trainedShare } from '../oneNeuron.ts';

type BasisParams = { d: number; s: number; size: number };

/** One row per seed: shares of the energy that the first n cosines miss, and that one trained neuron does. */
interface BasisFrame extends Frame {
	readonly sizes: number[];
	readonly basis: number[][];
	readonly neuron: number[];
}

const knobs: Knobs<BasisParams> = {
	d: {
		kind: 'number',
		label: 'dimension',
		symbol: 'd',
		min: 1,
		max: 16,
		step: 1,
		default: 4,
		scale: 'linear',
	},
	s: {
		kind: 'number',
		label: 'frequency scale',
		symbol: 's',
		min: 0.2,
		max: 1.5,
		step: 0.1,
		default: 1,
		scale: 'linear',
	},
	size: {
		kind: 'number',
		label: 'largest basis',
		symbol: 'n',
		min: 16,
		max: 512,
		step: 16,
		default: 256,
		scale: 'log',
	},
};

const sizes = (size: number) => {
	const all = [1];
	while (all.at(-1)! * 2 < size) all.push(all.at(-1)! * 2);
	return [...all, size];
};

/** Mean square distance of two frequencies up to which one neuron was seen to find its target. */
const reach = 8;
const near: Hypothesis<BasisParams> = {
	id: 'near',
	text: `two frequencies are 2ds² ≤ ${reach} apart in mean square, so that a neuron feels its target`,
	broken: ({ params: { d, s } }) =>
		2 * d * s * s <= reach + 1e-9
			? null
			: `2ds² = ${showNumber(2 * d * s * s)} > ${reach}: at the start a neuron sees e^(−ds²) = ${showNumber(Math.exp(-d * s * s))} of its target`,
};

const presets: Preset<BasisParams>[] = [
	{
		id: 'golden',
		label: 'the golden ratio',
		values: { d: 1, size: 16 },
		why: 'At d = 1, s = 1 the eigenvalues of the class are 1/φ · φ^(−2k): the best single function leaves 1 − 1/φ = 38.2 %, each further one the fraction 1/φ² of what was left.',
	},
	{
		id: 'eight',
		label: 'eight dimensions',
		values: { d: 8, s: 0.7 },
		why: 'The floor has risen: the best 256 functions there are leave a good part of the energy of a random neuron, while one neuron still finds it.',
	},
	{
		id: 'needle',
		label: 'a needle in a haystack',
		values: { d: 16, s: 1.5 },
		why: 'In 16 dimensions at high frequency a random neuron and its target are strangers to 16 digits: the gradient says nothing, and the neuron stays where it is. That one neuron is enough does not mean that descent finds it.',
		breaks: 'near',
	},
];

export default defineFigure<BasisParams, BasisFrame>({
	title: 'The best fixed basis, and one neuron',
	knobs,
	seeds: 8,
	reduced: { params: { size: 64 }, seeds: 4 },
	panels: [
		{
			id: 'share',
			title: 'Share of the energy that is missed',
			x: { label: 'number n of functions', scale: 'log' },
			y: { label: 'share missed', scale: 'linear', domain: [0, 1] },
		},
	],
	predictions: [
		{
			id: 'floor',
			title: 'least squares on n random cosines, against the best basis of n functions',
			labels: { predicted: 'best basis', measured: 'random cosines' },
			source: { cite: 'pinkus1985', where: 'Chapter IV; proved in the lesson' },
			equation: 'eq:mehler',
			panel: 'share',
			draws: 'replace',
			claim: {
				kind: 'lower bound',
				slack: 1e-6,
				because: 'a theorem about every basis: the room is for rounding in float64 alone',
			},
			hypotheses: [],
			predict: ({ params: { d, s, size } }) => ({
				x: sizes(size),
				y: sizes(size).map((n) => missed(n, { d, s })),
			}),
			measure: (frame) => ensemble(frame.sizes, frame.basis),
		},
		{
			id: 'neuron',
			title: 'one neuron, trained on the target',
			labels: { predicted: 'one neuron can', measured: 'one neuron, trained' },
			source: { cite: 'barron1993', where: 'Theorem 6, for what it is held against' },
			panel: 'share',
			draws: 'replace',
			claim: {
				kind: 'equal',
				gap: 'absolute',
				within: ({ seeds }) => 0.02 + 3 * Math.sqrt(0.01 / seeds),
				because:
					'that one neuron suffices is by definition; that training finds it is an experiment: over 300 seeds at six settings with 2ds² ≤ 8 at most 1 % of the neurons failed; allowed are 2 % and three standard errors of such a share',
			},
			hypotheses: [near],
			// One neuron is the member itself; the line is drawn on, for comparison.
			predict: ({ params }) => ({ x: sizes(params.size), y: sizes(params.size).map(() => 0) }),
			measure: ({ neuron }) =>
				neuron.length === 0
					? { x: [], y: [], low: [], high: [] }
					: ensemble(
							[1],
							neuron.map((v) => [v]),
						),
		},
	],
	presets,
	steps: (run) => 2 * run.seeds,
	async *frames({ params: { d, s, size }, seed, seeds }, _lab, signal) {
		const at = sizes(size);
		const basis: number[][] = [];
		const neuron: number[] = [];
		const breathe = breather(signal);
		for (let r = 0; r < seeds; r++) {
			const row: number[] = [];
			for (const value of leastSquaresMissed({ d, s }, basisOf({ d, s }, size, seed + r))) {
				row.push(value);
				await breathe();
			}
			basis.push(at.map((n) => row[n - 1]!));
			yield { step: r + 1, sizes: at, basis: [...basis], neuron: [] };
		}
		for (let r = 0; r < seeds; r++) {
			await breathe();
			neuron.push(trainedShare({ d, s }, seed + r));
			yield { step: seeds + r + 1, sizes: at, basis, neuron: [...neuron] };
		}
	},
	summary({ seeds, params, predictions: told }) {
		const floor = told.find(({ id }) => id === 'floor');
		const neuron = told.find(({ id }) => id === 'neuron');
		const show = (value: number | undefined) => showPercent(value ?? NaN);
		return (
			`In ${String(params.d)} dimensions the best ${floor?.x.at(-1)} functions miss ${show(floor?.predicted.at(-1))} of the energy of a random neuron, ` +
			`and as many random cosines ${show(floor?.measured.at(-1))}; one neuron, trained for ${neuronSteps} steps, misses ${show(neuron?.measured[0])} ` +
			`in the mean over ${seeds} seeds.`
		);
	},
});
