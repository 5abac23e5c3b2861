/**
 * The exact risk of least squares on the first p ≤ n − 2 of D independent normal coordinates, mean and
 * deviation over the draw of n samples. Breiman & Freedman 1983; proved in the lesson.
 */
import { effectiveNoise, type World } from './model.ts';

/** E R(f_ERM) = s² (1 + p/(n − p − 1)); infinite for p ≥ n − 1. */
export function testError(world: World, p: number): number {
	return effectiveNoise(world, p) + estimation(world, p);
}

/** E R_n(f_ERM) = s² (1 − p/n), the mean square on the training set, for p ≤ n. */
export function trainError(world: World, p: number): number {
	return effectiveNoise(world, p) * (1 - p / world.n);
}

/** s² p/(n − p − 1): what the sample cannot tell. */
export function estimation(world: World, p: number): number {
	const room = world.n - p - 1;
	return room > 0 ? (effectiveNoise(world, p) * p) / room : Infinity;
}

/**
 * Standard deviation of R(f_ERM) from sample to sample: the excess is s² χ²_p/χ²_{n−p+1} with independent
 * variables; infinite for p > n − 4.
 */
export function testDeviation(world: World, p: number): number {
	const m = world.n - p + 1;
	if (m <= 4) return Infinity;
	const square = (p * (p + 2)) / ((m - 2) * (m - 4)) - (p / (m - 2)) ** 2;
	return effectiveNoise(world, p) * Math.sqrt(square);
}

/** Standard deviation of the training error s² χ²_{n−p}/n. */
export function trainDeviation(world: World, p: number): number {
	return (effectiveNoise(world, p) * Math.sqrt(2 * (world.n - p))) / world.n;
}

/** The p ≤ n − 2 of least expected test error. */
export function bestSize(world: World): number {
	let best = 1;
	for (let p = 2; p <= Math.min(world.n - 2, 128); p++)
		if (testError(world, p) < testError(world, best)) best = p;
	return best;
}
