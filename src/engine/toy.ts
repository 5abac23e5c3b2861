import { defineFigure, type Curve, type Frame, type Lab, type Run } from '#contract';

/**
 * A figure for the engine's own tests: one weight, f = w x with x = 1 and y = 1, so that gradient
 * descent from 0 leaves the residual (1 − η)^t.
 */
type ToyParams = { step: number; steps: number };
interface ToyFrame extends Frame {
	readonly residual: number;
}

const times = ({ params }: Run<ToyParams>) =>
	Array.from({ length: params.steps / 10 + 1 }, (_, i) => 10 * i);

async function* frames(run: Run<ToyParams>, lab: Lab): AsyncGenerator<ToyFrame> {
	const session = await lab.open({
		network: { sizes: [1, 1], activation: 'linear', scales: [1] },
		optimiser: { kind: 'gd', stepSize: run.params.step },
		replicas: run.seeds,
		weights: [new Float64Array(run.seeds)],
		x: new Float64Array(run.seeds).fill(1),
		y: new Float64Array(run.seeds).fill(1),
		lossFactor: 1,
	});
	try {
		for (const t of times(run)) {
			await session.advance(t - session.step);
			const [f = NaN] = await session.probe({ kind: 'outputs' });
			yield { step: t, residual: Math.abs(1 - f) };
		}
	} finally {
		session.dispose();
	}
}

export const toy = defineFigure<ToyParams, ToyFrame>({
	title: 'One weight',
	knobs: {
		step: {
			kind: 'number',
			label: 'step',
			min: 0,
			max: 10,
			default: 0.1,
			scale: 'linear',
			live: true,
		},
		steps: {
			kind: 'number',
			label: 'steps',
			min: 10,
			max: 1e7,
			step: 10,
			default: 100,
			scale: 'log',
		},
	},
	seeds: 2,
	reduced: { params: {}, seeds: 1 },
	panels: [
		{
			id: 'residual',
			title: 'Residual',
			x: { label: 't', scale: 'linear' },
			y: { label: '|y − f|', scale: 'log' },
		},
	],
	predictions: [
		{
			id: 'residual',
			title: 'residual',
			labels: { predicted: '(1 − η)^t', measured: 'one weight' },
			source: { cite: 'none', where: 'nowhere' },
			panel: 'residual',
			draws: 'grow',
			claim: { kind: 'equal', gap: 'absolute', within: () => 1e-5, because: 'rounding' },
			hypotheses: [
				{
					id: 'step',
					text: 'the step is shorter than 2/λ_max',
					broken: ({ params }) => (params.step < 2 ? null : `step ${params.step} > 2/λ_max = 2`),
				},
			],
			predict: (run): Curve => ({
				x: times(run),
				y: times(run).map((t) => Math.abs(1 - run.params.step) ** t),
			}),
			measure: ({ step, residual }) => ({ x: [step], y: [residual] }),
		},
	],
	presets: [],
	steps: ({ params }) => params.steps,
	frames,
	summary: () => 'One weight learns.',
});

export const toyAddress = { lesson: 'toy', figure: 'residual' };
export const toyRun = (step = 0.1, steps = 100): Run => ({
	params: { step, steps },
	seed: 0,
	seeds: 2,
});

/** Sent to the worker of the engine's browser tests, it takes WebGL away from it. */
export const loseWebGL = 'lose WebGL';
