/**
 * The weak-features model of Belkin, Hsu & Xu (2020): x ~ N(0, I_D), y = x·w + noise of variance σ²,
 * least squares on the first p of the D coordinates. The energy |w|² = 1 is spread evenly, so that any
 * p coordinates hold exactly p/D of it. "Risk" is the expected squared error on a new noisy point.
 */
export interface Model {
	/** Samples. */
	readonly n: number;
	/** D, the coordinates there are. */
	readonly dimension: number;
	/** σ². */
	readonly noise: number;
}

/** |w_T|² = p/D: the energy of the coordinates that the fit sees. */
export function seen({ dimension }: Model, p: number): number {
	return p / dimension;
}

/** c = 1 − p/D + σ²: unseen coordinates act as noise; no fit on the p coordinates has a smaller risk. */
export function floor({ dimension, noise }: Model, p: number): number {
	return 1 - p / dimension + noise;
}

/** Values of p: round fractions and multiples of n, and both sides of p = n; ascending, from 1 to D. */
export function sweep({ n, dimension }: Model): number[] {
	const near = [1, 2, 4, 8].flatMap((away) => [n - away, n + away]);
	const ratios = [0.125, 0.25, 0.5, 0.65, 1, 1.35, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 6, 8];
	const all = [1, ...ratios.map((g) => Math.round(g * n)), ...near, dimension];
	return [...new Set(all)].filter((p) => p >= 1 && p <= dimension).sort((a, b) => a - b);
}

/** Nearer to p = n than this, the risk of one draw has no fourth moment: no mean over draws settles. */
export const settled = 8;
