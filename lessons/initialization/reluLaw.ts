/**
 * ReLU networks with He's start, σ_w² = 2 and no biases, at any width n: mean h_l² is multiplied by
 * independent factors (2/n) Σ relu(g_i)² = (2/n) χ²_K, where K, the number of positive g_i, is binomial.
 */

/** Probabilities of K = 0 … n positive signs among n. */
function positives(n: number): number[] {
	const log = [-n * Math.LN2];
	for (let k = 1; k <= n; k++) log.push(log[k - 1]! + Math.log((n - k + 1) / k));
	return log.map(Math.exp);
}

/** ψ(k/2) and ψ′(k/2) for k = 0 … n, by their recursions; at k = 0, where there is no factor, 0. */
function polygammas(n: number): { psi: number[]; psi1: number[] } {
	const euler = 0.5772156649015329;
	const psi = [0, -euler - 2 * Math.LN2, -euler];
	const psi1 = [0, Math.PI ** 2 / 2, Math.PI ** 2 / 6];
	for (let k = 3; k <= n; k++) {
		const x = (k - 2) / 2;
		psi.push(psi[k - 2]! + 1 / x);
		psi1.push(psi1[k - 2]! - 1 / x ** 2);
	}
	return { psi, psi1 };
}

/**
 * Mean and variance of the log of one factor. A layer in which no unit is positive, of probability
 * 2⁻ⁿ, is left out.
 */
export function logFactor(n: number): { mean: number; variance: number } {
	const { psi, psi1 } = polygammas(n);
	let [mean, square] = [0, 0];
	positives(n).forEach((p, k) => {
		if (k === 0) return;
		const log = Math.log(4 / n) + psi[k]!;
		mean += p * log;
		square += p * (log ** 2 + psi1[k]!);
	});
	return { mean, variance: square - mean ** 2 };
}

/** E (M_L/M_0)² − 1 = (1 + 5/n)^L − 1, the variance of a mean square whose mean stays 1. */
export function normVariance(n: number, depth: number): number {
	return (1 + 5 / n) ** depth - 1;
}
