/**
 * The closed form for the overlap R = cos∠(student, teacher) of a linear student, sharp as n, d → ∞ at a
 * fixed ratio: Hastie, Montanari, Rosset & Tibshirani 2022, for labels whose noise is what no linear
 * function of x can say of them.
 */
import { moments, type Label } from './labels.ts';

/** R for |n − d| ≥ 2; NaN nearer to n = d, where the expectations behind it are infinite. */
export function overlap(n: number, d: number, label: Label): number {
	const { slope: s, residual } = moments(label);
	if (residual === 0) return Math.sqrt(Math.min(1, n / d));
	if (Math.abs(n - d) < 2) return NaN;
	if (n > d) return s / Math.sqrt(s ** 2 + (residual * (d - 1)) / (n - d - 1));
	return (s * (n / d)) / Math.sqrt((s ** 2 * n) / d + (residual * n) / (d - n - 1));
}

/** acos(R)/π: on which share of the inputs two half-spaces with overlap R disagree. */
export function errorOf(overlap: number): number {
	return Math.acos(Math.max(-1, Math.min(1, overlap))) / Math.PI;
}
