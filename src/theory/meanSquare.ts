import { mlpLayers, mlpSize, type Mlp } from './mlp.ts';

export interface Samples {
	/** Inputs, shape [n, d]. */
	readonly x: Float64Array;
	/** Targets, shape [n]. */
	readonly y: Float64Array;
}

/** The mean squared error (1/n) Σ_i (f(x_i; θ) − y_i)² of a network as a function of its parameters. */
export interface Surface {
	/** P, the number of parameters. */
	readonly size: number;
	loss(theta: Float64Array): number;
	/** ∂ loss/∂θ, shape [P]; a fresh array. */
	gradient(theta: Float64Array): Float64Array;
	/**
	 * Multiplication by the Hessian at θ, exact: both passes of the gradient are differentiated along v
	 * (Pearlmutter 1994, the R-operator). The second derivative of relu counts as 0. Valid until the
	 * surface is asked for anything else.
	 */
	hessianProduct(theta: Float64Array): (v: Float64Array) => Float64Array;
}

/** Throws a RangeError if inputs and targets do not belong together. */
export function meanSquare(net: Mlp, { x, y }: Samples): Surface {
	const layers = mlpLayers(net);
	const last = layers.length - 1;
	const size = mlpSize(net);
	const n = y.length;
	const d = net.sizes[0]!;
	if (x.length !== n * d)
		throw new RangeError(`${n} targets need ${n * d} inputs, not ${x.length}`);
	const tanh = net.activation === 'tanh';
	const room = () => layers.map((layer) => new Float64Array(n * layer.out));
	// h: values after each layer; slope: σ′ there. In front of an R stands what moves along v.
	const [h, slope, delta, plain] = [room(), room(), room(), room()];
	const [Rh, Rz, Rdelta] = [room(), room(), room()];
	const inputs = (l: number) => (l === 0 ? x : h[l - 1]!);

	function forward(theta: Float64Array): Float64Array {
		layers.forEach((layer, l) => {
			const out = h[l]!;
			affine(out, inputs(l), theta, layer.from, layer.out, layer.in);
			if (l === last) return;
			const s = slope[l]!;
			for (let i = 0; i < out.length; i++) {
				const z = out[i]!;
				if (tanh) {
					const value = Math.tanh(z);
					out[i] = value;
					s[i] = 1 - value * value;
				} else {
					out[i] = z > 0 ? z : 0;
					s[i] = z > 0 ? 1 : 0;
				}
			}
		});
		return h[last]!;
	}

	/** Rows of a times θ's weights, biases added: out[i, j] = b_j + Σ_k w_jk a[i, k]. */
	function affine(
		out: Float64Array,
		a: Float64Array,
		theta: Float64Array,
		from: number,
		rows: number,
		columns: number,
	): void {
		for (let i = 0, at = 0; i < n; i++)
			for (let j = 0; j < rows; j++, at++) {
				let w = from + j * (columns + 1);
				let sum = 0;
				for (let k = i * columns, end = k + columns; k < end; k++, w++) sum += a[k]! * theta[w]!;
				out[at] = sum + theta[w]!;
			}
	}

	/** out[i, k] += Σ_j signal[i, j] w_jk, for layer l's weights. */
	function back(out: Float64Array, signal: Float64Array, theta: Float64Array, l: number): void {
		const { from, out: rows, in: columns } = layers[l]!;
		for (let i = 0, at = 0; i < n; i++)
			for (let j = 0; j < rows; j++, at++) {
				const value = signal[at]!;
				let w = from + j * (columns + 1);
				for (let k = i * columns, end = k + columns; k < end; k++, w++)
					out[k] = out[k]! + value * theta[w]!;
			}
	}

	/** target[j, k] += Σ_i signal[i, j] a[i, k]; the last column, of biases, takes `ones` for a. */
	function outer(
		target: Float64Array,
		signal: Float64Array,
		a: Float64Array,
		l: number,
		ones: 0 | 1,
	): void {
		const { from, out: rows, in: columns } = layers[l]!;
		for (let i = 0, at = 0; i < n; i++)
			for (let j = 0; j < rows; j++, at++) {
				const value = signal[at]!;
				let w = from + j * (columns + 1);
				for (let k = i * columns, end = k + columns; k < end; k++, w++)
					target[w] = target[w]! + value * a[k]!;
				target[w] = target[w]! + ones * value;
			}
	}

	function backward(theta: Float64Array): void {
		const f = forward(theta);
		for (let i = 0; i < n; i++) delta[last]![i] = (2 / n) * (f[i]! - y[i]!);
		for (let l = last; l > 0; l--) {
			const below = plain[l - 1]!.fill(0);
			back(below, delta[l]!, theta, l);
			for (let i = 0; i < below.length; i++) delta[l - 1]![i] = below[i]! * slope[l - 1]![i]!;
		}
	}

	function product(theta: Float64Array, v: Float64Array): Float64Array {
		layers.forEach((layer, l) => {
			const moved = Rz[l]!;
			affine(moved, inputs(l), v, layer.from, layer.out, layer.in);
			if (l > 0) forwardAlong(moved, Rh[l - 1]!, theta, l);
			if (l < last) for (let i = 0; i < moved.length; i++) Rh[l]![i] = slope[l]![i]! * moved[i]!;
		});
		for (let i = 0; i < n; i++) Rdelta[last]![i] = (2 / n) * Rz[last]![i]!;
		const result = new Float64Array(size);
		for (let l = last; l >= 0; l--) {
			outer(result, Rdelta[l]!, inputs(l), l, 1);
			if (l === 0) break;
			outer(result, delta[l]!, Rh[l - 1]!, l, 0);
			const below = Rdelta[l - 1]!.fill(0);
			back(below, Rdelta[l]!, theta, l);
			back(below, delta[l]!, v, l);
			for (let i = 0; i < below.length; i++) {
				const s = slope[l - 1]![i]!;
				// σ″ = −2 tanh σ′; of relu it is 0.
				const bend = tanh ? -2 * h[l - 1]![i]! * s : 0;
				below[i] = s * below[i]! + bend * plain[l - 1]![i]! * Rz[l - 1]![i]!;
			}
		}
		return result;
	}

	/** out[i, j] += Σ_k w_jk a[i, k], without biases. */
	function forwardAlong(out: Float64Array, a: Float64Array, theta: Float64Array, l: number): void {
		const { from, out: rows, in: columns } = layers[l]!;
		for (let i = 0, at = 0; i < n; i++)
			for (let j = 0; j < rows; j++, at++) {
				let w = from + j * (columns + 1);
				let sum = 0;
				for (let k = i * columns, end = k + columns; k < end; k++, w++) sum += a[k]! * theta[w]!;
				out[at] = out[at]! + sum;
			}
	}

	return {
		size,
		loss(theta) {
			const f = forward(theta);
			let sum = 0;
			for (let i = 0; i < n; i++) sum += (f[i]! - y[i]!) ** 2;
			return sum / n;
		},
		gradient(theta) {
			backward(theta);
			const result = new Float64Array(size);
			for (let l = last; l >= 0; l--) outer(result, delta[l]!, inputs(l), l, 1);
			return result;
		},
		hessianProduct(theta) {
			backward(theta);
			return (v) => product(theta, v);
		},
	};
}

/** The whole Hessian at θ, [P, P] row-major, one product a row; for P up to about a thousand. */
export function hessian(surface: Surface, theta: Float64Array): Float64Array {
	const { size } = surface;
	const multiply = surface.hessianProduct(theta);
	const matrix = new Float64Array(size * size);
	const unit = new Float64Array(size);
	for (let k = 0; k < size; k++) {
		unit[k] = 1;
		matrix.set(multiply(unit), k * size);
		unit[k] = 0;
	}
	return matrix;
}
