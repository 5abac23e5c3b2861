import { float } from './float';
import { add, clamp, div, mul, plus, splat, sub } from './lanes';
import { erf64, exp64, logOnePlus64 } from './functions64';

/*
 * erf, e^x for x ≤ 0 and log(1 + t) for 0 ≤ t ≤ 1 in all lanes, each within four units in the last place.
 * NaN stays NaN.
 */

/** z P(z²)/Q(z²) of degrees 5 and 5, fitted to erf on [0, 3.8] for the smallest relative error, 1.2e-8. */
@inline
export function erf(value: v128): v128 {
	if (sizeof<float>() == 8) return erf64(value);
	const z = clamp(value, 3.8);
	const u = mul(z, z);
	let p = horner(0.000286508502, u, splat(2.15103276e-6));
	p = horner(0.00361506472, u, p);
	p = horner(0.0523106941, u, p);
	p = horner(0.186249399, u, p);
	p = horner(1.12837915, u, p);
	let q = horner(0.00113509782, u, splat(3.92134528e-5));
	q = horner(0.0146672477, u, q);
	q = horner(0.112491871, u, q);
	q = horner(0.498392187, u, q);
	q = horner(1, u, q);
	return div(mul(z, p), q);
}

/** Twice the series of artanh at t/(2 + t), which is at most 1/3. */
@inline
export function logOnePlus(t: v128): v128 {
	if (sizeof<float>() == 8) return logOnePlus64(t);
	const q = div(t, add(t, splat(2)));
	const u = mul(q, q);
	let p = horner(2.0 / 11, u, splat(2.0 / 13));
	p = horner(2.0 / 9, u, p);
	p = horner(2.0 / 7, u, p);
	p = horner(2.0 / 5, u, p);
	p = horner(2.0 / 3, u, p);
	return mul(q, horner(2, u, p));
}

/** eˣ for x ≤ 0: x = k ln 2 + r with |r| ≤ ½ ln 2, e^r by its Taylor series, 2^k by its exponent bits. */
@inline
export function exp(value: v128): v128 {
	if (sizeof<float>() == 8) return exp64(value);
	const x = f32x4.pmax(value, f32x4.splat(-87));
	const k = f32x4.nearest(mul(x, splat(1.4426950408889634)));
	// ln 2 in two parts, so that k times the first is exact
	let r = sub(x, mul(k, splat(0.693145751953125)));
	r = sub(r, mul(k, splat(1.428606765330187e-6)));
	let e = horner(1.0 / 120, r, splat(1.0 / 720));
	e = horner(1.0 / 24, r, e);
	e = horner(1.0 / 6, r, e);
	e = horner(0.5, r, e);
	e = horner(1, r, e);
	e = horner(1, r, e);
	const bits = i32x4.shl(i32x4.trunc_sat_f32x4_s(k), 23);
	return i32x4.add(e, bits);
}

/** c + u·rest, one step of Horner's rule. */
@inline
function horner(c: f64, u: v128, rest: v128): v128 {
	return plus(splat(c), u, rest);
}
