/**
 * The deterministic equivalent of the fit of least norm for a general covariance with eigenvalues s_i
 * and signal β_i along their eigenvectors, more parameters than samples. (Hastie, Montanari, Rosset &
 * Tibshirani 2022, Theorem 2, at λ = 0.)
 */
export interface Equivalent {
	/** κ > 0 with Σ s_i/(s_i + κ) = n: the ridge that the small directions amount to. */
	readonly kappa: number;
	/** Signal that is missed. */
	readonly bias: number;
	/** The price of the noise. */
	readonly variance: number;
}

/** `s` and `beta` have shape [p], p > n; `noise` is σ². Throws a RangeError where p ≤ n. */
export function equivalent(
	s: Float64Array,
	beta: Float64Array,
	n: number,
	noise: number,
): Equivalent {
	if (s.length <= n) throw new RangeError(`${s.length} parameters do not interpolate ${n} samples`);
	const sum = (f: (value: number, i: number) => number) =>
		s.reduce((total, value, i) => total + f(value, i), 0);
	let low = 1e-300;
	let high = sum((v) => v) / n;
	for (let i = 0; i < 200 && high / low > 1 + 1e-14; i++) {
		const kappa = Math.sqrt(low * high);
		if (sum((v) => v / (v + kappa)) > n) low = kappa;
		else high = kappa;
	}
	const kappa = Math.sqrt(low * high);
	const G = sum((v) => (v / (v + kappa)) ** 2) / n;
	const missed = kappa ** 2 * sum((v, i) => (beta[i]! ** 2 * v) / (v + kappa) ** 2);
	return { kappa, bias: missed / (1 - G), variance: (noise * G) / (1 - G) };
}
