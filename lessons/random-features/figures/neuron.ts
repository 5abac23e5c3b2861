import {
	defineFigure,
	ensemble,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Job,
	type Knobs,
	type Lab,
	type Prediction,
	type Preset,
	type Run,
	type Tolerance,
} from '#contract';
import { errorsOf, innerOf, populationRuns, starts, stepJob, type NeuronParams } from '../sgd.ts';

/** The relative error of each seed, in few dimensions and in many. */
interface NeuronFrame extends Frame {
	readonly few: number[];
	readonly many: number[];
}
type NeuronPrediction = Prediction<NeuronParams, NeuronFrame>;

/** The weights w after one step. */
async function trained(lab: Lab, job: Job, seeds: number): Promise<Float64Array> {
	const session = await lab.open(job);
	try {
		await session.advance(1);
		return innerOf(await session.probe({ kind: 'weights' }), seeds);
	} finally {
		session.dispose();
	}
}

/** Dimensions of the network that is trained beside the one of the knob. */
const few = 10;

/** A gradient from N samples adds d/N of its own square a step, and scatters by 1/√N. */
function noise({ params, seeds }: Run<NeuronParams>, d: number): Tolerance {
	const { stepSize, batch, steps } = params;
	return Array.from({ length: steps + 1 }, (_, t) => {
		const drift = (1.5 * stepSize ** 2 * t * d) / batch;
		const scatter = 4.3 * stepSize * Math.sqrt(t / batch);
		return [t, 1e-5 + drift + (3 * scatter) / Math.sqrt(seeds)] as const;
	});
}
const because =
	'sampling: over 200 seeds the mean rose by 1.0 to 1.2 times η²td/N, and means of 20 seeds scattered by 4.3 η√(t/20N), as seeds with large errors count more; the mean is given 1.5 times the rise and three standard errors';

const largeBatch: Hypothesis<NeuronParams> = {
	id: 'batch',
	text: 'the batch is large: sampling adds less than the error itself',
	broken: ({ params: { d, stepSize, batch, steps } }) => {
		const drift = (1.5 * stepSize ** 2 * steps * Math.max(d, few)) / batch;
		return drift < 0.75
			? null
			: `after ${steps} steps batches of ${batch} add ${showNumber(drift)} times the error`;
	},
};

const population = (run: Run<NeuronParams>, d: number): Curve => {
	const x = Array.from({ length: run.params.steps + 1 }, (_, t) => t);
	return ensemble(x, populationRuns(run, d));
};
const at = (step: number, values: readonly number[]) =>
	ensemble(
		[step],
		values.map((value) => [value]),
	);
const prediction = (
	id: 'few' | 'many',
	title: string,
	label: string,
	dimension: (params: NeuronParams) => number,
): NeuronPrediction => ({
	id,
	title,
	labels: { predicted: `unlimited data, ${label}`, measured: label },
	source: { cite: 'tian2017', where: 'Theorem 1, for the gradient' },
	equation: 'eq:neuron-error',
	panel: 'error',
	draws: 'grow',
	claim: {
		kind: 'limit',
		of: 'batch → ∞',
		gap: 'relative',
		within: (run) => noise(run, dimension(run.params)),
		because,
	},
	hypotheses: [largeBatch],
	predict: (run) => population(run, dimension(run.params)),
	measure: (frame) => at(frame.step, frame[id]),
});

const knobs: Knobs<NeuronParams> = {
	d: {
		kind: 'number',
		label: 'dimension of the other',
		symbol: 'd',
		min: 3,
		max: 100,
		step: 1,
		default: 40,
		scale: 'log',
	},
	stepSize: {
		kind: 'number',
		label: 'step size',
		symbol: '\\eta',
		min: 0.05,
		max: 1,
		step: 0.05,
		default: 0.5,
		scale: 'linear',
	},
	batch: {
		kind: 'number',
		label: 'batch',
		symbol: 'N',
		min: 128,
		max: 2048,
		step: 128,
		default: 1024,
		scale: 'log',
	},
	steps: {
		kind: 'number',
		label: 'steps',
		symbol: 'T',
		min: 5,
		max: 30,
		step: 1,
		default: 15,
		scale: 'linear',
	},
};

const presets: Preset<NeuronParams>[] = [
	{
		id: 'hundred',
		label: 'dimension 100',
		values: { d: 100 },
		why: 'Ten times the dimension, and the curve is the same: the gradient turns w towards u in the plane of the two, and does not see the other directions.',
	},
	{
		id: 'small-batch',
		label: 'small batches',
		values: { batch: 128 },
		why: 'With 128 samples in forty dimensions the gradient points largely the wrong way: what sampling adds is as large as the error, and in many dimensions larger than in few.',
		breaks: 'batch',
	},
];

export default defineFigure<NeuronParams, NeuronFrame>({
	title: 'One neuron learns one neuron',
	knobs,
	seeds: 6,
	reduced: { params: { d: 20, batch: 512, steps: 10 }, seeds: 4 },
	panels: [
		{
			id: 'error',
			title: 'Gradient descent on one neuron',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'relative error', scale: 'log' },
		},
	],
	predictions: [
		prediction('few', `in dimension ${few}, against unlimited data`, `d = ${few}`, () => few),
		prediction('many', 'in the other dimension, against unlimited data', 'other d', ({ d }) => d),
	],
	presets,
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		let weights = [few, run.params.d].map((d) => starts(run, d));
		for (let step = 0; step <= run.params.steps; step++) {
			signal.throwIfAborted();
			if (step > 0)
				weights = [
					await trained(lab, stepJob(run, few, step, weights[0]!), run.seeds),
					await trained(lab, stepJob(run, run.params.d, step, weights[1]!), run.seeds),
				];
			const [less, more] = weights.map((w) => errorsOf(w, run.seeds));
			yield { step, few: less!, many: more! };
		}
	},
	summary({ params, steps, predictions: told }) {
		const last = (id: string) =>
			showNumber(told.find((entry) => entry.id === id)?.measured.at(-1) ?? NaN);
		return (
			`After ${steps} steps the relative error is ${last('few')} in dimension ${few} and ${last('many')} in dimension ${String(params.d)}; ` +
			`with unlimited data it would be ${showNumber(told[0]?.predicted.at(-1) ?? NaN)} and ${showNumber(told[1]?.predicted.at(-1) ?? NaN)}.`
		);
	},
});
