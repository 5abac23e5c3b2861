import { erf, exp, logOnePlus } from './functions';
import { float } from './float';
import { VECTOR, add, at, div, mul, positive, splat, sub } from './lanes';
import { ERF, RELU, SOFTPLUS, TANH } from './plan';
import { tanhOfFour } from './tanh';

/* σ and σ′ in all lanes. All are written so that NaN stays NaN. */

/** h = σ(z) of four samples, stored as a block at `value`; σ′(z) at `slope`, where h does not tell it. */
@inline
export function settle(
	kind: i32,
	z0: v128,
	z1: v128,
	z2: v128,
	z3: v128,
	value: usize,
	slope: usize,
): void {
	if (kind == TANH) {
		tanhOfFour(z0, z1, z2, z3, value);
	} else {
		v128.store(value, sigma(kind, z0));
		v128.store(value, sigma(kind, z1), VECTOR);
		v128.store(value, sigma(kind, z2), 2 * VECTOR);
		v128.store(value, sigma(kind, z3), 3 * VECTOR);
	}
	if (!keepsSlopes(kind)) return;
	v128.store(slope, derivative(kind, z0));
	v128.store(slope, derivative(kind, z1), VECTOR);
	v128.store(slope, derivative(kind, z2), 2 * VECTOR);
	v128.store(slope, derivative(kind, z3), 3 * VECTOR);
}

@inline
function sigma(kind: i32, z: v128): v128 {
	if (kind == RELU) return positive(z);
	if (kind == ERF) return erf(z);
	if (kind == SOFTPLUS) return add(positive(z), logOnePlus(decay(z)));
	return z;
}

/** Whether σ′(z) is kept going up. */
@inline
function keepsSlopes(kind: i32): bool {
	return kind == ERF || kind == SOFTPLUS;
}

@inline
function derivative(kind: i32, z: v128): v128 {
	if (kind == SOFTPLUS) return logistic(z);
	// 2/√π e^{−z²}
	return mul(splat(1.1283791670955126), exp(v128.neg<float>(mul(z, z))));
}

/** signal · σ′(z), from h = σ(z) or from what was kept. */
@inline
export function slopeOf(kind: i32, signal: v128, h: v128, kept: usize, sample: usize): v128 {
	if (kind == RELU) return v128.and(signal, v128.gt<float>(h, splat(0)));
	if (kind == TANH) return sub(signal, mul(signal, mul(h, h)));
	if (keepsSlopes(kind)) return mul(signal, at(kept + sample));
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
