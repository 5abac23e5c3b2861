import { slopeOf } from './activation';
import { at, nextPair, plus, spread, sums } from './lanes';
import { BLOCK, FLOAT, Layer, QUAD } from './plan';

/**
 * The last layer, backward: `error` holds ∂ loss / ∂f of four samples. Its own gradient grows by
 * s·error·h, and the layer below gets its signals, s·error·a·σ′(z). The gradient gathers even where the
 * last layer is frozen; then nobody reads it.
 *
 * With `crossing`, in a two-layer net, the gradient of the layer below grows at once, from the inputs at
 * `from`, and signals stay in registers. Most figures train such nets.
 */
@inline
export function turnAs(
	kind: i32,
	crossing: bool,
	last: Layer,
	below: Layer,
	from: usize,
	error: v128,
): void {
	const scaled = f32x4.mul(f32x4.splat(last.scale), error);
	const e0 = f32x4.splat(f32x4.extract_lane(scaled, 0));
	const e1 = f32x4.splat(f32x4.extract_lane(scaled, 1));
	const e2 = f32x4.splat(f32x4.extract_lane(scaled, 2));
	const e3 = f32x4.splat(f32x4.extract_lane(scaled, 3));
	let gradient = last.gradient;
	let weights = last.weights;
	let value = below.values;
	let slope = below.slopes;
	let signal = below.signals;
	let growing = below.gradient;
	const constant = below.constant;
	for (let quad = last.quads; quad > 0; quad--) {
		const h0 = v128.load(value);
		const h1 = v128.load(value, QUAD);
		const h2 = v128.load(value, 2 * QUAD);
		const h3 = v128.load(value, 3 * QUAD);
		const half = plus(f32x4.mul(e0, h0), e1, h1);
		const rest = plus(f32x4.mul(e2, h2), e3, h3);
		v128.store(gradient, f32x4.add(at(gradient), f32x4.add(half, rest)));
		const a = at(weights);
		const s0 = slopeOf(kind, f32x4.mul(e0, a), h0, slope, 0);
		const s1 = slopeOf(kind, f32x4.mul(e1, a), h1, slope, QUAD);
		const s2 = slopeOf(kind, f32x4.mul(e2, a), h2, slope, 2 * QUAD);
		const s3 = slopeOf(kind, f32x4.mul(e3, a), h3, slope, 3 * QUAD);
		if (crossing) {
			growing = grow(growing, below.in, constant, from, s0, s1, s2, s3);
		} else {
			v128.store(signal, s0);
			v128.store(signal, s1, QUAD);
			v128.store(signal, s2, 2 * QUAD);
			v128.store(signal, s3, 3 * QUAD);
			signal += BLOCK;
		}
		gradient += QUAD;
		weights += QUAD;
		value += BLOCK;
		slope += BLOCK;
	}
	if (last.constant != 0) growBias(gradient, last.constant, scaled);
}

/** The last layer's gradient alone, where nothing below it learns: grows by s·error·h. */
@inline
export function readGradient(last: Layer, from: usize, error: v128): void {
	const scaled = f32x4.mul(f32x4.splat(last.scale), error);
	const e0 = f32x4.splat(f32x4.extract_lane(scaled, 0));
	const e1 = f32x4.splat(f32x4.extract_lane(scaled, 1));
	const e2 = f32x4.splat(f32x4.extract_lane(scaled, 2));
	const e3 = f32x4.splat(f32x4.extract_lane(scaled, 3));
	let gradient = last.gradient;
	let h = from;
	for (let quad = last.quads; quad > 0; quad--) {
		const half = plus(f32x4.mul(e0, v128.load(h)), e1, v128.load(h, QUAD));
		const rest = plus(f32x4.mul(e2, v128.load(h, 2 * QUAD)), e3, v128.load(h, 3 * QUAD));
		v128.store(gradient, f32x4.add(at(gradient), f32x4.add(half, rest)));
		gradient += QUAD;
		h += BLOCK;
	}
	if (last.constant != 0) growBias(gradient, last.constant, scaled);
}

/** The last layer has one bias, the first of four lanes. */
@inline
function growBias(gradient: usize, constant: f32, scaled: v128): void {
	const half = f32x4.extract_lane(scaled, 0) + f32x4.extract_lane(scaled, 1);
	const rest = f32x4.extract_lane(scaled, 2) + f32x4.extract_lane(scaled, 3);
	store<f32>(gradient, load<f32>(gradient) + constant * (half + rest));
}

