/** Activations with their derivatives, and what a layer makes of a Gaussian signal. */
import { memo } from '#theory/memo.ts';
import { gaussianMean } from './gaussian.ts';

export interface Activation {
	readonly name: string;
	phi(z: number): number;
	/** φ′; anything at a kink, which has probability 0. */
	slope(z: number): number;
	/** Whether φ(cz) = cφ(z) for c ≥ 0: signals of every size are passed on alike. */
	readonly homogeneous?: boolean;
}

export const activations = {
	tanh: {
		name: 'tanh',
		phi: Math.tanh,
		slope: (z) => 1 - Math.tanh(z) ** 2,
	},
	relu: {
		name: 'ReLU',
		phi: (z) => Math.max(0, z),
		slope: (z) => (z > 0 ? 1 : 0),
		homogeneous: true,
	},
	sigmoid: {
		name: 'sigmoid',
		phi: (z) => 1 / (1 + Math.exp(-z)),
		slope: (z) => 1 / (2 + Math.exp(z) + Math.exp(-z)),
	},
	softsign: {
		name: 'softsign',
		phi: (z) => z / (1 + Math.abs(z)),
		slope: (z) => 1 / (1 + Math.abs(z)) ** 2,
	},
	linear: { name: 'linear', phi: (z) => z, slope: () => 1, homogeneous: true },
} satisfies Record<string, Activation>;

export type ActivationName = keyof typeof activations;

export function activationOf(name: string): Activation {
	return activations[name as ActivationName];
}

/** Moments of φ and φ′ at z = √q g, with g standard normal. */
export interface Moments {
	/** E φ², and its first two derivatives in q. */
	readonly square: number;
	readonly squareSlope: number;
	readonly squareBend: number;
	/** E φ⁴. */
	readonly fourth: number;
	/** E φ′², its derivative in q, E φ′⁴ and E φ²φ′². */
	readonly slopeSquare: number;
	readonly slopeSquareSlope: number;
	readonly slopeFourth: number;
	readonly mixed: number;
}

/**
 * The moments at q ≥ 0. Derivatives in q by the score of the Gaussian: ∂_q E f = E f (g² − 1)/(2q), and
 * ∂²_q E f = E f (g⁴ − 6g² + 3)/(4q²).
 */
export const moments = memo(({ name, q }: { name: string; q: number }): Moments => {
	const { phi, slope, homogeneous } = activationOf(name);
	// What passes every size alike is evaluated at size 1: q may have left the range of numbers.
	const at = homogeneous ? 1 : Math.max(q, 1e-150);
	const size = Math.sqrt(at);
	const mean = (f: (p: number, s: number, g: number) => number) =>
		gaussianMean((g) => f(phi(size * g) ** 2, slope(size * g) ** 2, g));
	const score = (g: number) => (g * g - 1) / (2 * at);
	const bend = (g: number) => (g ** 4 - 6 * g * g + 3) / (4 * at * at);
	const scale = homogeneous ? q : 1;
	return {
		square: scale * mean((p) => p),
		squareSlope: mean((p, _, g) => p * score(g)),
		squareBend: homogeneous ? 0 : mean((p, _, g) => p * bend(g)),
		fourth: scale ** 2 * mean((p) => p * p),
		slopeSquare: mean((_, s) => s),
		slopeSquareSlope: homogeneous ? 0 : mean((_, s, g) => s * score(g)),
		slopeFourth: mean((_, s) => s * s),
		mixed: scale * mean((p, s) => p * s),
	};
}, 4096);
