import { slopeOf } from './activation';
import { at, plus, spread, sums } from './lanes';
import { FLOAT, QUAD, Layer } from './plan';

/**
 * The last layer, backward: `error` holds ∂ loss / ∂f of four samples. Its own gradient grows by
 * s·error·h, and the layer below gets its signals, s·error·a·σ′(z). The gradient gathers even where the
 * last layer is frozen; then nobody reads it.
 */
@inline
export function turnAs(kind: i32, last: Layer, below: Layer, error: v128): void {
	const scaled = f32x4.mul(f32x4.splat(last.scale), error);
	const e0 = f32x4.splat(f32x4.extract_lane(scaled, 0));
	const e1 = f32x4.splat(f32x4.extract_lane(scaled, 1));
	const e2 = f32x4.splat(f32x4.extract_lane(scaled, 2));
	const e3 = f32x4.splat(f32x4.extract_lane(scaled, 3));
	const row = <usize>last.quads * QUAD;
	const gradient = last.gradient;
	const weights = last.weights;
	const values = below.values;
	const slopes = below.slopes;
	const signals = below.signals;
	for (let i: usize = 0; i < row; i += QUAD) {
		const v = values + i;
		const h0 = at(v);
		const h1 = at(v + row);
		const h2 = at(v + 2 * row);
		const h3 = at(v + 3 * row);
		const g = plus(plus(at(gradient + i), e0, h0), e1, h1);
		v128.store(gradient + i, f32x4.add(g, plus(f32x4.mul(e2, h2), e3, h3)));
		const a = at(weights + i);
		const d = slopes + i;
		const s = signals + i;
		v128.store(s, slopeOf(kind, f32x4.mul(e0, a), h0, d));
		v128.store(s + row, slopeOf(kind, f32x4.mul(e1, a), h1, d + row));
		v128.store(s + 2 * row, slopeOf(kind, f32x4.mul(e2, a), h2, d + 2 * row));
		v128.store(s + 3 * row, slopeOf(kind, f32x4.mul(e3, a), h3, d + 3 * row));
	}
}

/**
 * The whole way down a two-layer net: as `turnAs` and then `hiddenGradient`, but signals stay in
 * registers. Most figures train such nets.
 */
@inline
export function shallowAs(
	kind: i32,
	last: Layer,
	hidden: Layer,
	from: usize,
	stride: usize,
	error: v128,
): void {
	const scaled = f32x4.mul(f32x4.splat(last.scale), error);
	const e0 = f32x4.splat(f32x4.extract_lane(scaled, 0));
	const e1 = f32x4.splat(f32x4.extract_lane(scaled, 1));
	const e2 = f32x4.splat(f32x4.extract_lane(scaled, 2));
	const e3 = f32x4.splat(f32x4.extract_lane(scaled, 3));
	const row = <usize>last.quads * QUAD;
	const inputs = from + <usize>hidden.in * FLOAT;
	const gradient = last.gradient;
	const weights = last.weights;
	const values = hidden.values;
	const slopes = hidden.slopes;
	let below = hidden.gradient;
	for (let i: usize = 0; i < row; i += QUAD) {
		const v = values + i;
		const h0 = at(v);
		const h1 = at(v + row);
		const h2 = at(v + 2 * row);
		const h3 = at(v + 3 * row);
		const half = plus(f32x4.mul(e0, h0), e1, h1);
		const rest = plus(f32x4.mul(e2, h2), e3, h3);
		v128.store(gradient + i, f32x4.add(at(gradient + i), f32x4.add(half, rest)));
		const a = at(weights + i);
		const d = slopes + i;
		const s0 = slopeOf(kind, f32x4.mul(e0, a), h0, d);
		const s1 = slopeOf(kind, f32x4.mul(e1, a), h1, d + row);
		const s2 = slopeOf(kind, f32x4.mul(e2, a), h2, d + 2 * row);
		const s3 = slopeOf(kind, f32x4.mul(e3, a), h3, d + 3 * row);
		for (let x = from; x < inputs; x += FLOAT) {
			v128.store(below, grown(below, x, stride, s0, s1, s2, s3));
			below += QUAD;
		}
	}
}

