/** When the class is decided: Biroli et al. 2024, by cloning backward trajectories. */
import { classesAt, lengthOf, type Mixture } from './mixture.ts';

/** t_S = ½ log Λ, with Λ = d μ² + s² the largest eigenvalue of the data's covariance. */
export function speciationTime(mixture: Mixture): number {
	return 0.5 * Math.log(lengthOf(mixture) ** 2 + mixture.s ** 2);
}

/**
 * The probability that two clones end in the same class, given the ratio κ = |m| e^(−t)/√G of signal to
 * noise: 1 − e^(−κ²/2) E 1/(2 cosh κz), z standard normal. Trapezoid, to about 10⁻¹².
 */
export function agreementAt(kappa: number): number {
	if (kappa > 9) return 1;
	const width = Math.min(10, 40 / kappa);
	const nodes = 400;
	const h = (2 * width) / nodes;
	let sum = 0;
	for (let i = 0; i <= nodes; i++) {
		const v = -width + i * h;
		sum += Math.exp(-0.5 * (v * v + kappa * kappa)) / (2 * Math.cosh(kappa * v));
	}
	return 1 - (sum * h) / Math.sqrt(2 * Math.PI);
}

/** φ(t): clones made at time t end in the same class, for data of two classes. */
export function phi(mixture: Mixture, t: number): number {
	const { c, spread } = classesAt(mixture, t);
	return agreementAt(c / Math.sqrt(spread));
}

/** What φ(t_S + offset) tends to as d → ∞: κ = e^(−offset). */
export const limitPhi = (offset: number) => agreementAt(Math.exp(-offset));

/** The time at which φ has fallen to `level`, by bisection. */
export function timeOfAgreement(mixture: Mixture, level: number): number {
	let [low, high] = [0, 12];
	for (let i = 0; i < 60; i++) {
		const middle = (low + high) / 2;
		if (phi(mixture, middle) > level) low = middle;
		else high = middle;
	}
	return low;
}
