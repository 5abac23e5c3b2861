import { cross, down, enter, fall, rise, turn, up } from './copies';
import { hiddenGradient, readGradient } from './down';
import { BLOCK, FLOAT, VECTOR, at, mul, splat, sub } from './lanes';
import { update } from './optimiser';
import { Net, layer } from './plan';
import { read } from './up';

/** k training steps of every replica, one replica after the other: its weights stay in the cache. */
export function steps(net: Net, k: i32): void {
	const power1 = net.power1;
	const power2 = net.power2;
	const batch = net.batch;
	const turn = net.turn;
	for (let r = 0; r < net.replicas; r++) {
		// Every replica counts from the same step.
		net.power1 = power1;
		net.power2 = power2;
		net.batch = batch;
		net.turn = turn;
		select(net, r);
		for (let t = 0; t < k; t++) step(net, r);
	}
}

/** Goes on as if so many steps had been taken: the same products of β, bit by bit. */
export function resume(net: Net, taken: f64): void {
	const count = <u64>taken;
	net.batch = <i32>(count % <u64>net.batches);
	net.turn = <i32>(count % <u64>net.turns);
	let power1: f64 = 1;
	let power2: f64 = 1;
	for (let t: u64 = 0; t < count; t++) {
		const next1 = power1 * net.beta1;
		const next2 = power2 * net.beta2;
		// So small that they stay: so they will to the end.
		if (next1 == power1 && next2 == power2) break;
		power1 = next1;
		power2 = next2;
	}
	net.power1 = power1;
	net.power2 = power2;
}

/** f(x) of replica r at `groups` of four inputs laid out like the training inputs. */
export function outputs(net: Net, r: i32, x: usize, groups: i32, f: usize): void {
	select(net, r);
	for (let i = groups; i > 0; i--) {
		forward(net, x, f);
		x += <usize>net.width * BLOCK;
		f += 4 * FLOAT;
	}
}

/** Points the layers at the weights of replica r. */
function select(net: Net, r: i32): void {
	for (let l = 0; l < net.depth; l++) {
		const at = layer(net, l);
		at.weights = at.all + <usize>r * at.size;
	}
}

/**
 * One step of gradient descent on the batch whose turn it is. Samples go up and down the net in groups
 * of four, so that activations and signals never leave the nearest cache; only gradients gather.
 */
function step(net: Net, r: i32): void {
	const group = <usize>net.width * BLOCK;
	const first = <usize>((r * net.batches + net.batch) * net.groups);
	let x = net.x + first * group;
	let y = net.y + first * 4 * FLOAT;
	for (let i = net.groups; i > 0; i--) {
		forward(net, x, net.errors);
		blame(net, y, i == 1);
		backward(net, x);
		x += group;
		y += 4 * FLOAT;
	}
	net.power1 *= net.beta1;
	net.power2 *= net.beta2;
	const own = load<f64>(net.stepSizes + <usize>r * 8);
	const stepSize = own * load<f64>(net.schedule + <usize>net.turn * 8);
	net.batch = net.batch + 1 == net.batches ? 0 : net.batch + 1;
	net.turn = net.turn + 1 == net.turns ? 0 : net.turn + 1;
	const last = net.depth - 1;
	for (let l = net.lowest; l <= last; l++) {
		const at = layer(net, l);
		if (!at.trained) continue;
		// The last layer's factor is in its gradient already.
		const factor = l == last ? <f64>1 : at.scale;
		update(net, at, factor, stepSize, <usize>r * at.size);
	}
}

/** Puts s ∂ loss / ∂f of four samples in the place of f; none of what fills up the last group of a batch. */
@inline
function blame(net: Net, y: usize, isLast: bool): void {
	const factor = splat(net.lossFactor * layer(net, net.depth - 1).scale);
	for (let i: usize = 0; i < 4 * FLOAT; i += VECTOR) {
		let error = mul(factor, sub(at(net.errors + i), at(y + i)));
		if (isLast) error = v128.and(error, at(net.live + i));
		v128.store(net.errors + i, error);
	}
}

/** f of four samples, to the numbers at `f`. */
function forward(net: Net, x: usize, f: usize): void {
	const last = net.depth - 1;
	if (isPlane(net)) return rise(net.activation, layer(net, 0), layer(net, 1), x, f);
	for (let l = 0; l < last; l++) {
		const at = layer(net, l);
		if (l == 0) enter(net.activation, at, x);
		else up(net.activation, at, x);
		x = at.values;
	}
	read(layer(net, last), x, f);
}

function backward(net: Net, x: usize): void {
	const errors = net.errors;
	const top = net.depth - 1;
	const last = layer(net, top);
	if (net.lowest == top) return readGradient(last, inputsOf(net, top, x), errors);
	if (isPlane(net)) return fall(net.activation, last, layer(net, 0), x, errors);
	if (top == 1) return cross(net.activation, last, layer(net, 0), x, errors);
	turn(net.activation, last, layer(net, top - 1), errors);
	for (let l = top - 1; l > net.lowest; l--) {
		const at = layer(net, l);
		if (at.trained) hiddenGradient(at, inputsOf(net, l, x));
		down(net.activation, at, layer(net, l - 1));
	}
	hiddenGradient(layer(net, net.lowest), inputsOf(net, net.lowest, x));
}

/** Whether `plane.ts` has the net. */
@inline
function isPlane(net: Net): bool {
	return net.depth == 2 && layer(net, 0).in == 2;
}

/** What layer l receives. */
@inline
function inputsOf(net: Net, l: i32, x: usize): usize {
	return l == 0 ? x : layer(net, l - 1).values;
}

/** Where the memory of the program itself ends. */
export function owned(): usize {
	return __heap_base;
}
