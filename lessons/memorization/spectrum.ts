/**
 * The mean square on the training set after t steps of gradient descent on a model linear in its weights,
 * f = Φw from w = 0, K = ΦΦᵀ/N: |(I − ηK)^t y|²/N, in expectation over labels and exactly.
 */
import { residualFilter } from '#theory/descentFilter.ts';
import type { Eigen } from '#theory/eigen.ts';

/** The floor under random labels at infinite time: 1 − r/N, r = min(m, N − 1) for m centred features. */
export function noiseFloor(n: number, m: number): number {
	return 1 - Math.min(m, n - 1) / n;
}

/** (1 − ηλ_i)^{2t}: what is left of the square along each eigenvector. */
function leftOver({ values }: Eigen, eta: number, t: number): Float64Array {
	return values.map((lambda) => residualFilter(eta, Math.max(0, lambda), t) ** 2);
}

/** (1/N) Σ_i (1 − ηλ_i)^{2t}: the expectation over labels that are fair coins. */
export function noiseLoss(eigen: Eigen, eta: number, t: number): number {
	return leftOver(eigen, eta, t).reduce((sum, f) => sum + f, 0) / eigen.values.length;
}

/** u_i·y in the order of the eigenvalues. */
function coordinates({ vectors }: Eigen, y: Float64Array): Float64Array {
	const n = y.length;
	return y.map((_, i) => {
		let sum = 0;
		for (let j = 0; j < n; j++) sum += vectors[i * n + j]! * y[j]!;
		return sum;
	});
}

/** (1/N) Σ_i (1 − ηλ_i)^{2t} (u_i·y)²: for labels that are given. */
export function labelLoss(eigen: Eigen, eta: number, y: Float64Array, t: number): number {
	const f = leftOver(eigen, eta, t);
	return coordinates(eigen, y).reduce((sum, c, i) => sum + f[i]! * c * c, 0) / y.length;
}

/** The weight of the loss on true labels in that on labels of which a fraction is replaced by coins: μ². */
export function truthWeight(corruption: number): number {
	return (1 - corruption) ** 2;
}

/** Expectation and standard deviation of the loss at one step. */
export interface Expected {
	readonly mean: number;
	readonly deviation: number;
}

/**
 * Labels of which a fraction `corruption` was replaced by fair coins. They are s_i z_i, s the true ones and
 * z independent signs of mean μ = 1 − corruption, so that E yyᵀ = μ² ssᵀ + (1 − μ²) I, and the mean is
 * μ² times the loss on true labels plus 1 − μ² times that on noise. The deviation is that of the quadratic
 * form: with B_ij = s_i A_ij s_j, A = (I − ηK)^{2t}, σ² = 1 − μ² and c_i = Σ_{j≠i} B_ij its variance is
 * 2σ⁴ Σ_{i≠j} B_ij² + 4μ²σ² Σ c_i².
 */
export function corruptedLoss(
	eigen: Eigen,
	eta: number,
	truth: Float64Array,
	corruption: number,
	t: number,
): Expected {
	const n = truth.length;
	const keep = truthWeight(corruption);
	const f = leftOver(eigen, eta, t);
	const c = coordinates(eigen, truth);
	let [noise, signal, square] = [0, 0, 0];
	const diagonal = new Float64Array(n);
	const kept = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		noise += f[i]!;
		signal += f[i]! * c[i]! * c[i]!;
		square += f[i]! * f[i]!;
		const [weight, pull] = [f[i]!, f[i]! * c[i]!];
		for (let j = 0; j < n; j++) {
			const u = eigen.vectors[i * n + j]!;
			diagonal[j]! += weight * u * u;
			kept[j]! += pull * u;
		}
	}
	let pulls = 0;
	for (let j = 0; j < n; j++) {
		square -= diagonal[j]! ** 2;
		pulls += (truth[j]! * kept[j]! - diagonal[j]!) ** 2;
	}
	const variance = 2 * (1 - keep) ** 2 * Math.max(0, square) + 4 * keep * (1 - keep) * pulls;
	return {
		mean: (keep * signal + (1 - keep) * noise) / n,
		deviation: Math.sqrt(variance) / n,
	};
}
