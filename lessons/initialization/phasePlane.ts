/** χ of tanh networks over the plane of σ_w² and σ_b². */
import type { Grid } from '#contract';
import { memo } from '#theory/memo.ts';
import { chiAtFixedPoint } from './recursions.ts';

const weights = Array.from({ length: 77 }, (_, i) => 0.2 + i * 0.05);
const biases = Array.from({ length: 41 }, (_, j) => j * 0.025);

/** ln χ at the fixed point: 0 on the critical line. */
const logChi = memo(() =>
	biases.map((bias) =>
		weights.map((weight) => Math.log(chiAtFixedPoint({ name: 'tanh', weight, bias }))),
	),
);

/** The plane, with a cross of blank cells around a point. */
export function phasePlane(weight: number, bias: number): Grid {
	const rows = logChi(null).map((row) => [...row]);
	const [i, j] = [nearest(weights, weight), nearest(biases, bias)];
	for (const d of [-6, -5, -4, -3, -2, 2, 3, 4, 5, 6]) {
		if (rows[j]![i + d] !== undefined) rows[j]![i + d] = NaN;
		if (rows[j + d]) rows[j + d]![i] = NaN;
	}
	return { x: weights, y: biases, values: rows.flat() };
}

function nearest(places: readonly number[], value: number): number {
	return places.reduce(
		(best, at, i) => (Math.abs(at - value) < Math.abs(places[best]! - value) ? i : best),
		0,
	);
}
