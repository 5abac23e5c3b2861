/** A ReLU network on an interval, taken apart exactly: between two breakpoints everything is affine. */
import { affine, relu, type Layer, type ReluNet } from './reluNet.ts';

/** Some layer's activations at the points between which they are affine. */
export interface OnALine {
	/** Ascending, the ends of the interval included. */
	readonly places: Float64Array;
	/** Shape [width, places]. */
	readonly values: Float64Array;
}

/** A passage through zero, a share of the way from one breakpoint to the next. */
interface Crossing {
	readonly piece: number;
	readonly share: number;
}

/** The input itself on [from, to]: one affine piece. */
export function interval(from: number, to: number): OnALine {
	const ends = Float64Array.of(from, to);
	return { places: ends, values: ends };
}

/** Pre-activations of the next layer on the same pieces. */
export function preActivations({ places, values }: OnALine, layer: Layer): OnALine {
	return { places, values: affine(layer, values, places.length) };
}

/**
 * The next layer's activations. `kinks` counts the places inside the interval where one of its
 * pre-activations passes through zero; two that do so at one place count twice.
 */
export function throughLayer(before: OnALine, layer: Layer): OnALine & { readonly kinks: number } {
	const { places, values: z } = preActivations(before, layer);
	const k = places.length;
	const crossings: Crossing[] = [];
	let kinks = 0;
	for (let row = 0; row < z.length; row += k) {
		let side = 0;
		for (let p = 0; p < k; p++) {
			const value = z[row + p] as number;
			if (value === 0) continue;
			if (side !== 0 && Math.sign(value) !== side) {
				kinks++;
				const last = z[row + p - 1] as number;
				// A passage through exactly 0 at a breakpoint needs no new one.
				if (last !== 0) crossings.push({ piece: p - 1, share: last / (last - value) });
			}
			side = Math.sign(value);
		}
	}
	const refined = refine({ places, values: z }, crossings);
	return { places: refined.places, values: relu(refined.values), kinks };
}

/** Adds breakpoints, each a share of the way through its piece; values go on linearly. */
function refine({ places, values }: OnALine, crossings: readonly Crossing[]): OnALine {
	const k = places.length;
	const kept = Array.from(places, (_, piece) => ({ piece, share: 0 }));
	const at = [...kept, ...crossings].sort((a, b) => a.piece - b.piece || a.share - b.share);
	const pieces = Int32Array.from(at, ({ piece }) => piece);
	const shares = Float64Array.from(at, ({ share }) => share);
	const rows = values.length / k;
	const fine = new Float64Array(rows * at.length);
	for (let row = 0; row < rows; row++)
		between(values.subarray(row * k, (row + 1) * k), fine.subarray(row * at.length));
	const finePlaces = new Float64Array(at.length);
	between(places, finePlaces);
	return { places: finePlaces, values: fine };

	function between(coarse: Float64Array, into: Float64Array): void {
		for (let p = 0; p < pieces.length; p++) {
			const left = coarse[pieces[p]!]!;
			const share = shares[p]!;
			into[p] = share === 0 ? left : left + share * (coarse[pieces[p]! + 1]! - left);
		}
	}
}

/** f on [from, to]: its breakpoints, and its values there. */
export function unfold(net: ReluNet, from: number, to: number): OnALine {
	let here = interval(from, to);
	for (const layer of net.slice(0, -1)) here = throughLayer(here, layer);
	const last = net.at(-1);
	if (!last) throw new RangeError('a network needs at least one layer');
	return preActivations(here, last);
}

/** Slopes closer than this, relative to the steepest, belong to one piece; rounding is far below. */
const flat = 1e-9;

/** The number of affine pieces of f on [from, to]: neighbours of equal slope are one piece. */
export function affinePieces(net: ReluNet, from: number, to: number): number {
	const { places, values } = unfold(net, from, to);
	const slopes: number[] = [];
	for (let p = 1; p < places.length; p++) {
		const run = (places[p] as number) - (places[p - 1] as number);
		// Two breakpoints that rounding cannot tell apart have no slope between them.
		if (run > 1e-13 * (to - from))
			slopes.push(((values[p] as number) - (values[p - 1] as number)) / run);
	}
	const steepest = Math.max(...slopes.map(Math.abs));
	const turns = slopes.filter(
		(slope, i) => i > 0 && Math.abs(slope - (slopes[i - 1] as number)) > flat * steepest,
	);
	return 1 + turns.length;
}
