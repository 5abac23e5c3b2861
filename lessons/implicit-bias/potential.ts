/**
 * Which interpolating solution gradient flow chooses on a diagonal linear network, f(x) = Σ (u_j² − v_j²) x_j
 * from u = v = a: the minimiser of Q(b) = Σ a_j² q(b_j/a_j²) subject to Xb = y (Woodworth et al., 2020).
 * Float64, nothing trained.
 */
import { cholesky, solveCholesky } from '#theory/cholesky.ts';

/** Equations Xb = y: X row by row, shape [n, d], and y of shape [n]. */
export interface Equations {
	readonly x: Float64Array;
	readonly y: Float64Array;
}

/** q(z) = 2 − √(4 + z²) + z asinh(z/2): z²/4 near 0, |z| (log |z| − 1) + 2 + o(1) far from it. */
export function q(z: number): number {
	return 2 - Math.sqrt(4 + z * z) + z * Math.asinh(z / 2);
}

/** Q_a(b) = a² Σ q(b_j/a²). */
export function potential(b: Iterable<number>, a: number): number {
	let sum = 0;
	for (const value of b) sum += q(value / a ** 2);
	return a ** 2 * sum;
}

/** X b, shape [n]. */
export function product({ x, y }: Equations, b: Float64Array): Float64Array {
	const d = b.length;
	return y.map((_, i) => {
		let sum = 0;
		for (let j = 0; j < d; j++) sum += x[i * d + j]! * b[j]!;
		return sum;
	});
}

/** Xᵀ ν, shape [d]. */
export function transposed({ x, y }: Equations, nu: Float64Array): Float64Array {
	const d = x.length / y.length;
	const sums = new Float64Array(d);
	for (let i = 0; i < nu.length; i++)
		for (let j = 0; j < d; j++) sums[j]! += x[i * d + j]! * nu[i]!;
	return sums;
}

/** Newton's method stops once no equation is missed by more than this, in units of the largest |y_i|. */
const accuracy = 1e-10;
/** cosh overflows at 710; no step is taken so far. */
const farthest = 600;
const mostSteps = 500;
const rounding = 1e-13;

/** F(ν) = Σ 2 a_j² cosh((Xᵀν)_j) − y·ν, the convex function whose minimum gives the solution. */
function dual(equations: Equations, squares: Float64Array, nu: Float64Array): number {
	const s = transposed(equations, nu);
	if (s.some((v) => Math.abs(v) > farthest)) return Infinity;
	const cost = s.reduce((sum, v, j) => sum + 2 * squares[j]! * Math.cosh(v), 0);
	return nu.reduce((sum, v, i) => sum - equations.y[i]! * v, cost);
}

/** X diag(w) Xᵀ, shape [n, n]; the lower triangle alone. */
function weightedGram({ x, y }: Equations, w: Float64Array): Float64Array {
	const [n, d] = [y.length, w.length];
	const gram = new Float64Array(n * n);
	const row = new Float64Array(d);
	for (let i = 0; i < n; i++) {
		for (let k = 0; k < d; k++) row[k] = x[i * d + k]! * w[k]!;
		for (let j = 0; j <= i; j++) {
			let sum = 0;
			for (let k = 0; k < d; k++) sum += row[k]! * x[j * d + k]!;
			gram[i * n + j] = sum;
		}
	}
	return gram;
}

/** A solution b with the multipliers that certify it: b_j = 2 a_j² sinh((Xᵀν)_j). */
export interface Solution {
	readonly b: Float64Array;
	readonly nu: Float64Array;
}

/**
 * The minimiser of Q subject to Xb = y, rows of X independent, by Newton's method on the dual with steps
 * halved while it rises. `squares` holds a_j², shape [d]; `start` may be the ν of a similar problem.
 * @throws RangeError where it has not settled after 500 steps.
 */
export function minimiser(
	equations: Equations,
	squares: Float64Array,
	start: Float64Array = new Float64Array(equations.y.length),
): Solution {
	const { y } = equations;
	const unit = y.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
	let nu: Float64Array = start;
	let value = dual(equations, squares, nu);
	for (let step = 0; step < mostSteps; step++) {
		const s = transposed(equations, nu);
		const b = s.map((v, j) => 2 * squares[j]! * Math.sinh(v));
		const missed = product(equations, b).map((v, i) => y[i]! - v);
		if (missed.every((v) => Math.abs(v) <= accuracy * unit)) return { b, nu };
		const curvature = s.map((v, j) => 2 * squares[j]! * Math.cosh(v));
		const move = solveCholesky(cholesky(weightedGram(equations, curvature)), missed);
		const from = nu;
		// Near the minimum rounding hides whether F falls; there Newton's own step is the best.
		const most = value + rounding * Math.abs(value);
		let size = 1;
		for (;;) {
			nu = from.map((v, i) => v + size * move[i]!);
			value = dual(equations, squares, nu);
			if (value <= most) break;
			size /= 2;
		}
	}
	throw new RangeError(`no minimiser after ${mostSteps} steps`);
}

/** The minimisers for scales in descending order, each started from the one before; one scale for all weights. */
export function minimisers(equations: Equations, scales: readonly number[]): Solution[] {
	const d = equations.x.length / equations.y.length;
	const reach = (a: number) => Math.asinh(1 / (2 * a * a));
	let before: { nu: Float64Array; a: number } | null = null;
	return scales.map((a) => {
		const factor: number = before ? reach(a) / reach(before.a) : 1;
		const start = before?.nu.map((v) => v * factor);
		const solution = minimiser(equations, new Float64Array(d).fill(a * a), start);
		before = { nu: solution.nu, a };
		return solution;
	});
}

/** The solution of least Euclidean norm, Xᵀ(XXᵀ)⁻¹y: where a → ∞. */
export function leastNorm(equations: Equations): Float64Array {
	const d = equations.x.length / equations.y.length;
	const factor = cholesky(weightedGram(equations, new Float64Array(d).fill(1)));
	return transposed(equations, solveCholesky(factor, equations.y));
}
