import {
	breather,
	defineFigure,
	mean,
	showNumber,
	type Curve,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { phi } from '../cloning.ts';
import type { Activation, Denoiser } from '../denoiser.ts';
import { lossFloor } from '../floor.ts';
import { sharesError } from '../knobs.ts';
import { classesAt, scoreAlong, splittingTime, type Mixture } from '../mixture.ts';
import {
	cloneLearned,
	drawAcross,
	drawBatch,
	learnedScore,
	lossOf,
	schooled,
	times,
} from '../scoreMatching.ts';
import { projections } from '../walk.ts';

type Params = { steps: number; width: number; activation: string; points: string; pairs: number };
interface LearnedFrame extends Frame {
	/** Steps trained, where the loss was measured at this frame. */
	readonly trained: number | null;
	readonly loss: number;
	readonly early: Curve;
	readonly late: Curve;
	readonly twins: { readonly t: number; readonly share: number } | null;
}
type LearnedRun = Run<Params>;
type LearnedPrediction = Prediction<Params, LearnedFrame>;

const mixture: Mixture = { d: 8, mu: 1, s: 0.5 };
const batch = 128;
/** Samples on which the loss is measured. */
const judged = 8000;
const cloneTimes = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5];
const line = Array.from({ length: 53 }, (_, i) => i / 20);
/** What one clone time counts on the progress bar. */
const twinSteps = 100;
const pathSteps = 30;
/** One time with two wells and one with a single well. */
const moments = { late: splittingTime(mixture) - 0.4, early: splittingTime(mixture) + 0.6 };
type Moment = keyof typeof moments;

const stopsOf = ({ params: { steps } }: LearnedRun) => [
	...[10, 20, 50, 100, 200, 500, 1000, 2000].filter((step) => step < steps),
	steps,
];
function places(moment: Moment): number[] {
	const { c, spread } = classesAt(mixture, moments[moment]);
	const end = c + 1.5 * Math.sqrt(spread);
	return Array.from({ length: 25 }, (_, i) => ((i - 12) / 12) * end);
}

const expressive: Hypothesis<Params> = {
	id: 'expressive',
	text: 'the network can say what it should: tanh, and 32 neurons or more in each layer',
	broken: ({ params: { activation, width } }) =>
		activation === 'linear'
			? 'the network is linear, and the score is not'
			: width >= 32
				? null
				: `${width} neurons`,
};
const trained: Hypothesis<Params> = {
	id: 'trained',
	text: 'it is trained for 600 steps or more',
	broken: ({ params: { steps } }) => (steps >= 600 ? null : `${steps} steps`),
};
const fresh: Hypothesis<Params> = {
	id: 'fresh',
	text: 'every batch is drawn anew from the law',
	broken: ({ params: { points } }) =>
		points === '0' ? null : `there are ${points} data points, seen again and again`,
};
const learns = [expressive, trained, fresh];
const vincent = {
	cite: 'vincent2011',
	where: 'abstract: denoising as score matching; proved in the lesson',
};

function force(moment: Moment, predicted: string, measured: string): LearnedPrediction {
	return {
		id: moment,
		title: `the score along m at t = ${showNumber(moments[moment])}, ${moment === 'late' ? 'where there are two wells' : 'where there is one well'}`,
		labels: { predicted, measured },
		source: vincent,
		panel: 'score',
		equation: 'eq:score',
		draws: 'replace',
		claim: {
			kind: 'limit',
			of: 'training → the minimum',
			gap: 'absolute',
			within: ({ params }) => forceAllowed[moment][isLong(params) ? 1 : 0],
			because: forceBecause,
		},
		hypotheses: learns,
		predict: () => {
			const x = places(moment);
			return { x, y: x.map((u) => scoreAlong(mixture, moments[moment], u)) };
		},
		measure: (frame) => frame[moment],
	};
}

