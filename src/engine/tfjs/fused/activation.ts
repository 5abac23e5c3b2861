import { backend_util } from '@tensorflow/tfjs-core';
import type { Activation } from '#contract';

/**
 * σ in GLSL, on four numbers at once. What is kept of a pre-activation z is whatever gives both σ(z)
 * and σ′(z) at least cost: σ(z) itself, or z where the slope needs it. σ(0) = 0 throughout, and NaN
 * stays NaN: inputs that only fill up a texel add nothing, and a run that left all bounds shows it.
 */
interface Snippets {
	readonly keep: string;
	readonly value: string;
	readonly slope: string;
}

const { ERF_P, ERF_A1, ERF_A2, ERF_A3, ERF_A4, ERF_A5 } = backend_util;

const snippets: Readonly<Record<Activation, Snippets>> = {
	relu: {
		// Not max(z, 0), which is 0 for NaN on some devices.
		keep: 'z * vec4(greaterThan(z, vec4(0.)))',
		value: 'kept',
		slope: 'vec4(greaterThan(kept, vec4(0.)))',
	},
	tanh: {
		// The exponential decays, so that nothing overflows.
		keep: 'sign(z) * (1. - exp(-2. * abs(z))) / (1. + exp(-2. * abs(z)))',
		value: 'kept',
		slope: '1. - kept * kept',
	},
	erf: { keep: 'z', value: 'erf(kept)', slope: `${2 / Math.sqrt(Math.PI)} * exp(-kept * kept)` },
	linear: { keep: 'z', value: 'kept', slope: 'vec4(1.)' },
	// σ(0) is ln 2: what fills up a texel must be masked.
	softplus: {
		keep: 'z',
		value: 'max(kept, 0.) + log(1. + exp(-abs(kept)))',
		slope: '1. / (1. + exp(-kept))',
	},
};

/** Abramowitz and Stegun 7.1.26, off by 1.5e-7 at most: the formula of tfjs. */
const erf = `
vec4 erf(vec4 z) {
	vec4 t = 1. / (1. + ${ERF_P} * abs(z));
	vec4 tail = ((((${ERF_A5} * t + ${ERF_A4}) * t + ${ERF_A3}) * t + ${ERF_A2}) * t + ${ERF_A1}) * t;
	return sign(z) * (1. - tail * exp(-z * z));
}`;

/** The functions `keep`, `value` and `slope` for a program. */
export function activationCode(activation: Activation): string {
	const { keep, value, slope } = snippets[activation];
	return `
${activation === 'erf' ? erf : ''}
/** What is remembered of a pre-activation. */
vec4 keep(vec4 z) { return ${keep}; }
/** σ(z). */
vec4 value(vec4 kept) { return ${value}; }
/** σ′(z). */
vec4 slope(vec4 kept) { return ${slope}; }
`;
}
