import { defineFigure, showNumber, type Frame } from '#contract';
import { longestStep, output } from '../theory.ts';

/** What the reader may turn, and what a run yields as it goes. */
type Params = { eta: number };
interface DecayFrame extends Frame {
	readonly output: number;
}

const times = Array.from({ length: 21 }, (_, t) => t);

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
			live: true,
		},
	},
	seeds: 1,
	reduced: { params: {}, seeds: 1 },
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
			labels: { predicted: '(1 − η)^t', measured: 'training' },
			source: { cite: 'lee2019', where: 'Section 2.2' },
			panel: 'decay',
			draws: 'grow',
			claim: {
				kind: 'equal',
				gap: 'absolute',
				within: () => 2e-5,
				because: 'an identity: rounding in float32, below 10⁻⁶ a step while f does not grow',
			},
			hypotheses: [
				{
					id: 'step',
					text: 'the step is shorter than 2/λ',
					broken: ({ params: { eta } }) =>
						eta < longestStep ? null : `step ${showNumber(eta)} ≥ 2/λ = ${longestStep}`,
				},
			],
			predict: ({ params }) => ({ x: times, y: times.map((t) => output(params.eta, t)) }),
			measure: (frame) => ({ x: [frame.step], y: [frame.output] }),
		},
	],
	presets: [
		{
			id: 'too-long',
			label: 'too long a step',
			values: { eta: 2.1 },
			why: 'Every step overshoots by more than it corrects: |1 − η| > 1.',
			breaks: 'step',
		},
	],
	steps: () => times.length - 1,
	async *frames({ params, seeds }, lab, signal) {
		const ones = new Float64Array(seeds).fill(1);
		const session = await lab.open({
			network: { sizes: [1, 1], activation: 'linear', scales: [1] },
			optimiser: { kind: 'gd', stepSize: params.eta },
			replicas: seeds,
			weights: [ones],
			x: ones,
			y: new Float64Array(seeds),
			lossFactor: 1,
		});
		try {
			for (const step of times) {
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
		const show = (values: readonly number[] = []) => showNumber(values.at(-1) ?? NaN);
		return `After ${steps} steps the output is ${show(told?.measured)}; the formula says ${show(told?.predicted)}.`;
	},
});
