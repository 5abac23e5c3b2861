import { scalar } from '@tensorflow/tfjs-core';
import type { Activation } from '#contract';
import { erf, exp, mul, sigmoid, softplus, square, step, sub, tanh, type Batch } from './ops.ts';

/** σ(z), and how to get σ′(z) from what is at hand; null where σ′ = 1. */
export interface Activated {
	readonly value: Batch;
	slope(): Batch | null;
}

/**
 * ReLU is z · 1[z > 0] and not tf.relu, at no extra kernel, since its slope is the same mask: on some
 * devices relu(NaN) is 0, which would hide that a run has left all bounds.
 */
export const activations: Readonly<Record<Activation, (z: Batch) => Activated>> = {
	relu(z) {
		const mask = step(z);
		return { value: mul(z, mask), slope: () => mask };
	},
	tanh(z) {
		const value = tanh(z);
		return { value, slope: () => sub(scalar(1), square(value)) };
	},
	erf: (z) => ({
		value: erf(z),
		// 2/√π e^{−z²}, its factor inside the exponent
		slope: () => exp(sub(scalar(Math.log(2 / Math.sqrt(Math.PI))), square(z))),
	}),
	linear: (z) => ({ value: z, slope: () => null }),
	softplus: (z) => ({ value: softplus(z), slope: () => sigmoid(z) }),
};

export function timesSlope(signal: Batch, { slope }: Activated): Batch {
	const factor = slope();
	return factor ? mul(signal, factor) : signal;
}