/** Largest gaps that are allowed; see `because`. */
const forceAllowed: Record<Moment, readonly [number, number]> = {
	late: [0.9, 0.4],
	early: [0.3, 0.2],
};
const isLong = ({ steps }: Params) => steps >= 2000;
const forceBecause =
	'how far training has come: over 20 seeds of 3000 steps the largest gap was .25 where there are two wells and .14 where there is one; over 24 seeds of 600 steps .61 and .20, hence up to 2000 steps more is allowed';

const predictions: LearnedPrediction[] = [
	{
		id: 'loss',
		title: 'the loss, and the noise that nobody can tell',
		labels: { predicted: 'floor', measured: 'network' },
		source: vincent,
		panel: 'loss',
		equation: 'eq:floor',
		draws: 'grow',
		claim: {
			kind: 'lower bound',
			slack: 0.08,
			because: `a theorem on the expectation; measured on ${judged} samples it has a standard error of 2 % of the floor, and four of these are allowed`,
		},
		hypotheses: [],
		predict: (run) => {
			const x = stopsOf(run);
			const floor = lossFloor({ mixture, ...times });
			return { x, y: x.map(() => floor) };
		},
		measure: ({ trained: step, loss }) =>
			step === null ? { x: [], y: [] } : { x: [step], y: [loss] },
	},
	force('late', 'score, two wells', 'network, two wells'),
	force('early', 'score, one well', 'network, one well'),
	{
		id: 'phi',
		title: 'twins that follow the learned score',
		labels: { predicted: 'φ(t)', measured: 'twins, learned score' },
		source: {
			cite: 'biroli2024',
			where: 'the cloning experiment; the formula is proved in the lesson',
		},
		panel: 'phi',
		equation: 'eq:phi',
		draws: 'grow',
		claim: {
			kind: 'limit',
			of: 'training → the minimum',
			gap: 'absolute',
			within: ({ params, seeds }) =>
				cloneTimes.map((t) => [
					t,
					(isLong(params) ? 0.03 : 0.08) + sharesError(phi(mixture, t), params.pairs * seeds),
				]),
			because:
				'four standard errors of a share of so many pairs, and how far training has come: .03 from 2000 steps on and .08 before, as with 2000 pairs six networks trained for 3000 steps were off by up to .029, and with 600 pairs eight trained for 600 steps by up to .056; over 20 seeds with 600 pairs the largest gap was .050',
		},
		hypotheses: learns,
		predict: () => ({ x: line, y: line.map((t) => phi(mixture, t)) }),
		measure: ({ twins }) => (twins ? { x: [twins.t], y: [twins.share] } : { x: [], y: [] }),
	},
];

/** The learned score along m at each place, a mean over networks and over 64 points with this projection. */
function forceOf(nets: readonly Denoiser[], moment: Moment, seed: number): Curve {
	const x = places(moment);
	const [t, { d }] = [moments[moment], mixture];
	const stream = random(seed, `diffusion-speciation/force/${moment}`);
	const y = x.map((u) => {
		const points = drawAcross(mixture, t, u, 64, stream);
		return mean(nets.map((net) => mean([...projections(learnedScore(net, points, d, t), d)])));
	});
	return { x, y };
}

