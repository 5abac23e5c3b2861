/** Draws of the fit of least norm under a general covariance, float64. */
import { cholesky, gram, solveCholesky } from '#theory/cholesky.ts';
import { transposedTimes } from '#theory/leastSquares.ts';
import type { Random } from '#theory/random.ts';
import { head, type Ranks } from './spectra.ts';

/** β: unit energy spread over the head. */
export function headSignal(p: number): Float64Array {
	return Float64Array.from({ length: p }, (_, i) => (i < head ? 1 / Math.sqrt(head) : 0));
}

export interface Interpolated {
	/** E (x·(b − β))² over new x. */
	readonly excess: number;
	/** The same for a fit to the noise alone. */
	readonly noisePrice: number;
	/** The effective ranks of the tail, estimated from the inputs alone. */
	readonly ranks: Ranks;
}

/** Draws n inputs with covariance diag(s), fits signal plus noise, and the noise alone. */
export function interpolate(
	s: Float64Array,
	n: number,
	noise: number,
	{ normal }: Random,
): Interpolated {
	const p = s.length;
	const roots = s.map(Math.sqrt);
	const x = Float64Array.from({ length: n * p }, (_, at) => normal() * roots[at % p]!);
	const beta = headSignal(p);
	const clean = Float64Array.from({ length: n }, (_, i) => {
		let sum = 0;
		for (let j = 0; j < head; j++) sum += x[i * p + j]! * beta[j]!;
		return sum;
	});
	const errors = Float64Array.from({ length: n }, () => Math.sqrt(noise) * normal());
	const products = gram(x, n);
	const factor = cholesky(products);
	const fit = (y: Float64Array) => transposedTimes(x, solveCholesky(factor, y));
	const [signal, noisy] = [fit(clean), fit(errors)];
	let [excess, noisePrice] = [0, 0];
	for (let i = 0; i < p; i++) {
		excess += s[i]! * (signal[i]! + noisy[i]! - beta[i]!) ** 2;
		noisePrice += s[i]! * noisy[i]! ** 2;
	}
	return { excess, noisePrice, ranks: estimatedRanks(x, products, n) };
}

/**
 * r_k and R_k after the head from the scalar products K_ij of what the inputs have in the tail: E K_ii is
 * its trace, and E K_ij² for i ≠ j the trace of its square; E x² of its first coordinate is the largest s.
 */
function estimatedRanks(x: Float64Array, products: Float64Array, n: number): Ranks {
	const p = x.length / n;
	let [trace, square, first] = [0, 0, 0];
	for (let i = 0; i < n; i++) {
		first += x[i * p + head]! ** 2 / n;
		for (let j = 0; j <= i; j++) {
			let tail = products[i * n + j]!;
			for (let k = 0; k < head; k++) tail -= x[i * p + k]! * x[j * p + k]!;
			if (i === j) trace += tail / n;
			else square += (2 * tail ** 2) / (n * (n - 1));
		}
	}
	return { r: trace / first, R: trace ** 2 / square };
}
