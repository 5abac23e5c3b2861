import {
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Knobs,
	type Prediction,
	type Preset,
	type Run,
} from '#contract';
import { split } from '#theory/arrays.ts';
import { memo } from '#theory/memo.ts';
import { clock } from '../descent.ts';
import * as shared from '../knobs.ts';
import {
	excess,
	excessOf,
	scatters,
	twoScalesJob,
	type Parts,
	type TwoScalesParams,
} from '../twoScales.ts';

/** Excess risk of each seed. */
interface EpochsFrame extends Frame {
	readonly parts: Parts<number>[];
}
type EpochsPrediction = Prediction<TwoScalesParams, EpochsFrame>;
type Group = 'large' | 'small' | 'both';

const knobs: Knobs<TwoScalesParams> = {
	time: {
		kind: 'number',
		label: 'training time',
		symbol: 't',
		min: 10,
		max: 10000,
		step: 10,
		default: 3000,
		scale: 'log',
	},
	ratio: {
		kind: 'number',
		label: 'variance of the small features',
		symbol: '\\epsilon',
		min: 0.002,
		max: 1,
		default: 0.01,
		scale: 'log',
	},
	noise: { ...shared.noise, max: 2, default: 1 },
	n: { ...shared.samples, min: 120, max: 600, step: 20, default: 200 },
};

const separated: Hypothesis<TwoScalesParams> = {
	id: 'separated',
	text: 'the large features are learnt long before the small ones: ε ≤ 0.05',
	broken: ({ params: { ratio } }) =>
		ratio <= 0.05 ? null : `ε = ${showNumber(ratio)}: both are learnt at about the same time`,
};

const of = (group: Group, { large, small }: Parts<number>) =>
	group === 'both' ? large + small : group === 'large' ? large : small;

const course = memo((run: Run<TwoScalesParams>) => clock(run).map((t) => excess(run, t)), 4);
const z = 4;
const allowed = memo(
	(run: Run<TwoScalesParams>) =>
		clock(run).map((t): Parts<number> => {
			const { large, small } = scatters(run, t);
			const away = ({ shift, deviation }: typeof large) =>
				Math.abs(shift) + (z * deviation) / Math.sqrt(run.seeds);
			const behind = away(small);
			const { n } = run.params;
			// What the small features are off acts as noise on the large ones.
			return { small: behind, large: away(large) + (behind * 60) / (n - 60) };
		}),
	4,
);
const noSeed = ({ params }: Run<TwoScalesParams>): Run<TwoScalesParams> => ({
	params,
	seed: 0,
	seeds: 1,
});

function prediction(group: Group, title: string, predicted: string): EpochsPrediction {
	return {
		id: group,
		title,
		labels: {
			predicted,
			measured: group === 'both' ? 'networks' : `networks, ${group} features`,
		},
		source: {
			cite: 'heckel2021',
			where: 'linear least squares; the formula is proved in the lesson',
		},
		panel: group === 'both' ? 'sum' : 'parts',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'n → ∞, ε → 0',
			gap: 'absolute',
			within: (run) => {
				const rows = allowed({ ...run, seed: 0 });
				return clock(run).map((t, i) => [t, of(group, rows[i]!)] as const);
			},
			because:
				`the 1/n shift of the mean and ${z} standard errors over the draws, by the central limit theorem for linear ` +
				'spectral statistics, for each group; and 4ε · 60/n of the signal for the time in which the large features have not settled, ' +
				'of which 2.7 was measured over 60 draws at n = 200 and 600, ε = .01 and .05',
		},
		hypotheses: [separated],
		predict: (run) => ({
			x: clock(run),
			y: course(noSeed(run)).map((parts) => of(group, parts)),
		}),
		measure: ({ step, parts }) => ({
			...ensemble(
				[step],
				parts.map((one) => [of(group, one)]),
			),
			each: undefined,
		}),
	};
}

const presets: Preset<TwoScalesParams>[] = [
	{
		id: 'stopped',
		label: 'stopped early',
		values: { time: 30 },
		why: 'Whoever watches the error and stops when it has risen for a while stops here, on the hill, and takes it for overfitting.',
	},
	{
		id: 'more-data',
		label: 'more data',
		values: { n: 600 },
		why: 'Three times the samples: the noise has a quarter of the room in the 60 large features, and the hill is a swell.',
	},
	{
		id: 'one-scale',
		label: 'equal speeds',
		values: { ratio: 1, time: 300 },
		why: 'Give the small features steps 1/ε times as long, which is the same as making them large. Everything is learnt at once and the hill is gone. One valley is left, five steps in and at .32, where early stopping finds it: the cure of Heckel and Yilmaz.',
		breaks: 'separated',
	},
];

export default defineFigure<TwoScalesParams, EpochsFrame>({
	title: 'Two descents in one training',
	knobs,
	seeds: 8,
	reduced: { params: { time: 1000, n: 120 }, seeds: 3 },
	panels: [
		{
			id: 'sum',
			title: 'Excess risk in the course of training',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'excess risk', scale: 'linear' },
		},
		{
			id: 'parts',
			title: 'Where it comes from',
			x: { label: 'step t', scale: 'log' },
			y: { label: 'excess risk', scale: 'linear' },
		},
	],
	predictions: [
		prediction('both', 'the excess risk in the course of training', 'sum of the two'),
		prediction('large', 'the part of the large features', 'large features'),
		prediction('small', 'the part of the small features', 'small features'),
	],
	presets,
	steps: (run) => run.params.time,
	async *frames(run, lab, signal) {
		const session = await lab.open(twoScalesJob(run));
		try {
			for (const time of clock(run)) {
				signal.throwIfAborted();
				await session.advance(time - session.step);
				const weights = split(await session.probe({ kind: 'weights' }), run.seeds);
				yield { step: time, parts: weights.map((b) => excessOf(b, run.params.ratio)) };
			}
		} finally {
			session.dispose();
		}
	},
	summary({ predictions: told }) {
		const both = told.find(({ id }) => id === 'both');
		const { x = [], measured = [] } = both ?? {};
		const top = measured.indexOf(Math.max(...measured));
		return (
			`The excess risk starts at ${showNumber(measured[0] ?? NaN)}, is largest at step ${showNumber(x[top] ?? NaN)} ` +
			`with ${showNumber(measured[top] ?? NaN)}, where the formula says ${showNumber(both?.predicted[top] ?? NaN)}, ` +
			`and ends at ${showNumber(measured.at(-1) ?? NaN)}; the formula ends at ${showNumber(both?.predicted.at(-1) ?? NaN)}.`
		);
	},
});