/** A hidden layer's gradient grows by Σ signal ⊗ input over four samples; the factor s comes later. */
export function hiddenGradient(layer: Layer, from: usize): void {
	let gradient = layer.gradient;
	let signal = layer.signals;
	const constant = layer.constant;
	for (let quad = layer.quads; quad > 0; quad--) {
		const s0 = v128.load(signal);
		const s1 = v128.load(signal, QUAD);
		const s2 = v128.load(signal, 2 * QUAD);
		const s3 = v128.load(signal, 3 * QUAD);
		gradient = grow(gradient, layer.in, constant, from, s0, s1, s2, s3);
		signal += BLOCK;
	}
}

/** The part of it that belongs to one quad of units; returns where that of the next begins. */
@inline
function grow(
	gradient: usize,
	inputs: i32,
	constant: f32,
	from: usize,
	s0: v128,
	s1: v128,
	s2: v128,
	s3: v128,
): usize {
	let x = from;
	for (let i = inputs >> 1; i > 0; i--) {
		v128.store(gradient, grown(gradient, 0, x, 0, s0, s1, s2, s3));
		v128.store(gradient, grown(gradient, QUAD, x, FLOAT, s0, s1, s2, s3), QUAD);
		gradient += 2 * QUAD;
		x = nextPair(x);
	}
	if (inputs & 1) {
		v128.store(gradient, grown(gradient, 0, x, 0, s0, s1, s2, s3));
		gradient += QUAD;
	}
	if (constant != 0) {
		const all = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
		v128.store(gradient, plus(at(gradient), f32x4.splat(constant), all));
		gradient += QUAD;
	}
	return gradient;
}

@inline
function grown(
	gradient: usize,
	offset: usize,
	x: usize,
	input: usize,
	s0: v128,
	s1: v128,
	s2: v128,
	s3: v128,
): v128 {
	const half = plus(f32x4.mul(s0, spread(x, input)), s1, spread(x, input + QUAD));
	const rest = plus(f32x4.mul(s2, spread(x, input + 2 * QUAD)), s3, spread(x, input + 3 * QUAD));
	return f32x4.add(v128.load(gradient + offset), f32x4.add(half, rest));
}

/**
 * Signals go down through a hidden layer: s Wᵀ signal ⊙ σ′(z_below). Here a weight's lanes are the
 * units that are summed over, so that four inputs are added up at once and turned at the end. Two
 * samples at a time: with their eight sums all sixteen vector registers are in use.
 */
@inline
export function downAs(kind: i32, layer: Layer, below: Layer): void {
	const column = <usize>(layer.in + i32(layer.constant != 0)) * QUAD;
	const scale = f32x4.splat(layer.scale);
	for (let half: usize = 0; half < BLOCK; half += 2 * QUAD) {
		let value = below.values + half;
		let slope = below.slopes + half;
		let signal = below.signals + half;
		let weights = layer.weights;
		for (let inputs = below.quads; inputs > 0; inputs--) {
			let a0 = f32x4.splat(0);
			let a1 = f32x4.splat(0);
			let a2 = f32x4.splat(0);
			let a3 = f32x4.splat(0);
			let b0 = f32x4.splat(0);
			let b1 = f32x4.splat(0);
			let b2 = f32x4.splat(0);
			let b3 = f32x4.splat(0);
			let w = weights;
			let s = layer.signals + half;
			for (let quad = layer.quads; quad > 0; quad--) {
				const sa = v128.load(s);
				const sb = v128.load(s, QUAD);
				const w0 = v128.load(w);
				a0 = plus(a0, sa, w0);
				b0 = plus(b0, sb, w0);
				const w1 = v128.load(w, QUAD);
				a1 = plus(a1, sa, w1);
				b1 = plus(b1, sb, w1);
				const w2 = v128.load(w, 2 * QUAD);
				a2 = plus(a2, sa, w2);
				b2 = plus(b2, sb, w2);
				const w3 = v128.load(w, 3 * QUAD);
				a3 = plus(a3, sa, w3);
				b3 = plus(b3, sb, w3);
				w += column;
				s += BLOCK;
			}
			const a = f32x4.mul(scale, sums(a0, a1, a2, a3));
			const b = f32x4.mul(scale, sums(b0, b1, b2, b3));
			v128.store(signal, slopeOf(kind, a, v128.load(value), slope, 0));
			v128.store(signal, slopeOf(kind, b, v128.load(value, QUAD), slope, QUAD), QUAD);
			weights += BLOCK;
			value += BLOCK;
			slope += BLOCK;
			signal += BLOCK;
		}
	}
}
