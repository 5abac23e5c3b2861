/** Limits of the spectra of large random matrices as distribution functions, and where a spike shows. */
import { marchenkoPasturEdges } from '#theory/marchenkoPastur.ts';

/**
 * The share of eigenvalues of XᵀX/n up to x, for p/n → g: Marchenko and Pastur. With s = 1 + g + 2√g cos θ
 * the density becomes (2/π) sin²θ/(1 + g + 2√g cos θ), which has an elementary integral.
 */
export function marchenkoPasturCdf(g: number, x: number): number {
	const [low, high] = marchenkoPasturEdges(g);
	const atZero = Math.max(0, 1 - 1 / g);
	if (x < low) return x < 0 ? 0 : atZero;
	if (x >= high) return 1;
	const [middle, half] = [1 + g, 2 * Math.sqrt(g)];
	const theta = Math.acos(Math.min(1, Math.max(-1, (x - middle) / half)));
	const root = Math.abs(1 - g);
	const share = Math.sqrt(low / high) * Math.tan(theta / 2);
	const up = (middle * theta - 2 * root * Math.atan(share)) / half ** 2 - Math.sin(theta) / half;
	return 1 - (2 / Math.PI) * up;
}

/** E (1/p) tr (XᵀX/n)⁻¹ for Gaussian X of shape [n, p], exact where p < n − 1: the mean of an inverse Wishart matrix. */
export function meanInverse(n: number, p: number): number {
	return n / (n - p - 1);
}

/** The share of eigenvalues of (Z + Zᵀ)/√(2n) up to x: Wigner's semicircle on [−2, 2]. */
export function semicircleCdf(x: number): number {
	const at = Math.min(2, Math.max(-2, x));
	return 0.5 + (at * Math.sqrt(4 - at * at)) / (4 * Math.PI) + Math.asin(at / 2) / Math.PI;
}

/** Mean and standard deviation of the Tracy-Widom law for real symmetric matrices. */
const tracyWidom = { mean: -1.2065336, deviation: 1.267981 };

/** The largest eigenvalue of (Z + Zᵀ)/√(2n): 2, with the mean and the spread of its next order n^(−2/3). */
export function largestOfWigner(n: number): { readonly mean: number; readonly deviation: number } {
	const order = n ** (-2 / 3);
	return { mean: 2 + order * tracyWidom.mean, deviation: order * tracyWidom.deviation };
}

/** Where a spike begins to show: θ = √g. */
export function threshold(g: number): number {
	return Math.sqrt(g);
}

/**
 * Covariance I + θ v vᵀ and p/n → g: the largest eigenvalue of the sample covariance, and the squared
 * cosine between its eigenvector and v. (Baik, Ben Arous & Péché 2005.)
 */
export function spike(
	theta: number,
	g: number,
): { readonly top: number; readonly overlap: number } {
	if (theta <= threshold(g)) return { top: marchenkoPasturEdges(g)[1], overlap: 0 };
	return {
		top: (1 + theta) * (1 + g / theta),
		overlap: (1 - g / theta ** 2) / (1 + g / theta),
	};
}

/**
 * The standard deviation of the largest eigenvalue, over itself, for a spike that shows: to leading order
 * √(2(1 − g/θ²)/n)/(1 + g/θ); 0 for one that does not. (Couillet & Liao 2022, Section 2.5.)
 */
export function spreadOfTop(theta: number, g: number, n: number): number {
	if (theta <= threshold(g)) return 0;
	return Math.sqrt((2 * (1 - g / theta ** 2)) / n) / (1 + g / theta);
}

/** How far below (1 + √g)² the largest eigenvalue is in the mean without a spike, over itself: the Tracy-Widom law. */
export function edgeShift(g: number, n: number): number {
	const root = Math.sqrt(g);
	return -tracyWidom.mean * n ** (-2 / 3) * (1 + root) ** (-2 / 3) * g ** (-1 / 6);
}
