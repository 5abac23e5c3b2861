import { settle, slopeOf } from './activation';
import { growBias } from './down';
import { BLOCK, FLOAT, VECTOR, add, at, mul, plus, splat, spread } from './lanes';
import { Layer, SOFTPLUS } from './plan';
import { fade, give } from './up';

/*
 * Two-layer nets with two inputs, which most figures train: the loops of `up.ts` and `down.ts` in one,
 * without a question inside. Here each input comes spread over all lanes: a block of the first inputs
 * of four samples, then one of the second.
 */

/** Four samples, all the way up: h = σ(W x) and, in passing, f = s a·h, to the numbers at `f`. */
@inline
export function riseAs(
	kind: i32,
	biased: bool,
	hidden: Layer,
	last: Layer,
	x: usize,
	f: usize,
): void {
	// With the second inputs as well there would be no registers left for the sums.
	const x0 = v128.load(x);
	const x1 = v128.load(x, VECTOR);
	const x2 = v128.load(x, 2 * VECTOR);
	const x3 = v128.load(x, 3 * VECTOR);
	const constant = splat(hidden.constant);
	let f0 = splat(0);
	let f1 = splat(0);
	let f2 = splat(0);
	let f3 = splat(0);
	let weights = hidden.weights;
	let a = last.weights;
	let value = hidden.values;
	let slope = hidden.slopes;
	for (let vector = hidden.vectors; vector > 0; vector--) {
		const w = at(weights);
		const v = v128.load(weights, VECTOR);
		let z0 = plus(mul(w, x0), v, v128.load(x, BLOCK));
		let z1 = plus(mul(w, x1), v, v128.load(x, BLOCK + VECTOR));
		let z2 = plus(mul(w, x2), v, v128.load(x, BLOCK + 2 * VECTOR));
		let z3 = plus(mul(w, x3), v, v128.load(x, BLOCK + 3 * VECTOR));
		if (biased) {
			const b = mul(constant, v128.load(weights, 2 * VECTOR));
			z0 = add(z0, b);
			z1 = add(z1, b);
			z2 = add(z2, b);
			z3 = add(z3, b);
			weights += VECTOR;
		}
		const share = at(a);
		settle(kind, z0, z1, z2, z3, value, slope);
		f0 = plus(f0, share, v128.load(value));
		f1 = plus(f1, share, v128.load(value, VECTOR));
		f2 = plus(f2, share, v128.load(value, 2 * VECTOR));
		f3 = plus(f3, share, v128.load(value, 3 * VECTOR));
		weights += 2 * VECTOR;
		a += VECTOR;
		value += BLOCK;
		slope += BLOCK;
	}
	// Where a unit only fills up, f has seen softplus(0), but times a = 0.
	if (kind == SOFTPLUS) fade(value - BLOCK, at(hidden.live));
	give(last, a, f, f0, f1, f2, f3);
}

/** Their errors, all the way down: the gradients of both layers grow. */
@inline
export function fallAs(
	kind: i32,
	biased: bool,
	last: Layer,
	hidden: Layer,
	x: usize,
	errors: usize,
): void {
	const e0 = spread(errors, 0);
	const e1 = spread(errors, FLOAT);
	const e2 = spread(errors, 2 * FLOAT);
	const e3 = spread(errors, 3 * FLOAT);
	const constant = splat(hidden.constant);
	let gradient = last.gradient;
	let weights = last.weights;
	let value = hidden.values;
	let slope = hidden.slopes;
	let growing = hidden.gradient;
	for (let vector = last.vectors; vector > 0; vector--) {
		const h0 = v128.load(value);
		const h1 = v128.load(value, VECTOR);
		const h2 = v128.load(value, 2 * VECTOR);
		const h3 = v128.load(value, 3 * VECTOR);
		const half = plus(mul(e0, h0), e1, h1);
		const rest = plus(mul(e2, h2), e3, h3);
		v128.store(gradient, add(at(gradient), add(half, rest)));
		const a = at(weights);
		const s0 = slopeOf(kind, mul(e0, a), h0, slope, 0);
		const s1 = slopeOf(kind, mul(e1, a), h1, slope, VECTOR);
		const s2 = slopeOf(kind, mul(e2, a), h2, slope, 2 * VECTOR);
		const s3 = slopeOf(kind, mul(e3, a), h3, slope, 3 * VECTOR);
		const halfX = plus(mul(s0, v128.load(x)), s1, v128.load(x, VECTOR));
		const restX = plus(mul(s2, v128.load(x, 2 * VECTOR)), s3, v128.load(x, 3 * VECTOR));
		v128.store(growing, add(at(growing), add(halfX, restX)));
		const halfY = plus(mul(s0, v128.load(x, BLOCK)), s1, v128.load(x, BLOCK + VECTOR));
		const restY = plus(
			mul(s2, v128.load(x, BLOCK + 2 * VECTOR)),
			s3,
			v128.load(x, BLOCK + 3 * VECTOR),
		);
		v128.store(growing, add(v128.load(growing, VECTOR), add(halfY, restY)), VECTOR);
		if (biased) {
			const all = add(add(s0, s1), add(s2, s3));
			v128.store(growing, plus(v128.load(growing, 2 * VECTOR), constant, all), 2 * VECTOR);
			growing += VECTOR;
		}
		growing += 2 * VECTOR;
		gradient += VECTOR;
		weights += VECTOR;
		value += BLOCK;
		slope += BLOCK;
	}
	if (biased) growBias(gradient, last, errors);
}
