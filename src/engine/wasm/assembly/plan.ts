/**
 * What the host writes and the kernel reads: where everything lies in memory, in bytes.
 *
 * Units go in quads, the four lanes of a SIMD vector; a layer of `out` units has ⌈out/4⌉ quads, its
 * last one filled up with units of weight 0. Such a unit gives 0, as σ(0) = 0 or, for softplus, as it
 * is held at 0; so what leads away from it never learns, and what leads to it gets no signal. Samples
 * go in groups of four likewise, each batch filled up with x = 0 and y = 0, and no error is let
 * through from there. So padding is exact.
 *
 *   weights of a hidden layer   [quad][in][4]: for each input, the weights of four units side by side,
 *                               and behind them their biases, where there are any
 *   weights of the last layer   [⌈in/4⌉][4]: it has one unit, and its inputs are the lanes; then its
 *                               bias and three times 0
 *   inputs s₁x                  a block per group, with the first layer's factor in them
 *   activations, signals        one block, of the group at work
 *
 * A block holds some numbers of four samples, [quad][4 samples][4]: whatever loops do with the four, they
 * find it at offsets that are constants. A quad of a block is 64 bytes, and begins at a multiple of 16.
 *
 * Replicas follow each other in weights, x, y and the optimiser's memory; gradients, activations and
 * signals are scratch that all replicas share. The order of the fields stands in `../layout.ts` too.
 */
@unmanaged
export class Layer {
	/** Inputs; filled up to a multiple of four above the first layer. */
	in: i32;
	/** Quads of units, or, in the last layer, quads of inputs. */
	quads: i32;
	/** The factor s_l; 1 in the first layer, whose factor is in x. */
	scale: f32;
	/** The input that biases see: s₁ in the first layer, 1 above; 0 where there are no biases. */
	constant: f32;
	trained: i32;
	/** Weights of all replicas. */
	all: usize;
	/** Weights of the replica at work. */
	weights: usize;
	/** Floats of weights per replica. */
	size: i32;
	gradient: usize;
	/** Momentum's velocity or Adam's first moment. */
	first: usize;
	/** Adam's second moment. */
	second: usize;
	/** h = σ(z) of the four samples at work. */
	values: usize;
	/** σ′(z), kept where h does not tell it. */
	slopes: usize;
	/** ∂ loss / ∂z. */
	signals: usize;
	/** All bits of the lanes in the last quad that are units, none of those that fill it up. */
	live: usize;
}

@unmanaged
export class Net {
	replicas: i32;
	/** Samples per batch, a multiple of four. */
	samples: i32;
	/** Batches per replica. */
	batches: i32;
	/** Quads of inputs. */
	width: i32;
	/** Hidden layers, then the last. */
	depth: i32;
	/** The lowest layer that learns: signals need not go below. */
	lowest: i32;
	activation: i32;
	lossFactor: f32;
	optimiser: i32;
	x: usize;
	y: usize;
	/** All bits of the lanes in the last group of a batch that are samples. */
	live: usize;
	/** One step size per replica, float64. */
	stepSizes: usize;
	/** What multiplies them, float64, round and round. */
	schedule: usize;
	/** Its length. */
	turns: i32;
	/** Where training stands: the batch and the place in the schedule that come next. */
	batch: i32;
	turn: i32;
	/** An array of `depth` layers. */
	layers: usize;
	/** Momentum's μ or Adam's β₁. */
	beta1: f64;
	beta2: f64;
	epsilon: f64;
	/** β₁ᵗ and β₂ᵗ, carried from call to call. */
	power1: f64;
	power2: f64;
}

export const RELU = 0;
export const TANH = 1;
export const ERF = 2;
export const LINEAR = 3;
export const SOFTPLUS = 4;

export const GD = 0;
export const MOMENTUM = 1;
export const ADAM = 2;

/** Bytes of a float, of a vector of four, and of a quad of a block. */
export const FLOAT: usize = 4;
export const QUAD: usize = 16;
export const BLOCK: usize = 64;

@inline
export function layer(net: Net, l: i32): Layer {
	return changetype<Layer>(net.layers + (<usize>l) * offsetof<Layer>());
}
