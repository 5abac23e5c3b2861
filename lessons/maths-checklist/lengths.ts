/** Lengths of Gaussian vectors, and the angles between them. (Vershynin 2018, Sections 3.1 and 3.2.) */
import { logGamma } from '#theory/incompleteBeta.ts';

/** E|x| = √2 Γ((d + 1)/2)/Γ(d/2) for x ~ N(0, I_d): the mean of the chi law. */
export function meanLength(d: number): number {
	return Math.SQRT2 * Math.exp(logGamma((d + 1) / 2) - logGamma(d / 2));
}

/** The standard deviation of |x|, from E|x|² = d; it tends to 1/√2. */
export function spreadOfLength(d: number): number {
	return Math.sqrt(d - meanLength(d) ** 2);
}

/** The standard deviation of the cosine of the angle between two independent Gaussian vectors: 1/√d for every d. */
export function spreadOfCosine(d: number): number {
	return 1 / Math.sqrt(d);
}
