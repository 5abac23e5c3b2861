/** A fair coin tossed n times: how often the share of heads is at least t away from ½. */
import { betaCdf } from '#theory/incompleteBeta.ts';
import { normalTail } from './normal.ts';

/** P(|heads − n/2| ≥ k) for n even and 1 ≤ k ≤ n/2: two tails of the binomial law. */
export function exactTail(n: number, k: number): number {
	return 2 * betaCdf(0.5, n / 2 + k, n / 2 - k + 1);
}

/** Chebyshev's bound Var/t² = 1/(4nt²), and never more than 1. */
export function chebyshev(n: number, t: number): number {
	return Math.min(1, 1 / (4 * n * t ** 2));
}

/** Hoeffding's bound 2 exp(−2nt²), and never more than 1. (Hoeffding 1963, Theorem 1.) */
export function hoeffding(n: number, t: number): number {
	return Math.min(1, 2 * Math.exp(-2 * n * t ** 2));
}

/** The normal law in the place of the binomial one, half a toss nearer to the middle. */
export function normalApproximation(n: number, k: number): number {
	return 2 * normalTail((2 * k - 1) / Math.sqrt(n));
}
