import {
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
} from '#contract';
import { hessian } from '#theory/meanSquare.ts';
import { along, blocksOf, meanCurvature } from '../directions.ts';
import { lossesAt } from '../losses.ts';
import { jobOf, netOf, parametersOf, surfaceOf, trainingJob, wave } from '../network.ts';
import {
	blocksAt,
	factors,
	places,
	predictedSlice,
	rescale,
	settingOf,
	sharpnessBound,
	sliceDirection,
	traceAt,
	type RescalingParams,
	type RescalingRun,
} from '../rescaling.ts';

/** One row per seed in each; empty rows where nothing has been measured yet. */
interface RescalingFrame extends Frame {
	/** The loss at each of `places`. */
	readonly raw: readonly number[][];
	readonly filter: readonly number[][];
	/** At the first of `factors`. */
	readonly trace: readonly number[][];
	readonly weighted: readonly number[][];
	readonly sharpness: readonly number[][];
}
type RescalingPrediction = Prediction<RescalingParams, RescalingFrame>;

const knobs: Knobs<RescalingParams> = {
	c: {
		kind: 'number',
		label: 'factor of the slices',
		symbol: 'c',
		min: 0.25,
		max: 4,
		default: 0.25,
		scale: 'log',
	},
	width: {
		kind: 'number',
		label: 'width',
		symbol: 'm',
		min: 4,
		max: 24,
		step: 1,
		default: 12,
		scale: 'linear',
	},
	activation: {
		kind: 'choice',
		label: 'activation',
		options: { relu: 'ReLU', tanh: 'tanh' },
		default: 'relu',
	},
	steps: {
		kind: 'number',
		label: 'training steps',
		symbol: 'T',
		min: 0,
		max: 3000,
		step: 100,
		default: 1500,
		scale: 'linear',
	},
};

const homogeneous: Hypothesis<RescalingParams> = {
	id: 'homogeneous',
	text: 'the activation passes a positive factor through, σ(cz) = cσ(z): it is the ReLU',
	broken: ({ params }) =>
		params.activation === 'relu' ? null : 'tanh(cz) is not c tanh(z): the network is another one',
};

const dinh = { cite: 'dinh2017', where: 'Theorem 4' };
const exact = {
	kind: 'equal',
	gap: 'relative',
	within: () => 1e-9,
	because:
		'an identity in float64: rounding, measured below 4·10⁻¹⁴ of the loss over 20 seeds and up to 3000 ' +
		'steps of training in two orders of summation, and some more digits for second derivatives',
} as const;

const seedsOf = (run: RescalingRun) => Array.from({ length: run.seeds }, (_, r) => run.seed + r);
const blocks = (run: RescalingRun) =>
	seedsOf(run).map((seed) => blocksAt({ setting: settingOf(run), seed }));

function slicePrediction(how: 'raw' | 'filter', name: string): RescalingPrediction {
	return {
		id: `slice-${how}`,
		title: `a ${name} slice at c, computed without rescaling`,
		labels: { predicted: `${name}, by theory`, measured: `${name}, rescaled` },
		source: how === 'raw' ? dinh : { cite: 'li2018vis', where: 'Section 4' },
		equation: 'eq:slice',
		panel: 'slice',
		draws: 'replace',
		claim: exact,
		hypotheses: [homogeneous],
		predict: (run) =>
			ensemble(
				places,
				seedsOf(run).map((seed) => predictedSlice(settingOf(run), seed, how, run.params.c)),
			),
		measure: (frame) => ensemble(places, frame[how]),
	};
}

/** The factors that have been measured so far. */
const reached = (rows: readonly number[][]) => factors.slice(0, rows[0]?.length ?? 0);

const predictions: RescalingPrediction[] = [
	slicePrediction('filter', 'normalised'),
	slicePrediction('raw', 'raw'),
	{
		id: 'trace',
		title: 'the trace of the Hessian, raw curvature',
		labels: { predicted: 'raw, by blocks', measured: 'raw, rescaled' },
		source: dinh,
		equation: 'eq:trace',
		panel: 'curvature',
		draws: 'replace',
		claim: exact,
		hypotheses: [homogeneous],
		predict: (run) =>
			ensemble(
				factors,
				blocks(run).map((b) => factors.map((c) => traceAt(b, c))),
			),
		measure: ({ trace }) => ensemble(reached(trace), trace),
	},
	{
		id: 'weighted',
		title: 'the curvature of normalised slices',
		labels: { predicted: 'normalised', measured: 'normalised, rescaled' },
		source: { cite: 'li2018vis', where: 'Section 4; the law is proved in the lesson' },
		equation: 'eq:kappa',
		panel: 'curvature',
		draws: 'replace',
		claim: exact,
		hypotheses: [homogeneous],
		predict: (run) =>
			ensemble(
				factors,
				blocks(run).map((b) => factors.map(() => b.weighted)),
			),
		measure: ({ weighted }) => ensemble(reached(weighted), weighted),
	},
	{
		id: 'sharpness',
		title: 'the sharpness, at least that of a block',
		labels: { predicted: 'bound by blocks', measured: 'sharpness, rescaled' },
		source: dinh,
		equation: 'eq:bound',
		panel: 'sharpness',
		draws: 'replace',
		claim: {
			kind: 'lower bound',
			slack: 1e-6,
			because: 'a theorem, interlacing of eigenvalues; the room is for rounding alone',
		},
		hypotheses: [homogeneous],
		predict: (run) =>
			ensemble(
				factors,
				blocks(run).map((b) => factors.map((c) => sharpnessBound(b, c))),
			),
		measure: ({ sharpness }) => ensemble(reached(sharpness), sharpness),
	},
];

