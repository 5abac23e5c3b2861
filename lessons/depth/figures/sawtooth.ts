import {
	breather,
	defineFigure,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
} from '#contract';
import { affinePieces } from '../onALine.ts';
import { evaluate } from '../reluNet.ts';
import { foldedNet, sawtooth, zigzagNet } from '../sawtooth.ts';
import { foldedPieces, mostPieces } from '../theory.ts';

type Params = { folds: number; peak: number };
interface SawtoothFrame extends Frame {
	/** Pieces of j folds, and of one hidden layer with the same 2j units. */
	readonly folded: number;
	readonly shallow: number;
	/** The folded line so far, at `drawn(j)`. */
	readonly values: readonly number[];
}

/** Of a long sawtooth the first 32 pieces are drawn, with three points to a piece; all x are dyadic. */
function drawn(folds: number): number[] {
	const pieces = Math.min(32, 2 ** folds);
	return Array.from({ length: 4 * pieces + 1 }, (_, i) => i / 2 ** (folds + 2));
}

const units = (folds: number) => Array.from({ length: folds }, (_, j) => 2 * (j + 1));

const full: Hypothesis<Params> = {
	id: 'full',
	text: 'every fold lays the interval on itself: the tent is 1 high',
	broken: ({ params: { peak } }) =>
		peak === 1
			? null
			: `the tent is ${showNumber(peak)} high and covers [0, ${showNumber(peak)}] only`,
};

const telgarsky = { cite: 'telgarsky2015', where: 'Section 2, the folded tent map' };
const counted =
	'an integer: float64 computes dyadic points exactly, and half a piece is allowed for the comparison';

const predictions: Prediction<Params, SawtoothFrame>[] = [
	{
		id: 'folded',
		title: 'pieces of k folds, 2^k with 2k units',
		labels: { predicted: '2^k', measured: 'folded, counted' },
		source: telgarsky,
		panel: 'pieces',
		draws: 'grow',
		claim: { kind: 'equal', gap: 'absolute', within: () => 1e-9, because: counted },
		hypotheses: [full],
		predict: ({ params: { folds } }) => ({
			x: units(folds),
			y: units(folds).map((m) => foldedPieces(m / 2)),
		}),
		measure: ({ step, folded }) => ({ x: [2 * step], y: [folded] }),
	},
	{
		id: 'shallow',
		title: 'pieces of one hidden layer with as many units',
		labels: { predicted: 'units + 1', measured: 'one layer, counted' },
		source: { cite: 'telgarsky2015', where: 'Section 2, pieces of sums and of compositions' },
		panel: 'pieces',
		draws: 'grow',
		claim: { kind: 'equal', gap: 'absolute', within: () => 1e-9, because: counted },
		hypotheses: [],
		predict: ({ params: { folds } }) => ({
			x: units(folds),
			y: units(folds).map((m) => mostPieces([m])),
		}),
		measure: ({ step, shallow }) => ({ x: [2 * step], y: [shallow] }),
	},
	{
		id: 'most',
		title: 'the most that k layers of two units can make on any line',
		labels: { predicted: 'at most 3^k', measured: 'folded, counted' },
		source: { cite: 'telgarsky2015', where: 'Section 2, pieces of sums and of compositions' },
		panel: 'pieces',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because: 'a bound on integers, whatever the weights: nothing to allow for',
		},
		hypotheses: [],
		predict: ({ params: { folds } }) => ({
			x: units(folds),
			y: units(folds).map((m) => mostPieces(Array<number>(m / 2).fill(2))),
		}),
		measure: ({ step, folded }) => ({ x: [2 * step], y: [folded] }),
	},
	{
		id: 'function',
		title: 'the folded line itself',
		labels: { predicted: 'triangle wave', measured: 'folded network' },
		source: telgarsky,
		equation: 'eq:tent',
		panel: 'function',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: () => 1e-12,
			because: 'dyadic points with k + 2 binary digits are folded without any rounding in float64',
		},
		hypotheses: [full],
		predict: (_, step): Curve => {
			const x = drawn(Math.max(1, step));
			return { x, y: x.map((at) => sawtooth(Math.max(1, step), at)) };
		},
		measure: ({ step, values }) => ({ x: drawn(step), y: values }),
	},
];

export default defineFigure<Params, SawtoothFrame>({
	title: 'Folding a line',
	knobs: {
		folds: {
			kind: 'number',
			label: 'folds',
			symbol: 'k',
			min: 1,
			max: 12,
			step: 1,
			default: 5,
			scale: 'linear',
		},
		peak: {
			kind: 'number',
			label: 'height of the tent',
			symbol: 'h',
			min: 0.5,
			max: 1,
			step: 0.01,
			default: 1,
			scale: 'linear',
		},
	},
	seeds: 1,
	reduced: { params: { folds: 4 }, seeds: 1 },
	panels: [
		{
			id: 'pieces',
			title: 'Affine pieces',
			x: { label: 'units', scale: 'linear' },
			y: { label: 'affine pieces on [0, 1]', scale: 'log' },
		},
		{
			id: 'function',
			title: 'The function',
			x: { label: 'x, up to 32 pieces', scale: 'linear' },
			y: { label: 'f(x)', scale: 'linear', domain: [0, 1] },
		},
	],
	predictions,
	presets: [
		{
			id: 'twelve',
			label: 'twelve folds',
			values: { folds: 12 },
			why: '24 units make 4096 pieces; one hidden layer would need 4095 units for as many.',
		},
		{
			id: 'low',
			label: 'a low tent',
			values: { folds: 12, peak: 0.8 },
			why: 'The tent reaches 0.8 only, so later folds find part of the interval empty. The pieces still grow at a geometric rate, by about 1.6 a fold and no longer by 2.',
			breaks: 'full',
		},
		{
			id: 'half',
			label: 'half a tent',
			values: { folds: 12, peak: 0.5 },
			why: 'At height ½ the image never crosses the kink at ½ again: two pieces, for ever. Twelve layers do the work of one.',
			breaks: 'full',
		},
	],
	steps: ({ params }) => params.folds,
	async *frames({ params }, _lab, signal) {
		const breathe = breather(signal);
		for (let step = 1; step <= params.folds; step++) {
			await breathe();
			const net = foldedNet(step, params.peak);
			const at = drawn(step);
			yield {
				step,
				folded: affinePieces(net, 0, 1),
				shallow: affinePieces(zigzagNet(2 * step), 0, 1),
				values: Array.from(evaluate(net, Float64Array.from(at), at.length)),
			};
		}
	},
	summary({ steps, predictions: told }) {
		const last = (id: string) => String(told.find((one) => one.id === id)?.measured.at(-1) ?? 'no');
		return (
			`After ${steps} folds, ${2 * steps} units in ${steps} layers make ${last('folded')} affine pieces; ` +
			`one hidden layer of as many units makes ${last('shallow')}.`
		);
	},
});
