/**
 * The lazy regime of a two-layer ReLU network on a circle. Conventions of the whole lesson:
 *   h(x) = √(2/m) Σ_j a_j relu(w_j·x), trained as f = αh from f = 0 on the loss
 *   (1/α²) · ½ Σ_i (f(x_i) − y_i)² with step size η, so that f feels the kernel of h whatever α is.
 * "Loss" in curves is the sum of squares |f − y|², without the ½ and the 1/α².
 */
import { sumOfSquares } from '#theory/arrays.ts';
import { circulantEigen, circulantSpectrum } from '#theory/circulant.ts';
import type { Eigen } from '#theory/eigen.ts';
import { kernelDescent, multiply, type KernelDescent } from '#theory/kernelDescent.ts';
import { random } from '#theory/random.ts';
import { reluNtk } from '#theory/reluNtk.ts';
import { drawTwoLayer, type TwoLayer } from '#theory/twoLayer.ts';

/** Data, target and step size: all that the infinitely wide network depends on. */
export interface Problem {
	/** Even number of points on the circle. */
	readonly n: number;
	/** β, the height the circle is lifted to before its points are brought to length 1. */
	readonly lift: number;
	readonly frequencies: readonly number[];
	/** Step size in units of 1/λ_max(K). */
	readonly step: number;
}

/** k angles 2πi/k, evenly spaced round the circle. */
export function angles(k: number): number[] {
	return Array.from({ length: k }, (_, i) => (2 * Math.PI * i) / k);
}

/** Unit inputs (cos p, sin p, β)/√(1 + β²), shape [k, 3]. */
export function circle(at: readonly number[], lift: number): Float64Array {
	const norm = Math.hypot(1, lift);
	return Float64Array.from(
		at.flatMap((p) => [Math.cos(p) / norm, Math.sin(p) / norm, lift / norm]),
	);
}

/** r = x·x′ of two inputs an angle p apart on the circle. */
export function circleCosine(p: number, lift: number): number {
	return (Math.cos(p) + lift * lift) / (1 + lift * lift);
}

/** First row of K = Θ(X, X) for n points, infinitely wide; K is circulant. */
export function kernelRow(n: number, lift: number): number[] {
	return angles(n).map((p) => reluNtk(1, circleCosine(p, lift)));
}

/** λ_k, the eigenvalue of K for frequency k = 0 … n/2. */
export function spectrum(n: number, lift: number): number[] {
	return circulantSpectrum(kernelRow(n, lift)).slice(0, n / 2 + 1);
}

/** η = step/λ_max(K). */
export function stepSize({ n, lift, step }: Problem): number {
	return step / Math.max(...spectrum(n, lift));
}

/** The target: cos p for frequency 1 and ½ cos(kp + (k − 1) mod 3) for the others, summed. */
export function target(frequencies: readonly number[], p: number): number {
	return frequencies.reduce(
		(sum, k) => sum + (k === 1 ? 1 : 0.5) * Math.cos(k * p + ((k - 1) % 3)),
		0,
	);
}

/** Targets at the n training angles. */
export function targets({ n, frequencies }: Problem): Float64Array {
	return Float64Array.from(angles(n), (p) => target(frequencies, p));
}

/**
 * Losses are followed down to 10⁻⁴ of the first, |y|²: below that a relative distance says nothing,
 * and a trained network soon meets its rounding.
 */
export function lossFloor(problem: Problem): number {
	return 1e-4 * sumOfSquares(targets(problem));
}

/** Gradient descent with a fixed kernel, its loss kept above `lossFloor` and below 10³⁰⁰. */
export interface Dynamics extends KernelDescent {
	/** The function learnt, f_t = Θ(·, X) K⁻¹(I − (I − ηK)^t) y at the angles it was asked for. */
	learnt(t: number): Float64Array;
}

/** The infinitely wide network: K from the arc-cosine formula, its eigenvectors the Fourier modes. */
export function infiniteWidth(problem: Problem, at: readonly number[] = []): Dynamics {
	const { n, lift } = problem;
	const rows = at.flatMap((p) => angles(n).map((q) => reluNtk(1, circleCosine(p - q, lift))));
	return dynamics(problem, circulantEigen(kernelRow(n, lift)), Float64Array.from(rows));
}

/** Descent with the kernel of this eigendecomposition; `rows` is Θ(·, x_i) at points of interest. */
export function dynamics(problem: Problem, kernel: Eigen, rows: Float64Array): Dynamics {
	const y = targets(problem);
	const descent = kernelDescent(kernel, y, stepSize(problem));
	const floor = lossFloor(problem);
	return {
		...descent,
		loss: (t) => Math.min(1e300, Math.max(floor, descent.loss(t))),
		learnt: (t) => multiply(rows, descent.coefficients(t)),
	};
}

/** The start of replica r of a run, from seed + r: mirrored neurons, Gaussian outer weights. */
export function start(width: number, seed: number, stream = 'ntk/weights'): TwoLayer {
	const shape = { width, dimension: 3, outer: 'gauss', mirrored: true } as const;
	return drawTwoLayer(shape, random(seed, `${stream}/${width}`));
}

/**
 * Expected length |θ_0| = √(4m): of the 4m weights (three in, one out per neuron) each has variance 1.
 */
function startLength(width: number): number {
	return Math.sqrt(4 * width);
}

/** |θ_t − θ_0|/|θ_0| as the infinitely wide network predicts it, for scale α. */
export function relativeTravel(problem: Problem, width: number, alpha: number, t: number): number {
	return Math.sqrt(infiniteWidth(problem).travelSquared(t)) / (alpha * startLength(width));
}
