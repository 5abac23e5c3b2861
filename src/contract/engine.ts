/** What a figure may ask of an engine. The engine implements it; no lesson knows how. */

/** webgl computes in float32 with tfjs, wasm with our own SIMD kernel in float32 or float64, cpu in float64 with plain TypeScript. */
export type Lane = 'webgl' | 'wasm' | 'cpu';
export const lanes: readonly Lane[] = ['webgl', 'wasm', 'cpu'];

export type Activation = 'relu' | 'tanh' | 'erf' | 'linear' | 'softplus';

/**
 * A dense network, f(x) = s_L W_L σ(s_{L-1} W_{L-1} … σ(s_1 W_1 x)), one output. The factors s_l carry
 * the parametrisation (NTK, mean field, standard).
 */
export interface Network {
	/** Widths from input to output: [d, m, …, 1]. */
	readonly sizes: readonly number[];
	readonly activation: Activation;
	/** One factor s_l per layer. */
	readonly scales: readonly number[];
	/**
	 * With biases what a layer receives ends in a constant 1: its weights have shape [out, in + 1], the
	 * last column is the bias b, and z = s (W h + b).
	 */
	readonly biases?: boolean;
	/** Which layers learn; left out, all do. */
	readonly trained?: readonly boolean[];
}

export type Optimiser =
	| { readonly kind: 'gd'; readonly stepSize: StepSize }
	| { readonly kind: 'momentum'; readonly stepSize: StepSize; readonly momentum: number }
	| {
			readonly kind: 'adam';
			readonly stepSize: StepSize;
			readonly beta1: number;
			readonly beta2: number;
			/** Never defaulted: tfjs picks 1e-4 by mistake on WebGL. */
			readonly epsilon: number;
	  };

/** One step size for all replicas, or one each. */
export type StepSize = number | readonly number[];

/** Everything a training run depends on; R replicas (seeds, sweep points) train side by side. */
export interface Job {
	readonly network: Network;
	readonly optimiser: Optimiser;
	/** R, the length of the batch axis. */
	readonly replicas: number;
	/** Initial weights, one array per layer, shape [R, out, in], or [R, out, in + 1] with biases. */
	readonly weights: readonly Float64Array[];
	/** Inputs, shape [R, n, d]. */
	readonly x: Float64Array;
	/** Targets, shape [R, n]. */
	readonly y: Float64Array;
	/** The loss is lossFactor · ½ Σ_i (f(x_i) − y_i)², over the samples of the step. */
	readonly lossFactor: number;
	/**
	 * Samples per step, a divisor of n: step t trains on those from t · batch on, modulo n, in the order
	 * in which they lie. Left out, all of them.
	 */
	readonly batch?: number;
	/** What multiplies the step size at step t: schedule[t mod length]. Left out, 1. */
	readonly schedule?: readonly number[];
	/** Where float32 is not enough; only wasm and cpu have float64. Left out, what the lane does best. */
	readonly precision?: 'float64';
}

export type Probe =
	/** f on the training inputs, shape [R, n]. */
	| { readonly kind: 'outputs' }
	/** f on other inputs of shape [R, k, d]; the answer has shape [R, k]. */
	| { readonly kind: 'field'; readonly x: Float64Array }
	/** The loss over all training samples, shape [R]. */
	| { readonly kind: 'loss' }
	/** The mean of (f − y)² over other samples of shapes [R, k, d] and [R, k]; the answer has shape [R]. */
	| { readonly kind: 'testLoss'; readonly x: Float64Array; readonly y: Float64Array }
	/** Squared distance of all weights from the start, shape [R]. */
	| { readonly kind: 'travel' }
	/** λ_max of the Hessian of the loss in the trained weights, at the present ones, shape [R]. */
	| { readonly kind: 'sharpness' }
	/** The weights, layer after layer as in `Job.weights`, shape [R, P]. */
	| { readonly kind: 'weights' }
	/** The empirical tangent kernel Σ_θ ∂f(x_i) ∂f(x_j) over the trained weights, shape [R, n, n]. */
	| { readonly kind: 'tangentKernel' };

export interface LaneInfo {
	readonly lane: Lane;
	/** Largest relative error of the start-up self-test against the float64 reference. */
	readonly selfTestError: number;
	/** What draws, where the browser says: "ANGLE (Intel, …)". */
	readonly renderer: string;
	/** Lanes that were passed over, each with its reason, for the reader. */
	readonly notes: readonly string[];
	/** Where the run began, if not here, and the step at which it moved. */
	readonly before?: { readonly lane: Lane; readonly until: number };
}

/** One training run on one lane. */
export interface Session {
	readonly info: LaneInfo;
	/** Steps taken so far. */
	readonly step: number;
	/** Kernels the lane dispatches per training step, under 1 where one takes many steps; null before the first step, and where the lane does not count. */
	readonly kernelsPerStep: number | null;
	/** Trains on by `steps`; never blocks for more than a slice, rejects with AbortError once stopped. */
	advance(steps: number): Promise<void>;
	/**
	 * Goes to a step, back to an earlier one as well; what is trained from there on is what was trained
	 * before, changes of the step size included.
	 */
	seek(step: number): Promise<void>;
	/** From the next step on another step size; the schedule still multiplies it. */
	setStepSize(size: StepSize): void;
	probe(probe: Probe): Promise<Float64Array>;
	/** Frees everything the run holds; calling it twice is harmless. */
	dispose(): void;
}

/** Opens sessions for one run of a figure. */
export interface Lab {
	open(job: Job): Promise<Session>;
}
