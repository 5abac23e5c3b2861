import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Axis,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
	type Tolerance,
} from '#contract';
import {
	estimation,
	testDeviation,
	testError,
	trainDeviation,
	trainError,
} from '../leastSquaresLaw.ts';
import * as shared from '../knobs.ts';
import { unseen, type Design } from '../model.ts';
import { freshInputs, partsOfRisk, sizesUpTo, type PartsOfRisk } from '../partsOfRisk.ts';

type Params = { n: number; sigma: number; decay: number; fullest: number; design: string };
interface SizesFrame extends Frame {
	readonly p: number[];
	/** One for each data set so far. */
	readonly parts: readonly PartsOfRisk[];
}
type SizesPrediction = Prediction<Params, SizesFrame>;
type Part = keyof PartsOfRisk;

/** Standard errors allowed: one verdict looks at some fifteen places. */
const z = 4;
const sizesOf = ({ params }: Run<Params>) => sizesUpTo(params.n, params.fullest);

const roomLeft: Hypothesis<Params> = {
	id: 'room',
	text: 'the largest size leaves eight samples over, p ≤ n − 8',
	broken: (run) => {
		const [p, n] = [sizesOf(run).at(-1)!, run.params.n];
		return p <= n - 8
			? null
			: `p = ${p} > n − 8 = ${n - 8}: too near to p = n for a mean over data sets to settle`;
	},
};
const independent: Hypothesis<Params> = {
	id: 'independent',
	text: 'the coordinates are independent',
	broken: ({ params }) =>
		params.design === 'independent'
			? null
			: 'neighbouring coordinates are correlated: the seen ones tell about the unseen',
};

/** The tolerance of a mean over data sets, from the deviation of one. */
const standardErrors =
	(deviation: (params: Params, p: number) => number, draws = 1) =>
	(run: Run<Params>): Tolerance =>
		sizesOf(run).map((p) => [
			p,
			(z * deviation(run.params, p)) / Math.sqrt(run.seeds * draws) + 1e-9,
		]);

function prediction(
	id: Part,
	panel: string,
	title: string,
	labels: SizesPrediction['labels'],
	law: (params: Params, p: number) => number,
	within: (run: Run<Params>) => Tolerance,
	because: string,
): SizesPrediction {
	return {
		id,
		title,
		labels,
		source: { cite: 'breiman1983', where: 'the setting; the formula is proved in the lesson' },
		equation: panel === 'errors' ? 'eq:ols' : 'eq:parts',
		panel,
		draws: 'replace',
		claim: { kind: 'equal', gap: 'absolute', within, because },
		hypotheses: id === 'approximation' ? [independent] : [roomLeft, independent],
		predict: (run) => {
			const x = sizesOf(run);
			return { x, y: x.map((p) => law(run.params, p)) };
		},
		measure: ({ p, parts }) =>
			ensemble(
				p,
				parts.map((one) => one[id]),
			),
	};
}

const byLaw = `${z} standard errors of a mean over the data sets, with the deviation of the exact law s²χ²_p/χ²_{n−p+1}; its fourth moment exists where p ≤ n − 8`;
const predictions = [
	prediction(
		'test',
		'errors',
		'the error of the empirical minimiser on new points',
		{ predicted: 'test, by the formula', measured: 'test' },
		testError,
		standardErrors(testDeviation),
		byLaw,
	),
	prediction(
		'train',
		'errors',
		'its error on the training set',
		{ predicted: 'training, by the formula', measured: 'training' },
		trainError,
		standardErrors(trainDeviation),
		`${z} standard errors of a mean over the data sets: the training error is s²χ²_{n−p}/n`,
	),
	prediction(
		'approximation',
		'parts',
		'approximation: what the class cannot express',
		{ predicted: 'approximation', measured: 'best of the class' },
		({ decay }, p) => unseen(decay, p),
		standardErrors(({ decay }, p) => Math.SQRT2 * unseen(decay, p), freshInputs),
		`${z} standard errors of a mean of ${freshInputs} squares of normal variables per seed`,
	),
	prediction(
		'estimation',
		'parts',
		'estimation: what the sample cannot tell',
		{ predicted: 'estimation', measured: 'minimiser less best' },
		estimation,
		standardErrors(testDeviation),
		byLaw,
	),
];

const size: Axis = { label: 'features p', scale: 'log' };

export default defineFigure<Params, SizesFrame>({
	title: 'Too few features, too many',
	knobs: {
		n: shared.samples,
		sigma: shared.noise,
		decay: shared.decay,
		fullest: {
			kind: 'number',
			label: 'largest p, as a share of n',
			min: 0.5,
			max: 0.95,
			step: 0.05,
			default: 0.75,
			scale: 'linear',
		},
		design: {
			kind: 'choice',
			label: 'coordinates of an input',
			options: { independent: 'independent', correlated: 'correlated with their neighbours' },
			default: 'independent',
		},
	},
	seeds: 64,
	reduced: { params: { n: 32 }, seeds: 16 },
	panels: [
		{
			id: 'errors',
			title: 'Test and training error',
			x: size,
			y: { label: 'mean squared error', scale: 'linear' },
		},
		{
			id: 'parts',
			title: 'Where the error comes from',
			x: size,
			y: { label: 'part of the test error', scale: 'linear' },
		},
	],
	predictions,
	presets: [
		{
			id: 'silent',
			label: 'no noise',
			values: { sigma: 0 },
			why: 'The labels are exact, and large models still pay: the features that a model does not see are noise to it. The best size moves up to 31, and no further.',
		},
		{
			id: 'steep',
			label: 'a signal in few coordinates',
			values: { decay: 3 },
			why: 'Four features hold 98 % of the signal, and the best size falls to five. From there on every further feature costs more than it brings.',
		},
		{
			id: 'correlated',
			label: 'correlated coordinates',
			values: { design: 'correlated' },
			why: 'Coordinates that move together do not cancel. What is out of sight varies several times as much as τ²(p) says, although the last coordinate that is seen tells something about it; and as it is noise to the fit, every part is larger than its formula.',
			breaks: 'independent',
		},
		{
			id: 'crowded',
			label: 'hardly a sample over',
			values: { fullest: 0.95 },
			why: 'Near p = n a few data sets have hardly any information along some direction, and they carry the mean. It exists up to p = n − 2, but 64 draws do not find it.',
			breaks: 'room',
		},
	],
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		const p = sizesOf(run);
		const parts: PartsOfRisk[] = [];
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			await breathe();
			parts.push(partsOfRisk(run.params, run.params.design as Design, p, run.seed + r));
			yield { step: r + 1, p, parts: [...parts] };
		}
	},
	summary({ params, seeds, predictions: [test, train] }) {
		const { x = [], measured = [], predicted = [] } = test ?? {};
		const best = measured.indexOf(Math.min(...measured));
		const last = x.length - 1;
		return (
			`Over ${seeds} data sets of ${String(params.n)} samples the test error is least at p = ${x[best]}, ${showNumber(measured[best] ?? NaN)} ` +
			`(formula ${showNumber(predicted[best] ?? NaN)}); at p = ${x[last]} it is ${showNumber(measured[last] ?? NaN)} (formula ` +
			`${showNumber(predicted[last] ?? NaN)}) while the training error has fallen to ${showNumber(train?.measured[last] ?? NaN)}.`
		);
	},
});
