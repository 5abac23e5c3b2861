import {
	defineFigure,
	ensemble,
	mean,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
} from '#contract';
import { split, sumOfSquares } from '#theory/arrays.ts';
import * as shared from '../knobs.ts';
import {
	complexity,
	samples,
	sphereJob,
	startingEdges,
	type Labels,
	type SphereParams,
	type SphereRun,
} from '../sphere.ts';

/** One entry per seed in each. */
interface SphereFrame extends Frame {
	/** |u − y|, the length of the residual on the n training points. */
	readonly residual: Readonly<Record<Labels, number[]>>;
	/** √(2/n) |W_t − W_0|_F. */
	readonly distance: Readonly<Record<Labels, number[]>>;
}
type SpherePrediction = Prediction<SphereParams, SphereFrame>;

const knobs: Knobs<SphereParams> = {
	rule: {
		kind: 'choice',
		label: 'true labels',
		options: {
			linear: 'linear',
			sign: 'sign of a coordinate',
			quadratic: 'product of two coordinates',
		},
		default: 'linear',
	},
	width: {
		kind: 'number',
		label: 'width',
		symbol: 'm',
		min: 64,
		max: 4096,
		step: 2,
		default: 4096,
		scale: 'log',
	},
	n: {
		kind: 'number',
		label: 'points',
		symbol: 'n',
		min: 10,
		max: 200,
		step: 10,
		default: 100,
		scale: 'linear',
	},
	d: {
		kind: 'number',
		label: 'dimension',
		symbol: 'd',
		min: 3,
		max: 30,
		step: 1,
		default: 10,
		scale: 'linear',
	},
	step: shared.stepSize,
	steps: shared.steps,
};

function clock({ params }: SphereRun): number[] {
	const every = Math.max(5, 5 * Math.ceil(params.steps / 200));
	const times = [];
	for (let t = 0; t < params.steps; t += every) times.push(t);
	return [...times, params.steps];
}

/** √(2 yᵀH⁻¹y/n), the mean over the seeds. */
function meanComplexity(run: SphereRun, labels: Labels): number {
	return mean(samples(run).map(({ dynamics }) => complexity(dynamics[labels])));
}

const shortStep: Hypothesis<SphereParams> = {
	id: 'step',
	text: 'the step is shorter than 2/λ_max, of H and of every kernel at the start',
	broken: (run) => {
		if (run.params.step <= 1) return null;
		const edges = startingEdges(run).map((edge) => 2 / edge);
		const first = samples(run).findIndex(
			({ eta }, r) => eta >= Math.min((2 * eta) / run.params.step, edges[r] ?? NaN),
		);
		if (first < 0) return null;
		const eta = samples(run)[first]?.eta ?? NaN;
		const edge = Math.min((2 * eta) / run.params.step, edges[first] ?? NaN);
		return `step ${showNumber(eta)} ≥ 2/λ_max = ${showNumber(edge)} of seed ${run.seed + first}`;
	},
};

/** Where the ε of the claim below would pass a quarter of √n, the theorem says nothing any more. */
function wideFor(labels: Labels): Hypothesis<SphereParams> {
	return {
		id: `width-${labels}`,
		text: `the width is large: m ≥ 4C⁴ for ${kinds[labels]} labels, of complexity C`,
		broken: (run) => {
			const needed = 4 * meanComplexity(run, labels) ** 4;
			const { width } = run.params;
			if (width >= needed) return null;
			return `width ${width} < 4C⁴ = ${showNumber(needed)} for ${kinds[labels]} labels`;
		},
	};
}

const kinds: Record<Labels, string> = { rule: 'true', random: 'random' };

function residualPrediction(labels: Labels): SpherePrediction {
	return {
		id: `residual-${labels}`,
		title: `training error, ${kinds[labels]} labels`,
		labels: { predicted: `spectrum of H, ${kinds[labels]}`, measured: `network, ${kinds[labels]}` },
		source: { cite: 'arora2019fg', where: 'Theorem 4.1' },
		equation: 'eq:fine',
		panel: 'residual',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'width → ∞',
			gap: 'absolute',
			within: (run) =>
				(meanComplexity(run, labels) ** 2 / 2) * Math.sqrt(run.params.n / run.params.width),
			because:
				'the theorem’s ± ε: ε = ½ C² √(n/m), the drift of the kernel times the way the weights travel; ' +
				'measured constant .15 to .40 in place of ½ over widths 512 to 2048 and all four kinds of labels',
		},
		hypotheses: [shortStep, wideFor(labels)],
		predict: (run) =>
			ensemble(
				clock(run),
				samples(run).map(({ dynamics }) =>
					clock(run).map((t) => Math.sqrt(dynamics[labels].loss(t))),
				),
			),
		measure: ({ step, residual }) =>
			ensemble(
				[step],
				residual[labels].map((v) => [v]),
			),
	};
}

