/**
 * Sampled cosines for the Gaussian bump f(x) = exp(−s²|x|²/2), x ~ N(0, I_d): f is the mean of cos(w·x)
 * over w ~ N(0, s² I_d). All scalar products are Gaussian integrals, so the error of a network of sampled
 * neurons is known exactly, without a test set.
 */
import { random } from '#theory/random.ts';

export interface Bump {
	readonly d: number;
	readonly s: number;
}

/** E exp(−a|w|²) for w ~ N(0, s² I_d). */
function meanOfGaussian({ d, s }: Bump, a: number): number {
	return (1 + 2 * a * s * s) ** (-d / 2);
}

/** |f|² in L²(N(0, I)). */
export function bumpNorm({ d, s }: Bump): number {
	return (1 + 2 * s * s) ** (-d / 2);
}

/** V = E|cos(w·x)|² − |f|²: the error of m sampled neurons is V/m in the mean. */
export function sampledVariance(bump: Bump): number {
	return 0.5 + 0.5 * meanOfGaussian(bump, 2) - bumpNorm(bump);
}

/** Barron's constant C_f = E|w|, the mean length of a frequency. */
export function barronConstant({ d, s }: Bump): number {
	return s * Math.SQRT2 * Math.exp(logGamma((d + 1) / 2) - logGamma(d / 2));
}

/** log Γ(n/2 form): by the recursion Γ(x + 1) = xΓ(x) from Γ(½) and Γ(1). */
function logGamma(x: number): number {
	let [value, at] = Number.isInteger(x) ? [0, 1] : [0.5 * Math.log(Math.PI), 0.5];
	for (; at < x; at++) value += Math.log(at);
	return value;
}

/**
 * Variance of |f − f_m|² over the draw of m neurons, by the moments of k(w, w') = ⟨φ_w − f, φ_w' − f⟩:
 * [m Var k(w, w) + 2m(m − 1) E k(w, w')²]/m⁴.
 */
export function errorVariance(bump: Bump, m: number): number {
	const { d, s } = bump;
	const norm = bumpNorm(bump);
	// k(w, w) = ½ + ½e^{−2|w|²} − 2(1+s²)^{−d/2} e^{−q|w|²} + |f|², q = 1/(2(1+s²)).
	const q = 1 / (2 * (1 + s * s));
	const b = 2 * (1 + s * s) ** (-d / 2);
	const E = (a: number) => meanOfGaussian(bump, a);
	const own = 0.25 * E(4) - b * E(2 + q) + b * b * E(2 * q) - (0.5 * E(2) - b * E(q)) ** 2;
	const pair =
		0.5 * ((1 + 4 * s * s) ** (-d / 2) + norm ** 2) -
		2 * ((1 + s * s) * (1 + 3 * s * s)) ** (-d / 2) +
		norm ** 2;
	return (m * own + 2 * m * (m - 1) * pair) / m ** 4;
}

/** Relative standard error of the mean over the seeds of the error of m sampled neurons. */
export function standardError(bump: Bump, m: number, seeds: number): number {
	return (Math.sqrt(errorVariance(bump, m) / seeds) * m) / sampledVariance(bump);
}

/** Frequencies of m sampled neurons, shape [m, d], a stream for each width. */
export function sampleFrequencies({ d, s }: Bump, m: number, seed: number): Float64Array {
	const { normal } = random(seed, `sampled neurons ${m}`);
	return Float64Array.from({ length: m * d }, () => s * normal());
}

/** |f − (1/m) Σ cos(w_j·x)|² in L²(N(0, I)), exactly, of the rows of `w`, shape [m, d]. */
export function sampledError(bump: Bump, w: Float64Array): number {
	const { d, s } = bump;
	const m = w.length / d;
	const q = 1 / (2 * (1 + s * s));
	let [pairs, single] = [0, 0];
	for (let i = 0; i < m; i++) {
		const own = dot(w, i, i, d);
		single += Math.exp(-q * own);
		pairs += 0.5 * (1 + Math.exp(-2 * own));
		for (let j = 0; j < i; j++) {
			const [other, cross] = [dot(w, j, j, d), dot(w, i, j, d)];
			// E cos(w·x)cos(w'·x) = ½(e^{−|w−w'|²/2} + e^{−|w+w'|²/2}), twice for the two orders.
			const half = (own + other) / 2;
			pairs += Math.exp(cross - half) + Math.exp(-cross - half);
		}
	}
	const together = (1 + s * s) ** (-d / 2) * single;
	return pairs / m ** 2 - (2 * together) / m + bumpNorm(bump);
}

function dot(w: Float64Array, i: number, j: number, d: number): number {
	let sum = 0;
	for (let k = 0; k < d; k++) sum += w[i * d + k]! * w[j * d + k]!;
	return sum;
}
