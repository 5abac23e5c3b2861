/** What multiplying a layer by c, and dividing the next by c, does to a network and to its curvature. */
import type { Run } from '#contract';
import { largestEigenvalue } from '#theory/lanczos.ts';
import { hessian } from '#theory/meanSquare.ts';
import { memo } from '#theory/memo.ts';
import { mlpLayers, type Mlp } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';
import { blocksOf, drawDirection, meanCurvature, type Normalisation } from './directions.ts';
import { netOf, surfaceOf, trained, type Setting } from './network.ts';

export type RescalingParams = {
	c: number;
	width: number;
	activation: 'relu' | 'tanh';
	steps: number;
};
export type RescalingRun = Run<RescalingParams>;

/** c = 1/4 … 4, by factors of √2 or nearly. */
export const factors = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4];

/** Places on a slice, −½ … ½. */
export const places = Array.from({ length: 41 }, (_, i) => (i - 20) / 40);

export function settingOf({ params: { width, activation, steps } }: RescalingRun): Setting {
	return { width, activation, steps };
}

/** W₁, b₁ → c W₁, c b₁ and W₂ → W₂/c; all other parameters stay. */
export function rescale(net: Pick<Mlp, 'sizes'>, theta: Float64Array, c: number): Float64Array {
	const [first, second] = mlpLayers(net);
	const result = theta.slice();
	for (let i = 0; i < second!.from; i++) result[i] = theta[i]! * c;
	eachWeight(second!, (i) => (result[i] = theta[i]! / c));
	return first ? result : theta;
}

/** tr H_11, tr H_22 and the rest of the trace, and λ_max of the first two blocks. */
interface Blocks {
	readonly first: number;
	readonly second: number;
	readonly rest: number;
	readonly firstTop: number;
	readonly secondTop: number;
	/** Σ_f (|θ_f|²/n_f) tr H_ff. */
	readonly weighted: number;
}

/** λ_max, trace and so on at the reference network of this seed, c = 1. */
export const blocksAt = memo(({ setting, seed }: { setting: Setting; seed: number }): Blocks => {
	const theta = trained({ setting, seed });
	const surface = surfaceOf(setting);
	const net = netOf(setting);
	const H = hessian(surface, theta);
	const P = surface.size;
	const [, second] = mlpLayers(net);
	const inFirst = Array.from({ length: second!.from }, (_, i) => i);
	const inSecond: number[] = [];
	eachWeight(second!, (i) => inSecond.push(i));
	const diagonal = Array.from(theta, (_, i) => H[i * P + i]!);
	const trace = (at: readonly number[]) => at.reduce((sum, i) => sum + diagonal[i]!, 0);
	const top = (at: readonly number[]) => {
		const { normal } = random(0, 'loss-landscape/lanczos');
		const multiply = (v: Float64Array) =>
			Float64Array.from(at, (i) => at.reduce((sum, j, k) => sum + H[i * P + j]! * v[k]!, 0));
		return largestEigenvalue(multiply, Float64Array.from(at, normal), 100, 1e-12).value;
	};
	const [a, b] = [trace(inFirst), trace(inSecond)];
	return {
		first: a,
		second: b,
		rest: diagonal.reduce((sum, value) => sum + value, 0) - a - b,
		firstTop: top(inFirst),
		secondTop: top(inSecond),
		weighted: meanCurvature(blocksOf(net, theta, 'filter'), diagonal),
	};
}, 64);

/** tr H_c = tr H_11/c² + c² tr H_22 + rest. */
export function traceAt(
	{ first, second, rest }: Pick<Blocks, 'first' | 'second' | 'rest'>,
	c: number,
): number {
	return first / c ** 2 + c ** 2 * second + rest;
}

/** The c of smallest trace: c⁴ = tr H_11/tr H_22. */
export function flattest({ first, second }: Pick<Blocks, 'first' | 'second'>): number {
	return (first / second) ** 0.25;
}

/** λ_max(H_c) ≥ max(λ_max(H_11)/c², c² λ_max(H_22)): a principal block has no larger eigenvalue. */
export function sharpnessBound({ firstTop, secondTop }: Blocks, c: number): number {
	return Math.max(firstTop / c ** 2, c ** 2 * secondTop);
}

/** The direction of one seed through θ; the same Gaussian numbers for every θ and both kinds. */
export function sliceDirection(
	net: Mlp,
	theta: Float64Array,
	how: Normalisation,
	seed: number,
): Float64Array {
	const stream = random(seed, 'loss-landscape/rescaling');
	return drawDirection(blocksOf(net, theta, how), theta.length, stream);
}

/**
 * The slice through the network rescaled by c, computed at the reference network itself: the loss at
 * S_c(θ) + a d is the loss at θ + a S_c⁻¹ d. With normalised directions S_c⁻¹ d does not depend on c.
 */
export function predictedSlice(
	setting: Setting,
	seed: number,
	how: 'raw' | 'filter',
	c: number,
): number[] {
	const net = netOf(setting);
	const theta = trained({ setting, seed });
	const surface = surfaceOf(setting);
	const d = sliceDirection(net, theta, how, seed);
	const back = how === 'raw' ? rescale(net, d, 1 / c) : d;
	return places.map((a) => surface.loss(theta.map((value, i) => value + a * back[i]!)));
}

function eachWeight(
	layer: { from: number; out: number; in: number },
	visit: (i: number) => void,
): void {
	for (let j = 0; j < layer.out; j++)
		for (let k = 0; k < layer.in; k++) visit(layer.from + j * (layer.in + 1) + k);
}
