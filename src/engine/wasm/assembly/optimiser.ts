import { float } from './float';
import { VECTOR, add, at, div, mul, plus, splat, sub } from './lanes';
import { ADAM, GD, Layer, Net } from './plan';

/**
 * Moves one layer's weights by the gradient that has gathered, times `factor`, and empties it.
 * `past` is where this replica's part of the optimiser's memory begins, in bytes.
 */
export function update(net: Net, layer: Layer, factor: f64, stepSize: f64, past: usize): void {
	if (net.optimiser == GD) descend(layer, factor * stepSize);
	else if (net.optimiser == ADAM) adam(net, layer, factor, stepSize, past);
	else heavyBall(layer, factor, stepSize, net.beta1, past);
}

function descend(layer: Layer, rate: f64): void {
	const zero = splat(0);
	const eta = splat(rate);
	let g = layer.gradient;
	for (let w = layer.weights, end = w + layer.size; w < end; w += VECTOR) {
		v128.store(w, sub(at(w), mul(eta, at(g))));
		v128.store(g, zero);
		g += VECTOR;
	}
}

/** v ← μ v + g, w ← w − η v. */
function heavyBall(layer: Layer, factor: f64, stepSize: f64, momentum: f64, past: usize): void {
	const zero = splat(0);
	const eta = splat(stepSize);
	const mu = splat(momentum);
	const by = splat(factor);
	const g = layer.gradient;
	const v = layer.first + past;
	const w = layer.weights;
	for (let i: usize = 0, end = layer.size; i < end; i += VECTOR) {
		const velocity = plus(mul(by, at(g + i)), mu, at(v + i));
		v128.store(v + i, velocity);
		v128.store(w + i, sub(at(w + i), mul(eta, velocity)));
		v128.store(g + i, zero);
	}
}

/** Kingma & Ba, Algorithm 1, with ε outside the root. */
function adam(net: Net, layer: Layer, factor: f64, stepSize: f64, past: usize): void {
	const zero = splat(0);
	const by = splat(factor);
	const beta1 = splat(net.beta1);
	const beta2 = splat(net.beta2);
	const rest1 = splat(1 - net.beta1);
	const rest2 = splat(1 - net.beta2);
	const eta = splat(stepSize / (1 - net.power1));
	const unbias = splat(1 / (1 - net.power2));
	const epsilon = splat(net.epsilon);
	const g = layer.gradient;
	const first = layer.first + past;
	const second = layer.second + past;
	const w = layer.weights;
	for (let i: usize = 0, end = layer.size; i < end; i += VECTOR) {
		const slope = mul(by, at(g + i));
		const m = plus(mul(beta1, at(first + i)), rest1, slope);
		const v = plus(mul(beta2, at(second + i)), rest2, mul(slope, slope));
		v128.store(first + i, m);
		v128.store(second + i, v);
		const size = add(v128.sqrt<float>(mul(v, unbias)), epsilon);
		v128.store(w + i, sub(at(w + i), div(mul(eta, m), size)));
		v128.store(g + i, zero);
	}
}
