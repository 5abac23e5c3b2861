/** Random networks, drawn, run forwards and backwards in plain numbers: no training. */
import { random, type Random } from '#theory/random.ts';
import type { Activation } from './activations.ts';

export type Law = 'normal' | 'uniform';

/** A draw of mean 0 and variance 1. */
export function unitDraw(law: Law, { normal, uniform }: Random): () => number {
	return law === 'normal' ? normal : () => Math.sqrt(12) * (uniform() - 0.5);
}

/** W of variance 1 and b, shared by all starts of a run: each scales them by its own σ. */
export interface Layer {
	readonly weights: Float32Array;
	readonly biases: Float32Array;
}

export function drawLayer(width: number, law: Law, source: Random): Layer {
	const draw = unitDraw(law, source);
	const weights = new Float32Array(width * width);
	for (let i = 0; i < weights.length; i++) weights[i] = draw();
	return { weights, biases: Float32Array.from({ length: width }, source.normal) };
}

/** z = σ_w W h/√n + σ_b b. */
export function forward(
	{ weights, biases }: Layer,
	h: Float64Array,
	weight: number,
	bias: number,
): Float64Array {
	const n = h.length;
	const [s, t] = [Math.sqrt(weight / n), Math.sqrt(bias)];
	return Float64Array.from(biases, (b, i) => {
		let sum = 0;
		for (let j = 0, at = i * n; j < n; j++, at++) sum += weights[at]! * h[j]!;
		return s * sum + t * b;
	});
}

/** σ_w Wᵀδ/√n. */
export function backward({ weights }: Layer, delta: Float64Array, weight: number): Float64Array {
	const n = delta.length;
	const s = Math.sqrt(weight / n);
	const down = new Float64Array(n);
	for (let i = 0, at = 0; i < n; i++) {
		const d = s * delta[i]!;
		for (let j = 0; j < n; j++, at++) down[j]! += weights[at]! * d;
	}
	return down;
}

/** Σ_i a_i b_i/n. */
export function meanProduct(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum / a.length;
}

/** A direction of mean square 1. */
export function unitInput(width: number, { normal }: Random): Float64Array {
	const x = Float64Array.from({ length: width }, normal);
	const size = Math.sqrt(meanProduct(x, x));
	return x.map((v) => v / size);
}

export interface Sizes {
	readonly width: number;
	readonly depth: number;
	readonly law: Law;
}

/** Mean squares of z_l and of ∂f/∂z_l for one network per start, all with the same draws. */
export async function propagate(
	{ width, depth, law }: Sizes,
	activation: Activation,
	starts: readonly { readonly weight: number; readonly bias: number }[],
	seed: number,
	breathe: () => Promise<void>,
): Promise<{ signal: number[]; gradient: number[] }[]> {
	const source = random(seed, 'initialization/propagate');
	const { phi, slope } = activation;
	const x = unitInput(width, source);
	const layers: Layer[] = [];
	const z: Float64Array[][] = starts.map(() => []);
	for (let l = 0; l < depth; l++) {
		await breathe();
		const layer = drawLayer(width, law, source);
		layers.push(layer);
		starts.forEach(({ weight, bias }, k) => {
			const h = l === 0 ? x : z[k]![l - 1]!.map(phi);
			z[k]!.push(forward(layer, h, weight, bias));
		});
	}
	const readout = Float64Array.from({ length: width }, source.normal);
	const all: { signal: number[]; gradient: number[] }[] = [];
	for (const [k, { weight }] of starts.entries()) {
		const gradient = new Array<number>(depth);
		let arriving: Float64Array = readout;
		for (let l = depth - 1; l >= 0; l--) {
			await breathe();
			const delta = arriving.map((d, i) => d * slope(z[k]![l]![i]!));
			gradient[l] = meanProduct(delta, delta);
			if (l > 0) arriving = backward(layers[l]!, delta, weight);
		}
		all.push({ signal: z[k]!.map((v) => meanProduct(v, v)), gradient });
	}
	return all;
}
