import { settle } from './activation';
import { BLOCK, FLOAT, LANES, VECTOR, add, at, mul, nextPair, plus, splat, spread, sums, sumsOfTwo } from './lanes';
import { Layer, SOFTPLUS } from './plan';

/**
 * Four samples go up through a hidden layer: h = σ(s W h_below), from the blocks of inputs at `from`.
 *
 * The lanes are units; four sums, one per sample, grow side by side, so that each vector of weights
 * that is loaded serves four samples. `kind` and `scaled` are constants wherever this is written in, so
 * that each activation gets a loop of its own without a question inside.
 */
@inline
export function upAs(kind: i32, scaled: bool, layer: Layer, from: usize): void {
	const scale = splat(layer.scale);
	const constant = splat(layer.constant);
	const biased = layer.constant != 0;
	const pairs = layer.in >> 1;
	const odd = layer.in & 1;
	let weights = layer.weights;
	let value = layer.values;
	let slope = layer.slopes;
	for (let vector = layer.vectors; vector > 0; vector--) {
		let x = from;
		let z0 = splat(0);
		let z1 = splat(0);
		let z2 = splat(0);
		let z3 = splat(0);
		if (pairs > 0) {
			// The first two inputs: no sum begins with adding to 0.
			const w = at(weights);
			const v = v128.load(weights, VECTOR);
			z0 = pair(w, v, x, 0);
			z1 = pair(w, v, x, VECTOR);
			z2 = pair(w, v, x, 2 * VECTOR);
			z3 = pair(w, v, x, 3 * VECTOR);
			weights += 2 * VECTOR;
			x = nextPair(x);
		}
		for (let i = pairs; i > 1; i--) {
			const w = at(weights);
			const v = v128.load(weights, VECTOR);
			z0 = add(z0, pair(w, v, x, 0));
			z1 = add(z1, pair(w, v, x, VECTOR));
			z2 = add(z2, pair(w, v, x, 2 * VECTOR));
			z3 = add(z3, pair(w, v, x, 3 * VECTOR));
			weights += 2 * VECTOR;
			x = nextPair(x);
		}
		if (odd) {
			const w = at(weights);
			z0 = plus(z0, w, spread(x, 0));
			z1 = plus(z1, w, spread(x, VECTOR));
			z2 = plus(z2, w, spread(x, 2 * VECTOR));
			z3 = plus(z3, w, spread(x, 3 * VECTOR));
			weights += VECTOR;
		}
		if (biased) {
			const b = mul(constant, at(weights));
			z0 = add(z0, b);
			z1 = add(z1, b);
			z2 = add(z2, b);
			z3 = add(z3, b);
			weights += VECTOR;
		}
		if (scaled) {
			z0 = mul(scale, z0);
			z1 = mul(scale, z1);
			z2 = mul(scale, z2);
			z3 = mul(scale, z3);
		}
		settle(kind, z0, z1, z2, z3, value, slope);
		value += BLOCK;
		slope += BLOCK;
	}
	if (kind == SOFTPLUS) fade(value - BLOCK, at(layer.live));
}

/** Two inputs of one sample, each times its weights. */
@inline
function pair(w: v128, v: v128, x: usize, sample: usize): v128 {
	return plus(mul(w, spread(x, sample)), v, spread(x, sample + FLOAT));
}

/** Holds the units that fill up the last vector at 0, as softplus would not. */
@inline
export function fade(value: usize, live: v128): void {
	for (let sample: usize = 0; sample < BLOCK; sample += VECTOR) {
		v128.store(value + sample, v128.and(at(value + sample), live));
	}
}

/** The last layer: f of four samples, from the blocks of inputs at `from`, to the numbers at `f`. */
@inline
export function read(layer: Layer, from: usize, f: usize): void {
	let f0 = splat(0);
	let f1 = splat(0);
	let f2 = splat(0);
	let f3 = splat(0);
	let w = layer.weights;
	let h = from;
	for (let vector = layer.vectors; vector > 0; vector--) {
		const a = at(w);
		f0 = plus(f0, a, v128.load(h));
		f1 = plus(f1, a, v128.load(h, VECTOR));
		f2 = plus(f2, a, v128.load(h, 2 * VECTOR));
		f3 = plus(f3, a, v128.load(h, 3 * VECTOR));
		w += VECTOR;
		h += BLOCK;
	}
	give(layer, w, f, f0, f1, f2, f3);
}

/** f of four samples, each the sum of the lanes of one vector and the bias at `bias`, where there is one. */
@inline
export function give(
	last: Layer,
	biases: usize,
	f: usize,
	f0: v128,
	f1: v128,
	f2: v128,
	f3: v128,
): void {
	const scale = splat(last.scale);
	const bias = last.constant == 0 ? splat(0) : mul(splat(last.constant), spread(biases, 0));
	if (LANES == 4) {
		v128.store(f, mul(scale, add(sums(f0, f1, f2, f3), bias)));
	} else {
		v128.store(f, mul(scale, add(sumsOfTwo(f0, f1), bias)));
		v128.store(f, mul(scale, add(sumsOfTwo(f2, f3), bias)), VECTOR);
	}
}
