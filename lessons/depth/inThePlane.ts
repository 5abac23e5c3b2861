/** Random ReLU networks on a disc of the plane: their activation regions, counted and drawn. */
import { random } from '#theory/random.ts';
import { affine, drawLayer, relu, type Layer, type ReluNet } from './reluNet.ts';

/**
 * The hidden layers of a random network on R², each of `width` units: first weights N(0, 1), later ones
 * N(0, 2/fan-in), biases N(0, σ_b²).
 */
export function planeNet(
	width: number,
	depth: number,
	biasDeviation: number,
	seed: number,
): ReluNet {
	const source = random(seed, `depth/regions/${width}x${depth}`);
	return Array.from({ length: depth }, (_, l) =>
		drawLayer({ in: l === 0 ? 2 : width, out: width }, 2, biasDeviation, source),
	);
}

/**
 * Regions into which the zero lines of one hidden layer cut the disc |x| < R: 1 + the lines that meet
 * it + the pairs that cross inside it.
 */
export function arrangementRegions({ weights, biases }: Layer, radius: number): number {
	const n = biases.length;
	let regions = 1;
	for (let i = 0; i < n; i++) {
		const [a, b, c] = [weights[2 * i] as number, weights[2 * i + 1] as number, biases[i] as number];
		if (!(Math.abs(c) < radius * Math.hypot(a, b))) continue;
		regions++;
		for (let j = 0; j < i; j++) {
			const [d, e, f] = [
				weights[2 * j] as number,
				weights[2 * j + 1] as number,
				biases[j] as number,
			];
			const determinant = a * e - b * d;
			const [x, y] = [(b * f - c * e) / determinant, (c * d - a * f) / determinant];
			if (Math.hypot(x, y) < radius) regions++;
		}
	}
	return regions;
}

/** A convex cell, its vertices in order, and the affine activations there: rows (a, b, c) of ax + by + c. */
interface Cell {
	readonly x: readonly number[];
	readonly y: readonly number[];
	readonly maps: Float64Array;
}

/**
 * Regions of |x| < R on which every unit of every layer keeps its side of zero, by cutting cells layer
 * after layer. The disc is taken as a regular polygon of `sides` sides.
 */
export function activationRegions(net: ReluNet, radius: number, sides = 128): number {
	const angles = Array.from({ length: sides }, (_, i) => (2 * Math.PI * i) / sides);
	let cells: Cell[] = [
		{
			x: angles.map((a) => radius * Math.cos(a)),
			y: angles.map((a) => radius * Math.sin(a)),
			maps: Float64Array.of(1, 0, 0, 0, 1, 0),
		},
	];
	for (const layer of net) cells = cells.flatMap((cell) => cutByLayer(cell, layer));
	return cells.length;
}

function cutByLayer(cell: Cell, layer: Layer): Cell[] {
	const maps = compose(layer, cell.maps);
	let pieces: Pick<Cell, 'x' | 'y'>[] = [cell];
	for (let j = 0; j < maps.length; j += 3)
		pieces = pieces.flatMap((piece) => cut(piece, maps, j) ?? piece);
	return pieces.map(({ x, y }) => ({ x, y, maps: rectify(maps, centre(x), centre(y)) }));
}

/** W · maps + b: the affine pre-activations of the next layer. */
function compose({ weights, biases }: Layer, maps: Float64Array): Float64Array {
	const into = maps.length / 3;
	const next = new Float64Array(3 * biases.length);
	biases.forEach((bias, j) => {
		for (let i = 0; i < into; i++)
			for (let c = 0; c < 3; c++)
				next[3 * j + c] =
					(next[3 * j + c] as number) +
					(weights[j * into + i] as number) * (maps[3 * i + c] as number);
		next[3 * j + 2] = (next[3 * j + 2] as number) + bias;
	});
	return next;
}

function cut({ x, y }: Pick<Cell, 'x' | 'y'>, maps: Float64Array, j: number) {
	let [low, high] = [0, 0];
	const sides = x.map((v, i) => {
		const side = valueAt(maps, j, v, y[i]!);
		if (side < low) low = side;
		else if (side > high) high = side;
		return side;
	});
	if (low === 0 || high === 0) return null;
	const above = { x: [] as number[], y: [] as number[] };
	const below = { x: [] as number[], y: [] as number[] };
	sides.forEach((here, i) => {
		const next = (i + 1) % sides.length;
		const [px, py, there] = [x[i] as number, y[i] as number, sides[next] as number];
		if (here >= 0) add(above, px, py);
		if (here <= 0) add(below, px, py);
		if (here * there < 0) {
			const share = here / (here - there);
			const [cx, cy] = [
				px + share * ((x[next] as number) - px),
				py + share * ((y[next] as number) - py),
			];
			add(above, cx, cy);
			add(below, cx, cy);
		}
	});
	return [above, below];
}

function add(to: { x: number[]; y: number[] }, x: number, y: number): void {
	to.x.push(x);
	to.y.push(y);
}

function rectify(maps: Float64Array, x: number, y: number): Float64Array {
	return maps.map((v, at) => (valueAt(maps, at - (at % 3), x, y) > 0 ? v : 0));
}

function valueAt(maps: Float64Array, j: number, x: number, y: number): number {
	return (maps[j] as number) * x + (maps[j + 1] as number) * y + (maps[j + 2] as number);
}

function centre(v: readonly number[]): number {
	return v.reduce((sum, each) => sum + each, 0) / v.length;
}

/**
 * The activation region at each of the points, shape [2, k], as whole numbers from 0 in order of first
 * appearance. Regions that hold none of the points are missed.
 */
export function regionNumbers(net: ReluNet, points: Float64Array): number[] {
	const k = points.length / 2;
	let regions = Array<number>(k).fill(0);
	let h = points;
	for (const layer of net) {
		const z = affine(layer, h, k);
		for (let unit = 0; unit < z.length; unit += k)
			regions = renumbered(regions.map((region, p) => 2 * region + (z[unit + p]! > 0 ? 1 : 0)));
		h = relu(z);
	}
	return regions;
}

/** Equal numbers stay equal; they become 0, 1, 2, … in order of first appearance. */
function renumbered(numbers: readonly number[]): number[] {
	const known = new Map<number, number>();
	return numbers.map((number) => {
		const found = known.get(number) ?? known.size;
		known.set(number, found);
		return found;
	});
}
