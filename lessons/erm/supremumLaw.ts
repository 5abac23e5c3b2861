/** How far an empirical distribution function F_n strays from F, continuous: laws free of F. */

/** √(π/2) ln 2: the mean of Kolmogorov's law, the limit of √n E sup |F_n − F|. */
export const kolmogorovMean = Math.sqrt(Math.PI / 2) * Math.LN2;
/** √(π²/12 − (π/2) ln² 2), the standard deviation of Kolmogorov's law. */
export const kolmogorovDeviation = Math.sqrt(Math.PI ** 2 / 12 - kolmogorovMean ** 2);
/** √(1/2 − π/8), the standard deviation of the limit of √n sup (F − F_n), whose square has mean ½. */
export const oneSidedDeviation = Math.sqrt(0.5 - Math.PI / 8);
/** The largest density of Kolmogorov's law. */
export const kolmogorovPeak = 1.74;

/** P(sup |bridge| ≤ x) = 1 − 2 Σ_{k≥1} (−1)^{k−1} exp(−2k²x²), by its other form where x is small. */
export function kolmogorov(x: number): number {
	if (x <= 0) return 0;
	let sum = 0;
	if (x < 1) {
		for (let k = 1; k <= 9; k += 2) sum += Math.exp((-(k * k) * Math.PI ** 2) / (8 * x * x));
		return (Math.sqrt(2 * Math.PI) / x) * sum;
	}
	for (let k = 1; k <= 6; k++) sum += (k % 2 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
	return 1 - 2 * sum;
}

/** The x below which a share q of Kolmogorov's law lies, by bisection. */
export function kolmogorovQuantile(q: number): number {
	let [low, high] = [0, 4];
	for (let i = 0; i < 60; i++) {
		const middle = (low + high) / 2;
		if (kolmogorov(middle) < q) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** 2 exp(−2x²): no n makes √n sup |F_n − F| exceed x with a larger probability (Massart 1990). */
export function massartTail(x: number): number {
	return Math.min(1, 2 * Math.exp(-2 * x * x));
}

/**
 * E sup (F − F_n) at every n: Q(n)/(2n) with Ramanujan's Q(n) = 1 + (n−1)/n + (n−1)(n−2)/n² + …, the mean
 * of the law of Birnbaum & Tingey 1951; about √(π/(8n)) − 1/(6n).
 */
export function oneSidedMean(n: number): number {
	let [term, sum] = [1, 0];
	for (let k = 1; k <= n && term > 1e-18; k++) {
		sum += term;
		term *= (n - k) / n;
	}
	return sum / (2 * n);
}

/** √((1/2n) ln(2K)): the mean of sup |R − R_n| over K functions with losses in [0, 1] is no larger. */
export function finiteClassBound(count: number, n: number): number {
	return Math.sqrt(Math.log(2 * count) / (2 * n));
}
