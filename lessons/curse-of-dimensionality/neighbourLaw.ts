/** The law of k nearest neighbours on the torus [0, 1)^d. */
import { logGamma } from '#theory/incompleteBeta.ts';
import { memo } from '#theory/memo.ts';
import { ballsOf, unitBall } from './torus.ts';

/** n uniform points in d dimensions, of which the k nearest are averaged; labels with noise of variance `noise`. */
export type Neighbours = { d: number; n: number; k: number; noise: number };

/** What the mean square error is made of; relative to E f² = 1. */
export interface Parts {
	/** (1 − m)²: neighbours at a distance say something else on average. */
	readonly bias: number;
	/** (1 − m²)/k: neighbours differ. */
	readonly spread: number;
	/** σ²/k. */
	readonly noise: number;
	readonly total: number;
}

const nodes = 300;

/**
 * Mean of h(u) for u ~ Beta(a, b), the volume of the ball that reaches to the a-th of a + b − 1 uniform
 * points: the midpoint rule in log u, where the density falls off on both sides.
 */
export function betaMean(a: number, b: number, h: (u: number) => number): number {
	const mode = Math.log(a / (a + b - 1));
	const wide = 40 / a + 11 / Math.sqrt(a);
	const from = mode - wide;
	const to = Math.min(0, mode + wide);
	let [mass, sum] = [0, 0];
	for (let i = 0; i < nodes; i++) {
		const t = from + ((to - from) * (i + 0.5)) / nodes;
		const u = Math.exp(t);
		const rest = (b - 1) * (Math.log1p(-u) - Math.log1p(-Math.exp(mode)));
		const weight = Math.exp(a * (t - mode) + rest);
		if (weight < 1e-16) continue;
		mass += weight;
		sum += weight * h(u);
	}
	return sum / mass;
}

/**
 * Mean square error at a fresh point for f = √(2/d) Σ sin 2πx_i, exact for every n, k < n and d: given the
 * radius R of the ball that reaches to neighbour k + 1, the k nearest are independent and uniform in it,
 * and E[f(x + δ) | x] has m(R) times the value f(x), m the mean of cos 2πδ₁.
 */
export const neighbourError = memo(({ d, n, k, noise }: Neighbours): Parts => {
	const balls = ballsOf(d);
	const wave = (u: number) => balls.wave(balls.radius(u));
	const bias = betaMean(k + 1, n - k, (u) => (1 - wave(u)) ** 2);
	const spread = betaMean(k + 1, n - k, (u) => 1 - wave(u) ** 2) / k;
	return { bias, spread, noise: noise / k, total: bias + spread + noise / k };
}, 600);

/** E r², r the distance to the nearest of n points. */
export function meanSquareDistance(d: number, n: number): number {
	const balls = ballsOf(d);
	return betaMean(1, n, (u) => balls.radius(u) ** 2);
}

/** The same as long as balls do not reach round the torus: V_d^{−2/d} Γ(1+2/d) Γ(n+1)/Γ(n+1+2/d). */
export function freeMeanSquareDistance(d: number, n: number): number {
	const log = logGamma(1 + 2 / d) + logGamma(n + 1) - logGamma(n + 1 + 2 / d);
	return unitBall(d) ** (-2 / d) * Math.exp(log);
}

/** Numbers of neighbours that are tried. */
export function neighbourCounts(n: number): number[] {
	const all = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
	return all.filter((k) => k <= n / 4);
}

/** The number among `neighbourCounts` that has the least error by the law. */
export function bestCount(d: number, n: number, noise: number): number {
	const error = (k: number) => neighbourError({ d, n, k, noise }).total;
	return neighbourCounts(n).reduce((best, k) => (error(k) < error(best) ? k : best), 1);
}
