/**
 * The formulas of this lesson, in float64 and without anything trained. What several lessons use
 * belongs in src/theory.
 */
import { residualFilter } from '#theory/descentFilter.ts';

/** f_t = (1 − ηλ)^t: the output of f(w) = √λ w, started at f = 1 and trained towards 0 on ½ f². */
export function output(eta: number, lambda: number, t: number): number {
	return residualFilter(eta, lambda, t);
}

/** The longest step under which f_t still falls: 2/λ. */
export function longestStep(lambda: number): number {
	return 2 / lambda;
}
