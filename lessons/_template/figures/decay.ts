import { defineFigure, showNumber, type Frame } from '#contract';
import { longestStep, output } from '../theory.ts';

type Params = { eta: number; lambda: number; steps: number };

interface DecayFrame extends Frame {
	readonly output: number;
}

const times = (steps: number) => Array.from({ length: steps + 1 }, (_, t) => t);

export default defineFigure<Params, DecayFrame>({
	title: 'One weight',
	knobs: {
		eta: {
			kind: 'number',
			label: 'step size',
			symbol: '\\eta',
			min: 0.05,
			max: 3,
			step: 0.05,
			default: 0.3,
			scale: 'linear',
		},
		lambda: {
			kind: 'number',
			label: 'curvature',
			symbol: '\\lambda',
			min: 0.25,
			max: 4,
			step: 0.25,
			default: 1,
			scale: 'linear',
		},
		steps: {
			kind: 'number',
			label: 'steps',
			symbol: 'T',
			min: 5,
			max: 40,
			step: 1,
			default: 20,
			scale: 'linear',
		},
	},
	seeds: 1,
	reduced: { params: { steps: 10 }, seeds: 1 },
	panels: [
		{
			id: 'decay',
			title: 'Decay',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'output f', scale: 'linear' },
		},
	],
	predictions: [
		{
			id: 'output',
			title: 'the output, step by step',
			labels: { predicted: '(1 − ηλ)^t', measured: 'training' },
			source: { cite: 'lee2019', where: 'Section 2.2' },
			panel: 'decay',
			draws: 'grow',
			claim: {
				kind: 'equal',
				gap: 'absolute',
				within: ({ params }) => 1e-6 * (params.steps + 1),
				because: 'an identity: rounding in float32, below 10⁻⁶ a step while f does not grow',
			},
			hypotheses: [
				{
					id: 'step',
					text: 'the step is shorter than 2/λ',
					broken: ({ params: { eta, lambda } }) =>
						eta < longestStep(lambda)
							? null
							: `step ${showNumber(eta)} ≥ 2/λ = ${showNumber(longestStep(lambda))}`,
				},
			],
			predict: ({ params: { eta, lambda, steps } }) => ({
				x: times(steps),
				y: times(steps).map((t) => output(eta, lambda, t)),
			}),
			measure: (frame) => ({ x: [frame.step], y: [frame.output] }),
		},
	],
	presets: [
		{
			id: 'too-long',
			label: 'too long a step',
			values: { eta: 2.1 },
			why: 'Every step overshoots by more than it corrects: |1 − ηλ| > 1.',
			breaks: 'step',
		},
	],
	steps: ({ params }) => params.steps,
	async *frames({ params: { eta, lambda, steps }, seeds }, lab, signal) {
		const input = Math.sqrt(lambda);
		const session = await lab.open({
			network: { sizes: [1, 1], activation: 'linear', scales: [1] },
			optimiser: { kind: 'gd', stepSize: eta },
			replicas: seeds,
			weights: [new Float64Array(seeds).fill(1 / input)],
			x: new Float64Array(seeds).fill(input),
			y: new Float64Array(seeds),
			lossFactor: 1,
		});
		try {
			for (const step of times(steps)) {
				signal.throwIfAborted();
				if (step > session.step) await session.advance(1);
				const [first = NaN] = await session.probe({ kind: 'outputs' });
				yield { step, output: first };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ steps, predictions: [told] }) {
		const last = showNumber(told?.measured.at(-1) ?? NaN);
		return `After ${steps} steps the output is ${last}; the formula says ${showNumber(told?.predicted.at(-1) ?? NaN)}.`;
	},
});
