/**
 * How far a swarm has split, in one number: Binder's cumulant U = 1 − E u⁴/(3 (E u²)²) of the projection
 * on m. It is 0 for one Gaussian and tends to 2/3 for two narrow classes far apart.
 */
import { classesAt, type Mixture } from './mixture.ts';

/** U of the law p_t: ⅔ (c²/(c² + G))². */
export function cumulant(mixture: Mixture, t: number): number {
	const { c, spread } = classesAt(mixture, t);
	return (2 / 3) * ((c * c) / (c * c + spread)) ** 2;
}

/** The standard deviation of the cumulant of n independent points of p_t, to first order in n^(−1/2). */
export function cumulantDeviation(mixture: Mixture, t: number, n: number): number {
	const { c, spread: g } = classesAt(mixture, t);
	const q = c * c;
	const m2 = q + g;
	const m4 = q ** 2 + 6 * q * g + 3 * g ** 2;
	const m6 = q ** 3 + 15 * q ** 2 * g + 45 * q * g ** 2 + 15 * g ** 3;
	const m8 = q ** 4 + 28 * q ** 3 * g + 210 * q ** 2 * g ** 2 + 420 * q * g ** 3 + 105 * g ** 4;
	const [a, b] = [-1 / (3 * m2 ** 2), (2 * m4) / (3 * m2 ** 3)];
	const variance = a * a * (m8 - m4 ** 2) + b * b * (m4 - m2 ** 2) + 2 * a * b * (m6 - m4 * m2);
	return Math.sqrt(variance / n);
}

/** U of the points at hand. */
export function cumulantOf(u: Float64Array): number {
	let [second, fourth] = [0, 0];
	for (const value of u) {
		second += value ** 2;
		fourth += value ** 4;
	}
	return 1 - (fourth * u.length) / (3 * second ** 2);
}
