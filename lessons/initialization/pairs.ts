/**
 * Two inputs on their way through wide random tanh layers. The state is p = E z², the same for both, and
 * e = ½ E (z − z′)² = p (1 − c): differences are kept as such, so that c → 1 costs no digits.
 */
import { planeNodes } from './gaussian.ts';
import { moments } from './activations.ts';
import { fixedPoint, type Start } from './recursions.ts';

export interface Pair {
	readonly p: number;
	readonly e: number;
}

/** E of a function of (φ(u), φ(v)) that is symmetric in u and v, at a pair of Gaussians. */
function pairMean({ p, e }: Pair, f: (a: number, b: number) => number): number {
	const [common, apart] = [Math.sqrt(Math.max(0, p - e / 2)), Math.sqrt(e / 2)];
	let sum = 0;
	for (const { g, h, weight } of planeNodes) {
		const [s, t] = [common * g, apart * h];
		sum += weight * f(Math.tanh(s + t), Math.tanh(s - t));
	}
	return sum;
}

/** e after one layer. */
function nextDistance({ weight }: Start, pair: Pair): number {
	return (weight / 2) * pairMean(pair, (a, b) => (a - b) ** 2);
}

/** c ↦ c′ at the fixed point of p, which may be given where it is known. */
export function nextCorrelation(start: Start, c: number, p = fixedPoint(start)): number {
	return 1 - nextDistance(start, { p, e: p * (1 - c) }) / p;
}

/** The states of layers 1 … L from 1 − c = `distance` at the fixed point. */
export function pairs(start: Start, distance: number, depth: number): Pair[] {
	const p = fixedPoint(start);
	const all = [{ p, e: p * distance }];
	while (all.length < depth) all.push({ p, e: nextDistance(start, all.at(-1)!) });
	return all;
}

/** The stable fixed point c* of the correlation: 1 where χ ≤ 1. */
export function stableCorrelation(start: Start): number {
	const p = fixedPoint(start);
	let [low, high] = [0, 1 - 1e-9];
	if (nextCorrelation(start, high, p) >= high) return 1;
	for (let i = 0; i < 44; i++) {
		const middle = (low + high) / 2;
		if (nextCorrelation(start, middle, p) > middle) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** ξ = −1/ln of the slope of the correlation map at c*: layers after which what two inputs had apart from c* is left 1/e. */
export function depthScale(start: Start): number {
	const c = stableCorrelation(start);
	const p = fixedPoint(start);
	// ∂c′/∂c = σ_w² E φ′(u) φ′(v), by Price's theorem.
	const slope = start.weight * pairMean({ p, e: p * (1 - c) }, (a, b) => (1 - a * a) * (1 - b * b));
	return -1 / Math.log(slope);
}

/**
 * The relative variance of 1 − c in one network of width n, times n, layer by layer; to first order in
 * 1/n, as in `scatter`, with the sampling of n units at the end, (1 + c)²/n.
 */
export function pairScatter(start: Start, distance: number, depth: number): number[] {
	const states = pairs(start, distance, depth);
	const { weight } = start;
	// Covariance of δp/p and δe/e.
	let [pp, pe, ee] = [0, 0, 0];
	return states.map((state, l) => {
		if (l > 0) {
			const before = states[l - 1]!;
			const h = 1e-3;
			const log = (p: number, e: number) =>
				(nextDistance(start, { p: before.p * (1 + p), e: before.e * (1 + e) }) -
					nextDistance(start, { p: before.p * (1 - p), e: before.e * (1 - e) })) /
				(2 * h * state.e);
			const [a, b, d] = [
				(weight * moments({ name: start.name, q: before.p }).squareSlope * before.p) / state.p,
				log(h, 0),
				log(0, h),
			];
			const mean = pairMean(before, (x, y) => (x * x + y * y) / 2);
			const gap = pairMean(before, (x, y) => (x - y) ** 2 / 2);
			const noise = (f: (x: number, y: number) => number) => weight ** 2 * pairMean(before, f);
			const of = (x: number, y: number) => (x * x + y * y) / 2 - mean;
			const off = (x: number, y: number) => (x - y) ** 2 / 2 - gap;
			[pp, pe, ee] = [
				a * a * pp + noise((x, y) => of(x, y) ** 2) / state.p ** 2,
				a * (b * pp + d * pe) + noise((x, y) => of(x, y) * off(x, y)) / (state.p * state.e),
				b * b * pp + 2 * b * d * pe + d * d * ee + noise((x, y) => off(x, y) ** 2) / state.e ** 2,
			];
		}
		const c = 1 - state.e / state.p;
		return pp - 2 * pe + ee + (1 + c) ** 2;
	});
}