/** The last layer's gradient alone, where nothing below it learns: grows by s·error·h. */
@inline
export function readGradient(last: Layer, from: usize, stride: usize, error: v128): void {
	const scaled = f32x4.mul(f32x4.splat(last.scale), error);
	const e0 = f32x4.splat(f32x4.extract_lane(scaled, 0));
	const e1 = f32x4.splat(f32x4.extract_lane(scaled, 1));
	const e2 = f32x4.splat(f32x4.extract_lane(scaled, 2));
	const e3 = f32x4.splat(f32x4.extract_lane(scaled, 3));
	const gradient = last.gradient;
	for (let i: usize = 0, end = <usize>last.quads * QUAD; i < end; i += QUAD) {
		const x = from + i;
		const g = plus(plus(at(gradient + i), e0, at(x)), e1, at(x + stride));
		const rest = plus(f32x4.mul(e2, at(x + 2 * stride)), e3, at(x + 3 * stride));
		v128.store(gradient + i, f32x4.add(g, rest));
	}
}

/** A hidden layer's gradient grows by Σ signal ⊗ input over four samples; the factor s comes later. */
export function hiddenGradient(layer: Layer, from: usize, stride: usize): void {
	const odd = layer.in & 1;
	const pairs = from + <usize>(layer.in - odd) * FLOAT;
	const row = <usize>layer.quads * QUAD;
	let gradient = layer.gradient;
	for (let s = layer.signals, end = s + row; s < end; s += QUAD) {
		const s0 = at(s);
		const s1 = at(s + row);
		const s2 = at(s + 2 * row);
		const s3 = at(s + 3 * row);
		let x = from;
		for (; x < pairs; x += 2 * FLOAT) {
			v128.store(gradient, grown(gradient, x, stride, s0, s1, s2, s3));
			const next = gradient + QUAD;
			v128.store(next, grown(next, x + FLOAT, stride, s0, s1, s2, s3));
			gradient += 2 * QUAD;
		}
		if (odd) {
			v128.store(gradient, grown(gradient, x, stride, s0, s1, s2, s3));
			gradient += QUAD;
		}
	}
}

@inline
function grown(
	gradient: usize,
	x: usize,
	stride: usize,
	s0: v128,
	s1: v128,
	s2: v128,
	s3: v128,
): v128 {
	const half = plus(f32x4.mul(s0, spread(x)), s1, spread(x + stride));
	const rest = plus(f32x4.mul(s2, spread(x + 2 * stride)), s3, spread(x + 3 * stride));
	return f32x4.add(at(gradient), f32x4.add(half, rest));
}

/**
 * Signals go down through a hidden layer: s Wᵀ signal ⊙ σ′(z_below). Here a weight's lanes are the
 * units that are summed over, so that four inputs are added up at once and turned at the end. Two
 * samples at a time: with their eight sums all sixteen vector registers are in use.
 */
@inline
export function downAs(kind: i32, layer: Layer, below: Layer): void {
	const column = <usize>layer.in * QUAD;
	const row = <usize>layer.quads * QUAD;
	const rowBelow = <usize>below.quads * QUAD;
	const scale = f32x4.splat(layer.scale);
	for (let sample: usize = 0; sample < 4; sample += 2) {
		const from = layer.signals + sample * row;
		const values = below.values + sample * rowBelow;
		const slopes = below.slopes + sample * rowBelow;
		const signals = below.signals + sample * rowBelow;
		for (let i: usize = 0; i < rowBelow; i += QUAD) {
			let a0 = f32x4.splat(0);
			let a1 = f32x4.splat(0);
			let a2 = f32x4.splat(0);
			let a3 = f32x4.splat(0);
			let b0 = f32x4.splat(0);
			let b1 = f32x4.splat(0);
			let b2 = f32x4.splat(0);
			let b3 = f32x4.splat(0);
			let w = layer.weights + 4 * i;
			for (let s = from, end = from + row; s < end; s += QUAD) {
				const sa = at(s);
				const sb = at(s + row);
				const w0 = at(w);
				a0 = plus(a0, sa, w0);
				b0 = plus(b0, sb, w0);
				const w1 = at(w + QUAD);
				a1 = plus(a1, sa, w1);
				b1 = plus(b1, sb, w1);
				const w2 = at(w + 2 * QUAD);
				a2 = plus(a2, sa, w2);
				b2 = plus(b2, sb, w2);
				const w3 = at(w + 3 * QUAD);
				a3 = plus(a3, sa, w3);
				b3 = plus(b3, sb, w3);
				w += column;
			}
			const a = f32x4.mul(scale, sums(a0, a1, a2, a3));
			const b = f32x4.mul(scale, sums(b0, b1, b2, b3));
			v128.store(signals + i, slopeOf(kind, a, at(values + i), slopes + i));
			const next = i + rowBelow;
			v128.store(signals + next, slopeOf(kind, b, at(values + next), slopes + next));
		}
	}
}
