/** Matrices worth looking at, and subspaces that approximate them; flat, row by row. */
import { transpose } from '#theory/leastSquares.ts';
import { random } from '#theory/random.ts';

export const subjects = {
	disc: 'a disc and a bar, with a little noise',
	smooth: 'a smooth kernel',
	noise: 'noise',
} as const;

/** A matrix of shape [rows, columns]. */
export function drawSubject(
	subject: string,
	rows: number,
	columns: number,
	seed: number,
): Float64Array {
	const { normal } = random(seed, 'matrix');
	return Float64Array.from({ length: rows * columns }, (_, k) => {
		const y = Math.floor(k / columns) / (rows - 1);
		const x = (k % columns) / (columns - 1);
		const noise = normal();
		if (subject === 'noise') return noise;
		if (subject === 'smooth') return Math.exp(-8 * (x - y) ** 2) + 1e-3 * noise;
		const disc = Math.hypot((x - 0.38) * 1.3, y - 0.5) < 0.33 ? 1 : 0;
		const bar = x > 0.78 && x < 0.9 && y > 0.15 && y < 0.85 ? -1 : 0;
		return disc + bar + 0.05 * noise;
	});
}

/**
 * An orthonormal basis of r vectors, one to a row, near the span of the first r left singular vectors of A,
 * shape [rows, length / rows]: random mixtures of its columns, multiplied by AAᵀ `passes` times.
 */
export function rangeOf(
	a: Float64Array,
	rows: number,
	r: number,
	passes: number,
	seed: number,
): Float64Array[] {
	const columns = a.length / rows;
	const { normal } = random(seed, `directions ${r}`);
	const t = transpose(a, rows);
	let basis = Array.from({ length: r }, () =>
		times(a, Float64Array.from({ length: columns }, normal)),
	);
	orthonormalise(basis);
	for (let pass = 0; pass < passes; pass++) {
		basis = basis.map((v) => times(a, times(t, v)));
		orthonormalise(basis);
	}
	return basis;
}

/** The projection of the columns of A onto the span of an orthonormal basis, and its distance from A. */
export function onto(
	a: Float64Array,
	basis: readonly Float64Array[],
): { image: Float64Array; error: number } {
	const rows = basis[0]?.length ?? 1;
	const columns = a.length / rows;
	const image = new Float64Array(a.length);
	for (const q of basis) {
		const row = times(transpose(a, rows), q);
		for (let i = 0; i < rows; i++)
			for (let j = 0; j < columns; j++) image[i * columns + j]! += q[i]! * row[j]!;
	}
	return { image, error: Math.hypot(...a.map((v, k) => v - image[k]!)) };
}

/** A v for A of shape [length / v.length, v.length]. */
function times(a: Float64Array, v: Float64Array): Float64Array {
	return Float64Array.from({ length: a.length / v.length }, (_, i) =>
		v.reduce((sum, value, j) => sum + value * a[i * v.length + j]!, 0),
	);
}

/** Gram and Schmidt, twice, in place. */
function orthonormalise(basis: readonly Float64Array[]): void {
	basis.forEach((v, i) => {
		for (let pass = 0; pass < 2; pass++)
			for (const q of basis.slice(0, i)) {
				const along = v.reduce((sum, value, j) => sum + value * q[j]!, 0);
				for (let j = 0; j < v.length; j++) v[j]! -= along * q[j]!;
			}
		const length = Math.hypot(...v);
		for (let j = 0; j < v.length; j++) v[j]! /= length;
	});
}
