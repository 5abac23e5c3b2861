import { describe, expect, test } from 'vitest';
import { symmetricEigen } from './eigen.ts';
import { random } from './random.ts';

describe('symmetric eigendecomposition', () => {
	test('values ascend and rows are unit eigenvectors', () => {
		const { normal } = random(5);
		const n = 12;
		const matrix = new Float64Array(n * n);
		for (let i = 0; i < n; i++)
			for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = normal();
		const { values, vectors } = symmetricEigen(matrix);
		for (let k = 0; k < n; k++) {
			if (k > 0) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1] ?? NaN);
			const v = vectors.subarray(k * n, (k + 1) * n);
			expect(v.reduce((sum, entry) => sum + entry * entry, 0)).toBeCloseTo(1, 12);
			for (let i = 0; i < n; i++) {
				const image = v.reduce((sum, entry, j) => sum + (matrix[i * n + j] ?? NaN) * entry, 0);
				expect(image).toBeCloseTo((values[k] ?? NaN) * (v[i] ?? NaN), 11);
			}
		}
	});

	test('a matrix that is not square is refused', () => {
		expect(() => symmetricEigen(new Float64Array(3))).toThrow('3 entries');
	});
});
