import { downAs, hiddenGradient, readGradient, turnAs } from './down';
import { update } from './optimiser';
import { BLOCK, ERF, FLOAT, LINEAR, Layer, Net, QUAD, RELU, TANH, layer } from './plan';
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
	select(net, r);
	for (let i = 0; i < count; i += 4) {
		v128.store(f, forward(net, x));
		x += <usize>net.width * BLOCK;
		f += QUAD;
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
	const lossFactor = f32x4.splat(net.lossFactor);
	const group = <usize>net.width * BLOCK;
	let x = net.x + <usize>(r * (n >> 2)) * group;
	let y = net.y + <usize>(r * n) * FLOAT;
	for (let i = 0; i < n; i += 4) {
		const f = forward(net, x);
		backward(net, x, f32x4.mul(lossFactor, f32x4.sub(f, v128.load(y))));
		x += group;
		y += QUAD;
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

/** f of four samples, in the four lanes. */
function forward(net: Net, x: usize): v128 {
	const last = net.depth - 1;
	for (let l = 0; l < last; l++) {
		const at = layer(net, l);
		if (l == 0) enter(net.activation, at, x);
		else up(net.activation, at, x);
		x = at.values;
	}
	return read(layer(net, last), x);
}

function backward(net: Net, x: usize, error: v128): void {
	const top = net.depth - 1;
	const last = layer(net, top);
	if (net.lowest == top) return readGradient(last, inputsOf(net, top, x), error);
	if (top == 1) return cross(net.activation, last, layer(net, 0), x, error);
	turn(net.activation, last, layer(net, top - 1), error);
	for (let l = top - 1; l > net.lowest; l--) {
		const at = layer(net, l);
		if (at.trained) hiddenGradient(at, inputsOf(net, l, x));
		down(net.activation, at, layer(net, l - 1));
	}
	hiddenGradient(layer(net, net.lowest), inputsOf(net, net.lowest, x));
}

/** What layer l receives. */
@inline
function inputsOf(net: Net, l: i32, x: usize): usize {
	return l == 0 ? x : layer(net, l - 1).values;
}

/* One copy of each loop per activation, the activation a constant inside. */

function up(kind: i32, layer: Layer, from: usize): void {
	if (kind == RELU) upAs(RELU, true, layer, from);
	else if (kind == TANH) upAs(TANH, true, layer, from);
	else if (kind == ERF) upAs(ERF, true, layer, from);
	else upAs(LINEAR, true, layer, from);
}

/** The first layer's factor s is in x already. */
function enter(kind: i32, layer: Layer, from: usize): void {
	if (kind == RELU) upAs(RELU, false, layer, from);
	else if (kind == TANH) upAs(TANH, false, layer, from);
	else if (kind == ERF) upAs(ERF, false, layer, from);
	else upAs(LINEAR, false, layer, from);
}

function turn(kind: i32, last: Layer, below: Layer, error: v128): void {
	if (kind == RELU) turnAs(RELU, false, last, below, 0, error);
	else if (kind == TANH) turnAs(TANH, false, last, below, 0, error);
	else if (kind == ERF) turnAs(ERF, false, last, below, 0, error);
	else turnAs(LINEAR, false, last, below, 0, error);
}

function cross(kind: i32, last: Layer, hidden: Layer, x: usize, error: v128): void {
	if (kind == RELU) turnAs(RELU, true, last, hidden, x, error);
	else if (kind == TANH) turnAs(TANH, true, last, hidden, x, error);
	else if (kind == ERF) turnAs(ERF, true, last, hidden, x, error);
	else turnAs(LINEAR, true, last, hidden, x, error);
}

function down(kind: i32, layer: Layer, below: Layer): void {
	if (kind == RELU) downAs(RELU, layer, below);
	else if (kind == TANH) downAs(TANH, layer, below);
	else if (kind == ERF) downAs(ERF, layer, below);
	else downAs(LINEAR, layer, below);
}
