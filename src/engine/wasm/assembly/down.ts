import { slopeOf } from './activation';
import { float } from './float';
import { BLOCK, FLOAT, LANES, VECTOR, add, at, mul, nextPair, plus, splat, spread, sums, sumsOfTwo } from './lanes';
import { Layer } from './plan';

/**
 * The last layer, backward: `errors` are s ∂ loss / ∂f of four samples. Its own gradient grows by
 * error·h, and the layer below gets its signals, error·a·σ′(z). The gradient gathers even where the
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
	errors: usize,
): void {
	const e0 = spread(errors, 0);
	const e1 = spread(errors, FLOAT);
	const e2 = spread(errors, 2 * FLOAT);
	const e3 = spread(errors, 3 * FLOAT);
	const constant = splat(below.constant);
	const biased = below.constant != 0;
	let gradient = last.gradient;
	let weights = last.weights;
	let value = below.values;
	let slope = below.slopes;
	let signal = below.signals;
	let growing = below.gradient;
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
		if (crossing) {
			growing = grow(growing, below.in, constant, biased, from, s0, s1, s2, s3);
		} else {
			v128.store(signal, s0);
			v128.store(signal, s1, VECTOR);
			v128.store(signal, s2, 2 * VECTOR);
			v128.store(signal, s3, 3 * VECTOR);
			signal += BLOCK;
		}
		gradient += VECTOR;
		weights += VECTOR;
		value += BLOCK;
		slope += BLOCK;
	}
	if (last.constant != 0) growBias(gradient, last, errors);
}

/** The last layer's gradient alone, where nothing below it learns: grows by error·h. */
@inline
export function readGradient(last: Layer, from: usize, errors: usize): void {
	const e0 = spread(errors, 0);
	const e1 = spread(errors, FLOAT);
	const e2 = spread(errors, 2 * FLOAT);
	const e3 = spread(errors, 3 * FLOAT);
	let gradient = last.gradient;
	let h = from;
	for (let vector = last.vectors; vector > 0; vector--) {
		const half = plus(mul(e0, v128.load(h)), e1, v128.load(h, VECTOR));
		const rest = plus(mul(e2, v128.load(h, 2 * VECTOR)), e3, v128.load(h, 3 * VECTOR));
		v128.store(gradient, add(at(gradient), add(half, rest)));
		gradient += VECTOR;
		h += BLOCK;
	}
	if (last.constant != 0) growBias(gradient, last, errors);
}

/** The last layer has one bias, in the first lane. */
@inline
export function growBias(gradient: usize, last: Layer, errors: usize): void {
	let sum: float = 0;
	for (let i: usize = 0; i < 4 * FLOAT; i += FLOAT) sum += load<float>(errors + i);
	store<float>(gradient, load<float>(gradient) + <float>last.constant * sum);
}

/** A hidden layer's gradient grows by Σ signal ⊗ input over four samples; the factor s comes later. */
export function hiddenGradient(layer: Layer, from: usize): void {
	const constant = splat(layer.constant);
	const biased = layer.constant != 0;
	let gradient = layer.gradient;
	let signal = layer.signals;
	for (let vector = layer.vectors; vector > 0; vector--) {
		const s0 = v128.load(signal);
		const s1 = v128.load(signal, VECTOR);
		const s2 = v128.load(signal, 2 * VECTOR);
		const s3 = v128.load(signal, 3 * VECTOR);
		gradient = grow(gradient, layer.in, constant, biased, from, s0, s1, s2, s3);
		signal += BLOCK;
	}
}

