/** Linear functions x ↦ w·x with |w| ≤ 1. */
import { logGamma } from '#theory/incompleteBeta.ts';

/** E |g| of a standard normal vector in d dimensions: √2 Γ((d+1)/2)/Γ(d/2). */
export function meanLength(d: number): number {
	return Math.SQRT2 * Math.exp(logGamma((d + 1) / 2) - logGamma(d / 2));
}

/** Rad_n = E |Σ s_i x_i|/n for x ~ N(0, I_d): the sum is normal of variance n. */
export function ballComplexity(n: number, d: number): number {
	return meanLength(d) / Math.sqrt(n);
}

/** Standard deviation of |Σ s_i x_i|/n. */
export function ballDeviation(n: number, d: number): number {
	return Math.sqrt((d - meanLength(d) ** 2) / n);
}
