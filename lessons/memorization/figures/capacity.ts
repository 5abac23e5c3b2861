import {
	defineFigure,
	ensemble,
	showNumber,
	showPercent,
	type Frame,
	type Grid,
	type Hypothesis,
	type Prediction,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { capacityJob, weightsOf, widthsOf, wrongShare, type CapacityParams } from '../capacity.ts';
import { guaranteedWidth, unavoidable } from '../widths.ts';

interface CapacityFrame extends Frame {
	readonly width: number;
	/** Mean square left on coins, and the share of alternating labels with the wrong sign, per seed. */
	readonly left: number[];
	readonly onLine: number[];
	/** Of all networks trained on coins so far, width by seed: the share of wrong labels. */
	readonly networks: Grid;
}
type CapacityPrediction = Prediction<CapacityParams, CapacityFrame>;

const longTraining: Hypothesis<CapacityParams> = {
	id: 'trained',
	text: 'the networks are trained for long: 200 steps of Adam or more',
	broken: ({ params: { steps } }) =>
		steps >= 200 ? null : `stopped after ${steps} steps, before they have learnt what they can`,
};
const at = (width: number, values: readonly number[]) =>
	ensemble(
		[weightsOf(width)],
		values.map((value) => [value]),
	);

const predictions: CapacityPrediction[] = [
	{
		id: 'coins',
		title: 'coins: training all layers leaves less than the last layer alone could',
		labels: { predicted: 'last layer alone', measured: 'all layers' },
		source: {
			cite: 'zhang2017',
			where: 'Section 5, for linear models; the floor is proved in the lesson',
		},
		equation: 'eq:floor',
		panel: 'coins',
		draws: 'grow',
		claim: {
			kind: 'upper bound',
			slack: 0,
			because:
				'a theorem on the best weights there are. That Adam finds weights as good is an experiment: over 20 seeds at N = 64 it stayed below by a quarter at width 2 and by more at every other',
		},
		hypotheses: [longTraining],
		predict: (run) => {
			const widths = widthsOf(run);
			return {
				x: widths.map(weightsOf),
				y: widths.map((w) => 1 - Math.min(run.params.n, w + 1) / run.params.n),
			};
		},
		measure: ({ width, left }) => at(width, left),
	},
	{
		id: 'line',
		title: 'alternating labels on a line: at least so many are wrong, whatever the weights',
		labels: { predicted: 'unavoidable', measured: 'alternating labels' },
		source: {
			cite: 'yun2019',
			where: 'on the width that is necessary; with the count of pieces of the lesson',
		},
		equation: 'eq:wrong',
		panel: 'line',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0,
			because: 'a count of affine pieces that holds for all weights: nothing to allow for',
		},
		hypotheses: [],
		predict: (run) => {
			const widths = widthsOf(run);
			const { n } = run.params;
			return { x: widths.map(weightsOf), y: widths.map((w) => unavoidable(n, w) / n) };
		},
		measure: ({ width, onLine }) => at(width, onLine),
	},
];

/** Per column of a picture, the share of networks without a wrong label. */
function successes({ x, y, values }: Grid): number[] {
	return x.map((_, i) => y.filter((_, j) => values[j * x.length + i] === 0).length / y.length);
}

export default defineFigure<CapacityParams, CapacityFrame>({
	title: 'Capacity by training',
	knobs: {
		n: {
			kind: 'number',
			label: 'labels',
			symbol: 'N',
			min: 32,
			max: 256,
			step: 32,
			default: 64,
			scale: 'log',
		},
		widest: {
			kind: 'number',
			label: 'largest width',
			symbol: 'w',
			min: 4,
			max: 16,
			step: 1,
			default: 12,
			scale: 'linear',
		},
		steps: {
			kind: 'number',
			label: 'steps of Adam',
			symbol: 'T',
			min: 10,
			max: 2000,
			step: 10,
			default: 800,
			scale: 'log',
		},
	},
	seeds: 16,
	reduced: { params: { n: 32, widest: 4, steps: 200 }, seeds: 3 },
	panels: [
		{
			id: 'coins',
			title: 'Coins on Gaussian points',
			x: { label: 'weights W', scale: 'linear' },
			y: { label: 'mean square on the training set', scale: 'linear' },
		},
		{
			id: 'line',
			title: 'Alternating labels on a line',
			x: { label: 'weights W', scale: 'linear' },
			y: { label: 'share of labels that are wrong', scale: 'linear' },
		},
	],
	pictures: [
		{
			id: 'networks',
			title: 'Which networks have stored all coins',
			x: { label: 'weights W', scale: 'linear', discrete: true },
			y: { label: 'seed', scale: 'linear', discrete: true },
			colour: { label: 'share of wrong labels', kind: 'magnitude', domain: [0, 0.5] },
			draw: ({ networks }) => networks,
			describe: (grid) => {
				const shares = successes(grid).map(
					(share, i) => `${showPercent(share)} at ${grid.x[i]} weights`,
				);
				return `Networks that have stored every label: ${shares.join(', ')}.`;
			},
		},
	],
	predictions,
	presets: [
		{
			id: 'double',
			label: '128 labels',
			values: { n: 128, widest: 16 },
			why: 'For 64 labels half of the networks succeed at about 100 weights; for 128 labels that takes about 165. The worst case, the construction, goes from width 15 to width 22.',
		},
		{
			id: 'short',
			label: 'stopped after ten steps',
			values: { steps: 10 },
			why: 'Adam has hardly begun. What is left lies above what the last layer alone could reach, had it been trained to the end.',
			breaks: 'trained',
		},
	],
	steps: (run) => widthsOf(run).length * run.params.steps,
	async *frames(run, lab, signal) {
		const { seeds, seed } = run;
		const columns: { width: number; wrong: number[] }[] = [];
		for (const width of widthsOf(run)) {
			signal.throwIfAborted();
			const job = capacityJob(run, width);
			const session = await lab.open(job);
			try {
				await session.advance(run.params.steps);
				const losses = Array.from(await session.probe({ kind: 'loss' }), (value) => 2 * value);
				const outputs = await session.probe({ kind: 'outputs' });
				const [coins, onLine] = split(
					Float64Array.from(wrongShare(outputs, job.y, 2 * seeds)),
					2,
				).map((half) => Array.from(half));
				columns.push({ width, wrong: coins! });
				yield {
					step: columns.length * run.params.steps,
					width,
					left: losses.slice(0, seeds),
					onLine: onLine!,
					networks: {
						x: columns.map((column) => weightsOf(column.width)),
						y: Array.from({ length: seeds }, (_, r) => seed + r),
						values: Array.from({ length: seeds }, (_, r) =>
							columns.map(({ wrong }) => wrong[r]!),
						).flat(),
					},
				};
			} finally {
				session.dispose();
			}
		}
	},
	summary({ params, predictions: [coins, line] }) {
		const i = (coins?.x.length ?? 0) - 1;
		const n = Number(params.n);
		return (
			`With ${coins?.x[i]} weights training leaves a mean square of ${showNumber(coins?.measured[i] ?? NaN)} on ${n} coins; the last layer alone would leave ` +
			`${showNumber(coins?.predicted[i] ?? NaN)}. On alternating labels it has ${showPercent(line?.measured[i] ?? NaN)} wrong; unavoidable are ` +
			`${showPercent(line?.predicted[i] ?? NaN)}. The construction needs width ${guaranteedWidth(n)}, whatever the labels.`
		);
	},
});
