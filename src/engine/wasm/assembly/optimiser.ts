import { at, plus } from './lanes';
import { ADAM, FLOAT, GD, QUAD, Layer, Net } from './plan';

/**
 * Moves one layer's weights by the gradient that has gathered, times `factor`, and empties it.
 * `past` is where this replica's part of the optimiser's memory begins, in bytes.
 */
export function update(net: Net, layer: Layer, factor: f32, stepSize: f64, past: usize): void {
	if (net.optimiser == GD) descend(layer, <f32>(<f64>factor * stepSize));
	else if (net.optimiser == ADAM) adam(net, layer, factor, stepSize, past);
	else heavyBall(layer, factor, <f32>stepSize, <f32>net.beta1, past);
}

function descend(layer: Layer, rate: f32): void {
	const zero = f32x4.splat(0);
	const eta = f32x4.splat(rate);
	let g = layer.gradient;
	for (let w = layer.weights, end = w + <usize>layer.size * FLOAT; w < end; w += QUAD) {
		v128.store(w, f32x4.sub(at(w), f32x4.mul(eta, at(g))));
		v128.store(g, zero);
		g += QUAD;
	}
}

/** v ← μ v + g, w ← w − η v. */
function heavyBall(layer: Layer, factor: f32, stepSize: f32, momentum: f32, past: usize): void {
	const zero = f32x4.splat(0);
	const eta = f32x4.splat(stepSize);
	const mu = f32x4.splat(momentum);
	const by = f32x4.splat(factor);
	const g = layer.gradient;
	const v = layer.first + past;
	const w = layer.weights;
	for (let i: usize = 0, end = <usize>layer.size * FLOAT; i < end; i += QUAD) {
		const velocity = plus(f32x4.mul(by, at(g + i)), mu, at(v + i));
		v128.store(v + i, velocity);
		v128.store(w + i, f32x4.sub(at(w + i), f32x4.mul(eta, velocity)));
		v128.store(g + i, zero);
	}
}

/** Kingma & Ba, Algorithm 1, with ε outside the root. */
function adam(net: Net, layer: Layer, factor: f32, stepSize: f64, past: usize): void {
	const zero = f32x4.splat(0);
	const by = f32x4.splat(factor);
	const beta1 = f32x4.splat(<f32>net.beta1);
	const beta2 = f32x4.splat(<f32>net.beta2);
	const rest1 = f32x4.splat(<f32>(1 - net.beta1));
	const rest2 = f32x4.splat(<f32>(1 - net.beta2));
	const eta = f32x4.splat(<f32>(stepSize / (1 - net.power1)));
	const unbias = f32x4.splat(<f32>(1 / (1 - net.power2)));
	const epsilon = f32x4.splat(<f32>net.epsilon);
	const g = layer.gradient;
	const first = layer.first + past;
	const second = layer.second + past;
	const w = layer.weights;
	for (let i: usize = 0, end = <usize>layer.size * FLOAT; i < end; i += QUAD) {
		const slope = f32x4.mul(by, at(g + i));
		const m = plus(f32x4.mul(beta1, at(first + i)), rest1, slope);
		const v = plus(f32x4.mul(beta2, at(second + i)), rest2, f32x4.mul(slope, slope));
		v128.store(first + i, m);
		v128.store(second + i, v);
		const size = f32x4.add(f32x4.sqrt(f32x4.mul(v, unbias)), epsilon);
		v128.store(w + i, f32x4.sub(at(w + i), f32x4.div(f32x4.mul(eta, m), size)));
		v128.store(g + i, zero);
	}
}
