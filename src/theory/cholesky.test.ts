import { expect, test } from 'vitest';
import { cholesky, gram, solveCholesky } from './cholesky.ts';
import { multiply } from './kernelDescent.ts';
import { random } from './random.ts';

const { normal } = random(5);
const rows = Float64Array.from({ length: 7 * 11 }, normal);

test('gram holds the scalar products of the rows', () => {
	const [a, b] = [rows.subarray(11, 22), rows.subarray(66, 77)];
	const product = a.reduce((sum, v, i) => sum + v * b[i]!, 0);
	expect(gram(rows, 7)[7 + 6]).toBeCloseTo(product, 13);
	expect(gram(rows, 7)[42 + 1]).toBeCloseTo(product, 13);
});

test('the solution of L Lᵀ x = b solves A x = b', () => {
	const matrix = gram(rows, 7);
	const b = Float64Array.from({ length: 7 }, normal);
	const x = solveCholesky(cholesky(matrix), b);
	multiply(matrix, x).forEach((v, i) => expect(v).toBeCloseTo(b[i]!, 11));
});

test('a matrix that is not positive definite is refused, and so is one that is not square', () => {
	expect(() => cholesky(Float64Array.of(1, 2, 2, 1))).toThrow('not positive definite: pivot 2');
	expect(() => cholesky(Float64Array.of(1, 2, 3))).toThrow('no square matrix');
});