export default defineFigure<Params, LearnedFrame>({
	title: 'A learned score',
	plain:
		'plain float64 arrays in a worker: so small a network trains faster there than on WebGL in software',
	knobs: {
		steps: {
			kind: 'number',
			label: 'training steps',
			min: 50,
			max: 8000,
			step: 50,
			default: 3000,
			scale: 'log',
		},
		width: {
			kind: 'number',
			label: 'neurons in each layer',
			min: 8,
			max: 96,
			step: 8,
			default: 32,
			scale: 'log',
		},
		activation: {
			kind: 'choice',
			label: 'activation',
			options: { tanh: 'tanh', linear: 'none: a linear network' },
			default: 'tanh',
		},
		points: {
			kind: 'choice',
			label: 'data',
			options: { 0: 'new in every batch', 400: '400 points', 40: '40 points' },
			default: '0',
		},
		pairs: {
			kind: 'number',
			label: 'pairs of twins, per seed',
			symbol: 'R',
			min: 100,
			max: 2000,
			step: 100,
			default: 600,
			scale: 'log',
		},
	},
	seeds: 1,
	reduced: { params: { steps: 600, pairs: 200 }, seeds: 1 },
	panels: [
		{
			id: 'loss',
			title: 'Loss',
			x: { label: 'training step', scale: 'log' },
			y: { label: 'mean of |e − z|²', scale: 'log' },
		},
		{
			id: 'score',
			title: 'Score along m',
			x: { label: 'projection u on m', scale: 'linear' },
			y: { label: '∂ log p_t/∂u', scale: 'linear' },
		},
		{
			id: 'phi',
			title: 'Twins of the same class',
			x: { label: 'time t at which they were cloned', scale: 'linear' },
			y: { label: 'share of pairs', scale: 'linear', domain: [0.45, 1.02] },
		},
	],
	predictions,
	presets: [
		{
			id: 'linear',
			label: 'a linear network',
			values: { activation: 'linear' },
			why: 'The best linear score belongs to one Gaussian with the covariance of the data: a single well at all times. Its paths fill the gap between the classes, and twins part too late.',
			breaks: 'expressive',
		},
		{
			id: 'brief',
			label: 'two hundred steps',
			values: { steps: 200 },
			why: 'The loss has come down from 9 to 1.1, with a floor of .76, and the score between the classes, where few points are seen, is still too flat: twins part more often than they should.',
			breaks: 'trained',
		},
		{
			id: 'few',
			label: 'forty data points',
			values: { points: '40' },
			why: 'The best answer is now the score of forty points, and on fresh data the loss stays above what it was with fresh data all along. But 32 neurons cannot say so much, and do not copy: the class is decided when it should.',
			breaks: 'fresh',
		},
	],
	steps: ({ params }) => params.steps + twinSteps * cloneTimes.length,
	async *frames(run, _lab, signal) {
		const { params, seed, seeds } = run;
		const breathe = breather(signal);
		const replicas = Array.from({ length: seeds }, (_, r) => seed + r);
		const stops = stopsOf(run);
		const schooling = {
			...params,
			batch,
			activation: params.activation as Activation,
			points: Number(params.points),
		};
		const schools = replicas.map((each) => schooled(mixture, schooling, each, stops, breathe));
		const tests = drawBatch(mixture, judged, random(seed, 'diffusion-speciation/tests'));
		let nets: Denoiser[] = [];
		let told = { loss: NaN, early: { x: [], y: [] } as Curve, late: { x: [], y: [] } as Curve };
		for (const step of stops) {
			nets = [];
			for (const school of schools) {
				const { value } = await school.next();
				if (value) nets.push(value.net);
			}
			const loss = mean(nets.map((net) => lossOf(net, tests)));
			told = { loss, early: forceOf(nets, 'early', seed), late: forceOf(nets, 'late', seed) };
			yield { step, trained: step, twins: null, ...told };
		}
		const asked = { pairs: params.pairs, steps: pathSteps };
		const streams = replicas.map((each) => random(each, 'diffusion-speciation/learned'));
		for (const [k, t] of cloneTimes.entries()) {
			let sum = 0;
			for (const [r, net] of nets.entries())
				sum += await cloneLearned(net, mixture, t, asked, streams[r]!, breathe);
			const step = params.steps + twinSteps * (k + 1);
			yield { step, trained: null, twins: { t, share: sum / seeds }, ...told };
		}
	},
	summary({ params, predictions: told }) {
		const one = (id: string) => told.find((p) => p.id === id);
		const [loss, twins] = [one('loss'), one('phi')];
		const gaps = twins?.measured.map((share, i) => Math.abs(share - (twins.predicted[i] ?? NaN)));
		return (
			`After ${loss?.x.at(-1) ?? 0} of ${String(params.steps)} steps the loss is ${showNumber(loss?.measured.at(-1) ?? NaN)}, above a floor of ${showNumber(loss?.predicted[0] ?? NaN)}; ` +
			`twins that follow the learned score differ from φ(t) by at most ${showNumber(Math.max(...(gaps?.length ? gaps : [NaN])))}.`
		);
	},
});
