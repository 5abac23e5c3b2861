/** Turning four vectors into one: lane k of the answer is the sum of the lanes of vector k. */
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

/** a·b + c, in two roundings: WebAssembly has no fused one that is the same everywhere. */
@inline
export function plus(c: v128, a: v128, b: v128): v128 {
	return f32x4.add(c, f32x4.mul(a, b));
}

@inline
export function at(address: usize): v128 {
	return v128.load(address);
}

/** One number of memory in all four lanes. */
@inline
export function spread(address: usize, offset: usize): v128 {
	return v128.load_splat<f32>(address + offset);
}

/** Two inputs further in a block: within a quad they are neighbours, else they begin the next quad. */
@inline
export function nextPair(x: usize): usize {
	// After the first pair of a quad the address has its bit of 8 set.
	const next = x + 8;
	return next & 8 ? next : next + 48;
}
