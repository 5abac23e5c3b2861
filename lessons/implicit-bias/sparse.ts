/** Noiseless equations with a sparse solution: the first k entries of b* are 1, all others 0. */
import { random } from '#theory/random.ts';
import type { Equations } from './potential.ts';

export interface SparseProblem extends Equations {
	readonly truth: Float64Array;
}

/** Unknowns. */
export const dimension = 100;

/** X of shape [n, 100] with standard normal entries, and y = Xb*; the same for one seed. */
export function drawSparse(n: number, k: number, seed: number): SparseProblem {
	const { normal } = random(seed, 'implicit-bias/sparse');
	const x = Float64Array.from({ length: n * dimension }, normal);
	const truth = Float64Array.from({ length: dimension }, (_, j) => (j < k ? 1 : 0));
	const y = Float64Array.from({ length: n }, (_, i) => {
		let sum = 0;
		for (let j = 0; j < k; j++) sum += x[i * dimension + j]!;
		return sum;
	});
	return { x, y, truth };
}

/** |b − c| */
export function distance(b: Float64Array, c: Float64Array): number {
	return Math.sqrt(b.reduce((sum, v, j) => sum + (v - c[j]!) ** 2, 0));
}

export function l1(b: Float64Array): number {
	return b.reduce((sum, v) => sum + Math.abs(v), 0);
}
