/**
 * Denoising score matching (Vincent 2011): a network sees x_t = e^(−t) x_0 + √D_t z and is asked for z.
 * The best answer is −√D_t ∇ log p_t(x_t).
 */
import { random, type Random } from '#theory/random.ts';
import { adam } from './adam.ts';
import { backward, drawDenoiser, forward, type Activation, type Denoiser } from './denoiser.ts';
import { classesAt, noiseAt, type Mixture } from './mixture.ts';
import { cloned, clock, drawAt, projections, shareAgreeing } from './walk.ts';

/** Noise levels that are trained: t uniform between these. */
export const times = { least: 0.02, most: 3 };
export const largestStep = 1e-2;

export interface Schooling {
	readonly width: number;
	readonly activation: Activation;
	readonly batch: number;
	readonly steps: number;
	/** How many data points there are, drawn once; 0 where every batch is new. */
	readonly points: number;
}

/** Inputs [n, d + 2] and the noise [n, d] that is to be found. */
export interface Batch {
	readonly inputs: Float64Array;
	readonly noise: Float64Array;
	readonly t: Float64Array;
}

/** Draws n noisy points at random times; from `data`, shape [points, d], where there is any. */
export function drawBatch(mixture: Mixture, n: number, stream: Random, data?: Float64Array): Batch {
	const { d, mu, s } = mixture;
	const inputs = new Float64Array(n * (d + 2));
	const noise = new Float64Array(n * d);
	const t = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		const time = times.least + (times.most - times.least) * stream.uniform();
		const [shrink, blur] = [Math.exp(-time), Math.sqrt(noiseAt(time))];
		const side = stream.uniform() < 0.5 ? -mu : mu;
		const from = data ? Math.floor((stream.uniform() * data.length) / d) * d : 0;
		for (let k = 0; k < d; k++) {
			const clean = data ? data[from + k]! : side + s * stream.normal();
			const z = stream.normal();
			noise[i * d + k] = z;
			inputs[i * (d + 2) + k] = shrink * clean + blur * z;
		}
		inputs[i * (d + 2) + d] = shrink;
		inputs[i * (d + 2) + d + 1] = blur;
		t[i] = time;
	}
	return { inputs, noise, t };
}

/** Trains a network and hands it over after each of the given numbers of steps. */
export async function* schooled(
	mixture: Mixture,
	{ width, activation, batch, steps, points }: Schooling,
	seed: number,
	stops: readonly number[],
	breathe: () => Promise<void>,
): AsyncGenerator<{ step: number; net: Denoiser }> {
	const { d } = mixture;
	const stream = random(seed, 'diffusion-speciation/schooling');
	const net = drawDenoiser([d + 2, width, width, d], activation, stream);
	const data = points > 0 ? drawAt(mixture, 0, points, stream) : undefined;
	const move = adam(net.layers);
	for (let step = 0; step <= steps; step++) {
		if (stops.includes(step)) yield { step, net };
		if (step === steps) return;
		await breathe();
		const { inputs, noise } = drawBatch(mixture, batch, stream, data);
		forward(net, inputs);
		backward(net, inputs, noise);
		move(largestStep * (1 - step / steps));
	}
}

/** Mean of |e − z|² over a batch. */
export function lossOf(net: Denoiser, { inputs, noise }: Batch): number {
	const out = forward(net, inputs);
	let sum = 0;
	for (let k = 0; k < noise.length; k++) sum += (out[k]! - noise[k]!) ** 2;
	return (sum * net.layers.at(-1)!.outputs) / noise.length;
}

/** The network's score −e/√D_t at points x, [n, d], of one time. */
export function learnedScore(net: Denoiser, x: Float64Array, d: number, t: number): Float64Array {
	const n = x.length / d;
	const [shrink, blur] = [Math.exp(-t), Math.sqrt(noiseAt(t))];
	const inputs = new Float64Array(n * (d + 2));
	for (let i = 0; i < n; i++) {
		inputs.set(x.subarray(i * d, (i + 1) * d), i * (d + 2));
		inputs[i * (d + 2) + d] = shrink;
		inputs[i * (d + 2) + d + 1] = blur;
	}
	return forward(net, inputs).map((e) => -e / blur);
}

/** Clones made from p_t at time `start`, run back with the learned score; the share that agrees. */
export async function cloneLearned(
	net: Denoiser,
	mixture: Mixture,
	start: number,
	{ pairs, steps }: { pairs: number; steps: number },
	stream: Random,
	breathe: () => Promise<void>,
): Promise<number> {
	const { d } = mixture;
	const x = cloned(drawAt(mixture, start, pairs, stream));
	const ticks = clock(start, steps, times.least);
	for (let k = 0; k < steps; k++) {
		await breathe();
		const dt = ticks[k]! - ticks[k + 1]!;
		const score = learnedScore(net, x, d, ticks[k]!);
		const kick = Math.sqrt(2 * dt);
		for (let j = 0; j < x.length; j++)
			x[j]! += dt * (x[j]! + 2 * score[j]!) + kick * stream.normal();
	}
	return shareAgreeing(projections(x, d));
}

/** Points of p_t whose projection on m is u, shape [n, d]. */
export function drawAcross(mixture: Mixture, t: number, u: number, n: number, stream: Random) {
	const { d } = mixture;
	const deviation = Math.sqrt(classesAt(mixture, t).spread);
	const x = new Float64Array(n * d).map(() => deviation * stream.normal());
	projections(x, d).forEach((along, i) => {
		for (let k = i * d; k < (i + 1) * d; k++) x[k]! += (u - along) / Math.sqrt(d);
	});
	return x;
}
