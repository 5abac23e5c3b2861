import {
	breather,
	defineFigure,
	ensemble,
	showNumber,
	type Frame,
	type Hypothesis,
	type Prediction,
	type Run,
} from '#contract';
import { random } from '#theory/random.ts';
import { kernels, regressionError, type Kernel } from '../harmonicLaw.ts';
import { plain, standardErrors, whole } from '../knobs.ts';
import {
	drawSphere,
	harmonic,
	kernelMatrix,
	predictions as prefixes,
	ridgeFactor,
	whiten,
} from '../ridge.ts';

type Params = { d: number; n: number; kernel: string; sigma: number; ridge: number };
type Degree = 1 | 2 | 3;
interface StairsFrame extends Frame {
	readonly n: number[];
	/** Mean square errors for each degree, one row per data set, along n. */
	readonly errors: Record<Degree, number[][]>;
}

const degrees: readonly Degree[] = [1, 2, 3];
/** Fresh points. */
const tests = 300;
const sweep = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
const sizes = ({ params }: Run<Params>) => sweep.filter((n) => n <= params.n);
const kernelOf = ({ params }: Run<Params>): Kernel =>
	params.kernel === 'tangent' ? 'tangent' : 'exponential';

/** Relative spread of the error of one data set, by degree, below and from twelve dimensions on. */
const spreads = {
	few: { 1: 0.5, 2: 0.2, 3: 0.16 },
	many: { 1: 0.25, 2: 0.13, 3: 0.12 },
} as const;

function estimate(run: Run<Params>, degree: Degree): number[] {
	const { d, ridge, sigma } = run.params;
	const energies = [0, 1, 2, 3].map((l) => (l === degree ? 1 : 0));
	const at = { kernel: kernelOf(run), d, ridge, noise: sigma ** 2 };
	return sizes(run).map((n) => regressionError({ ...at, n }, energies));
}

const manyDimensions: Hypothesis<Params> = {
	id: 'dimensions',
	text: 'there are many dimensions, eight or more',
	broken: ({ params: { d } }) => (d >= 8 ? null : `d = ${d}`),
};

const prediction = (degree: Degree, name: string): Prediction<Params, StairsFrame> => ({
	id: `degree-${degree}`,
	title: `a target of degree ${degree}`,
	labels: { predicted: `estimate, ${name}`, measured: name },
	source: { cite: 'canatar2021', where: 'the generalisation error of kernel regression, Results' },
	equation: 'eq:omniscient',
	panel: 'error',
	draws: 'replace',
	claim: {
		kind: 'limit',
		of: 'n, d → ∞',
		gap: 'absolute',
		within: (run) => {
			const { d } = run.params;
			const spread = spreads[d < 12 ? 'few' : 'many'][degree];
			return estimate(run, degree).map(
				(value, i) =>
					[sizes(run)[i]!, 0.4 / d + standardErrors(spread * value, run.seeds)] as const,
			);
		},
		because:
			'no error law is known: over 40 data sets the estimate was up to .035 below the mean at d = 12 and off by up to .053 at d = 8, hence 0.4/d; to this, four standard errors by the spread measured there, 12 to 25 % of the error of one data set',
	},
	hypotheses: [manyDimensions],
	predict: (run) => ({ x: sizes(run), y: estimate(run, degree) }),
	measure: ({ n, errors }) => ({ ...ensemble(n, errors[degree]), each: undefined }),
});

/** Harmonics of each degree in other coordinates, over which errors are averaged: they are all alike. */
const copies = (d: number) => Math.min(4, Math.floor(d / 3));

/** One data set: mean square errors for each degree along n. */
async function dataSet(run: Run<Params>, seed: number, breathe: () => Promise<void>) {
	const { d, sigma, ridge } = run.params;
	const n = sizes(run);
	const most = n.at(-1)!;
	const kernel = kernels[kernelOf(run)];
	const stream = random(seed, `curse/sphere/${d}`);
	const x = drawSphere(most, d, stream);
	const fresh = drawSphere(tests, d, stream);
	const noise = Float64Array.from({ length: most }, () => sigma * stream.normal());
	const factor = ridgeFactor(x, d, kernel, ridge);
	await breathe();
	const at = kernelMatrix(fresh, x, d, kernel);
	const targets = degrees.flatMap((degree) =>
		Array.from({ length: copies(d) }, (_, copy) => {
			const value = (points: Float64Array, i: number) =>
				harmonic[degree](points.subarray(i * d, (i + 1) * d), 3 * copy);
			const y = noise.map((e, i) => e + value(x, i));
			const truth = Float64Array.from({ length: tests }, (_, i) => value(fresh, i));
			return { degree, u: whiten(factor, y), truth };
		}),
	);
	const errors: Record<Degree, number[]> = {
		1: n.map(() => 0),
		2: n.map(() => 0),
		3: n.map(() => 0),
	};
	for (let i = 0; i < tests; i++) {
		await breathe();
		const w = whiten(factor, at.subarray(i * most, (i + 1) * most));
		for (const { degree, u, truth } of targets)
			prefixes(w, u, n).forEach((value, j) => {
				errors[degree][j]! += (value - truth[i]!) ** 2 / (tests * copies(d));
			});
	}
	return errors;
}

