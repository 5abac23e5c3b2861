/** The formulas of this lesson: float64, nothing trained. What several lessons use goes to src/theory. */
import { residualFilter } from '#theory/descentFilter.ts';

/** f_t = (1 − η)^t: the output f = w of one weight, started at 1, trained towards 0 on ½ f². */
export function output(eta: number, t: number): number {
	return residualFilter(eta, 1, t);
}

/** Steps must be shorter than 2/λ; the curvature λ of ½ f² is 1. */
export const longestStep = 2;
