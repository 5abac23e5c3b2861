/** The networks of the figure "training": their knots, their start, the job, and least squares on the knots. */
import type { Job, Run } from '#contract';
import { bestPieces } from '#theory/bestPieces.ts';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { fitHats, networkThrough } from './interpolant.ts';
import { targetOf } from './target.ts';

export type TrainingParams = {
	target: string;
	widest: number;
	trained: string;
	steps: number;
};

/** Widths from 4 on, doubled. */
export function widthsOf({ widest }: { widest: number }): number[] {
	const widths = [4];
	while (widths.at(-1)! * 2 <= widest) widths.push(widths.at(-1)! * 2);
	return widths;
}

/** Training points: midpoints of N cells, eight for each piece of the widest network. */
export function points({ widest }: { widest: number }): number[] {
	const n = 8 * (widthsOf({ widest }).at(-1) ?? 4);
	return Array.from({ length: n }, (_, i) => (i + 0.5) / n);
}

/** Uniform knots, each inner one moved by up to a fifth of a cell. */
export function jitteredKnots(m: number, seed: number): number[] {
	const { uniform } = random(seed, `knots ${m}`);
	return Array.from({ length: m + 1 }, (_, j) =>
		j === 0 || j === m ? j / m : (j + 0.4 * (uniform() - 0.5)) / m,
	);
}

type Setting = Pick<TrainingParams, 'target' | 'widest'>;

/** Heights at the knots of the least squares fit to the training points. */
export function fittedHeights({ target, widest }: Setting, knots: readonly number[]): number[] {
	const { f } = targetOf(target);
	const samples = points({ widest }).map((x) => {
		const cell = cellOf(knots, x);
		const [a, b] = [knots[cell]!, knots[cell + 1]!];
		return { cell, t: (x - a) / (b - a), weight: 1, y: f(x) };
	});
	return fitHats(knots.length, samples);
}

/** The piecewise linear function through heights at knots. */
export function linearThrough(
	knots: readonly number[],
	heights: readonly number[],
	x: number,
): number {
	const cell = cellOf(knots, x);
	const [a, b] = [knots[cell]!, knots[cell + 1]!];
	const [u, v] = [heights[cell]!, heights[cell + 1]!];
	return u + ((v - u) * (x - a)) / (b - a);
}

function cellOf(knots: readonly number[], x: number): number {
	let cell = 0;
	while (cell < knots.length - 2 && knots[cell + 1]! < x) cell++;
	return cell;
}

/** Root mean square over the training points. */
export function rmsOnPoints({ target, widest }: Setting, model: (x: number) => number): number {
	const { f } = targetOf(target);
	const x = points({ widest });
	return Math.sqrt(x.reduce((sum, at) => sum + (model(at) - f(at)) ** 2, 0) / x.length);
}

interface Ensemble extends Setting {
	readonly seed: number;
	readonly seeds: number;
}

/** Least squares on each seed's own knots: rms on the training points, one row of widths per seed. */
export const fittedErrors = memo(({ seed, seeds, ...setting }: Ensemble): number[][] =>
	Array.from({ length: seeds }, (_, r) =>
		widthsOf(setting).map((m) => {
			const knots = jitteredKnots(m, seed + r);
			const heights = fittedHeights(setting, knots);
			return rmsOnPoints(setting, (x) => linearThrough(knots, heights, x));
		}),
	),
);

/** The floor of each width: rms of the best m + 1 straight pieces. */
export const floors = memo((setting: Setting): number[] => {
	const { f } = targetOf(setting.target);
	const widths = widthsOf(setting);
	const values = points(setting).map(f);
	const best = bestPieces({ values, most: widths.at(-1)! + 1 });
	return widths.map((m) => Math.sqrt(best[m]!));
});

/** Replica r · widths + i is seed r at width i: a narrow network is padded with units of zero weights, which stay so. */
export function trainingJob({ params, seed, seeds }: Run<TrainingParams>): Job {
	const { f } = targetOf(params.target);
	const x = points(params);
	const widths = widthsOf(params);
	const most = widths.at(-1)!;
	const replicas = seeds * widths.length;
	const inner = new Float64Array(replicas * most * 2);
	const outer = new Float64Array(replicas * (most + 1));
	for (let r = 0; r < seeds; r++)
		for (const [i, m] of widths.entries()) {
			const replica = r * widths.length + i;
			const knots = jitteredKnots(m, seed + r);
			const network = networkThrough(knots, knots.map(f));
			network.outer.forEach((a, j) => {
				// Inner and outer weight alike in size, and none so small that it cannot learn.
				const w = Math.sqrt(Math.abs(a) + 1e-3);
				inner.set([w, -w * network.knots[j]!], (replica * most + j) * 2);
				outer[replica * (most + 1) + j] = a / w;
			});
			outer[replica * (most + 1) + most] = network.constant;
		}
	const copies = (values: readonly number[]) =>
		Float64Array.from({ length: replicas * x.length }, (_, i) => values[i % x.length]!);
	return {
		network: {
			sizes: [1, most, 1],
			activation: 'relu',
			scales: [1, 1],
			biases: true,
			trained: [params.trained === 'all', true],
		},
		optimiser: { kind: 'adam', stepSize: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-12 },
		schedule: Array.from(
			{ length: params.steps },
			(_, t) => (1 + Math.cos((Math.PI * t) / params.steps)) / 2,
		),
		replicas,
		weights: [inner, outer],
		x: copies(x),
		y: copies(x.map(f)),
		lossFactor: 2 / x.length,
	};
}