function distancePrediction(labels: Labels): SpherePrediction {
	return {
		id: `distance-${labels}`,
		title: `distance travelled, ${kinds[labels]} labels`,
		labels: { predicted: `spectrum of H, ${kinds[labels]}`, measured: `network, ${kinds[labels]}` },
		source: { cite: 'arora2019fg', where: 'Lemma 5.3 and Theorem 5.1' },
		equation: 'eq:complexity',
		panel: 'distance',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'width → ∞',
			gap: 'relative',
			within: (run) => meanComplexity(run, labels) / Math.sqrt(run.params.width),
			because:
				'the kernel drifts by the weights’ relative travel, C/√m; measured constant .4 to .7 in place ' +
				'of 1 over widths 512 to 2048 and all four kinds of labels',
		},
		hypotheses: [shortStep, wideFor(labels)],
		predict: (run) => {
			const unit = Math.sqrt(2 / run.params.n);
			return ensemble(
				clock(run),
				samples(run).map(({ dynamics }) =>
					clock(run).map((t) => unit * Math.sqrt(dynamics[labels].travelSquared(t))),
				),
			);
		},
		measure: ({ step, distance }) =>
			ensemble(
				[step],
				distance[labels].map((v) => [v]),
			),
	};
}

const presets: Preset<SphereParams>[] = [
	{
		id: 'sign',
		label: 'signs',
		values: { rule: 'sign' },
		why: 'A sign has weight at all odd degrees, so its complexity lies between that of a linear rule and that of noise.',
	},
	{
		id: 'quadratic',
		label: 'a product',
		values: { rule: 'quadratic' },
		why: 'An even rule is carried by smaller eigenvalues than a linear one: it is learnt later and costs more distance.',
	},
	{
		id: 'past-the-edge',
		label: 'past the edge',
		values: { step: 2.2, steps: 40 },
		why: 'The step is longer than 2/λ_max: along the first eigenvector the linear theory grows with every step. The network may still settle, but where the kernel is another.',
		breaks: 'step',
	},
	{
		id: 'narrow',
		label: 'narrow',
		values: { width: 128 },
		why: 'At this width the kernel moves while random labels are learnt, and the formula for the fixed kernel fails them first.',
		breaks: 'width-random',
	},
];

export default defineFigure<SphereParams, SphereFrame>({
	title: 'True and random labels',
	knobs,
	seeds: 2,
	reduced: { params: { n: 40, width: 512, steps: 60 }, seeds: 2 },
	panels: [
		{
			id: 'residual',
			title: 'Training error',
			x: { label: 'step t', scale: 'linear' },
			y: { label: '|u − y|', scale: 'linear' },
		},
		{
			id: 'distance',
			title: 'Distance, in units of the complexity measure',
			x: { label: 'step t', scale: 'linear' },
			y: { label: '√(2/n) |W − W₀|', scale: 'linear' },
		},
	],
	predictions: [
		residualPrediction('rule'),
		residualPrediction('random'),
		distancePrediction('rule'),
		distancePrediction('random'),
	],
	presets,
	steps: (run) => run.params.steps,
	async *frames(run, lab, signal) {
		const job = sphereJob(run);
		const unit = Math.sqrt(2 / run.params.n);
		const halves = (values: number[]) => ({
			rule: values.slice(0, run.seeds),
			random: values.slice(run.seeds),
		});
		const session = await lab.open(job);
		try {
			for (const time of clock(run)) {
				signal.throwIfAborted();
				if (time > session.step) await session.advance(time - session.step);
				const outputs = await session.probe({ kind: 'outputs' });
				const travel = await session.probe({ kind: 'travel' });
				const error = outputs.map((f, i) => f - (job.y[i] ?? NaN));
				yield {
					step: time,
					residual: halves(split(error, job.replicas).map((v) => Math.sqrt(sumOfSquares(v)))),
					distance: halves(Array.from(travel, (square) => unit * Math.sqrt(square))),
				};
			}
		} finally {
			session.dispose();
		}
	},
	summary({ steps, params, seed, seeds, predictions: told }) {
		const run = { params: params as SphereParams, seed, seeds };
		const end = (id: string) =>
			showNumber(told.find((one) => one.id === id)?.measured.at(-1) ?? NaN);
		return (
			`After ${steps} steps the training error is ${end('residual-rule')} on true labels and ` +
			`${end('residual-random')} on random ones. The complexity √(2yᵀH⁻¹y/n) is ` +
			`${showNumber(meanComplexity(run, 'rule'))} for the true labels and ` +
			`${showNumber(meanComplexity(run, 'random'))} for the random ones, and the weights have travelled ` +
			`${end('distance-rule')} and ${end('distance-random')} in the same unit.`
		);
	},
});
