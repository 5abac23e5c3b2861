import { derivative, needsSlopes, sigma } from './activation';
import { at, nextPair, plus, spread, sums } from './lanes';
import { BLOCK, FLOAT, Layer, QUAD, SOFTPLUS } from './plan';

/**
 * Four samples go up through a hidden layer: h = σ(s W h_below), from the block of inputs at `from`.
 *
 * The lanes are four units; four sums, one per sample, grow side by side, so that each vector of
 * weights that is loaded serves four samples. `kind` and `scaled` are constants wherever this is
 * written in, so that each activation gets a loop of its own without a question inside.
 */
@inline
export function upAs(kind: i32, scaled: bool, layer: Layer, from: usize): void {
	const scale = f32x4.splat(layer.scale);
	const constant = f32x4.splat(layer.constant);
	const biased = layer.constant != 0;
	const pairs = layer.in >> 1;
	const odd = layer.in & 1;
	let weights = layer.weights;
	let value = layer.values;
	let slope = layer.slopes;
	for (let quad = layer.quads; quad > 0; quad--) {
		let x = from;
		let z0 = f32x4.splat(0);
		let z1 = f32x4.splat(0);
		let z2 = f32x4.splat(0);
		let z3 = f32x4.splat(0);
		if (pairs > 0) {
			// The first two inputs: no sum begins with adding to 0.
			const w = at(weights);
			const v = v128.load(weights, QUAD);
			z0 = pair(w, v, x, 0);
			z1 = pair(w, v, x, QUAD);
			z2 = pair(w, v, x, 2 * QUAD);
			z3 = pair(w, v, x, 3 * QUAD);
			weights += 2 * QUAD;
			x = nextPair(x);
		}
		for (let i = pairs; i > 1; i--) {
			const w = at(weights);
			const v = v128.load(weights, QUAD);
			z0 = f32x4.add(z0, pair(w, v, x, 0));
			z1 = f32x4.add(z1, pair(w, v, x, QUAD));
			z2 = f32x4.add(z2, pair(w, v, x, 2 * QUAD));
			z3 = f32x4.add(z3, pair(w, v, x, 3 * QUAD));
			weights += 2 * QUAD;
			x = nextPair(x);
		}
		if (odd) {
			const w = at(weights);
			z0 = plus(z0, w, spread(x, 0));
			z1 = plus(z1, w, spread(x, QUAD));
			z2 = plus(z2, w, spread(x, 2 * QUAD));
			z3 = plus(z3, w, spread(x, 3 * QUAD));
			weights += QUAD;
		}
		if (biased) {
			const b = f32x4.mul(constant, at(weights));
			z0 = f32x4.add(z0, b);
			z1 = f32x4.add(z1, b);
			z2 = f32x4.add(z2, b);
			z3 = f32x4.add(z3, b);
			weights += QUAD;
		}
		settle(kind, scaled ? f32x4.mul(scale, z0) : z0, value, slope, 0);
		settle(kind, scaled ? f32x4.mul(scale, z1) : z1, value, slope, QUAD);
		settle(kind, scaled ? f32x4.mul(scale, z2) : z2, value, slope, 2 * QUAD);
		settle(kind, scaled ? f32x4.mul(scale, z3) : z3, value, slope, 3 * QUAD);
		value += BLOCK;
		slope += BLOCK;
	}
	if (kind == SOFTPLUS) fade(value - BLOCK, at(layer.live));
}

/** Two inputs of one sample, each times its weights. */
@inline
function pair(w: v128, v: v128, x: usize, sample: usize): v128 {
	return plus(f32x4.mul(w, spread(x, sample)), v, spread(x, sample + FLOAT));
}

@inline
function settle(kind: i32, z: v128, value: usize, slope: usize, sample: usize): void {
	v128.store(value + sample, sigma(kind, z));
	if (needsSlopes(kind)) v128.store(slope + sample, derivative(kind, z));
}

/** Holds the units that fill up the last quad at 0, as softplus would not. */
@inline
function fade(value: usize, live: v128): void {
	v128.store(value, v128.and(at(value), live));
	v128.store(value, v128.and(v128.load(value, QUAD), live), QUAD);
	v128.store(value, v128.and(v128.load(value, 2 * QUAD), live), 2 * QUAD);
	v128.store(value, v128.and(v128.load(value, 3 * QUAD), live), 3 * QUAD);
}

/** The last layer: f of four samples, in the four lanes. */
@inline
export function read(layer: Layer, from: usize): v128 {
	let f0 = f32x4.splat(0);
	let f1 = f32x4.splat(0);
	let f2 = f32x4.splat(0);
	let f3 = f32x4.splat(0);
	let w = layer.weights;
	let h = from;
	for (let quad = layer.quads; quad > 0; quad--) {
		const a = at(w);
		f0 = plus(f0, a, v128.load(h));
		f1 = plus(f1, a, v128.load(h, QUAD));
		f2 = plus(f2, a, v128.load(h, 2 * QUAD));
		f3 = plus(f3, a, v128.load(h, 3 * QUAD));
		w += QUAD;
		h += BLOCK;
	}
	let f = sums(f0, f1, f2, f3);
	if (layer.constant != 0) {
		f = plus(f, f32x4.splat(layer.constant), v128.load_splat<f32>(w));
	}
	return f32x4.mul(f32x4.splat(layer.scale), f);
}
