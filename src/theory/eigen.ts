import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues in ascending order; row i of `vectors` (n × n, row-major) is the unit vector of values[i]. */
export interface Eigen {
	readonly values: Float64Array;
	readonly vectors: Float64Array;
}

/** Eigendecomposition of a symmetric matrix, n × n, row-major. */
export function symmetricEigen(matrix: Float64Array): Eigen {
	const n = Math.sqrt(matrix.length);
	if (!Number.isInteger(n)) throw new RangeError(`${matrix.length} entries make no square matrix`);
	if (n === 0) return { values: new Float64Array(), vectors: new Float64Array() };
	const rows = Matrix.from1DArray(n, n, matrix);
	const result = new EigenvalueDecomposition(rows, { assumeSymmetric: true });
	const columns = result.eigenvectorMatrix;
	const vectors = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) vectors[i * n + j] = columns.get(j, i);
	}
	return { values: Float64Array.from(result.realEigenvalues), vectors };
}
