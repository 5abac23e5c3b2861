/** The networks of the figure "separation": where they start, how they train, what they are made of. */
import type { Job, Run } from '#contract';
import { repeat, split } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';
import { affinePieces } from './onALine.ts';
import type { Layer, ReluNet } from './reluNet.ts';
import { sawtooth } from './sawtooth.ts';

export type SeparationParams = {
	folds: number;
	widths: readonly number[];
	activation: string;
	steps: number;
	rate: number;
};
export type SeparationRun = Run<SeparationParams>;

/** Hidden widths of the deep network. */
export const deepWidths = [8, 8, 8, 8];
export const deepUnits = deepWidths.reduce((a, b) => a + b);

/** Midpoints of 256 equal cells of [0, 1]. */
export const samples = 256;
export const inputs = Float64Array.from({ length: samples }, (_, i) => (i + 0.5) / samples);

export function targets(folds: number): Float64Array {
	return inputs.map((x) => sawtooth(folds, x));
}

/** Mean of (f − y)² over the samples, from the outputs on them. */
export function meanSquare(outputs: Float64Array, folds: number): number {
	const y = targets(folds);
	return outputs.reduce((sum, f, i) => sum + (f - y[i]!) ** 2, 0) / samples;
}

/** Times of the frames: every one of the first few, then a share further each time. */
export function clock({ params: { steps } }: SeparationRun): number[] {
	const times = [0];
	for (let t = 10; t < steps; t = Math.ceil((1.15 * t) / 10) * 10) times.push(t);
	return [...times, steps];
}

/** Seeds of all widths side by side, seed after seed within a width; narrower ones padded with dead units. */
export function shallowJob(run: SeparationRun): Job {
	const { widths } = run.params;
	const widest = Math.max(...widths);
	const starts = widths.flatMap((m) =>
		seedsOf(run).map((seed) => draw([m], random(seed, `depth/shallow/${m}`), widest)),
	);
	return job(run, [1, widest, 1], starts);
}

export function deepJob(run: SeparationRun): Job {
	const starts = seedsOf(run).map((seed) => draw(deepWidths, random(seed, 'depth/deep')));
	return job(run, [1, ...deepWidths, 1], starts);
}

function seedsOf({ seed, seeds }: SeparationRun): number[] {
	return Array.from({ length: seeds }, (_, r) => seed + r);
}

function job(run: SeparationRun, sizes: readonly number[], starts: readonly Float64Array[][]): Job {
	const { folds, activation, steps, rate } = run.params;
	return {
		network: {
			sizes,
			activation: activation === 'tanh' ? 'tanh' : 'relu',
			scales: sizes.slice(1).map(() => 1),
			biases: true,
		},
		optimiser: { kind: 'adam', stepSize: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
		schedule: Array.from({ length: steps }, (_, t) => (1 + Math.cos((Math.PI * t) / steps)) / 2),
		replicas: starts.length,
		weights: sizes.slice(1).map((_, l) => concatenateAll(starts.map((start) => start[l]!))),
		x: repeat(inputs, starts.length),
		y: repeat(targets(folds), starts.length),
		lossFactor: 2 / samples,
	};
}

function concatenateAll(parts: readonly Float64Array[]): Float64Array {
	return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}

/**
 * One start, weights [out, in + 1] per layer: He's variance 2/fan-in; kinks of the first layer uniform
 * on [0, 1]; later biases 0, the last ½. Units beyond the width are zero and stay so: neither they nor
 * what they feed receives a gradient.
 */
function draw(
	widths: readonly number[],
	source: ReturnType<typeof random>,
	padded = widths[0]!,
): Float64Array[] {
	const sizes = [1, ...widths, 1];
	return sizes.slice(1).map((out, l) => {
		const into = sizes[l]!;
		const isLast = l === widths.length;
		const columns = (l === 1 ? padded : into) + 1;
		const weights = new Float64Array((l === 0 ? padded : out) * columns);
		for (let j = 0; j < out; j++) {
			for (let i = 0; i < into; i++)
				weights[j * columns + i] = Math.sqrt(2 / into) * source.normal();
			weights[(j + 1) * columns - 1] =
				l === 0 ? -weights[j * columns]! * source.uniform() : isLast ? 0.5 : 0;
		}
		return weights;
	});
}

/**
 * The affine pieces on [0, 1] of each trained network, NaN where the weights are not finite;
 * no counts at all for smooth units. `weights` as the probe gives them, [R, P].
 */
export function piecesOf(weights: Float64Array, { network, replicas }: Job): number[] {
	if (network.activation !== 'relu') return [];
	return split(weights, replicas).map((own) =>
		own.every(Number.isFinite) ? affinePieces(unpack(own, network.sizes), 0, 1) : NaN,
	);
}

function unpack(weights: Float64Array, sizes: readonly number[]): ReluNet {
	let at = 0;
	return sizes.slice(1).map((out, l): Layer => {
		const columns = sizes[l]! + 1;
		const rows = split(weights.subarray(at, (at += out * columns)), out);
		return {
			weights: Float64Array.from(rows.flatMap((row) => Array.from(row.subarray(0, -1)))),
			biases: Float64Array.from(rows, (row) => row.at(-1)!),
		};
	});
}
