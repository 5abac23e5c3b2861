/**
 * What the host writes and the kernel reads: where everything lies in memory, in bytes.
 *
 * Units go in quads, the four lanes of a SIMD vector; a layer of `out` units has ⌈out/4⌉ quads, its
 * last one filled up with units of weight 0. Such a unit stays 0 for ever, since σ(0) = 0 for every
 * activation there is. Samples go in groups of four likewise, filled up with x = 0 and y = 0, whose
 * residual is 0. So padding is exact and costs no branch.
 *
 *   weights of a hidden layer   [quad][in][4]: for each input, the weights of four units side by side
 *   weights of the last layer   [⌈in/4⌉][4]: it has one unit, and its inputs are the lanes
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
}

@unmanaged
export class Net {
	replicas: i32;
	/** Samples per replica, a multiple of four. */
	samples: i32;
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
	/** One step size per replica. */
	stepSizes: usize;
	/** Momentum's μ or Adam's β₁. */
	beta1: f64;
	beta2: f64;
	epsilon: f64;
	/** β₁ᵗ and β₂ᵗ, carried from call to call. */
	power1: f64;
	power2: f64;
	/** An array of `depth` layers. */
	layers: usize;
}

export const RELU = 0;
export const TANH = 1;
export const ERF = 2;
export const LINEAR = 3;

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
