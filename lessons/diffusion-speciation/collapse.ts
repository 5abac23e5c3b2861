/**
 * When a backward path is bound to copy a training point: the score of n points drawn from N(0, s² I_d),
 * each blurred by noise of variance D_t (Biroli et al. 2024). A path at x_t ends at point a with the
 * probability w_a(x_t) ∝ exp(−|x_t − e^(−t) x_a|²/(2 D_t)).
 */
import type { Random } from '#theory/random.ts';
import { noiseAt, spreadAt } from './mixture.ts';

export interface Cloud {
	readonly d: number;
	/** How many training points. */
	readonly n: number;
	readonly s: number;
}

/** t_C = ½ log(1 + s²/(n^(2/d) − 1)), where (d/2) log(G/D) = log n. */
export function collapseTime({ d, n, s }: Cloud): number {
	return 0.5 * Math.log1p(s ** 2 / Math.expm1((2 / d) * Math.log(n)));
}

/** How many points it takes to bring t_C down to t: (1 + s²/(e^(2t) − 1))^(d/2). */
export function pointsFor({ d, s }: Omit<Cloud, 'n'>, t: number): number {
	return (1 + s ** 2 / Math.expm1(2 * t)) ** (d / 2);
}

/**
 * A lower bound of E w_a for every n and d: E 1/(1 + (n − 1) (D/G)^(d/2) e^q), where q = √(1 − D/G) χ_d N
 * with N standard normal. By Simpson's rule over χ_d and N, to about 10⁻⁶.
 */
export function annealedShare({ d, n, s }: Cloud, t: number): number {
	const share = noiseAt(t) / spreadAt(s, t);
	const level = Math.log(n - 1) + (d / 2) * Math.log(share);
	const centre = Math.sqrt(d - 0.5);
	let [sum, total] = [0, 0];
	for (let i = 0; i <= 40; i++) {
		const chi = centre + (i - 20) * 0.2;
		if (chi <= 0) continue;
		const weight =
			simpson(i, 40) * Math.exp((d - 1) * Math.log(chi / centre) - (chi ** 2 - centre ** 2) / 2);
		const scale = Math.sqrt(1 - share) * chi;
		for (let j = 0; j <= 80; j++) {
			const z = (j - 40) * 0.15;
			const at = weight * simpson(j, 80) * Math.exp(-(z * z) / 2);
			total += at;
			sum += at / (1 + Math.exp(level + scale * z));
		}
	}
	return sum / total;
}

const simpson = (i: number, last: number) => (i === 0 || i === last ? 1 : i % 2 === 1 ? 4 : 2);

/** Draws the training points, shape [n, d]. */
export function drawCloud({ d, n, s }: Cloud, { normal }: Random): Float64Array {
	return Float64Array.from({ length: n * d }, () => s * normal());
}

/** Fills `weights` with w_b(x) for the point at x[from …], and returns Σ w_b². */
export function weigh(
	points: Float64Array,
	x: Float64Array,
	from: number,
	t: number,
	weights: Float64Array,
): number {
	const n = weights.length;
	const d = points.length / n;
	const shrink = Math.exp(-t);
	const factor = shrink / noiseAt(t);
	const half = 0.5 * shrink;
	let largest = -Infinity;
	// −|x − e^(−t) x_b|²/(2D) but for |x|², which all points have in common.
	for (let b = 0, at = 0; b < n; b++, at += d) {
		let log = 0;
		for (let k = 0; k < d; k++) {
			const p = points[at + k]!;
			log += p * (x[from + k]! - half * p);
		}
		log *= factor;
		weights[b] = log;
		if (log > largest) largest = log;
	}
	let sum = 0;
	for (let b = 0; b < n; b++) {
		// Below e^(−40) of the largest weight nothing is added in float64.
		const gap = weights[b]! - largest;
		sum += weights[b] = gap > -40 ? Math.exp(gap) : 0;
	}
	let squares = 0;
	for (let b = 0; b < n; b++) {
		if (weights[b] === 0) continue;
		weights[b]! /= sum;
		squares += weights[b]! ** 2;
	}
	return squares;
}

/** Draws x_t from a training point at random; shape [count, d], and which point each came from. */
export function drawBlurred(
	points: Float64Array,
	d: number,
	t: number,
	count: number,
	stream: Random,
) {
	const [shrink, blur] = [Math.exp(-t), Math.sqrt(noiseAt(t))];
	const n = points.length / d;
	const from = Array.from({ length: count }, () => Math.floor(stream.uniform() * n));
	const x = new Float64Array(count * d);
	for (let i = 0; i < count; i++)
		for (let k = 0; k < d; k++)
			x[i * d + k] = shrink * points[from[i]! * d + k]! + blur * stream.normal();
	return { x, from };
}
