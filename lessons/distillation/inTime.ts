/**
 * A linear student in the course of gradient descent from zero, in the limit n, d → ∞ with d/n → g. Along
 * an eigenvector of XᵀX/n with eigenvalue s it has learnt the share 1 − (1 − ηs)^t; the law of the
 * eigenvalues is that of Marchenko and Pastur. As for the risk of linear models in Advani, Saxe & Sompolinsky 2020.
 */
import { learntFilter, travelFilter } from '#theory/descentFilter.ts';
import { integrate, marchenkoPastur } from '#theory/marchenkoPastur.ts';
import { memo } from '#theory/memo.ts';
import { moments, type Label } from './labels.ts';

const spectrum = memo((g: number) => marchenkoPastur(g, 800), 4);

/** The overlap R with the teacher after t ≥ 1 steps of size η. */
export function overlapInTime(g: number, stepSize: number, t: number, label: Label): number {
	const { slope, residual } = moments(label);
	const law = spectrum(g);
	const learnt = integrate(law, (s) => learntFilter(stepSize, s, t));
	const square = integrate(law, (s) => learntFilter(stepSize, s, t) ** 2);
	const noise = g * integrate(law, (s) => travelFilter(stepSize, s, t));
	return (slope * learnt) / Math.sqrt(slope ** 2 * square + residual * noise);
}
