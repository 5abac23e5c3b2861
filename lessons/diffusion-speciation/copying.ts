/** Clones that are run back with the score of a training set, and the time at which they begin to copy. */
import type { Random } from '#theory/random.ts';
import { drawBlurred, weigh } from './collapse.ts';
import { noiseAt, spreadAt } from './mixture.ts';
import { clock, cloned } from './walk.ts';

/** Whose score moves the paths: that of the training points, or of the law they were drawn from. */
export type ScoreOf = 'points' | 'law';

/** The share of clones made at time `start` whose nearest training point in the end is the same one. */
export async function shareCopying(
	points: Float64Array,
	d: number,
	start: number,
	{ pairs, steps, score, s }: { pairs: number; steps: number; score: ScoreOf; s: number },
	stream: Random,
	breathe: () => Promise<void>,
): Promise<number> {
	const x = cloned(drawBlurred(points, d, start, pairs, stream).x);
	const weights = new Float64Array(points.length / d);
	const mean = new Float64Array(d);
	const times = clock(start, steps);
	for (let step = 0; step < steps; step++) {
		const t = times[step]!;
		const dt = t - times[step + 1]!;
		const [shrink, kick] = [Math.exp(-t), Math.sqrt(2 * dt)];
		const spread = score === 'points' ? noiseAt(t) : spreadAt(s, t);
		const keep = 1 + dt * (1 - 2 / spread);
		const push = (2 * dt * shrink) / spread;
		for (let from = 0; from < x.length; from += d) {
			mean.fill(0);
			if (score === 'points') {
				if (from % (32 * d) === 0) await breathe();
				weigh(points, x, from, t, weights);
				average(points, weights, mean);
			}
			for (let k = 0; k < d; k++)
				x[from + k] = keep * x[from + k]! + push * mean[k]! + kick * stream.normal();
		}
	}
	let same = 0;
	for (let i = 0; i < pairs; i++)
		if (nearest(points, x, i * d, d) === nearest(points, x, (pairs + i) * d, d)) same++;
	return same / pairs;
}

function average(points: Float64Array, weights: Float64Array, mean: Float64Array): void {
	const d = mean.length;
	for (let b = 0; b < weights.length; b++) {
		const w = weights[b]!;
		if (w > 0) for (let k = 0; k < d; k++) mean[k]! += w * points[b * d + k]!;
	}
}

function nearest(points: Float64Array, x: Float64Array, from: number, d: number): number {
	let [best, least] = [-1, Infinity];
	for (let b = 0; b * d < points.length; b++) {
		let square = 0;
		for (let k = 0; k < d; k++) square += (x[from + k]! - points[b * d + k]!) ** 2;
		if (square < least) [best, least] = [b, square];
	}
	return best;
}

/** The mean of Σ w_b² over `probes` points of the blurred training set, and its standard error. */
export function twinsByWeights(
	points: Float64Array,
	d: number,
	t: number,
	probes: number,
	stream: Random,
): { mean: number; error: number } {
	const { x } = drawBlurred(points, d, t, probes, stream);
	const weights = new Float64Array(points.length / d);
	let [sum, squares] = [0, 0];
	for (let i = 0; i < probes; i++) {
		const share = weigh(points, x, i * d, t, weights);
		sum += share;
		squares += share ** 2;
	}
	const mean = sum / probes;
	return { mean, error: Math.sqrt(Math.max(0, squares / probes - mean ** 2) / probes) };
}

/** The time at which E Σ w_b² has fallen to one half, by bisection on the same draws at every time. */
export function measuredCollapse(
	points: Float64Array,
	d: number,
	probes: number,
	open: () => Random,
): number {
	let [low, high] = [1e-3, 3];
	for (let i = 0; i < 12; i++) {
		const middle = Math.sqrt(low * high);
		if (twinsByWeights(points, d, middle, probes, open()).mean > 0.5) low = middle;
		else high = middle;
	}
	return Math.sqrt(low * high);
}
