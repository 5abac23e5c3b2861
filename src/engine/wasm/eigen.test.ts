import { beforeAll, describe, expect, it } from 'vitest';
import { symmetricEigen } from '#theory/eigen.ts';
import { random } from '#theory/random.ts';
import { readProgram } from './compile.ts';
import { eigenSolver, type EigenSolver } from './eigen.ts';

let solver: EigenSolver;
beforeAll(async () => {
	solver = eigenSolver(await WebAssembly.compile(await readProgram('eigen')));
}, 60_000);

type Entry = (i: number, j: number) => number;

function symmetric(n: number, entry: Entry): Float64Array {
	return Float64Array.from({ length: n * n }, (_, at) => {
		const [i, j] = [Math.floor(at / n), at % n];
		return entry(Math.min(i, j), Math.max(i, j));
	});
}

function gaussian(n: number): Float64Array {
	const { normal } = random(n, 'eigen');
	const entries = Float64Array.from({ length: n * n }, normal);
	return symmetric(n, (i, j) => entries[i * n + j]!);
}

const norm = (values: Float64Array) => Math.hypot(...values);

/** The largest of |A v − λ v| and of |VVᵀ − 1|. */
function faults(matrix: Float64Array, n: number): [number, number] {
	const { values, vectors } = solver.eigen(matrix);
	const vector = (i: number) => vectors.subarray(i * n, (i + 1) * n);
	const product = (a: Float64Array, b: Float64Array) => a.reduce((s, v, k) => s + v * b[k]!, 0);
	let residual = 0;
	let skew = 0;
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) {
			const image = product(matrix.subarray(j * n, (j + 1) * n), vector(i));
			residual = Math.max(residual, Math.abs(image - values[i]! * vectors[i * n + j]!));
			skew = Math.max(skew, Math.abs(product(vector(i), vector(j)) - Number(i === j)));
		}
	}
	return [residual, skew];
}

const matrices: [string, number, Entry][] = [
	['the identity', 6, (i, j) => Number(i === j)],
	['zero', 5, () => 0],
	['ones, of rank 1', 40, () => 1],
	['diagonal', 9, (i, j) => (i === j ? i - 4 : 0)],
	['tridiagonal', 33, (i, j) => (i === j ? 2 : j - i === 1 ? -1 : 0)],
	['in two blocks', 12, (i, j) => (i < 6 === j < 6 ? 1 / (1 + i + j) : 0)],
	['graded over 24 decades', 13, (i, j) => 10 ** -(i + j)],
	['huge', 7, (i, j) => 1e300 / (1 + i + j)],
	['tiny', 7, (i, j) => 1e-300 / (1 + i + j)],
];

describe('the symmetric eigensolver', () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 61, 160])(
		'agrees with ml-matrix on a random matrix of %d rows',
		(n) => {
			const matrix = gaussian(n);
			const expected = symmetricEigen(matrix);
			const { values } = solver.eigen(matrix);
			values.forEach((value, i) =>
				expect(Math.abs(value - expected.values[i]!)).toBeLessThan(1e-13 * norm(matrix)),
			);
			expect(solver.values(matrix).every((v, i) => Math.abs(v - values[i]!) < 1e-12 * n)).toBe(
				true,
			);
			const [residual, skew] = faults(matrix, n);
			expect(residual).toBeLessThan(1e-13 * norm(matrix));
			expect(skew).toBeLessThan(1e-13);
		},
	);

	it.each(matrices)('solves a matrix that is %s', (_, n, entry) => {
		const matrix = symmetric(n, entry);
		const [residual, skew] = faults(matrix, n);
		expect(residual).toBeLessThanOrEqual(1e-13 * Math.max(...matrix.map(Math.abs)));
		expect(skew).toBeLessThan(1e-13);
		const { values } = solver.eigen(matrix);
		expect(values.every((v, i) => i === 0 || v >= values[i - 1]!)).toBe(true);
	});

	it('knows the spectrum of the path', () => {
		const n = 50;
		const path = symmetric(n, (i, j) => (i === j ? 2 : j - i === 1 ? -1 : 0));
		solver
			.values(path)
			.forEach((value, i) =>
				expect(value).toBeCloseTo(4 * Math.sin(((i + 1) * Math.PI) / (2 * n + 2)) ** 2, 13),
			);
	});

	it('refuses what is no symmetric matrix of numbers', () => {
		expect(() => solver.eigen(new Float64Array(5))).toThrow('square');
		expect(() => solver.eigen(Float64Array.of(NaN))).toThrow('finite');
		expect(solver.eigen(new Float64Array()).values.length).toBe(0);
	});
});
