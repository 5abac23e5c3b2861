import {
	breather,
	defineFigure,
	showNumber,
	showPercent,
	type Frame,
	type Knobs,
	type Prediction,
	type Preset,
} from '#contract';
import { curved, inForce, resolved, smooth } from '../hypotheses.ts';
import { leastSquares, networkThrough, output, rmsError, supError } from '../interpolant.ts';
import { densityKnots, evenKnots, uniformKnots } from '../knots.ts';
import { lawsOf, type Laws } from '../laws.ts';
import { resolution } from '../resolution.ts';
import { targetKnob, targetOf } from '../target.ts';

type KinksParams = { target: string; width: number; widest: number };

interface KinksFrame extends Frame {
	readonly m: number;
	/** Of the laws that are in force at this width. */
	readonly errors: Partial<Laws>;
	/** The network of the drawn width, at `drawn`. */
	readonly heights: number[];
}

const knobs: Knobs<KinksParams> = {
	target: targetKnob,
	width: {
		kind: 'number',
		label: 'width drawn',
		symbol: 'm',
		min: 2,
		max: 64,
		step: 1,
		default: 8,
		scale: 'log',
	},
	widest: {
		kind: 'number',
		label: 'largest width',
		min: 64,
		max: 2048,
		step: 64,
		default: 1024,
		scale: 'log',
	},
};

const drawn = Array.from({ length: 201 }, (_, i) => i / 200);
const doubled = (widest: number) => {
	const widths = [4];
	while (widths.at(-1)! * 2 < widest) widths.push(widths.at(-1)! * 2);
	return [...widths, widest];
};

const bracket =
	'within a cell |f″| lies between its least and its greatest value there, and the error of the cell ' +
	'between what these would give; the sums of both over the cells are the bracket';

function law(
	id: keyof Laws,
	panel: string,
	title: string,
	predicted: string,
	measured: string,
	source: { cite: string; where: string },
): Prediction<KinksParams, KinksFrame> {
	return {
		id,
		title,
		labels: { predicted, measured },
		source,
		panel,
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'm → ∞',
			gap: 'relative',
			within: ({ params: { target, widest } }) =>
				doubled(widest).map((m) => [m, resolution({ text: target, m })[id] + 1e-6]),
			because: bracket,
		},
		hypotheses: [smooth, curved, resolved],
		predict: ({ params: { target, widest } }) => ({
			x: doubled(widest),
			y: doubled(widest).map((m) => lawsOf(target)[id] / m ** 2),
		}),
		measure: ({ m, errors }) => {
			const error = errors[id];
			return error === undefined ? { x: [], y: [] } : { x: [m], y: [error] };
		},
	};
}

const predictions: Prediction<KinksParams, KinksFrame>[] = [
	{
		id: 'network',
		title: 'the network of the drawn width, against f',
		labels: { predicted: 'f', measured: 'network' },
		source: { cite: 'deboor2001', where: 'Chapter III' },
		equation: 'eq:interpolant',
		panel: 'function',
		draws: 'replace',
		claim: {
			kind: 'equal',
			gap: 'absolute',
			within: ({ params: { target, width } }) =>
				(lawsOf(target).sup / width ** 2) * (1 + 1e-3) + 1e-9 * (1 + targetOf(target).size),
			because:
				'a theorem: the interpolant is nowhere further than max |f″|/(8m²) from f; max |f″| is read off 4000 places to a thousandth',
		},
		hypotheses: [smooth],
		predict: ({ params }) => ({ x: drawn, y: drawn.map(targetOf(params.target).f) }),
		measure: ({ heights }) => ({ x: drawn, y: heights }),
	},
	law('sup', 'sup', 'largest error, uniform knots', 'uniform', 'uniform', {
		cite: 'deboor2001',
		where: 'Chapter III',
	}),
	law('supFree', 'sup', 'largest error, best knots', 'best knots', 'best knots', {
		cite: 'deboor2001',
		where: 'Chapter III, on the choice of break points',
	}),
	law('interpolation', 'rms', 'rms error of the interpolant', 'interpolant', 'interpolant', {
		cite: 'deboor2001',
		where: 'Chapter III; the constant is proved in the lesson',
	}),
	law(
		'leastSquares',
		'rms',
		'rms error of least squares, uniform knots',
		'least squares',
		'least squares',
		{
			cite: 'deboor2001',
			where: 'Chapter III; the constant is proved in the lesson',
		},
	),
	law(
		'leastSquaresFree',
		'rms',
		'rms error of least squares, best knots',
		'best knots',
		'best knots',
		{
			cite: 'deboor2001',
			where: 'Chapter III; the constant is proved in the lesson',
		},
	),
];

