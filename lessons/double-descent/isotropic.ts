/**
 * Least squares on isotropic data in the limit n, p → ∞, p/n → g, well specified: signal r² and noise
 * σ², excess risk. (Hastie, Montanari, Rosset & Tibshirani 2022, Theorem 1 and the section on ridge regularization; Nakkiran,
 * Venkat, Kakade & Ma 2021 for the optimal ridge.)
 */

/** Of the minimum-norm fit: σ² g/(1 − g), and r²(1 − 1/g) + σ²/(g − 1) above g = 1; ∞ at g = 1. */
export function ridgelessRisk(g: number, signal: number, noise: number): number {
	if (g === 1) return noise === 0 ? 0 : Infinity;
	return g < 1 ? (noise * g) / (1 - g) : signal * (1 - 1 / g) + noise / (g - 1);
}

/** Of ridge regression (XᵀX/n + λ)⁻¹ Xᵀy/n, λ > 0. */
export function ridgeRisk(g: number, lambda: number, signal: number, noise: number): number {
	const b = lambda + g - 1;
	const kappa = (b + Math.sqrt(b * b + 4 * lambda)) / 2;
	const rest = 1 - g / (1 + kappa) ** 2;
	const bias = signal * (kappa / (1 + kappa)) ** 2;
	const variance = (noise * g) / (1 + kappa) ** 2;
	return (bias + variance) / rest;
}

/** λ* = σ² g/r², at which the excess risk is least. */
export function optimalRidge(g: number, signal: number, noise: number): number {
	return (noise * g) / signal;
}