/** The part of it that belongs to one vector of units; returns where that of the next begins. */
@inline
function grow(
	gradient: usize,
	inputs: i32,
	constant: v128,
	biased: bool,
	from: usize,
	s0: v128,
	s1: v128,
	s2: v128,
	s3: v128,
): usize {
	let x = from;
	for (let i = inputs >> 1; i > 0; i--) {
		v128.store(gradient, grown(gradient, 0, x, 0, s0, s1, s2, s3));
		v128.store(gradient, grown(gradient, VECTOR, x, FLOAT, s0, s1, s2, s3), VECTOR);
		gradient += 2 * VECTOR;
		x = nextPair(x);
	}
	if (inputs & 1) {
		v128.store(gradient, grown(gradient, 0, x, 0, s0, s1, s2, s3));
		gradient += VECTOR;
	}
	if (biased) {
		const all = add(add(s0, s1), add(s2, s3));
		v128.store(gradient, plus(at(gradient), constant, all));
		gradient += VECTOR;
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
	const half = plus(mul(s0, spread(x, input)), s1, spread(x, input + VECTOR));
	const rest = plus(mul(s2, spread(x, input + 2 * VECTOR)), s3, spread(x, input + 3 * VECTOR));
	return add(v128.load(gradient + offset), add(half, rest));
}

/**
 * Signals go down through a hidden layer: s Wᵀ signal ⊙ σ′(z_below). Here a weight's lanes are the
 * units that are summed over, so that a vector of inputs is added up at once and turned at the end. Two
 * samples at a time of float32, four of float64: with their eight sums all sixteen registers are in use.
 */
@inline
export function downAs(kind: i32, layer: Layer, below: Layer): void {
	if (LANES == 2) return downTwo(kind, layer, below);
	const column = <usize>(layer.in + i32(layer.constant != 0)) * VECTOR;
	const scale = splat(layer.scale);
	for (let half: usize = 0; half < BLOCK; half += 2 * VECTOR) {
		let value = below.values + half;
		let slope = below.slopes + half;
		let signal = below.signals + half;
		let weights = layer.weights;
		for (let inputs = below.vectors; inputs > 0; inputs--) {
			let a0 = splat(0);
			let a1 = splat(0);
			let a2 = splat(0);
			let a3 = splat(0);
			let b0 = splat(0);
			let b1 = splat(0);
			let b2 = splat(0);
			let b3 = splat(0);
			let w = weights;
			let s = layer.signals + half;
			for (let vector = layer.vectors; vector > 0; vector--) {
				const sa = v128.load(s);
				const sb = v128.load(s, VECTOR);
				const w0 = v128.load(w);
				a0 = plus(a0, sa, w0);
				b0 = plus(b0, sb, w0);
				const w1 = v128.load(w, VECTOR);
				a1 = plus(a1, sa, w1);
				b1 = plus(b1, sb, w1);
				const w2 = v128.load(w, 2 * VECTOR);
				a2 = plus(a2, sa, w2);
				b2 = plus(b2, sb, w2);
				const w3 = v128.load(w, 3 * VECTOR);
				a3 = plus(a3, sa, w3);
				b3 = plus(b3, sb, w3);
				w += column;
				s += BLOCK;
			}
			const a = mul(scale, sums(a0, a1, a2, a3));
			const b = mul(scale, sums(b0, b1, b2, b3));
			lower(kind, a, value, slope, signal, 0);
			lower(kind, b, value, slope, signal, VECTOR);
			weights += 4 * VECTOR;
			value += BLOCK;
			slope += BLOCK;
			signal += BLOCK;
		}
	}
}

/** The same in two lanes. */
@inline
function downTwo(kind: i32, layer: Layer, below: Layer): void {
	const column = <usize>(layer.in + i32(layer.constant != 0)) * VECTOR;
	const scale = splat(layer.scale);
	let value = below.values;
	let slope = below.slopes;
	let signal = below.signals;
	let weights = layer.weights;
	for (let inputs = below.vectors; inputs > 0; inputs--) {
		let a0 = splat(0);
		let a1 = splat(0);
		let b0 = splat(0);
		let b1 = splat(0);
		let c0 = splat(0);
		let c1 = splat(0);
		let d0 = splat(0);
		let d1 = splat(0);
		let w = weights;
		let s = layer.signals;
		for (let vector = layer.vectors; vector > 0; vector--) {
			const w0 = v128.load(w);
			const w1 = v128.load(w, VECTOR);
			const sa = v128.load(s);
			a0 = plus(a0, sa, w0);
			a1 = plus(a1, sa, w1);
			const sb = v128.load(s, VECTOR);
			b0 = plus(b0, sb, w0);
			b1 = plus(b1, sb, w1);
			const sc = v128.load(s, 2 * VECTOR);
			c0 = plus(c0, sc, w0);
			c1 = plus(c1, sc, w1);
			const sd = v128.load(s, 3 * VECTOR);
			d0 = plus(d0, sd, w0);
			d1 = plus(d1, sd, w1);
			w += column;
			s += BLOCK;
		}
		lower(kind, mul(scale, sumsOfTwo(a0, a1)), value, slope, signal, 0);
		lower(kind, mul(scale, sumsOfTwo(b0, b1)), value, slope, signal, VECTOR);
		lower(kind, mul(scale, sumsOfTwo(c0, c1)), value, slope, signal, 2 * VECTOR);
		lower(kind, mul(scale, sumsOfTwo(d0, d1)), value, slope, signal, 3 * VECTOR);
		weights += 2 * VECTOR;
		value += BLOCK;
		slope += BLOCK;
		signal += BLOCK;
	}
}

/** Stores one sample's signals to a vector of units, given the sum of those from above. */
@inline
function lower(kind: i32, sum: v128, value: usize, slope: usize, signal: usize, sample: usize): void {
	v128.store(signal + sample, slopeOf(kind, sum, at(value + sample), slope, sample));
}