const presets: Preset<KinksParams>[] = [
	{
		id: 'bump',
		label: 'a bump',
		values: { target: targetKnob.presets.bump! },
		why: 'All the curvature sits in a fifth of the interval. Knots that follow it gain a factor of 6.7 in the largest error and 2.9 in root mean square, and not a bit in the slope.',
	},
	{
		id: 'parabola',
		label: 'a parabola',
		values: { target: targetKnob.presets.parabola! },
		why: 'f″ is constant: the laws are equalities at every m, and uniform knots are the best.',
	},
	{
		id: 'kink',
		label: 'a kink between the knots',
		values: { target: 'abs(x - 1/3)' },
		why: 'No second derivative at the kink, and the laws say 0 where there is none. Uniform knots never meet 1/3: the largest error falls only as 1/m. One neuron with its kink in the right place would be exact.',
		breaks: 'smooth',
	},
	{
		id: 'root',
		label: 'a square root',
		values: { target: 'sqrt(x)' },
		why: 'f″ is infinite at 0: on uniform knots the largest error falls only as m^(−1/2). Best knots crowd at 0 and keep their m^(−2): ∫|f″|^½ is finite, though no theorem of this page says so.',
		breaks: 'smooth',
	},
	{
		id: 'wild',
		label: 'more waves than cells',
		values: { target: 'sin(400*pi*x)' },
		why: '200 periods: the widest network has two and a half cells for each. The law is about the limit, and this is not near it.',
		breaks: 'resolved',
	},
	{
		id: 'line',
		label: 'a straight line',
		values: { target: 'x' },
		why: 'A straight line needs no kink. The laws are multiples of the curvature, which is 0: there is nothing to compare on a logarithmic axis.',
		breaks: 'curved',
	},
];

export default defineFigure<KinksParams, KinksFrame>({
	title: 'Four laws of approximation',
	knobs,
	seeds: 1,
	reduced: { params: { widest: 128 }, seeds: 1 },
	panels: [
		{
			id: 'function',
			title: 'The function',
			x: { label: 'x', scale: 'linear', domain: [0, 1] },
			y: { label: 'f(x)', scale: 'linear' },
		},
		{
			id: 'sup',
			title: 'Largest error',
			x: { label: 'width m', scale: 'log' },
			y: { label: 'max |f − f_m|', scale: 'log' },
		},
		{
			id: 'rms',
			title: 'Root mean square error',
			x: { label: 'width m', scale: 'log' },
			y: { label: 'root mean square of f − f_m', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: ({ params }) => doubled(params.widest).length,
	async *frames(run, _lab, signal) {
		const { target, width, widest } = run.params;
		const { f } = targetOf(target);
		const knots = uniformKnots(width);
		const network = networkThrough(knots, knots.map(f));
		const heights = drawn.map((x) => output(network, x));
		const breathe = breather(signal);
		for (const [i, m] of doubled(widest).entries()) {
			await breathe();
			const uniform = uniformKnots(m);
			const dense = densityKnots(target, m, 2 / 5);
			const all: Laws = {
				sup: supError(f, uniform),
				supFree: supError(f, evenKnots(target, m)),
				interpolation: rmsError(f, uniform),
				leastSquares: rmsError(f, uniform, leastSquares(f, uniform)),
				leastSquaresFree: rmsError(f, dense, leastSquares(f, dense)),
			};
			const laws = Object.keys(all) as (keyof Laws)[];
			const told = laws.filter((law) => inForce(run, law, m));
			const errors = Object.fromEntries(told.map((law) => [law, all[law]]));
			yield { step: i + 1, m, errors, heights };
		}
	},
	summary({ params, predictions: told }) {
		const last = (id: string) => {
			const p = told.find((entry) => entry.id === id);
			return {
				m: p?.x.at(-1),
				measured: p?.measured.at(-1) ?? NaN,
				predicted: p?.predicted.at(-1) ?? NaN,
			};
		};
		const [sup, free] = [last('sup'), last('supFree')];
		return (
			`For f = ${String(params.target)} a network of width ${sup.m} on uniform knots errs by at most ${showNumber(sup.measured)}, ` +
			`where the law says ${showNumber(sup.predicted)}, ${showPercent(Math.abs(sup.measured / sup.predicted - 1))} away; ` +
			`on the best knots by ${showNumber(free.measured)}.`
		);
	},
});
