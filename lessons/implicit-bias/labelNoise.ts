/** Stochastic gradient descent on a diagonal network, one sample a step, fresh noise on its label each time. */
import type { Random } from '#theory/random.ts';
import { functionOf, type Weights } from './diagonal.ts';
import type { Equations } from './potential.ts';

/**
 * `steps` steps in place: a sample i is drawn, its label moved by ±δ, and u, v follow the gradient of
 * ½(x_i·b − y_i ∓ δ)².
 */
export function noisySteps(
	weights: Weights,
	{ x, y }: Equations,
	{ steps, stepSize, noise }: { steps: number; stepSize: number; noise: number },
	draws: Random,
): void {
	const { u, v } = weights;
	const [n, d] = [y.length, u.length];
	for (let t = 0; t < steps; t++) {
		const row = Math.floor(draws.uniform() * n);
		const from = row * d;
		let residual = -y[row]! + (draws.uniform() < 0.5 ? -noise : noise);
		for (let j = 0; j < d; j++) residual += x[from + j]! * (u[j]! * u[j]! - v[j]! * v[j]!);
		const pull = 2 * stepSize * residual;
		for (let j = 0; j < d; j++) {
			const change = pull * x[from + j]!;
			u[j]! *= 1 - change;
			v[j]! *= 1 + change;
		}
	}
}

/** The interpolating solution next to a noisy iterate: the noise is switched off and descent goes on. */
export function settled(
	{ u, v }: Weights,
	equations: Equations,
	stepSize: number,
	steps: number,
	draws: Random,
): Float64Array {
	const copy = { u: u.slice(), v: v.slice() };
	noisySteps(copy, equations, { steps, stepSize, noise: 0 }, draws);
	return functionOf(copy);
}
