/** The network that stores N labels, written down weight by weight (after Yun, Sra & Jadbabaie 2019). */
import type { Random } from '#theory/random.ts';

export interface Memoriser {
	/** Layer 1: neuron k computes relu(t − knots[k]), t = u·x; one knot left of all, two in each gap. */
	readonly knots: Float64Array;
	/** Layer 2, shape [d₂, d₁ + 1]: weights on layer 1, and the bias. */
	readonly rows: Float64Array;
	readonly units: number;
	/** The output is bias + Σ (−1)^k unit_k. */
	readonly bias: number;
}

/** The points on their line, sorted, with labels in the same order. */
export interface Line {
	readonly t: Float64Array;
	readonly y: Float64Array;
}

/** Directions that are tried. */
const tries = 300;

/** Among 300 random directions the one on which the points, shape [N, d], keep furthest apart: u·x of each. */
export function bestProjection(x: Float64Array, d: number, { normal }: Random): Float64Array {
	const n = x.length / d;
	let best = { gap: -1, t: new Float64Array(n) };
	for (let k = 0; k < tries; k++) {
		const u = Array.from({ length: d }, normal);
		const length = Math.hypot(...u);
		const t = new Float64Array(n);
		for (let i = 0; i < n; i++)
			for (let j = 0; j < d; j++) t[i]! += (x[i * d + j]! * u[j]!) / length;
		const sorted = t.slice().sort();
		let gap = Infinity;
		for (let i = 1; i < n; i++) {
			const between = sorted[i]! - sorted[i - 1]!;
			// Two copies of one point are at distance 0 in every direction.
			if (between > 0 && between < gap) gap = between;
		}
		if (gap > best.gap) best = { gap, t };
	}
	return best.t;
}

/** Sorts the points along their line; of several in one place the first is kept. */
export function distinct(t: Float64Array, y: Float64Array): Line {
	const order = Array.from(t.keys()).sort((a, b) => t[a]! - t[b]!);
	const kept = order.filter((i, k) => k === 0 || t[i]! > t[order[k - 1]!]!);
	return { t: Float64Array.from(kept, (i) => t[i]!), y: Float64Array.from(kept, (i) => y[i]!) };
}

/** Where each group begins: every `each` points, the last takes what is left over. */
export function groupStarts(n: number, groups: number, each: number): number[] {
	const count = Math.min(groups, Math.ceil(n / each));
	return Array.from({ length: count }, (_, j) => j * each);
}

/** An affine function α t + β. */
export interface Affine {
	readonly slope: number;
	readonly intercept: number;
}

/**
 * What unit k of layer 2 is, before relu, on the group of points `t` with labels `y`. Units come in pairs,
 * one for slopes that grow at point ⌊k/2⌋ and one for slopes that fall; what is not needed is switched off.
 */
export function unitOnGroup(k: number, t: Float64Array, y: Float64Array, bias: number): Affine {
	const at = Math.floor(k / 2);
	const change = (k % 2 === 0 ? 1 : -1) * slopeChange(at, t, y);
	const slope = Math.max(0, change);
	// The first pair also carries the value at the first point, which is at least 1 above the bias.
	const offset = k === 0 ? y[0]! - bias : slope > 0 || k === 1 ? 0 : -1;
	return at < t.length
		? { slope, intercept: offset - slope * t[at]! }
		: { slope: 0, intercept: -1 };
}

/** By how much the slope of the polygon through the points changes at point l; from 0 at the first. */
export function slopeChange(l: number, t: Float64Array, y: Float64Array): number {
	if (l + 1 >= t.length) return 0;
	const slope = (i: number) => (y[i + 1]! - y[i]!) / (t[i + 1]! - t[i]!);
	return l === 0 ? slope(0) : slope(l) - slope(l - 1);
}

/**
 * Weights for points t (ascending, distinct) and labels y, cut into `groups` groups of `each`: layers of
 * widths 2·groups − 1 and 2(each − 1), each ≥ 2. Points beyond groups · each are not stored.
 */
export function memoriser({ t, y }: Line, groups: number, each: number): Memoriser {
	const n = t.length;
	const starts = groupStarts(n, groups, each);
	const bias = y.reduce((least, v) => Math.min(least, v), Infinity) - 1;
	const knots = knotsOf(t, starts);
	const units = 2 * (each - 1);
	const columns = knots.length + 1;
	const rows = new Float64Array(units * columns);
	for (let k = 0; k < units; k++) {
		const row = rows.subarray(k * columns, (k + 1) * columns);
		const on = starts.map((from) =>
			unitOnGroup(k, t.subarray(from, from + each), y.subarray(from, from + each), bias),
		);
		writeUnit(row, on, knots);
	}
	return { knots, rows, units, bias };
}

/** One knot left of everything, and two at the thirds of each gap between groups. */
function knotsOf(t: Float64Array, starts: readonly number[]): Float64Array {
	const gaps = starts.slice(1).flatMap((from) => {
		const [left, right] = [t[from - 1]!, t[from]!];
		return [left + (right - left) / 3, left + (2 * (right - left)) / 3];
	});
	return Float64Array.from([t[0]! - 1, ...gaps]);
}

/** Weights of a piecewise affine function that is on[j] on group j and continuous: the two knots repair it. */
function writeUnit(row: Float64Array, on: readonly Affine[], knots: Float64Array): void {
	const value = ({ slope, intercept }: Affine, at: number) => slope * at + intercept;
	row[0] = on[0]!.slope;
	row[row.length - 1] = value(on[0]!, knots[0]!);
	for (let j = 1; j < on.length; j++) {
		const [a, b] = [knots[2 * j - 1]!, knots[2 * j]!];
		const between = (value(on[j]!, b) - value(on[j - 1]!, a)) / (b - a);
		row[2 * j - 1] = between - on[j - 1]!.slope;
		row[2 * j] = on[j]!.slope - between;
	}
}

/** Rounds every result where float32 is asked for. */
export type Rounding = (value: number) => number;
export const float64: Rounding = (value) => value;
export const float32: Rounding = Math.fround;

/** What the units of layer 2 give at one place on the line, the first `built` of them. */
export function unitsAt(
	{ knots, rows, units }: Memoriser,
	t: number,
	built = units,
	round: Rounding = float64,
): Float64Array {
	const columns = knots.length + 1;
	const first = Float64Array.from(knots, (knot) => Math.max(0, round(round(t) - round(knot))));
	const out = new Float64Array(units);
	for (let k = 0; k < Math.min(built, units); k++) {
		let z = round(rows[k * columns + columns - 1]!);
		for (let j = 0; j < knots.length; j++)
			z = round(z + round(round(rows[k * columns + j]!) * first[j]!));
		out[k] = Math.max(0, z);
	}
	return out;
}

/** The output at one place, of the network whose first `built` units of layer 2 stand. */
export function outputAt(
	net: Memoriser,
	t: number,
	built = net.units,
	round: Rounding = float64,
): number {
	let sum = round(net.bias);
	unitsAt(net, t, built, round).forEach((h, k) => (sum = round(sum + (k % 2 === 0 ? h : -h))));
	return sum;
}
