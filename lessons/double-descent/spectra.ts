/** Spectra of the covariance, and what benign overfitting asks of them. */

export type SpectrumName = 'spiked' | 'half' | 'one' | 'two';

/** Large directions at the head of the spectrum; the signal lives there, evenly. */
export const head = 10;

/** Eigenvalues, descending: ten ones and a flat tail of total 10, or i^(−a); `tail` counts those after the tenth. */
export function spectrum(name: SpectrumName, tail: number): Float64Array {
	const power = { half: 0.5, one: 1, two: 2 };
	return Float64Array.from({ length: head + tail }, (_, i) =>
		name === 'spiked' ? (i < head ? 1 : 10 / tail) : (i + 1) ** -power[name],
	);
}

export interface Ranks {
	/** r_k = Σ_{i>k} s_i/s_{k+1}. */
	readonly r: number;
	/** R_k = (Σ_{i>k} s_i)²/Σ_{i>k} s_i². */
	readonly R: number;
}

/** The effective ranks of the tail after k = 0, 1, … (Bartlett, Long, Lugosi & Tsigler 2020, Definition 3). */
export function effectiveRanks(s: Float64Array): Ranks[] {
	const ranks: Ranks[] = [];
	let [sum, square] = [0, 0];
	for (let k = s.length - 1; k >= 0; k--) {
		sum += s[k]!;
		square += s[k]! ** 2;
		ranks[k] = { r: sum / s[k]!, R: sum ** 2 / square };
	}
	return ranks;
}

/**
 * Standard deviations, relative, of the ranks after the head as estimated from n Gaussian inputs: of the
 * quotient of two means over the inputs, to leading order; for R with what single pairs scatter besides.
 */
export function rankScatter(s: Float64Array, n: number): Ranks {
	const tail = s.subarray(head);
	const power = (k: number) => tail.reduce((sum, v) => sum + v ** k, 0);
	const [one, two, three, four] = [power(1), power(2), power(3), power(4)];
	const r = (2 / n) * (two / one ** 2 - (2 * s[head]!) / one + 1);
	const inputs = (8 / n) * (two / one ** 2 - (2 * three) / (one * two) + four / two ** 2);
	const pairs = (2 / n ** 2) * (2 + (6 * four) / two ** 2);
	return { r: Math.sqrt(r), R: Math.sqrt(inputs + pairs) };
}

/**
 * The price of the noise is at most σ² B/(1 − B) with B = k/n + (n/R_k)/(1 − n/r_k)², the least over the
 * k with r_k > n; ∞ where no k gives B < 1. For the deterministic equivalent, proved in the lesson.
 */
export function varianceBound(s: Float64Array, n: number, noise: number): number {
	let best = 1;
	effectiveRanks(s).forEach(({ r, R }, k) => {
		if (k < n && r > n) best = Math.min(best, k / n + n / R / (1 - n / r) ** 2);
	});
	return best < 1 ? (noise * best) / (1 - best) : Infinity;
}
