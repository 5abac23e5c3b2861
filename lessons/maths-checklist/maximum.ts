/** The largest of n standard normal variables. */
import { density, normalTail } from './normal.ts';

/**
 * Mean and standard deviation of the largest of n independent ones: ∫ x^k n φ Φ^{n−1} dx by the
 * trapezoidal rule, which converges faster than any power for what is smooth and falls off at both ends.
 */
export function largestOf(n: number): { readonly mean: number; readonly deviation: number } {
	const step = 0.02;
	let [first, second] = [0, 0];
	for (let x = -9; x <= 9; x += step) {
		const mass = step * n * density(x) * Math.exp((n - 1) * Math.log1p(-normalTail(x)));
		first += mass * x;
		second += mass * x * x;
	}
	return { mean: first, deviation: Math.sqrt(second - first ** 2) };
}

/** √(2 ln n), above the mean of the largest of any n standard normal variables, independent or not. */
export function unionBound(n: number): number {
	return Math.sqrt(2 * Math.log(n));
}
