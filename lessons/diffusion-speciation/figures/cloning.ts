import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
} from '#contract';
import { random } from '#theory/random.ts';
import { phi, speciationTime } from '../cloning.ts';
import {
	dimension,
	isSeparated,
	mean,
	plain,
	separated,
	sharesError,
	steps,
	width,
} from '../knobs.ts';
import { splittingTime } from '../mixture.ts';
import { cloneExactly, type Noise } from '../walk.ts';

type Params = { d: number; mu: number; s: number; pairs: number; steps: number; noise: string };
interface CloningFrame extends Frame {
	readonly t: number;
	/** The share of pairs that agree, one number per seed. */
	readonly share: readonly number[];
}

const cloneTimes = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5];
/** Where the line is drawn: the clone times are among these. */
const line = Array.from({ length: 73 }, (_, i) => i / 20);

const ownNoise: Hypothesis<Params> = {
	id: 'noise',
	text: 'each twin has noise of its own',
	broken: ({ params }) =>
		params.noise === 'own' ? null : 'there is no noise: twins are the same path',
};
const fine: Hypothesis<Params> = {
	id: 'fine',
	text: 'paths have 20 steps or more',
	broken: ({ params }) => (params.steps >= 20 ? null : `${params.steps} steps`),
};

export default defineFigure<Params, CloningFrame>({
	title: 'Twins',
	plain,
	knobs: {
		d: dimension,
		mu: mean,
		s: width,
		pairs: {
			kind: 'number',
			label: 'pairs of twins, per seed',
			symbol: 'R',
			min: 50,
			max: 2000,
			step: 50,
			default: 500,
			scale: 'log',
		},
		steps,
		noise: {
			kind: 'choice',
			label: 'noise on the way back',
			options: { own: 'each twin its own', none: 'none: the flow with the same marginals' },
			default: 'own',
		},
	},
	seeds: 4,
	reduced: { params: { d: 12, pairs: 100, steps: 20 }, seeds: 2 },
	panels: [
		{
			id: 'phi',
			title: 'Twins of the same class',
			x: { label: 'time t at which they were cloned', scale: 'linear' },
			y: { label: 'share of pairs', scale: 'linear', domain: [0.45, 1.02] },
		},
	],
	predictions: [
		{
			id: 'phi',
			title: 'the share of twins that end in the same class',
			labels: { predicted: 'φ(t)', measured: 'twins' },
			source: {
				cite: 'biroli2024',
				where: 'the cloning experiment; the formula is proved in the lesson',
			},
			panel: 'phi',
			equation: 'eq:phi',
			draws: 'grow',
			claim: {
				kind: 'equal',
				gap: 'absolute',
				within: ({ params, seeds }) =>
					cloneTimes.map((t) => [t, 0.012 + sharesError(phi(params, t), params.pairs * seeds)]),
				because:
					'four standard errors of a share of so many pairs; .012 for paths of 20 steps and for classes that the sign tells apart but for one point in 740: with 4000 pairs and three sets of knobs, paths of 20 and of 60 steps were off by no more than their standard errors',
			},
			hypotheses: [separated, ownNoise, fine],
			predict: ({ params }) => ({ x: line, y: line.map((t) => phi(params, t)) }),
			measure: ({ t, share }) => ({
				...ensemble(
					[t],
					share.map((one) => [one]),
				),
				each: undefined,
			}),
		},
	],
	presets: [
		{
			id: 'higher',
			label: 'four times the dimension',
			values: { d: 64, pairs: 250 },
			why: 'The same curve, log 2 = .69 further to the right. In 64 dimensions the class is decided earlier on the way back.',
		},
		{
			id: 'tight',
			label: 'classes without width',
			values: { s: 0.3 },
			why: 'Hardly a change: for times around t_S what matters is the distance of the classes, and the noise.',
		},
		{
			id: 'overlap',
			label: 'classes that overlap',
			values: { d: 4, mu: 0.5, s: 1.5 },
			why: 'Now the sign of x·m does not tell the class. The formula says how often twins have the same class in the sense of the label they were drawn with, and nobody can read that label off a sample.',
			breaks: 'separated',
		},
		{
			id: 'flow',
			label: 'without noise',
			values: { noise: 'none', pairs: 100 },
			why: 'Drift x + ∇ log p_t and no noise: at every time the swarm has the same law as before, and two twins never part. When a path decides is not a matter of its marginals.',
			breaks: 'noise',
		},
		{
			id: 'coarse',
			label: 'five steps',
			values: { steps: 5, pairs: 200 },
			why: 'From t = 2 in five steps: the first takes a third of the way with the drift of its beginning, and the twins part where they should not yet.',
			breaks: 'fine',
		},
	],
	steps: () => cloneTimes.length,
	async *frames({ params, seed, seeds }, _lab, signal) {
		const breathe = breather(signal);
		const streams = Array.from({ length: seeds }, (_, r) =>
			random(seed + r, 'diffusion-speciation/cloning'),
		);
		for (const [k, t] of cloneTimes.entries()) {
			const share: number[] = [];
			for (const stream of streams) {
				const asked = { pairs: params.pairs, steps: params.steps, noise: params.noise as Noise };
				share.push(await cloneExactly(params, t, asked, stream, breathe));
			}
			yield { step: k + 1, t, share };
		}
	},
	summary({ params, seeds, predictions: [told] }) {
		const mixture = params as Params;
		const at = (t: number) => {
			const i = told?.x.indexOf(t) ?? -1;
			return `${showNumber(told?.measured[i] ?? NaN)} (formula ${showNumber(told?.predicted[i] ?? NaN)})`;
		};
		const overlap = isSeparated(mixture);
		return (
			`Of ${mixture.pairs * seeds} pairs cloned at t = 0.5, 1.5 and 2.5 in ${mixture.d} dimensions a share of ${at(0.5)}, ${at(1.5)} and ${at(2.5)} ends in the same class; ` +
			`t_S = ${showNumber(speciationTime(mixture))}, and the potential splits at ${overlap === null ? showNumber(splittingTime(mixture)) : 'no time that could be told'}.`
		);
	},
});
