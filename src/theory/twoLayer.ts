import type { Random } from './random.ts';

/** A two-layer ReLU network f(x) = s Σ_j a_j relu(w_j·x), without its factor s. */
export interface TwoLayer {
	readonly width: number;
	/** Length d of an input. */
	readonly dimension: number;
	/** The w_j, shape [width, d]. */
	readonly inner: Float64Array;
	/** The a_j, shape [width]. */
	readonly outer: Float64Array;
	/** Neuron m/2 + j is the copy of neuron j with −a_j, so that f = 0 at the start. */
	readonly mirrored: boolean;
}

export interface TwoLayerShape {
	readonly width: number;
	readonly dimension: number;
	/** Outer weights: standard normal, or ±1 with equal chances. */
	readonly outer: 'gauss' | 'signs';
	/** The antisymmetric start of Chizat, Oyallon & Bach 2019; asks for an even width. */
	readonly mirrored: boolean;
}

/** Draws a start: w_j standard normal, neuron by neuron, each followed by its a_j. */
export function drawTwoLayer(shape: TwoLayerShape, { normal, uniform }: Random): TwoLayer {
	const { width, dimension, mirrored } = shape;
	if (mirrored && width % 2 !== 0)
		throw new RangeError(`mirrored neurons need an even width, not ${width}`);
	const drawn = mirrored ? width / 2 : width;
	const inner = new Float64Array(width * dimension);
	const outer = new Float64Array(width);
	for (let j = 0; j < drawn; j++) {
		for (let i = 0; i < dimension; i++) inner[j * dimension + i] = normal();
		outer[j] = shape.outer === 'gauss' ? normal() : uniform() < 0.5 ? 1 : -1;
	}
	if (mirrored) {
		inner.copyWithin(drawn * dimension, 0, drawn * dimension);
		for (let j = 0; j < drawn; j++) outer[drawn + j] = -outer[j]!;
	}
	return { width, dimension, inner, outer, mirrored };
}

/**
 * The empirical tangent kernel Σ_θ ∂f(z_k) ∂f(x_i) of the network with factor s, shape [K, n]:
 * s² Σ_j [relu(w_j·z) relu(w_j·x) + a_j² (z·x) 1[w_j·z > 0] 1[w_j·x > 0]], the first term only if the
 * outer layer learns. `z` has shape [K, d], `x` shape [n, d].
 */
export function tangentKernel(
	net: TwoLayer,
	scale: number,
	z: Float64Array,
	x: Float64Array,
	outerLearns = true,
): Float64Array {
	const d = net.dimension;
	const [rows, columns] = [z.length / d, x.length / d];
	const products = new Float64Array(rows * columns);
	for (let k = 0; k < rows; k++)
		for (let i = 0; i < columns; i++)
			for (let c = 0; c < d; c++) products[k * columns + i]! += z[k * d + c]! * x[i * d + c]!;

	const kernel = new Float64Array(rows * columns);
	const active = new Int32Array(columns);
	const activation = new Float64Array(columns);
	// A mirrored copy has the same gradients up to sign: one of the two, counted twice.
	const neurons = net.mirrored ? net.width / 2 : net.width;
	const factor = scale * scale * (net.mirrored ? 2 : 1);
	for (let j = 0; j < neurons; j++) {
		let count = 0;
		for (let i = 0; i < columns; i++) {
			const u = preactivation(net, j, x, i);
			if (u <= 0) continue;
			active[count] = i;
			activation[count++] = outerLearns ? factor * u : 0;
		}
		const slope = factor * net.outer[j]! ** 2;
		for (let k = 0; k < rows; k++) {
			const u = preactivation(net, j, z, k);
			if (u <= 0) continue;
			for (let c = 0; c < count; c++) {
				const at = k * columns + active[c]!;
				kernel[at]! += activation[c]! * u + slope * products[at]!;
			}
		}
	}
	return kernel;
}

function preactivation(net: TwoLayer, j: number, x: Float64Array, i: number): number {
	const d = net.dimension;
	let u = 0;
	for (let c = 0; c < d; c++) u += net.inner[j * d + c]! * x[i * d + c]!;
	return u;
}
