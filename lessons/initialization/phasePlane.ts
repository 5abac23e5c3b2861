/** χ of tanh networks over the plane of σ_w² and σ_b². */
import type { Grid } from '#contract';
import { memo } from '#theory/memo.ts';
import { chiAtFixedPoint } from './recursions.ts';

const weights = Array.from({ length: 77 }, (_, i) => 0.2 + i * 0.05);
const biases = Array.from({ length: 41 }, (_, j) => j * 0.025);

/** ln χ at the fixed point: 0 on the critical line. */
export const phasePlane = memo((): Grid => ({
	x: weights,
	y: biases,
	values: biases.flatMap((bias) =>
		weights.map((weight) => Math.log(chiAtFixedPoint({ name: 'tanh', weight, bias }))),
	),
}));
