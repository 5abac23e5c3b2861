import { erf, exp, logOnePlus, tanh } from './functions';
import { float } from './float';
import { add, at, div, mul, positive, splat, sub } from './lanes';
import { ERF, RELU, SOFTPLUS, TANH } from './plan';

/* σ and σ′ in all lanes. All are written so that NaN stays NaN. */

@inline
export function sigma(kind: i32, z: v128): v128 {
	if (kind == RELU) return positive(z);
	if (kind == TANH) return tanh(z);
	if (kind == ERF) return erf(z);
	if (kind == SOFTPLUS) return add(positive(z), logOnePlus(decay(z)));
	return z;
}

/** Whether σ′(z) must be kept going up, as h = σ(z) does not tell it. */
@inline
export function needsSlopes(kind: i32): bool {
	return kind == ERF || kind == SOFTPLUS;
}

@inline
export function derivative(kind: i32, z: v128): v128 {
	if (kind == SOFTPLUS) return logistic(z);
	// 2/√π e^{−z²}
	return mul(splat(1.1283791670955126), exp(v128.neg<float>(mul(z, z))));
}

/** signal · σ′(z), from h = σ(z) or from what was kept. */
@inline
export function slopeOf(kind: i32, signal: v128, h: v128, kept: usize, sample: usize): v128 {
	if (kind == RELU) return v128.and(signal, v128.gt<float>(h, splat(0)));
	if (kind == TANH) return sub(signal, mul(signal, mul(h, h)));
	if (needsSlopes(kind)) return mul(signal, at(kept + sample));
	return signal;
}

/** e^{−|z|} */
@inline
function decay(z: v128): v128 {
	return exp(v128.neg<float>(v128.abs<float>(z)));
}

/** 1/(1 + e^{−z}) */
@inline
function logistic(z: v128): v128 {
	const t = decay(z);
	const numerator = v128.bitselect(t, splat(1), v128.lt<float>(z, splat(0)));
	return div(numerator, add(splat(1), t));
}