export default defineFigure<Params, StairsFrame>({
	title: 'A staircase of degrees',
	plain,
	knobs: {
		d: whole('dimension', 'd', [4, 16, 12]),
		n: {
			kind: 'number',
			label: 'samples, at most',
			symbol: 'n',
			min: 128,
			max: 1024,
			default: 512,
			step: 128,
			scale: 'log',
		},
		kernel: {
			kind: 'choice',
			label: 'kernel',
			options: { exponential: 'exp(x·x′)', tangent: 'tangent kernel of rectifiers' },
			default: 'exponential',
		},
		sigma: {
			kind: 'number',
			label: 'noise on the labels',
			symbol: '\\sigma',
			min: 0,
			max: 1,
			default: 0,
			step: 0.1,
			scale: 'linear',
		},
		ridge: {
			kind: 'number',
			label: 'ridge',
			symbol: '\\rho',
			min: 0.001,
			max: 10,
			default: 0.001,
			scale: 'log',
		},
	},
	seeds: 8,
	reduced: { params: { d: 8, n: 128 }, seeds: 4 },
	panels: [
		{
			id: 'error',
			title: 'What ridge regression leaves of each degree',
			x: { label: 'samples n', scale: 'log' },
			y: { label: 'mean square error, E f² = 1', scale: 'linear', domain: [0, 2] },
		},
	],
	predictions: [prediction(1, 'degree 1'), prediction(2, 'degree 2'), prediction(3, 'degree 3')],
	presets: [
		{
			id: 'tangent',
			label: 'the kernel of a network',
			values: { kernel: 'tangent' },
			why: 'The tangent kernel of rectifiers without biases has no odd degree above the first. A target of degree 3 is invisible to it, however many samples there are: its error stays above 1, the error of the answer 0.',
		},
		{
			id: 'sixteen',
			label: 'sixteen dimensions',
			values: { d: 16, n: 1024 },
			why: 'The first stair has moved from 12 to 16 samples, the second from 77 to 135, the third from 352 to 800. Each degree has a rate of its own.',
		},
		{
			id: 'noise',
			label: 'noisy labels',
			values: { sigma: 0.5, ridge: 0.1 },
			why: 'Noise is fitted along with the target, and most where a stair is about to fall: there nearly all samples are spent on one degree.',
		},
		{
			id: 'four',
			label: 'four dimensions',
			values: { d: 4, n: 256 },
			why: 'The estimate is for many dimensions. In four there are only 9 harmonics of degree 2 and 16 of degree 3, and the stairs run into each other.',
			breaks: 'dimensions',
		},
	],
	steps: (run) => run.seeds,
	async *frames(run, _lab, signal) {
		let errors: Record<Degree, number[][]> = { 1: [], 2: [], 3: [] };
		const breathe = breather(signal);
		for (let r = 0; r < run.seeds; r++) {
			const found = await dataSet(run, run.seed + r, breathe);
			errors = {
				1: [...errors[1], found[1]],
				2: [...errors[2], found[2]],
				3: [...errors[3], found[3]],
			};
			yield { step: r + 1, n: sizes(run), errors };
		}
	},
	summary({ params, predictions: told }) {
		const half = (id: string) => {
			const one = told.find((p) => p.id === id);
			return one?.x.find((_, i) => (one.measured[i] ?? 1) < 0.5) ?? null;
		};
		const say = (degree: Degree) => {
			const n = half(`degree-${degree}`);
			return n === null
				? `degree ${degree} is not half learnt`
				: `degree ${degree} is half learnt by n = ${n}`;
		};
		const last = told.map(({ measured }) => showNumber(measured.at(-1) ?? NaN)).join(', ');
		return `In ${String(params.d)} dimensions ${degrees.map(say).join(', ')}. In the end ${last} is left of the three.`;
	},
});
