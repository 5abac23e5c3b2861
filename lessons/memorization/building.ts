/** What the figure "construction" builds, and what it ought to give while it is being built. */
import type { Run } from '#contract';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import {
	bestProjection,
	distinct,
	groupStarts,
	memoriser,
	unitOnGroup,
	type Line,
	type Memoriser,
} from './construct.ts';
import { groupsFor, guaranteedWidth } from './widths.ts';

export type BuildParams = {
	n: number;
	labels: string;
	pattern: readonly number[];
	width: string;
	points: string;
	precision: string;
};

/** Dimension of the points. */
export const dimension = 8;

export interface Building {
	/** All points in order along the line, twins included, with the labels that are asked for. */
	readonly asked: Line;
	/** Those that the network was made for. */
	readonly line: Line;
	readonly net: Memoriser;
	readonly groups: number;
	readonly each: number;
}

/** The width of the hidden layers that a run allows. */
export function widthOf({ n, width }: BuildParams): number {
	return guaranteedWidth(n) - (width === 'less' ? 1 : 0);
}

type Asked = Omit<BuildParams, 'precision'> & { seed: number };

const built = memo(({ n, labels, pattern, width, points, seed }: Asked): Building => {
	const draws = random(seed, 'memorization/construction');
	const x = Float64Array.from({ length: n * dimension }, draws.normal);
	if (points === 'twins') x.copyWithin(dimension, 0, dimension);
	const t = bestProjection(x, dimension, draws);
	const order = Array.from(t.keys()).sort((a, b) => t[a]! - t[b]!);
	const y = new Float64Array(n);
	order.forEach((i, place) => {
		const coin = draws.uniform();
		if (labels === 'signs') y[i] = coin < 0.5 ? -1 : 1;
		else if (labels === 'numbers') y[i] = 2 * coin - 1;
		else y[i] = pattern[place % pattern.length]!;
	});
	if (points === 'twins') y[1] = -y[0]!;
	const asked = {
		t: Float64Array.from(order, (i) => t[i]!),
		y: Float64Array.from(order, (i) => y[i]!),
	};
	const line = distinct(t, y);
	const allowed = widthOf({ n, width } as BuildParams);
	const { groups, each } = groupsFor(allowed);
	return { asked, line, net: memoriser(line, groups, each), groups, each };
}, 64);

/** The network of one seed of a run, finished. */
export function building({ params }: Run<BuildParams>, seed: number): Building {
	const { n, labels, pattern, width, points } = params;
	return built({ n, labels, pattern, width, points, seed });
}

/** Units of layer 2 when all stand; the same for every seed. */
export function unitsOf({ params }: Run<BuildParams>): number {
	return 2 * (groupsFor(widthOf(params)).each - 1);
}

/**
 * The output at the points once k units of layer 2 stand. After 2L of them it is, on every group, the
 * polygon through the first L + 1 labels, continued straight; one unit more adds its next change of slope
 * where that is upwards.
 */
export function outputsAfter({ asked, groups, each }: Building, k: number): number[] {
	const { t, y } = asked;
	const out = Array.from(y);
	const bias = Math.min(...y) - 1;
	const starts = groupStarts(t.length, groups, each);
	starts.forEach((from, j) => {
		const to = j + 1 < starts.length ? from + each : Math.min(t.length, from + each);
		const last = Math.floor(k / 2);
		const at = (l: number) => Math.min(from + l, to - 1);
		const slope = (i: number) => (i + 1 < to ? (y[i + 1]! - y[i]!) / (t[i + 1]! - t[i]!) : null);
		for (let i = from; i < to; i++) {
			if (k === 0) {
				out[i] = bias;
				continue;
			}
			const end = at(last);
			const before = last === 0 ? 0 : (slope(at(last - 1)) ?? 0);
			if (i > end) out[i] = y[end]! + before * (t[i]! - t[end]!);
			const next = slope(end);
			const rise = k % 2 === 1 && next !== null ? Math.max(0, next - before) : 0;
			if (i > end) out[i]! += rise * (t[i]! - t[end]!);
		}
	});
	return out;
}

/** Points that are right once 2L units of layer 2 stand: the first L + 1 of every group; none at first. */
export function storedAfter({ asked, groups, each }: Building, pairs: number): number {
	if (pairs === 0) return 0;
	const n = asked.t.length;
	return groupStarts(n, groups, each).reduce(
		(sum, from) => sum + Math.min(pairs + 1, n - from, each),
		0,
	);
}

/** The middles of the gaps between groups, and the output there: halfway between what either knot sees. */
export function gaps({ line, net, groups, each }: Building): { t: number[]; output: number[] } {
	const { t, y } = line;
	const starts = groupStarts(t.length, groups, each);
	const on = (from: number, k: number) =>
		unitOnGroup(k, t.subarray(from, from + each), y.subarray(from, from + each), net.bias);
	const middles = starts.slice(1).map((from) => (t[from - 1]! + t[from]!) / 2);
	const output = starts.slice(1).map((from, j) => {
		const gap = (t[from]! - t[from - 1]!) / 6;
		let sum = net.bias;
		for (let k = 0; k < net.units; k++) {
			const [left, right] = [on(starts[j]!, k), on(from, k)];
			const [a, b] = [middles[j]! - gap, middles[j]! + gap];
			const z = (left.slope * a + left.intercept + right.slope * b + right.intercept) / 2;
			sum += (k % 2 === 0 ? 1 : -1) * Math.max(0, z);
		}
		return sum;
	});
	return { t: middles, output };
}
