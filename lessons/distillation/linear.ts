/**
 * Linear students, fitted exactly in float64. The teacher looks at the first coordinate alone: turning the
 * space makes that the general case.
 */
import { ridgeFits } from '#theory/leastSquares.ts';
import type { Random } from '#theory/random.ts';
import { labelOf, type Label } from './labels.ts';

/** n labels of inputs x, shape [n, d]; the stream turns some of them over. */
export function labels(
	x: Float64Array,
	d: number,
	label: Label,
	{ uniform }: Random,
): Float64Array {
	return Float64Array.from({ length: x.length / d }, (_, i) => {
		const y = labelOf(label, x[i * d]!);
		return uniform() < label.flips ? -y : y;
	});
}

/** Keeps repeated inputs from making the Gram matrix singular; its eigenvalues are of order 1/d or more. */
const trace = 1e-10;

/** The least-squares weights of least norm, shape [d]. */
export function student(x: Float64Array, y: Float64Array): Float64Array {
	return ridgeFits(x, y, [trace])[0]!;
}

/** On which share of the inputs, in all directions alike, the student disagrees with the truth. */
export function errorOfStudent(w: ArrayLike<number>): number {
	let aside = 0;
	for (let i = 1; i < w.length; i++) aside += w[i]! ** 2;
	return Math.atan2(Math.sqrt(aside), w[0]!) / Math.PI;
}