const presets: Preset<RescalingParams>[] = [
	{
		id: 'sharp',
		label: 'the other way',
		values: { c: 4 },
		why: 'Large c makes the second layer’s weights small, and the loss steep along them. The raw slice narrows again, the normalised one does not notice.',
	},
	{
		id: 'same',
		label: 'c = 1',
		values: { c: 1 },
		why: 'The network as it was trained. Both slices are what they are; neither is the truth about the valley.',
	},
	{
		id: 'tanh',
		label: 'tanh',
		values: { activation: 'tanh' },
		why: 'A tanh saturates: c times the input is not c times the output. Rescaling now changes the function, and nothing of the theorem is left.',
		breaks: 'homogeneous',
	},
];

export default defineFigure<RescalingParams, RescalingFrame>({
	title: 'One function, many curvatures',
	knobs,
	seeds: 1,
	reduced: { params: { steps: 100, c: 0.5 }, seeds: 1 },
	panels: [
		{
			id: 'slice',
			title: 'One slice, raw and normalised',
			x: { label: 'distance a along the direction', scale: 'linear' },
			y: { label: 'loss', scale: 'log' },
		},
		{
			id: 'curvature',
			title: 'Mean curvature',
			x: { label: 'factor c', scale: 'log' },
			y: { label: 'E dᵀHd', scale: 'log' },
		},
		{
			id: 'sharpness',
			title: 'Sharpness',
			x: { label: 'factor c', scale: 'log' },
			y: { label: 'sharpness', scale: 'log' },
		},
	],
	predictions,
	presets,
	steps: () => factors.length,
	async *frames(run, lab, signal) {
		const setting = settingOf(run);
		const net = netOf(setting);
		const session = await lab.open(trainingJob(setting, run.seed, run.seeds));
		let thetas: Float64Array[];
		try {
			await session.advance(setting.steps);
			thetas = parametersOf(await session.probe({ kind: 'weights' }), run.seeds);
		} finally {
			session.dispose();
		}
		const slices = (how: 'raw' | 'filter') =>
			Promise.all(
				thetas.map((theta, r) => {
					const at = rescale(net, theta, run.params.c);
					const d = sliceDirection(net, at, how, run.seed + r);
					const points = places.map((a) => along(at, a, d));
					return lossesAt(lab, net, wave, points, signal);
				}),
			);
		const [raw, filter] = [await slices('raw'), await slices('filter')];
		const surface = surfaceOf(setting);
		const trace: number[][] = thetas.map(() => []);
		const weighted: number[][] = thetas.map(() => []);
		const sharpness: number[][] = thetas.map(() => []);
		for (const [i, c] of factors.entries()) {
			signal.throwIfAborted();
			const rescaled = thetas.map((theta) => rescale(net, theta, c));
			rescaled.forEach((theta, r) => {
				const H = hessian(surface, theta);
				const diagonal = Array.from(theta, (_, k) => H[k * surface.size + k]!);
				trace[r]!.push(diagonal.reduce((sum, value) => sum + value, 0));
				weighted[r]!.push(meanCurvature(blocksOf(net, theta, 'filter'), diagonal));
			});
			const still = await lab.open(jobOf(net, wave, rescaled));
			try {
				const top = await still.probe({ kind: 'sharpness' });
				top.forEach((value, r) => sharpness[r]!.push(value));
			} finally {
				still.dispose();
			}
			const copy = (rows: number[][]) => rows.map((row) => [...row]);
			const [t, w, s] = [trace, weighted, sharpness].map(copy) as [
				number[][],
				number[][],
				number[][],
			];
			yield { step: i + 1, raw, filter, trace: t, weighted: w, sharpness: s };
		}
	},
	summary({ params, predictions: told }) {
		const at = (id: string, c: number) => {
			const curve = told.find((one) => one.id === id);
			return showNumber(curve?.measured[curve.x.indexOf(c)] ?? NaN);
		};
		return (
			`At c = ¼ the trace of the Hessian is ${at('trace', 0.25)} and the sharpness ${at('sharpness', 0.25)}; ` +
			`at c = 1 they are ${at('trace', 1)} and ${at('sharpness', 1)}. The curvature of normalised slices is ` +
			`${at('weighted', 0.25)} and ${at('weighted', 1)}. The slices are drawn at c = ${showNumber(params.c as number)}.`
		);
	},
});
