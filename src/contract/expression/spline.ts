import type { Jet } from './jet.ts';

/**
 * The natural cubic spline through heights at equal distances on [0, 1], three or more: twice
 * continuously differentiable, with f″ = 0 at both ends, and straight beyond them. de Boor (2001),
 * Chapter IV.
 */
export function naturalSpline(heights: readonly number[]): (u: number) => Jet {
	const n = heights.length - 1;
	const h = 1 / n;
	const bends = bendsOf(heights, h);
	return (u) => {
		const cell = Math.min(n - 1, Math.max(0, Math.floor(u * n)));
		const [y, z] = [heights[cell]!, heights[cell + 1]!];
		const [p, q] = [bends[cell]!, bends[cell + 1]!];
		const chord = (z - y) / h;
		const slopes = [chord - (h * (2 * p + q)) / 6, chord + (h * (p + 2 * q)) / 6] as const;
		if (u < 0) return [y + slopes[0] * u, slopes[0], 0];
		if (u > 1) return [z + slopes[1] * (u - 1), slopes[1], 0];
		const t = u - cell * h;
		const rise = (q - p) / h;
		return [
			y + t * (slopes[0] + t * (p / 2 + (t * rise) / 6)),
			slopes[0] + t * (p + (t * rise) / 2),
			p + t * rise,
		];
	};
}

/** f″ at the knots: the slopes of neighbouring cells agree, which is a tridiagonal system. */
function bendsOf(heights: readonly number[], h: number): number[] {
	const n = heights.length - 1;
	const [pivots, right] = [new Float64Array(n), new Float64Array(n)];
	for (let i = 1; i < n; i++) {
		const second = (heights[i + 1]! - 2 * heights[i]! + heights[i - 1]!) / h ** 2;
		const factor = i > 1 ? 1 / pivots[i - 1]! : 0;
		pivots[i] = 4 - factor;
		right[i] = 6 * second - factor * right[i - 1]!;
	}
	const bends = new Array<number>(n + 1).fill(0);
	for (let i = n - 1; i > 0; i--) bends[i] = (right[i]! - bends[i + 1]!) / pivots[i]!;
	return bends;
}
