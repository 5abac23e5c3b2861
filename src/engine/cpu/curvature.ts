import { symmetricEigen } from '#theory/eigen.ts';
import { random } from '#theory/random.ts';
import type { Layer } from '../kernel.ts';
import { times, timesTransposed, transposedTimes } from './products.ts';
import { traceFor, type Net, type Weights } from './net.ts';

/** The loss factor · ½ Σ (f(x_i) − y_i)² of one replica, as a function of its trained weights. */
export interface LossSurface {
	readonly net: Net;
	readonly weights: Weights;
	/** Shape [n, d]. */
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly factor: number;
}

/**
 * Multiplies by the Hessian of the loss, exactly (Pearlmutter 1994, the R-operator): both passes are
 * differentiated along v. Rows of v and of the answer for layers that are not trained are 0. Where a
 * relu stands at its kink, its second derivative counts as 0.
 */
export function hessianProduct(surface: LossSurface): (v: Weights) => Float64Array[] {
	const { net, weights, x, y, factor } = surface;
	const { layers, sigma } = net;
	const n = y.length;
	const trace = traceFor(layers, n);
	const f = net.forward(weights, x, trace);
	const seed = f.map((value, i) => factor * (value - (y[i] as number)));
	net.backward(weights, seed, 0, trace);

	return (v) => {
		const moved = traceFor(layers, n);
		// What is constant does not move: the inputs, and the 1 that biases multiply.
		for (const input of moved.inputs) input.fill(0);
		// R z_l = s (V h + W Rh), R h = σ′(z) R z
		layers.forEach((layer, l) => {
			const z = moved.outputs[l] as Float64Array;
			const size = [n, layer.out, layer.columns] as const;
			timesTransposed(z, trace.inputs[l]!, v[l]!, size, layer.scale);
			if (l === 0) return void next(layer, l);
			const through = new Float64Array(z.length);
			timesTransposed(through, moved.inputs[l]!, weights[l]!, size, layer.scale);
			addTo(z, through);
			next(layer, l);
		});
		// R δ_{l−1} = s ((Rδ W + δ V) σ′ + (δ W) σ″ Rz)
		const signals = moved.signals;
		signals.at(-1)!.set(moved.outputs.at(-1)!.map((value) => factor * value));
		const product = layers.map((layer) => new Float64Array(layer.out * layer.columns));
		for (let l = layers.length - 1; l >= 0; l--) {
			const layer = layers[l]!;
			const size = [n, layer.out, layer.columns] as const;
			if (layer.trained) {
				const rest = new Float64Array(layer.out * layer.columns);
				transposedTimes(product[l]!, signals[l]!, trace.inputs[l]!, size, layer.scale);
				transposedTimes(rest, trace.signals[l]!, moved.inputs[l]!, size, layer.scale);
				addTo(product[l]!, rest);
			}
			if (l > 0) down(layer, l);
		}
		return product;

		function next(layer: Layer, l: number): void {
			const above = moved.inputs[l + 1];
			if (!above) return;
			const { columns } = layers[l + 1]!;
			eachUnit(n, layer.out, columns, (at, kept) => {
				const slope = sigma.slope(trace.outputs[l]![at]!, trace.inputs[l + 1]![kept]!);
				above[kept] = slope * moved.outputs[l]![at]!;
			});
		}

		function down(layer: Layer, l: number): void {
			const size = [n, layer.out, layer.in] as const;
			const [straight, turned, plain] = [0, 0, 0].map(() => new Float64Array(n * layer.in));
			times(straight!, signals[l]!, weights[l]!, size, layer.scale, layer.columns);
			times(turned!, trace.signals[l]!, v[l]!, size, layer.scale, layer.columns);
			times(plain!, trace.signals[l]!, weights[l]!, size, layer.scale, layer.columns);
			eachUnit(n, layer.in, layer.columns, (at, kept) => {
				const z = trace.outputs[l - 1]![at]!;
				const h = trace.inputs[l]![kept]!;
				signals[l - 1]![at] =
					sigma.slope(z, h) * (straight![at]! + turned![at]!) +
					sigma.curvature(z, h) * plain![at]! * moved.outputs[l - 1]![at]!;
			});
		}
	};
}

/** Lanczos stops when the largest Ritz value has moved by less than this, relatively. */
const precision = 1e-9;

/**
 * λ_max of the Hessian in the trained weights, by Lanczos with full re-orthogonalisation from a fixed
 * start; at most as many products as there are weights, and at most 120.
 */
export function sharpness(surface: LossSurface): number {
	const { layers } = surface.net;
	const multiply = hessianProduct(surface);
	const { normal } = random(1, 'lanczos');
	const start = layers.map((layer) =>
		new Float64Array(layer.out * layer.columns).map(() => (layer.trained ? normal() : 0)),
	);
	const weights = layers.reduce((sum, l, i) => sum + (l.trained ? start[i]!.length : 0), 0);
	const basis: Float64Array[][] = [];
	const [diagonal, beside]: [number[], number[]] = [[], []];
	let v: Float64Array[] = start;
	let length = norm(v);
	let found = NaN;
	for (let k = 0; k < Math.min(120, weights) && length > 1e-12 * (Math.abs(found) || 1); k++) {
		if (k > 0) beside.push(length);
		v = v.map((part) => part.map((value) => value / length));
		basis.push(v);
		const w = multiply(v);
		diagonal.push(dot(w, v));
		for (let pass = 0; pass < 2; pass++)
			for (const b of basis) {
				const along = dot(w, b);
				w.forEach((part, l) => part.forEach((_, i) => (part[i]! -= along * b[l]![i]!)));
			}
		const before = found;
		found = largest(diagonal, beside);
		if (Math.abs(found - before) <= precision * Math.abs(found)) break;
		v = w;
		length = norm(w);
	}
	return found;
}

/** The largest eigenvalue of a symmetric tridiagonal matrix. */
function largest(diagonal: readonly number[], beside: readonly number[]): number {
	const n = diagonal.length;
	const matrix = new Float64Array(n * n);
	diagonal.forEach((value, i) => (matrix[i * n + i] = value));
	beside.forEach((value, i) => (matrix[i * n + i + 1] = matrix[(i + 1) * n + i] = value));
	return symmetricEigen(matrix).values.at(-1) ?? NaN;
}

function eachUnit(
	n: number,
	units: number,
	columns: number,
	visit: (at: number, kept: number) => void,
): void {
	for (let i = 0; i < n; i++) for (let j = 0; j < units; j++) visit(i * units + j, i * columns + j);
}

function addTo(target: Float64Array, values: Float64Array): void {
	values.forEach((value, i) => (target[i]! += value));
}

function dot(a: Weights, b: Weights): number {
	return a.reduce((sum, part, l) => part.reduce((s, value, i) => s + value * b[l]![i]!, sum), 0);
}

function norm(v: Weights): number {
	return Math.sqrt(dot(v, v));
}
