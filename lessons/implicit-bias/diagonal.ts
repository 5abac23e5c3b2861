/** A diagonal linear network f(x) = Σ (u_j² − v_j²) x_j, trained in float64 from u = v = a. */
import type { Equations } from './potential.ts';
import { transposed } from './potential.ts';

export interface Weights {
	readonly u: Float64Array;
	readonly v: Float64Array;
}

export function startAt(a: number, d: number): Weights {
	return { u: new Float64Array(d).fill(a), v: new Float64Array(d).fill(a) };
}

/** b = u² − v², the linear function that the network is. */
export function functionOf({ u, v }: Weights): Float64Array {
	return u.map((value, j) => value ** 2 - v[j]! ** 2);
}

/** One step of size η on (1/2n)|Xb − y|², in place: u −= 2ηgu, v += 2ηgv with g = Xᵀ(Xb − y)/n. */
export function step(weights: Weights, equations: Equations, stepSize: number): void {
	const { x, y } = equations;
	const [n, d] = [y.length, weights.u.length];
	const b = functionOf(weights);
	const residual = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		let sum = -y[i]!;
		for (let j = 0; j < d; j++) sum += x[i * d + j]! * b[j]!;
		residual[i] = sum / n;
	}
	const g = transposed(equations, residual);
	for (let j = 0; j < d; j++) {
		weights.u[j]! *= 1 - 2 * stepSize * g[j]!;
		weights.v[j]! *= 1 + 2 * stepSize * g[j]!;
	}
}

/** η for a start at a: h/(1 + 2a²), as the curvature near a solution of size 1 grows like 1 + 2a². */
export function stepSizeFor(h: number, a: number): number {
	return h / (1 + 2 * a * a);
}
