/**
 * Two classes of data, ½ N(m, s² I) + ½ N(−m, s² I) with |m|² = d μ², under the forward process
 * dx = −x dt + √2 dB. At time t they are still two Gaussians, ± e^(−t) m with variance G.
 */
export interface Mixture {
	/** Dimension. */
	readonly d: number;
	/** Mean of one coordinate: m = μ (1, …, 1). */
	readonly mu: number;
	/** Standard deviation of a class in each coordinate. */
	readonly s: number;
}

/** |m|, half the distance between the classes. */
export const lengthOf = ({ d, mu }: Mixture) => mu * Math.sqrt(d);

/** D_t = 1 − e^(−2t), the variance of the noise that has been added. */
export const noiseAt = (t: number) => -Math.expm1(-2 * t);

/** G_t = s² e^(−2t) + D_t, the variance within a class. */
export const spreadAt = (s: number, t: number) => s * s * Math.exp(-2 * t) + noiseAt(t);

/** c = |m| e^(−t) and G at time t. */
export function classesAt(mixture: Mixture, t: number): { c: number; spread: number } {
	return { c: lengthOf(mixture) * Math.exp(-t), spread: spreadAt(mixture.s, t) };
}

/** The score along m, ∂/∂u log p_t, at projection u = x·m/|m|. */
export function scoreAlong(mixture: Mixture, t: number, u: number): number {
	const { c, spread } = classesAt(mixture, t);
	return (c * Math.tanh((c * u) / spread) - u) / spread;
}

/** The density of the projection u at time t. */
export function densityAlong(mixture: Mixture, t: number, u: number): number {
	const { c, spread } = classesAt(mixture, t);
	const bell = (at: number) => Math.exp((-(at ** 2) / spread) * 0.5);
	return (bell(u - c) + bell(u + c)) / (2 * Math.sqrt(2 * Math.PI * spread));
}

/** −log of that density, finite in the tails as well: the potential of the swarm along m. */
export function potential(mixture: Mixture, t: number, u: number): number {
	const { c, spread } = classesAt(mixture, t);
	const z = Math.abs((c * u) / spread);
	const logCosh = z + Math.log1p(Math.exp(-2 * z)) - Math.LN2;
	return (u * u + c * c) / (2 * spread) - logCosh + 0.5 * Math.log(2 * Math.PI * spread);
}

/** The time below which the potential along m has two wells: |m|² e^(−2t) = G_t. */
export function splittingTime(mixture: Mixture): number {
	const { s } = mixture;
	return 0.5 * Math.log(lengthOf(mixture) ** 2 + 1 - s * s);
}

/** The bottom u > 0 of a well at time t, by fixed-point iteration; 0 where there is one well. */
export function wellAt(mixture: Mixture, t: number): number {
	const { c, spread } = classesAt(mixture, t);
	if (c * c <= spread) return 0;
	let u = c;
	for (let i = 0; i < 500; i++) u = c * Math.tanh((c * u) / spread);
	return u;
}
