/**
 * The exact law of the risk of the minimum-norm fit, at finite n: with independent variables
 *   p ≤ n:  risk = c (1 + χ²_p/χ²_{n−p+1}),
 *   p ≥ n:  risk = c (1 + χ²_n/χ²_{p−n+1}) + |w_T|² Beta((p − n)/2, n/2).
 * Its mean is that of Belkin, Hsu & Xu (2020), Theorem 1; the law itself is proved in the lesson.
 */
import { betaCdf } from '#theory/incompleteBeta.ts';
import { floor, seen, type Model } from './model.ts';

/** The degrees of freedom of χ²_a/χ²_b. */
function degrees({ n }: Model, p: number): readonly [a: number, b: number] {
	return [Math.min(n, p), Math.abs(n - p) + 1];
}

/** Expected risk; ∞ for n − 1 ≤ p ≤ n + 1, where it has no mean (unless there is no noise at all). */
export function meanRisk(model: Model, p: number): number {
	const [a, b] = degrees(model, p);
	const c = floor(model, p);
	const missed = p > model.n ? seen(model, p) * (1 - model.n / p) : 0;
	if (c === 0) return missed;
	return missed + (b > 2 ? c * (1 + a / (b - 2)) : Infinity);
}

/** Standard deviation of the risk of one draw; ∞ where it has none, for |n − p| ≤ 3. */
export function riskDeviation(model: Model, p: number): number {
	const [a, b] = degrees(model, p);
	const c = floor(model, p);
	const spread = b > 4 ? (c ** 2 * 2 * a * (a + b - 2)) / ((b - 2) ** 2 * (b - 4)) : Infinity;
	const share = p > model.n ? model.n / p : 0;
	const missed = (seen(model, p) ** 2 * 2 * share * (1 - share)) / (p + 2);
	return Math.sqrt((c === 0 ? 0 : spread) + missed);
}

/** P(risk ≤ r). */
export function riskCdf(model: Model, p: number, r: number): number {
	const { n } = model;
	const [a, b] = degrees(model, p);
	const [c, energy] = [floor(model, p), seen(model, p)];
	const ratio = (value: number) => (value > 0 ? betaCdf(value / (1 + value), a / 2, b / 2) : 0);
	if (p <= n) return ratio(r / c - 1);
	if (c === 0) return betaCdf(r / energy, (p - n) / 2, n / 2);
	// Over the Beta variable sin²θ, whose density in θ is sin^(p−n−1) cos^(n−1); p − n = 1 is flat at 0.
	const density = (theta: number) =>
		(p - n - 1) * Math.log(Math.sin(theta)) + (n - 1) * Math.log(Math.cos(theta));
	const highest = density(Math.atan(Math.sqrt((p - n - 1) / (n - 1))) || 1e-9);
	let [sum, total] = [0, 0];
	for (let j = 0; j < nodes; j++) {
		const theta = ((j + 0.5) * Math.PI) / (2 * nodes);
		const weight = Math.exp(density(theta) - highest);
		if (weight < 1e-14) continue;
		total += weight;
		sum += weight * ratio((r - energy * Math.sin(theta) ** 2) / c - 1);
	}
	return sum / total;
}
/** Enough for the narrowest of the densities, at p = D. */
const nodes = 96;

/** The risk that a share q of the draws stays below, 0 < q < 1. */
export function riskQuantile(model: Model, p: number, q: number): number {
	let low = 1e-9;
	let high = 1;
	while (riskCdf(model, p, high) < q) high *= 4;
	for (let i = 0; i < 45; i++) {
		const middle = Math.sqrt(low * high);
		if (riskCdf(model, p, middle) < q) low = middle;
		else high = middle;
	}
	return Math.sqrt(low * high);
}
