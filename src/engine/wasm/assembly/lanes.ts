import { float } from './float';

/** Numbers in a SIMD vector: four of float32, two of float64. */
export const LANES = 16 / <i32>sizeof<float>();

/** Bytes of a number, of a vector, and of a vector for each of four samples. */
export const FLOAT: usize = sizeof<float>();
export const VECTOR: usize = 16;
export const BLOCK: usize = 64;

/* All a kernel needs of SIMD, so that no other file says how wide a number is. */

@inline
export function splat(value: f64): v128 {
	return v128.splat<float>(<float>value);
}

@inline
export function add(a: v128, b: v128): v128 {
	return v128.add<float>(a, b);
}

@inline
export function sub(a: v128, b: v128): v128 {
	return v128.sub<float>(a, b);
}

@inline
export function mul(a: v128, b: v128): v128 {
	return v128.mul<float>(a, b);
}

@inline
export function div(a: v128, b: v128): v128 {
	return v128.div<float>(a, b);
}

/** a·b + c, in two roundings: WebAssembly has no fused one that is the same everywhere. */
@inline
export function plus(c: v128, a: v128, b: v128): v128 {
	return add(c, mul(a, b));
}

/** max(z, 0); NaN stays NaN, as pmax(a, b) is a < b ? b : a. */
@inline
export function positive(z: v128): v128 {
	return v128.pmax<float>(z, splat(0));
}

/** From −bound to bound; NaN stays NaN. */
@inline
export function clamp(z: v128, bound: f64): v128 {
	return v128.pmin<float>(v128.pmax<float>(z, splat(-bound)), splat(bound));
}

@inline
export function at(address: usize): v128 {
	return v128.load(address);
}

/** One number of memory in all lanes. */
@inline
export function spread(address: usize, offset: usize): v128 {
	return sizeof<float>() == 4
		? v128.load32_splat(address + offset)
		: v128.load64_splat(address + offset);
}

/** Two inputs further in a block: within a vector they are neighbours, else they begin the next. */
@inline
export function nextPair(x: usize): usize {
	if (LANES == 2) return x + BLOCK;
	// After the first pair of four the address has its bit of 8 set.
	const next = x + 8;
	return next & 8 ? next : next + BLOCK - VECTOR;
}

/** Turning four vectors of four lanes into one: lane k of the answer is the sum of the lanes of vector k. */
@inline
export function sums(a: v128, b: v128, c: v128, d: v128): v128 {
	// (a0+a2, b0+b2, a1+a3, b1+b3), and the same of c and d
	const ab = f32x4.add(
		v128.shuffle<f32>(a, b, 0, 4, 1, 5),
		v128.shuffle<f32>(a, b, 2, 6, 3, 7),
	);
	const cd = f32x4.add(
		v128.shuffle<f32>(c, d, 0, 4, 1, 5),
		v128.shuffle<f32>(c, d, 2, 6, 3, 7),
	);
	return f32x4.add(
		v128.shuffle<f32>(ab, cd, 0, 1, 4, 5),
		v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
	);
}

/** The same of two vectors of two lanes. */
@inline
export function sumsOfTwo(a: v128, b: v128): v128 {
	return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
}
