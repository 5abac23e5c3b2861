/**
 * What the host writes and the kernel reads: where everything lies in memory, in bytes.
 *
 * Units go in vectors of L lanes, four of float32 or two of float64; a layer of `out` units has ⌈out/L⌉
 * vectors, its last one filled up with units of weight 0. Such a unit gives 0, as σ(0) = 0 or, for
 * softplus, as it is held at 0; so what leads away from it never learns, and what leads to it gets no
 * signal. Samples go in groups of four, each batch filled up with x = 0 and y = 0, and no error is let
 * through from there. So padding is exact.
 *
 *   weights of a hidden layer   [vector][in][L]: for each input, the weights of L units side by side,
 *                               and behind them their biases, where there are any
 *   weights of the last layer   [⌈in/L⌉][L]: it has one unit, and its inputs are the lanes; then its
 *                               bias, filled up with zeros
 *   inputs s₁x                  blocks of a group, with the first layer's factor in them; for
 *                               `plane.ts` one of first and one of second inputs, spread over lanes
 *   activations, signals        blocks of the group at work
 *
 * A block holds L numbers of each of four samples, [4 samples][L], 64 bytes: whatever loops do with the
 * four, they find it at offsets that are constants.
 *
 * Replicas follow each other in weights, x, y and the optimiser's memory; gradients, activations and
 * signals are scratch that all replicas share. The order of the fields stands in `../layout.ts` too.
 */
@unmanaged
export class Layer {
	/** The factor s_l; 1 in the first layer, whose factor is in x. */
	scale: f64;
	/** The input that biases see: s₁ in the first layer, 1 above; 0 where there are no biases. */
	constant: f64;
	/** Inputs; filled up to whole vectors above the first layer. */
	in: i32;
	/** Vectors of units, or, in the last layer, vectors of inputs. */
	vectors: i32;
	trained: i32;
	/** Weights of all replicas. */
	all: usize;
	/** Weights of the replica at work. */
	weights: usize;
	/** Bytes of weights per replica. */
	size: usize;
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
	/** All bits of the lanes in the last vector that are units, none of those that fill it up. */
	live: usize;
	unused: i32;
}

@unmanaged
export class Net {
	lossFactor: f64;
	/** Momentum's μ or Adam's β₁. */
	beta1: f64;
	beta2: f64;
	epsilon: f64;
	/** β₁ᵗ and β₂ᵗ, carried from call to call. */
	power1: f64;
	power2: f64;
	replicas: i32;
	/** Groups of four samples in a batch. */
	groups: i32;
	/** Batches per replica. */
	batches: i32;
	/** Blocks of inputs in a group. */
	width: i32;
	/** Hidden layers, then the last. */
	depth: i32;
	/** The lowest layer that learns: signals need not go below. */
	lowest: i32;
	activation: i32;
	optimiser: i32;
	x: usize;
	y: usize;
	/** All bits of the four numbers in the last group of a batch that are samples. */
	live: usize;
	/** Four numbers: f of the group at work, then s ∂ loss / ∂f, with the last layer's factor. */
	errors: usize;
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
}

export const RELU = 0;
export const TANH = 1;
export const ERF = 2;
export const LINEAR = 3;
export const SOFTPLUS = 4;

export const GD = 0;
export const MOMENTUM = 1;
export const ADAM = 2;

@inline
export function layer(net: Net, l: i32): Layer {
	return changetype<Layer>(net.layers + (<usize>l) * offsetof<Layer>());
}
