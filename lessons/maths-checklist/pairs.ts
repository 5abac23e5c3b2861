/** Two standard normal variables u, v with correlation ρ, jointly Gaussian. */
import { kappa1 } from '#theory/arcCosine.ts';

/** E h(u) h(v) as a function of ρ. */
export const products = {
	/** E relu(u) relu(v): half the arc-cosine kernel of order 1. */
	relu: (rho: number) => kappa1(rho) / 2,
	/** E sign(u) sign(v) = (2/π) arcsin ρ, Grothendieck's identity. */
	sign: (rho: number) => (2 / Math.PI) * Math.asin(rho),
	/** E h₂(u) h₂(v) = ρ² for the Hermite polynomial h₂(z) = (z² − 1)/√2: Mehler. */
	hermite: (rho: number) => rho ** 2,
};

/** The functions that are multiplied. */
export const factors = {
	relu: (z: number) => Math.max(0, z),
	sign: (z: number) => Math.sign(z),
	hermite: (z: number) => (z * z - 1) / Math.SQRT2,
};

/** Mean and variance of a Gaussian vector x given y = a. */
export interface Conditional {
	readonly mean: number;
	readonly variance: number;
}

/** The law of v given u = a: mean ρa, variance 1 − ρ² whatever a is. */
export function conditional(rho: number, a: number): Conditional {
	return { mean: rho * a, variance: 1 - rho ** 2 };
}
