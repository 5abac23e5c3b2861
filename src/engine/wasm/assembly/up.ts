import { derivative, needsSlopes, sigma } from './activation';
import { at, plus, spread, sums } from './lanes';
import { FLOAT, QUAD, Layer } from './plan';

/**
 * Four samples go up through a hidden layer: h = σ(s W h_below). `from` is where the first sample's
 * inputs lie, `stride` the bytes to the next sample's.
 *
 * The lanes are four units; four sums, one per sample, grow side by side, so that each vector of
 * weights that is loaded serves four samples. Above it `kind` is a constant, so that each activation
 * gets a loop of its own without a question inside.
 */
@inline
export function upAs(kind: i32, scaled: bool, layer: Layer, from: usize, stride: usize): void {
	const odd = layer.in & 1;
	const first: usize = 2 - odd;
	const end = from + <usize>layer.in * FLOAT;
	const rows = <usize>layer.quads * QUAD;
	const scale = f32x4.splat(layer.scale);
	const values = layer.values;
	const slopes = layer.slopes;
	let weights = layer.weights;
	for (let quad: usize = 0; quad < rows; quad += QUAD) {
		// The first input alone or the first two, then two at a time: no sum begins with adding to 0.
		let x = from;
		let z0: v128;
		let z1: v128;
		let z2: v128;
		let z3: v128;
		const w = at(weights);
		if (odd) {
			z0 = f32x4.mul(w, spread(x));
			z1 = f32x4.mul(w, spread(x + stride));
			z2 = f32x4.mul(w, spread(x + 2 * stride));
			z3 = f32x4.mul(w, spread(x + 3 * stride));
		} else {
			const v = at(weights + QUAD);
			z0 = pair(w, v, x);
			z1 = pair(w, v, x + stride);
			z2 = pair(w, v, x + 2 * stride);
			z3 = pair(w, v, x + 3 * stride);
		}
		x += first * FLOAT;
		weights += first * QUAD;
		for (; x < end; x += 2 * FLOAT) {
			const w = at(weights);
			const v = at(weights + QUAD);
			z0 = f32x4.add(z0, pair(w, v, x));
			z1 = f32x4.add(z1, pair(w, v, x + stride));
			z2 = f32x4.add(z2, pair(w, v, x + 2 * stride));
			z3 = f32x4.add(z3, pair(w, v, x + 3 * stride));
			weights += 2 * QUAD;
		}
		settle(kind, scaled ? f32x4.mul(scale, z0) : z0, values + quad, slopes + quad);
		settle(kind, scaled ? f32x4.mul(scale, z1) : z1, values + quad + rows, slopes + quad + rows);
		settle(kind, scaled ? f32x4.mul(scale, z2) : z2, values + quad + 2 * rows, slopes + quad + 2 * rows);
		settle(kind, scaled ? f32x4.mul(scale, z3) : z3, values + quad + 3 * rows, slopes + quad + 3 * rows);
	}
}

/** Two inputs of one sample, each times its weights. */
@inline
function pair(w: v128, v: v128, x: usize): v128 {
	return plus(f32x4.mul(w, spread(x)), v, spread(x + FLOAT));
}

@inline
function settle(kind: i32, z: v128, value: usize, slope: usize): void {
	v128.store(value, sigma(kind, z));
	if (needsSlopes(kind)) v128.store(slope, derivative(z));
}

/** The last layer: f of four samples, in the four lanes. */
@inline
export function read(layer: Layer, from: usize, stride: usize): v128 {
	let f0 = f32x4.splat(0);
	let f1 = f32x4.splat(0);
	let f2 = f32x4.splat(0);
	let f3 = f32x4.splat(0);
	const weights = layer.weights;
	for (let i: usize = 0, end = <usize>layer.quads * QUAD; i < end; i += QUAD) {
		const w = at(weights + i);
		f0 = plus(f0, w, at(from + i));
		f1 = plus(f1, w, at(from + i + stride));
		f2 = plus(f2, w, at(from + i + 2 * stride));
		f3 = plus(f3, w, at(from + i + 3 * stride));
	}
	return f32x4.mul(f32x4.splat(layer.scale), sums(f0, f1, f2, f3));
}
