/** Gradient descent on a Chebyshev polynomial, and the sharpness along the way. */
import type { Job, Run } from '#contract';
import { concatenate, repeat } from '#theory/arrays.ts';
import { largestEigenvalue, type Top } from '#theory/lanczos.ts';
import { meanSquare, type Samples, type Surface } from '#theory/meanSquare.ts';
import { memo } from '#theory/memo.ts';
import { drawMlp, mlpLayers, type Mlp } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';

export type EdgeParams = {
	/** η of each network; all start alike. */
	stepSizes: readonly number[];
	width: number;
	/** Of the target T_k. */
	degree: number;
	steps: number;
};
export type EdgeRun = Run<EdgeParams>;

const points = 20;

/** y = T_k(x) = cos(k arccos x) on 20 equally spaced points of [−1, 1]. */
export function chebyshev(degree: number): Samples {
	const x = Float64Array.from({ length: points }, (_, i) => -1 + (2 * i) / (points - 1));
	return { x, y: x.map((at) => Math.cos(degree * Math.acos(at))) };
}

export function edgeNet(width: number): Mlp {
	return { sizes: [1, width, width, 1], activation: 'tanh' };
}

export function edgeSurface({ width, degree }: Pick<EdgeParams, 'width' | 'degree'>): Surface {
	return meanSquare(edgeNet(width), chebyshev(degree));
}

export function edgeStart(width: number, seed: number): Float64Array {
	return drawMlp(edgeNet(width), 1, random(seed, 'loss-landscape/edge'));
}

/** The threshold of gradient descent on a quadratic: λ_max = 2/η. */
export function threshold(stepSize: number): number {
	return 2 / stepSize;
}

/** λ_max at θ, from a vector near the top if one is known: then ten products do. */
export function sharpness(surface: Surface, theta: Float64Array, near?: Float64Array): Top {
	const { normal } = random(0, 'loss-landscape/lanczos');
	const start = near ?? Float64Array.from({ length: surface.size }, normal);
	return largestEigenvalue(surface.hessianProduct(theta), start, near ? 10 : 60, 1e-4);
}

/** Of the start of one seed, before any training: sharpness and loss. */
export const startOf = memo(
	({ width, degree, seed }: { width: number; degree: number; seed: number }) => {
		const surface = edgeSurface({ width, degree });
		const theta = edgeStart(width, seed);
		return { sharpness: sharpness(surface, theta).value, loss: surface.loss(theta) };
	},
	512,
);

/** Replica r · k + i is seed + r at the i-th of k step sizes. */
export function edgeJob({ params, seed, seeds }: EdgeRun): Job {
	const { stepSizes, width, degree } = params;
	const { x, y } = chebyshev(degree);
	const replicas = seeds * stepSizes.length;
	const starts = Array.from({ length: seeds }, (_, r) => edgeStart(width, seed + r));
	return {
		network: {
			sizes: edgeNet(width).sizes,
			activation: 'tanh',
			scales: [1, 1, 1],
			biases: true,
		},
		optimiser: {
			kind: 'gd',
			stepSize: starts.flatMap(() => stepSizes),
		},
		replicas,
		weights: mlpLayers(edgeNet(width)).map(({ from, out, in: columns }) =>
			concatenate(
				starts.flatMap((theta) =>
					stepSizes.map(() => theta.subarray(from, from + out * (columns + 1))),
				),
			),
		),
		x: repeat(x, replicas),
		y: repeat(y, replicas),
		lossFactor: 2 / points,
	};
}
