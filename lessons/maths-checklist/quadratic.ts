/** Gradient descent on f(w) = ½ Σ λ_i w_i² from w = (1, …, 1), and what smoothness and the Polyak-Łojasiewicz inequality promise. */
import { residualFilter } from '#theory/descentFilter.ts';

/** `count` curvatures, evenly from μ up to L = 1. */
export function curvatures(mu: number, count: number): Float64Array {
	return Float64Array.from({ length: count }, (_, i) => mu + ((1 - mu) * i) / (count - 1));
}

/** f after t steps of size η: ½ Σ λ_i (1 − ηλ_i)^{2t}. */
export function valueAt(lambdas: Float64Array, eta: number, t: number): number {
	return lambdas.reduce((sum, l) => sum + (l * residualFilter(eta, l, t) ** 2) / 2, 0);
}

/** |∇f|² after t steps: Σ λ_i² (1 − ηλ_i)^{2t}. */
export function slopeAt(lambdas: Float64Array, eta: number, t: number): number {
	return lambdas.reduce((sum, l) => sum + (l * residualFilter(eta, l, t)) ** 2, 0);
}

/** f_{t−1} − η(1 − Lη/2)|∇f_{t−1}|²: where the descent lemma says that step t must have come, with L = 1. */
export function promisedAt(lambdas: Float64Array, eta: number, t: number): number {
	return valueAt(lambdas, eta, t - 1) - eta * (1 - eta / 2) * slopeAt(lambdas, eta, t - 1);
}

/** (1 − ημ(2 − ηL))^t with L = 1: what f − f* keeps of its start at most, by the inequality of Polyak and Łojasiewicz. */
export function keptAtMost(mu: number, eta: number, t: number): number {
	return (1 - eta * mu * (2 - eta)) ** t;
}
