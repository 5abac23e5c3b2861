/** Nearest neighbours on the torus by comparing with every point. */
import { sumOfSquares } from '#theory/arrays.ts';
import { random } from '#theory/random.ts';

/** How the points lie: uniform, or with all coordinates copies of two that are. */
export type Layout = 'uniform' | 'plane';

/** Fresh points of a data set at which errors are measured. */
export const tests = 500;

export interface DataSet {
	readonly d: number;
	/** Inputs, shape [n, d], f there, and noise of variance 1; any first part is a smaller data set. */
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly noise: Float64Array;
	/** Fresh inputs, shape [tests, d], and f there. */
	readonly fresh: Float64Array;
	readonly truth: Float64Array;
}

/** √(2/d) Σ sin 2πx_i of each row; where the layout makes E f² another than 1, divided by its root. */
export function target(x: Float64Array, d: number, layout: Layout): Float64Array {
	// Copies of one sine add up before they are squared.
	const copies = layout === 'plane' ? [Math.ceil(d / 2), Math.floor(d / 2)] : [];
	const energy = copies.length > 0 ? sumOfSquares(copies) / 2 : d / 2;
	return Float64Array.from({ length: x.length / d }, (_, i) => {
		let sum = 0;
		for (let c = 0; c < d; c++) sum += Math.sin(2 * Math.PI * x[i * d + c]!);
		return sum / Math.sqrt(energy);
	});
}

/** Lets the coordinates from the third on be copies of the first two, in turn, where the layout says so. */
export function laid(x: Float64Array, d: number, layout: Layout): Float64Array {
	if (layout === 'plane')
		for (let i = 0; i < x.length; i++) if (i % d > 1) x[i] = x[i - (i % d) + ((i % d) % 2)]!;
	return x;
}

export function drawDataSet(
	{ d, n, layout }: { d: number; n: number; layout: Layout },
	seed: number,
): DataSet {
	const { uniform, normal } = random(seed, `curse/torus/${d}`);
	const points = (count: number) =>
		laid(Float64Array.from({ length: count * d }, uniform), d, layout);
	const fresh = points(tests);
	const x = points(n);
	return {
		d,
		x,
		y: target(x, d, layout),
		noise: Float64Array.from({ length: n }, normal),
		fresh,
		truth: target(fresh, d, layout),
	};
}

/** Squared distances on the torus from point i of `from` to each row of `x`, into `out`. */
export function distances(
	from: Float64Array,
	i: number,
	x: Float64Array,
	d: number,
	out: Float64Array,
): void {
	out.fill(0);
	for (let c = 0; c < d; c++) {
		const here = from[i * d + c]!;
		for (let j = 0, at = c; j < out.length; j++, at += d) {
			const gap = Math.abs(here - x[at]!);
			const short = gap < 0.5 ? gap : 1 - gap;
			out[j]! += short * short;
		}
	}
}

/**
 * The label of the nearest of the first n points, for each n of the ascending `sizes`, and the squared
 * distance to it.
 */
export function nearest(
	squares: Float64Array,
	y: Float64Array,
	sizes: readonly number[],
): { label: number; square: number }[] {
	let best = 0;
	let j = 0;
	return sizes.map((n) => {
		for (; j < n; j++) if (squares[j]! < squares[best]!) best = j;
		return { label: y[best]!, square: squares[best]! };
	});
}

/** Distances are told apart to 2⁻³⁰, so that place and distance go into one number and sort together. */
const fine = 2 ** 30;
const places = 2 ** 13;

/** The places of the first n points, the nearest first. */
export function byDistance(squares: Float64Array, n: number): Float64Array {
	return Float64Array.from({ length: n }, (_, j) => Math.floor(squares[j]! * fine) * places + j)
		.sort()
		.map((key) => key % places);
}

/** Mean value of the first k places, for each k of the ascending `counts`. */
export function firstMeans(
	order: Float64Array,
	values: Float64Array,
	counts: readonly number[],
): number[] {
	let [sum, taken] = [0, 0];
	return counts.map((k) => {
		for (; taken < k; taken++) sum += values[order[taken]!]!;
		return sum / k;
	});
}
