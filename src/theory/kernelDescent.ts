import { inverseFilter, residualFilter, travelFilter } from './descentFilter.ts';
import type { Eigen } from './eigen.ts';

/**
 * Gradient descent on ½ |f − y|² for a model linear in its weights with kernel matrix K, started at
 * f = 0: closed forms in the eigenbasis of K, at any whole step t. (Jacot et al. 2018, Section 5; in
 * discrete time Lee et al. 2019, Section 2.2.)
 */
export interface KernelDescent {
	/** Eigenvalues of K, ascending. */
	readonly values: Float64Array;
	/** v_i·y in the same order. */
	readonly coordinates: Float64Array;
	/** (I − ηK)^t y, what is still to be learnt, shape [n]. */
	residual(t: number): Float64Array;
	/** Σ_i (1 − ηλ_i)^{2t} (v_i·y)²: the sum of squares, without the ½. */
	loss(t: number): number;
	/** K⁻¹(I − (I − ηK)^t) y, the weights on Θ(·, x_i), shape [n]. */
	coefficients(t: number): Float64Array;
	/** |θ_t − θ_0|² = yᵀK⁻¹(I − (I − ηK)^t)² y. */
	travelSquared(t: number): number;
}

/** From the eigendecomposition of K (n × n); `y` has length n; `eta` is the step size. */
export function kernelDescent(
	{ values, vectors }: Eigen,
	y: Float64Array,
	eta: number,
): KernelDescent {
	const n = y.length;
	const coordinates = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) coordinates[i]! += vectors[i * n + j]! * y[j]!;
	}
	// A component that is zero but for rounding is zero: past the edge it would grow without end.
	const rounding = 1e-13 * Math.sqrt(y.reduce((sum, v) => sum + v * v, 0));
	coordinates.forEach((c, i) => {
		if (Math.abs(c) < rounding) coordinates[i] = 0;
	});
	type Filter = (eta: number, lambda: number, t: number) => number;
	const apply = (filter: Filter, t: number) => {
		const result = new Float64Array(n);
		for (let i = 0; i < n; i++) {
			const weight = filter(eta, values[i]!, t) * coordinates[i]!;
			for (let j = 0; j < n; j++) result[j]! += weight * vectors[i * n + j]!;
		}
		return result;
	};
	const energy = (filter: Filter, t: number) =>
		coordinates.reduce((sum, c, i) => sum + filter(eta, values[i]!, t) * c * c, 0);
	return {
		values,
		coordinates,
		residual: (t) => apply(residualFilter, t),
		loss: (t) => energy((e, l, s) => residualFilter(e, l, s) ** 2, t),
		coefficients: (t) => apply(inverseFilter, t),
		travelSquared: (t) => energy(travelFilter, t),
	};
}

/** A · v for a row-major matrix with v.length columns. */
export function multiply(matrix: Float64Array, v: Float64Array): Float64Array {
	const n = v.length;
	const result = new Float64Array(matrix.length / n);
	for (let i = 0; i < result.length; i++) {
		let sum = 0;
		for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * v[j]!;
		result[i] = sum;
	}
	return result;
}
