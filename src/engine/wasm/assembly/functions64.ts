import { plus } from './lanes';

/* What `functions.ts` has for float32, in float64. */

/** z P(z²)/Q(z²) of degrees 12 and 12 for erf on [0, 5.9], relative error 3e-17. */
@inline
export function erf64(value: v128): v128 {
	const z = f64x2.pmin(f64x2.pmax(value, splat(-5.9)), splat(5.9));
	const u = f64x2.mul(z, z);
	let p = horner(2.2528786958498015e-14, u, splat(1.600909844859719e-17));
	p = horner(3.3433696397925536e-12, u, p);
	p = horner(1.7100764563432975e-10, u, p);
	p = horner(6.728382526642585e-09, u, p);
	p = horner(1.6833282711011625e-07, u, p);
	p = horner(3.882791066179319e-06, u, p);
	p = horner(5.661035578086398e-05, u, p);
	p = horner(0.0008530043387967939, u, p);
	p = horner(0.0068597647886048, u, p);
	p = horner(0.06602525516714443, u, p);
	p = horner(0.21962268015802436, u, p);
	p = horner(1.1283791670955126, u, p);
	let q = horner(3.343152686716207e-13, u, splat(8.988005457289207e-16));
	q = horner(2.5417698110471858e-11, u, q);
	q = horner(1.1187533369480949e-09, u, q);
	q = horner(3.4951633434043247e-08, u, q);
	q = horner(8.3030499029793e-07, u, q);
	q = horner(1.5419018449154262e-05, u, q);
	q = horner(0.00022509390808783382, u, q);
	q = horner(0.002555472457326529, u, q);
	q = horner(0.021926272429549094, u, q);
	q = horner(0.13450298086552875, u, q);
	q = horner(0.5279688659294718, u, q);
	q = horner(1, u, q);
	return f64x2.div(f64x2.mul(z, p), q);
}

/** Twice the series of artanh at t/(2 + t), which is at most 1/3. */
@inline
export function logOnePlus64(t: v128): v128 {
	const q = f64x2.div(t, f64x2.add(t, splat(2)));
	const u = f64x2.mul(q, q);
	let p = horner(2.0 / 31, u, splat(2.0 / 33));
	p = horner(2.0 / 29, u, p);
	p = horner(2.0 / 27, u, p);
	p = horner(2.0 / 25, u, p);
	p = horner(2.0 / 23, u, p);
	p = horner(2.0 / 21, u, p);
	p = horner(2.0 / 19, u, p);
	p = horner(2.0 / 17, u, p);
	p = horner(2.0 / 15, u, p);
	p = horner(2.0 / 13, u, p);
	p = horner(2.0 / 11, u, p);
	p = horner(2.0 / 9, u, p);
	p = horner(2.0 / 7, u, p);
	p = horner(2.0 / 5, u, p);
	p = horner(2.0 / 3, u, p);
	return f64x2.mul(q, horner(2, u, p));
}

/** eˣ for x ≤ 0: x = k ln 2 + r with |r| ≤ ½ ln 2, e^r by its Taylor series, 2^k by its exponent bits. */
@inline
export function exp64(value: v128): v128 {
	const x = f64x2.pmax(value, splat(-708));
	const k = f64x2.nearest(f64x2.mul(x, splat(1.4426950408889634)));
	// ln 2 in two parts, so that k times the first is exact
	let r = f64x2.sub(x, f64x2.mul(k, splat(0.6931471803691238)));
	r = f64x2.sub(r, f64x2.mul(k, splat(1.9082149292705877e-10)));
	let e = horner(1.0 / 479001600, r, splat(1.0 / 6227020800));
	e = horner(1.0 / 39916800, r, e);
	e = horner(1.0 / 3628800, r, e);
	e = horner(1.0 / 362880, r, e);
	e = horner(1.0 / 40320, r, e);
	e = horner(1.0 / 5040, r, e);
	e = horner(1.0 / 720, r, e);
	e = horner(1.0 / 120, r, e);
	e = horner(1.0 / 24, r, e);
	e = horner(1.0 / 6, r, e);
	e = horner(1.0 / 2, r, e);
	e = horner(1, r, e);
	e = horner(1, r, e);
	const bits = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
	return i64x2.add(e, i64x2.shl(bits, 52));
}

@inline
function splat(value: f64): v128 {
	return f64x2.splat(value);
}

/** c + u·rest, one step of Horner's rule. */
@inline
function horner(c: f64, u: v128, rest: v128): v128 {
	return plus(splat(c), u, rest);
}
