import type { Activation } from '#contract';

/**
 * σ in GLSL, on several numbers at once: `value(z)`, and `slope(z, h)` from h = σ(z) where that tells
 * it. NaN stays NaN, so that a run that left all bounds shows it. tanh and erf are ratios of polynomials
 * fitted for the smallest relative error, 1.2e-8, as on the WASM lane; no exponential overflows.
 */
interface Snippets {
	/** An expression in z. */
	readonly value: string;
	/** An expression in h, or, where `needsZ`, in z. */
	readonly slope: string;
	readonly needsZ?: true;
	readonly helpers?: string;
}

const snippets: Readonly<Record<Activation, Snippets>> = {
	relu: {
		// Not max(z, 0), which is 0 for NaN on some devices.
		value: 'z * T(greaterThan(z, T(0.)))',
		slope: 'T(greaterThan(h, T(0.)))',
	},
	tanh: {
		value: 'ratio(z)',
		slope: '1. - h * h',
		helpers: ratio(
			8.5,
			[0.999999988, 0.134132422, 0.00353402115, 2.12509495e-5, 1.42690955e-8],
			[1, 0.467465649, 0.0260227297, 0.000334885542, 8.14506942e-7],
		),
	},
	erf: {
		value: 'ratio(z)',
		slope: `${2 / Math.sqrt(Math.PI)} * exp(-z * z)`,
		needsZ: true,
		helpers: ratio(
			3.8,
			[1.12837915, 0.186249399, 0.0523106941, 0.00361506472, 0.000286508502, 2.15103276e-6],
			[1, 0.498392187, 0.112491871, 0.0146672477, 0.00113509782, 3.92134528e-5],
		),
	},
	linear: { value: 'z', slope: 'T(1.)' },
	// σ(0) is ln 2: units that fill up a texel are masked.
	softplus: {
		value: 'z * T(greaterThan(z, T(0.))) + logOnePlus(exp(-abs(z)))',
		slope: 'mix(T(1.), exp(z), lessThan(z, T(0.))) / (1. + exp(-abs(z)))',
		needsZ: true,
		// log(1 + t) by the series of artanh at t / (2 + t), at most 1/3
		helpers: `
T logOnePlus(T t) {
	T q = t / (t + 2.);
	T u = q * q;
	return q * ${horner([2, 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11, 2 / 13])};
}`,
	},
};

/** z P(z²)/Q(z²) up to a bound, ±1 beyond, and NaN for NaN. */
function ratio(bound: number, p: readonly number[], q: readonly number[]): string {
	return `
T ratio(T z) {
	T u = min(z * z, T(${glsl(bound ** 2)}));
	T far = mix(z, sign(z), greaterThan(abs(z), T(0.)));
	return mix(far, z * ${horner(p)} / ${horner(q)}, lessThan(abs(z), T(${glsl(bound)})));
}`;
}

/** A polynomial in u, lowest coefficient first. */
function horner(coefficients: readonly number[]): string {
	return coefficients
		.map(glsl)
		.reduceRight(
			(rest, coefficient) => (rest ? `(${coefficient} + u * ${rest})` : coefficient),
			'',
		);
}

/** A number as GLSL reads it: with a point. */
export function glsl(value: number): string {
	const text = String(value);
	return /[.e]/.test(text) ? text : `${text}.`;
}

export type VectorType = 'vec2' | 'vec4';

/**
 * The functions `value` and `slope` for a program, on vectors of each type. Where nobody sees what it
 * computes but through the weights, in which NaN stays, relu may be the quicker one that drops it.
 */
export function activationCode(
	activation: Activation,
	types: readonly VectorType[],
	isWatched = true,
): string {
	const { value: safe, slope, helpers = '' } = snippets[activation];
	const value = activation === 'relu' && !isWatched ? 'max(z, 0.)' : safe;
	return types
		.map((type) =>
			`${helpers}
/** σ(z). */
T value(T z) { return ${value}; }
/** σ′(z). */
T slope(T z, T h) { return ${slope}; }
`.replaceAll(/\bT\b/g, type),
		)
		.join('');
}

/** Whether h = σ(z) does not tell σ′(z), so that a deep network keeps the slopes as well. */
export function keepsSlopes(activation: Activation): boolean {
	return snippets[activation].needsZ ?? false;
}
