/**
 * What label noise does to the scale of a diagonal network. A step multiplies u_j v_j by 1 − 4η²g_j², and
 * g_j = x_ij (r_i + noise). So a_j² = u_j v_j shrinks at the rate 4η²δ² mean_i x_ij² (1 + ω_i/(2 − ω_i)), where
 * the second term is the noise that has gone through the weights and comes back in the residual. For a given
 * scale the iterates hover about the minimiser of the potential with that scale.
 */
import { memo } from '#theory/memo.ts';
import { minimiser, type Equations } from './potential.ts';
import { drawSparse, dimension } from './sparse.ts';

/** a² is followed no farther down: no coefficient that counts would change any more. */
const smallest = 1e-8;

export interface NoisyRun {
	/** Equations, sparsity of the truth, and the seed that draws them. */
	readonly n: number;
	readonly k: number;
	readonly seed: number;
	/** Scale of the start. */
	readonly a: number;
	readonly stepSize: number;
	/** δ: labels are moved by ±δ. */
	readonly noise: number;
}

/** Σ_j x_ij² h_j for each row, shape [n]. */
function rowSums({ x, y }: Equations, h: Float64Array): Float64Array {
	const d = h.length;
	return y.map((_, i) => h.reduce((sum, v, j) => sum + x[i * d + j]! ** 2 * v, 0));
}

/** Step size times curvature along each sample, ω_i = 4η Σ_j x_ij² (u_j² + v_j²); steps beyond 2 diverge. */
export function relaxation(
	equations: Equations,
	b: Float64Array,
	squares: Float64Array,
	stepSize: number,
): Float64Array {
	const h = b.map((v, j) => Math.sqrt(v * v + 4 * squares[j]! ** 2));
	return rowSums(equations, h).map((sum) => 4 * stepSize * sum);
}

/** Where ω reaches 2 the law ends, and descent diverges. */
const mostOmega = 1.9;

/** The rate at which log a_j² falls, per step, shape [d]. */
export function shrinkage(
	equations: Equations,
	omega: Float64Array,
	{ stepSize, noise }: Pick<NoisyRun, 'stepSize' | 'noise'>,
	d: number,
): Float64Array {
	const { x, y } = equations;
	const rates = new Float64Array(d);
	for (let i = 0; i < y.length; i++) {
		const back = 2 / (2 - Math.min(omega[i]!, mostOmega));
		for (let j = 0; j < d; j++)
			rates[j]! += (4 * stepSize ** 2 * noise ** 2 * x[i * d + j]! ** 2 * back) / y.length;
	}
	return rates;
}

export interface Predicted {
	/** exp of the mean of log a_j. */
	readonly scale: number;
	/** The minimiser at that scale. */
	readonly b: Float64Array;
}

function scaleOf(squares: Float64Array): number {
	const sum = squares.reduce((s, v) => s + Math.log(v), 0);
	return Math.exp(sum / (2 * squares.length));
}

/** The scale and its minimiser after 0, T/marks, …, T steps, by the midpoint rule between marks. */
export const scaleInTime = memo(
	({ steps, marks, ...run }: NoisyRun & { steps: number; marks: number }): Predicted[] => {
		const problem = drawSparse(run.n, run.k, run.seed);
		let squares: Float64Array = new Float64Array(dimension).fill(run.a ** 2);
		let solution = minimiser(problem, squares);
		const told: Predicted[] = [{ scale: run.a, b: solution.b }];
		const shrunk = (from: Float64Array, at: Float64Array, time: number) => {
			const omega = relaxation(problem, solution.b, at, run.stepSize);
			const rates = shrinkage(problem, omega, run, dimension);
			return from.map((v, j) => Math.max(smallest, v * Math.exp(-rates[j]! * time)));
		};
		for (let mark = 0; mark < marks; mark++) {
			const middle = shrunk(squares, squares, steps / marks / 2);
			solution = minimiser(problem, middle, solution.nu);
			squares = shrunk(squares, middle, steps / marks);
			solution = minimiser(problem, squares, solution.nu);
			told.push({ scale: scaleOf(squares), b: solution.b });
		}
		return told;
	},
	16,
);

/** √(u_j v_j) of a network, as the geometric mean over j. */
export function measuredScale(u: Float64Array, v: Float64Array): number {
	return scaleOf(u.map((value, j) => value * v[j]!));
}
