/** Networks with one hidden layer on given knots: the interpolant, least squares, and what they miss. */

/** x ↦ constant + Σ_j outer_j relu(x − knot_j), the m hidden units of the exact construction. */
export interface Network {
	readonly constant: number;
	readonly outer: readonly number[];
	readonly knots: readonly number[];
}

/** The network that runs through the heights at the knots: its outer weights are the changes of slope. */
export function networkThrough(knots: readonly number[], heights: readonly number[]): Network {
	const slopes = heights
		.slice(1)
		.map((h, j) => (h - (heights[j] ?? NaN)) / ((knots[j + 1] ?? NaN) - (knots[j] ?? NaN)));
	return {
		constant: heights[0] ?? NaN,
		outer: slopes.map((s, j) => s - (slopes[j - 1] ?? 0)),
		knots: knots.slice(0, -1),
	};
}

/** The output of the network, unit by unit. */
export function output({ constant, outer, knots }: Network, x: number): number {
	return outer.reduce((sum, a, j) => sum + a * Math.max(x - (knots[j] ?? NaN), 0), constant);
}

/** Gauss–Legendre nodes and weights on [0, 1], exact to degree 9. */
const gauss: readonly (readonly [number, number])[] = [
	[0.5, 64 / 225],
	...[-1, 1].flatMap((side) =>
		[-1, 1].map((root) => {
			const node = Math.sqrt(5 + root * 2 * Math.sqrt(10 / 7)) / 3;
			const weight = (322 - root * 13 * Math.sqrt(70)) / 1800;
			return [(1 + side * node) / 2, weight] as const;
		}),
	),
];
const looks = Array.from({ length: 33 }, (_, i) => i / 32);

/** Of each cell, what linear interpolation of f misses: its largest error and the integral of its square. */
export function cellErrors(
	f: (x: number) => number,
	knots: readonly number[],
	heights: readonly number[] = knots.map(f),
): { sup: number; square: number }[] {
	return knots.slice(1).map((right, j) => {
		const left = knots[j] ?? NaN;
		const [a, b] = [heights[j] ?? NaN, heights[j + 1] ?? NaN];
		const miss = (t: number) => f(left + t * (right - left)) - (a + t * (b - a));
		return {
			sup: looks.reduce((worst, t) => Math.max(worst, Math.abs(miss(t))), 0),
			square: gauss.reduce((sum, [t, w]) => sum + w * miss(t) ** 2, 0) * (right - left),
		};
	});
}

export function supError(f: (x: number) => number, knots: readonly number[]): number {
	return Math.max(...cellErrors(f, knots).map(({ sup }) => sup));
}

/** Root mean square over [0, 1] of what the piecewise linear function through the heights misses. */
export function rmsError(
	f: (x: number) => number,
	knots: readonly number[],
	heights?: readonly number[],
): number {
	return Math.sqrt(cellErrors(f, knots, heights).reduce((sum, { square }) => sum + square, 0));
}

/** Heights at the knots of the continuous piecewise linear function nearest to f in L²(0, 1). */
export function leastSquares(f: (x: number) => number, knots: readonly number[]): number[] {
	const samples = knots.slice(1).flatMap((right, j) => {
		const left = knots[j] ?? NaN;
		return gauss.map(([t, w]) => ({
			cell: j,
			t,
			weight: w * (right - left),
			y: f(left + t * (right - left)),
		}));
	});
	return fitHats(knots.length, samples);
}

/** A value y at the share t of a cell, with its weight in the sum of squares. */
export interface Sample {
	readonly cell: number;
	readonly t: number;
	readonly weight: number;
	readonly y: number;
}

/** Least squares over hat functions: the normal equations are tridiagonal. */
export function fitHats(count: number, samples: readonly Sample[]): number[] {
	const [diagonal, beside, right] = [0, 1, 2].map(() => new Float64Array(count)) as [
		Float64Array,
		Float64Array,
		Float64Array,
	];
	for (const { cell, t, weight, y } of samples) {
		diagonal[cell]! += weight * (1 - t) ** 2;
		diagonal[cell + 1]! += weight * t ** 2;
		beside[cell]! += weight * t * (1 - t);
		right[cell]! += weight * (1 - t) * y;
		right[cell + 1]! += weight * t * y;
	}
	for (let i = 1; i < count; i++) {
		const factor = beside[i - 1]! / diagonal[i - 1]!;
		diagonal[i]! -= factor * beside[i - 1]!;
		right[i]! -= factor * right[i - 1]!;
	}
	const heights = new Array<number>(count).fill(0);
	for (let i = count - 1; i >= 0; i--)
		heights[i] = (right[i]! - beside[i]! * (heights[i + 1] ?? 0)) / diagonal[i]!;
	return heights;
}
