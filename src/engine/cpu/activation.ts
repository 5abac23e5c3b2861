import type { Activation } from '#contract';

/** σ and its derivative, the latter from the pre-activation z and the value h = σ(z) already at hand. */
interface Pointwise {
	value(z: number): number;
	slope(z: number, h: number): number;
	/** σ″; 0 at the kink of relu. */
	curvature(z: number, h: number): number;
}

export const activations: Readonly<Record<Activation, Pointwise>> = {
	relu: { value: (z) => (z <= 0 ? 0 : z), slope: (z) => (z > 0 ? 1 : 0), curvature: () => 0 },
	tanh: { value: Math.tanh, slope: (_, h) => 1 - h * h, curvature: (_, h) => -2 * h * (1 - h * h) },
	erf: {
		value: erf,
		slope: (z) => TWO_OVER_ROOT_PI * Math.exp(-z * z),
		curvature: (z) => -2 * z * TWO_OVER_ROOT_PI * Math.exp(-z * z),
	},
	linear: { value: (z) => z, slope: () => 1, curvature: () => 0 },
	softplus: {
		value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
		slope: logistic,
		curvature: (z) => logistic(z) * logistic(-z),
	},
};

/** 1/(1 + e^{−z}), without overflow at either end. */
function logistic(z: number): number {
	const e = Math.exp(-Math.abs(z));
	return (z < 0 ? e : 1) / (1 + e);
}

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/**
 * The error function to about 1e-15: near 0 by the series 2/√π e^{−z²} Σ 2^k z^{2k+1}/(2k+1)!!, all
 * of whose terms have one sign; in the tail by the continued fraction of erfc.
 */
export function erf(z: number): number {
	const size = Math.abs(z);
	if (size > 6) return Math.sign(z);
	const factor = TWO_OVER_ROOT_PI * Math.exp(-z * z);
	if (size < 2.5) {
		let term = z;
		let sum = z;
		for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
			term *= (2 * z * z) / (2 * k + 1);
			sum += term;
		}
		return factor * sum;
	}
	let tail = size;
	for (let k = 40; k > 0; k--) tail = size + k / 2 / tail;
	return Math.sign(z) * (1 - (0.5 * factor) / tail);
}
