/**
 * What t steps of gradient descent with step size η do to one eigenvalue λ ≥ 0 of a quadratic loss
 * ½ |f − y|², f linear in the weights, started at f = 0.
 */

/** (1 − ηλ)^t: what is left of the error along the eigenvector. */
export function residualFilter(eta: number, lambda: number, t: number): number {
	return (1 - eta * lambda) ** t;
}

/** 1 − (1 − ηλ)^t: the share learnt; without cancellation where ηλ is small. */
export function learntFilter(eta: number, lambda: number, t: number): number {
	const z = eta * lambda;
	return Math.abs(z) < 0.5 ? -Math.expm1(t * Math.log1p(-z)) : 1 - (1 - z) ** t;
}

/** [1 − (1 − ηλ)^t]/λ: the regularised inverse that early stopping amounts to; ηt as λ → 0. */
export function inverseFilter(eta: number, lambda: number, t: number): number {
	return Math.abs(eta * lambda * t) < 1e-12 ? eta * t : learntFilter(eta, lambda, t) / lambda;
}

/** [1 − (1 − ηλ)^t]²/λ: the squared length the weights move to learn it; 0 as λ → 0. */
export function travelFilter(eta: number, lambda: number, t: number): number {
	return inverseFilter(eta, lambda, t) * learntFilter(eta, lambda, t);
}

/** Steps until half the error along an eigenvector is gone: ln 2 / −ln(1 − ηλ), for 0 < ηλ < 1. */
export function halfLife(eta: number, lambda: number): number {
	return Math.LN2 / -Math.log1p(-eta * lambda);
}
