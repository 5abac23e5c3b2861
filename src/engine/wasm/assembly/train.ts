import { downAs, hiddenGradient, readGradient, shallowAs, turnAs } from './down';
import { update } from './optimiser';
import { ERF, FLOAT, RELU, TANH, LINEAR, layer, Layer, Net } from './plan';
import { read, upAs } from './up';

/** k training steps of every replica, one replica after the other: its weights stay in the cache. */
export function steps(net: Net, k: i32): void {
	const power1 = net.power1;
	const power2 = net.power2;
	for (let r = 0; r < net.replicas; r++) {
		// Every replica counts from the same step.
		net.power1 = power1;
		net.power2 = power2;
		select(net, r);
		for (let t = 0; t < k; t++) step(net, r);
	}
}

/** f(x) of replica r at `count` inputs (a multiple of four) laid out like the training inputs. */
export function outputs(net: Net, r: i32, x: usize, count: i32, f: usize): void {
	const stride = <usize>net.stride * FLOAT;
	select(net, r);
	for (let i = 0; i < count; i += 4) {
		v128.store(f, forward(net, x, stride));
		x += 4 * stride;
		f += 4 * FLOAT;
	}
}

/** Points the layers at the weights of replica r. */
function select(net: Net, r: i32): void {
	for (let l = 0; l < net.depth; l++) {
		const at = layer(net, l);
		at.weights = at.all + <usize>(r * at.size) * FLOAT;
	}
}

/**
 * One step of gradient descent on all samples. They go up and down the net in groups of four, so that
 * activations and signals never leave the nearest cache; only gradients gather.
 */
function step(net: Net, r: i32): void {
	const n = net.samples;
	const stride = <usize>net.stride * FLOAT;
	const lossFactor = f32x4.splat(net.lossFactor);
	let x = net.x + <usize>(r * n) * stride;
	let y = net.y + <usize>(r * n) * FLOAT;
	for (let i = 0; i < n; i += 4) {
		const f = forward(net, x, stride);
		backward(net, x, stride, f32x4.mul(lossFactor, f32x4.sub(f, v128.load(y))));
		x += 4 * stride;
		y += 4 * FLOAT;
	}
	net.power1 *= net.beta1;
	net.power2 *= net.beta2;
	const stepSize = load<f32>(net.stepSizes + <usize>r * FLOAT);
	const last = net.depth - 1;
	for (let l = net.lowest; l <= last; l++) {
		const at = layer(net, l);
		if (!at.trained) continue;
		// The last layer's factor is in its gradient already.
		const factor = l == last ? <f32>1 : at.scale;
		update(net, at, factor, stepSize, <usize>(r * at.size) * FLOAT);
	}
}

/** Four samples, in the four lanes. */
function forward(net: Net, x: usize, stride: usize): v128 {
	const last = net.depth - 1;
	for (let l = 0; l < last; l++) {
		const at = layer(net, l);
		if (l == 0) enter(net.activation, at, x, stride);
		else up(net.activation, at, x, stride);
		x = at.values;
		stride = rowOf(at);
	}
	return read(layer(net, last), x, stride);
}

function backward(net: Net, x: usize, stride: usize, error: v128): void {
	const top = net.depth - 1;
	const last = layer(net, top);
	if (net.lowest == top) {
		if (top == 0) return readGradient(last, x, stride, error);
		const below = layer(net, top - 1);
		return readGradient(last, below.values, rowOf(below), error);
	}
	if (top == 1) return shallow(net.activation, last, layer(net, 0), x, stride, error);
	turn(net.activation, last, layer(net, top - 1), error);
	for (let l = top - 1; l > net.lowest; l--) {
		const at = layer(net, l);
		const below = layer(net, l - 1);
		if (at.trained) hiddenGradient(at, below.values, rowOf(below));
		down(net.activation, at, below);
	}
	const lowest = layer(net, net.lowest);
	if (net.lowest == 0) return hiddenGradient(lowest, x, stride);
	const below = layer(net, net.lowest - 1);
	hiddenGradient(lowest, below.values, rowOf(below));
}

/** Bytes of one sample's activations. */
@inline
function rowOf(layer: Layer): usize {
	return <usize>layer.quads * 16;
}

/* One copy of each loop per activation, the activation a constant inside. */

function up(kind: i32, layer: Layer, from: usize, stride: usize): void {
	if (kind == RELU) upAs(RELU, true, layer, from, stride);
	else if (kind == TANH) upAs(TANH, true, layer, from, stride);
	else if (kind == ERF) upAs(ERF, true, layer, from, stride);
	else upAs(LINEAR, true, layer, from, stride);
}

/** The first layer's factor s is in x already. */
function enter(kind: i32, layer: Layer, from: usize, stride: usize): void {
	if (kind == RELU) upAs(RELU, false, layer, from, stride);
	else if (kind == TANH) upAs(TANH, false, layer, from, stride);
	else if (kind == ERF) upAs(ERF, false, layer, from, stride);
	else upAs(LINEAR, false, layer, from, stride);
}

function turn(kind: i32, last: Layer, below: Layer, error: v128): void {
	if (kind == RELU) turnAs(RELU, last, below, error);
	else if (kind == TANH) turnAs(TANH, last, below, error);
	else if (kind == ERF) turnAs(ERF, last, below, error);
	else turnAs(LINEAR, last, below, error);
}

function shallow(
	kind: i32,
	last: Layer,
	hidden: Layer,
	from: usize,
	stride: usize,
	error: v128,
): void {
	if (kind == RELU) shallowAs(RELU, last, hidden, from, stride, error);
	else if (kind == TANH) shallowAs(TANH, last, hidden, from, stride, error);
	else if (kind == ERF) shallowAs(ERF, last, hidden, from, stride, error);
	else shallowAs(LINEAR, last, hidden, from, stride, error);
}

function down(kind: i32, layer: Layer, below: Layer): void {
	if (kind == RELU) downAs(RELU, layer, below);
	else if (kind == TANH) downAs(TANH, layer, below);
	else if (kind == ERF) downAs(ERF, layer, below);
	else downAs(LINEAR, layer, below);
}
