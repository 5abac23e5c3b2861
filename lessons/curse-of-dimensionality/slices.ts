/** What one nearest neighbour says on a plane through the torus. */
import { distances, laid, nearest, target, type DataSet, type Layout } from './search.ts';

/** Places along each side of the pictures. */
export const side = 32;
/** Their coordinates, in the middle of cells of equal width. */
export const places = Array.from({ length: side }, (_, i) => (i + 0.5) / side);

/** Points of the plane in which every coordinate but the first two is ½, shape [side², d]. */
export function slice(d: number, layout: Layout): Float64Array {
	const x = new Float64Array(side * side * d).fill(0.5);
	places.forEach((b, j) =>
		places.forEach((a, i) => {
			x[(j * side + i) * d] = a;
			x[(j * side + i) * d + 1] = b;
		}),
	);
	return laid(x, d, layout);
}

/** f on the slice, in the unit in which it is sin 2πx₁ + sin 2πx₂. */
export function targetSlice(d: number, layout: Layout): number[] {
	return inUnits(target(slice(d, layout), d, layout), d, layout);
}

/** The labels of the nearest points on the slice, in the same unit. */
export function nearestSlice(data: DataSet, layout: Layout): number[] {
	const { d, x, y } = data;
	const at = slice(d, layout);
	const squares = new Float64Array(y.length);
	const labels = Float64Array.from({ length: side * side }, (_, i) => {
		distances(at, i, x, d, squares);
		return nearest(squares, y, [y.length])[0]!.label;
	});
	return inUnits(labels, d, layout);
}

function inUnits(values: Float64Array, d: number, layout: Layout): number[] {
	const [here] = target(slice(d, layout).subarray(0, d), d, layout);
	const unit = (Math.sin(2 * Math.PI * places[0]!) * 2) / here!;
	return Array.from(values, (value) => value * unit);
}
