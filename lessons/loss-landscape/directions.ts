/** Random directions in the space of parameters, and the mean curvature that their slices show. */
import { mlpLayers, type Mlp } from '#theory/mlp.ts';
import type { Random } from '#theory/random.ts';

/**
 * raw: uniform on the sphere of radius √P, so that an entry has variance 1. layer, filter: uniform on
 * the sphere of radius |θ_f| in each block f, the weights of a layer or of a neuron; biases stand still.
 */
export type Normalisation = 'filter' | 'layer' | 'raw';

/** Coordinates that are drawn together, uniformly on a sphere. */
export interface Block {
	readonly at: readonly number[];
	readonly radius: number;
}

export function blocksOf(net: Mlp, theta: Float64Array, how: Normalisation): Block[] {
	if (how === 'raw') {
		const at = Array.from(theta, (_, i) => i);
		return [{ at, radius: Math.sqrt(theta.length) }];
	}
	return mlpLayers(net).flatMap(({ from, out, in: columns }) => {
		const rows = Array.from({ length: out }, (_, j) =>
			Array.from({ length: columns }, (_, k) => from + j * (columns + 1) + k),
		);
		const blocks = how === 'filter' ? rows : [rows.flat()];
		return blocks.map((at) => ({ at, radius: Math.hypot(...at.map((i) => theta[i]!)) }));
	});
}

/** One direction: normal numbers for every parameter, brought to the radius of each block. */
export function drawDirection(
	blocks: readonly Block[],
	size: number,
	{ normal }: Random,
): Float64Array {
	// All are drawn, whatever the blocks: the same seed gives the same Gaussian for each way to normalise.
	const gauss = Float64Array.from({ length: size }, normal);
	const direction = new Float64Array(size);
	for (const { at, radius } of blocks) {
		const length = Math.hypot(...at.map((i) => gauss[i]!));
		for (const i of at) direction[i] = (radius / length) * gauss[i]!;
	}
	return direction;
}

/** E dᵀHd = Σ_f (r_f²/n_f) tr H_ff, given the diagonal of H. */
export function meanCurvature(blocks: readonly Block[], diagonal: ArrayLike<number>): number {
	return blocks.reduce((sum, { at, radius }) => {
		const trace = at.reduce((t, i) => t + diagonal[i]!, 0);
		return sum + (radius ** 2 / at.length) * trace;
	}, 0);
}

/**
 * Var dᵀHd, given all of H (P × P, row-major). Directions in different blocks are uncorrelated, so
 * that the variance is that of the squares within each block, r⁴ 2(|H_ff|² − (tr H_ff)²/n)/(n(n + 2)),
 * and 4 r_f² r_g²/(n_f n_g) |H_fg|² for each pair.
 */
export function curvatureVariance(blocks: readonly Block[], H: Float64Array, size: number): number {
	const unit = blocks.map(({ at, radius }) => radius ** 2 / at.length);
	const square = (f: Block, g: Block) =>
		f.at.reduce((sum, i) => sum + g.at.reduce((s, j) => s + H[i * size + j]! ** 2, 0), 0);
	let variance = 0;
	blocks.forEach((f, a) => {
		const n = f.at.length;
		const trace = f.at.reduce((t, i) => t + H[i * size + i]!, 0);
		variance += unit[a]! ** 2 * ((2 * n) / (n + 2)) * (square(f, f) - trace ** 2 / n);
		for (let b = 0; b < a; b++) variance += 4 * unit[a]! * unit[b]! * square(f, blocks[b]!);
	});
	return variance;
}

/** θ + a d. */
export function along(theta: Float64Array, a: number, d: Float64Array): Float64Array {
	return theta.map((value, i) => value + a * d[i]!);
}
