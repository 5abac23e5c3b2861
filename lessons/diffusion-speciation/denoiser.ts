/**
 * The network that learns the noise: d + 2 inputs (x, e^(−t), √D_t), two hidden layers, d outputs, all
 * with biases, in float64. The engine's networks have one output, so it is written out here.
 */
import type { Random } from '#theory/random.ts';

export type Activation = 'tanh' | 'linear';

/** One layer: weights [out, in + 1], the last column the bias, as the engine lays them out. */
export interface Layer {
	readonly inputs: number;
	readonly outputs: number;
	readonly weights: Float64Array;
	readonly slope: Float64Array;
}

export interface Denoiser {
	readonly activation: Activation;
	readonly layers: readonly Layer[];
	/** For each layer what it puts out for a batch, [batch, out]; grown as needed. */
	readonly signals: Float64Array[];
	readonly errors: Float64Array[];
}

/** Weights of variance 1/in, biases 0. */
export function drawDenoiser(sizes: readonly number[], activation: Activation, stream: Random) {
	const layers = sizes.slice(1).map((outputs, l): Layer => {
		const inputs = sizes[l]!;
		const weights = new Float64Array(outputs * (inputs + 1));
		for (let o = 0; o < outputs; o++)
			for (let i = 0; i < inputs; i++)
				weights[o * (inputs + 1) + i] = stream.normal() / Math.sqrt(inputs);
		return { inputs, outputs, weights, slope: new Float64Array(weights.length) };
	});
	return { activation, layers, signals: [], errors: [] } satisfies Denoiser;
}

/** The outputs for inputs x of shape [batch, in]: a view that the next call overwrites. */
export function forward(net: Denoiser, x: Float64Array): Float64Array {
	let signal = x;
	net.layers.forEach((layer, l) => {
		const batch = signal.length / layer.inputs;
		const out = room(net.signals, l, batch * layer.outputs);
		apply(layer, signal, out);
		if (l < net.layers.length - 1 && net.activation === 'tanh')
			for (let k = 0; k < out.length; k++) out[k] = 1 - 2 / (1 + Math.exp(2 * out[k]!));
		signal = out;
	});
	return signal;
}

/**
 * Writes into every layer's `slope` the gradient of ½ Σ |output − target|²/batch, for the inputs that
 * `forward` has just seen, and returns the mean of |output − target|².
 */
export function backward(net: Denoiser, x: Float64Array, target: Float64Array): number {
	const last = net.layers.length - 1;
	const batch = target.length / net.layers[last]!.outputs;
	const out = net.signals[last]!;
	let error = room(net.errors, last, target.length);
	let loss = 0;
	for (let k = 0; k < target.length; k++) {
		const gap = out[k]! - target[k]!;
		loss += gap * gap;
		error[k] = gap / batch;
	}
	for (let l = last; l >= 0; l--) {
		const layer = net.layers[l]!;
		const below = l > 0 ? net.signals[l - 1]! : x;
		collect(layer, below, error);
		if (l === 0) break;
		const down = room(net.errors, l - 1, batch * layer.inputs);
		pull(layer, error, down);
		if (net.activation === 'tanh')
			for (let k = 0; k < down.length; k++) down[k]! *= 1 - below[k]! ** 2;
		error = down;
	}
	return loss / batch;
}

/** An array of this length, the one kept at this place if it fits. */
function room(kept: Float64Array[], l: number, length: number): Float64Array {
	const old = kept[l];
	if (old?.length === length) return old;
	return (kept[l] = new Float64Array(length));
}

/** out = W x + b for each row of a batch; four outputs at a time. */
function apply({ inputs, outputs, weights }: Layer, x: Float64Array, out: Float64Array): void {
	const row = inputs + 1;
	for (let at = 0, to = 0; at < x.length; at += inputs, to += outputs) {
		let o = 0;
		for (; o + 3 < outputs; o += 4) {
			const w = o * row;
			let a = weights[w + inputs]!;
			let b = weights[w + row + inputs]!;
			let c = weights[w + 2 * row + inputs]!;
			let e = weights[w + 3 * row + inputs]!;
			for (let i = 0; i < inputs; i++) {
				const v = x[at + i]!;
				a += weights[w + i]! * v;
				b += weights[w + row + i]! * v;
				c += weights[w + 2 * row + i]! * v;
				e += weights[w + 3 * row + i]! * v;
			}
			out[to + o] = a;
			out[to + o + 1] = b;
			out[to + o + 2] = c;
			out[to + o + 3] = e;
		}
		for (; o < outputs; o++) {
			let a = weights[o * row + inputs]!;
			for (let i = 0; i < inputs; i++) a += weights[o * row + i]! * x[at + i]!;
			out[to + o] = a;
		}
	}
}

/** slope = Σ error ⊗ (x, 1) over the batch; four rows of the batch at a time. */
function collect({ inputs, outputs, slope }: Layer, x: Float64Array, error: Float64Array): void {
	const row = inputs + 1;
	const batch = error.length / outputs;
	slope.fill(0);
	let r = 0;
	for (; r + 3 < batch; r += 4) {
		const [x0, e0] = [r * inputs, r * outputs];
		for (let o = 0; o < outputs; o++) {
			const a = error[e0 + o]!;
			const b = error[e0 + outputs + o]!;
			const c = error[e0 + 2 * outputs + o]!;
			const e = error[e0 + 3 * outputs + o]!;
			const w = o * row;
			for (let i = 0; i < inputs; i++)
				slope[w + i]! +=
					a * x[x0 + i]! +
					b * x[x0 + inputs + i]! +
					c * x[x0 + 2 * inputs + i]! +
					e * x[x0 + 3 * inputs + i]!;
			slope[w + inputs]! += a + b + c + e;
		}
	}
	for (; r < batch; r++)
		for (let o = 0; o < outputs; o++) {
			const a = error[r * outputs + o]!;
			for (let i = 0; i < inputs; i++) slope[o * row + i]! += a * x[r * inputs + i]!;
			slope[o * row + inputs]! += a;
		}
}

/** down = Wᵀ error for each row of a batch; four outputs at a time. */
function pull({ inputs, outputs, weights }: Layer, error: Float64Array, down: Float64Array): void {
	const row = inputs + 1;
	down.fill(0);
	for (let at = 0, to = 0; at < error.length; at += outputs, to += inputs) {
		let o = 0;
		for (; o + 3 < outputs; o += 4) {
			const w = o * row;
			const a = error[at + o]!;
			const b = error[at + o + 1]!;
			const c = error[at + o + 2]!;
			const e = error[at + o + 3]!;
			for (let i = 0; i < inputs; i++)
				down[to + i]! +=
					a * weights[w + i]! +
					b * weights[w + row + i]! +
					c * weights[w + 2 * row + i]! +
					e * weights[w + 3 * row + i]!;
		}
		for (; o < outputs; o++) {
			const a = error[at + o]!;
			for (let i = 0; i < inputs; i++) down[to + i]! += a * weights[o * row + i]!;
		}
	}
}
