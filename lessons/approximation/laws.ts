/** The m^−2 laws: what a piecewise linear function of m pieces misses of a smooth f. float64, nothing trained. */
import { memo } from '#theory/memo.ts';
import { targetOf } from './target.ts';

/** Each is the constant C of a law C/m². */
export interface Laws {
	/** max |f″|/8: largest error of interpolation, uniform knots. */
	readonly sup: number;
	/** (∫|f″|^½)²/8: the same at the best knots. */
	readonly supFree: number;
	/** (∫f″²/120)^½: root mean square error of interpolation, uniform knots. */
	readonly interpolation: number;
	/** (∫f″²/720)^½: of least squares on the same knots. */
	readonly leastSquares: number;
	/** ((∫|f″|^⅖)⁵/720)^½: of least squares at the best knots. */
	readonly leastSquaresFree: number;
}

const nodes = 4000;
/**
 * Midpoints of x = 3t² − 2t³, dense at both ends, so that an f″ that is infinite there may still have
 * finite integrals of its roots.
 */
export const quadrature = Array.from({ length: nodes }, (_, i) => {
	const t = (i + 0.5) / nodes;
	return { x: t * t * (3 - 2 * t), weight: (6 * t * (1 - t)) / nodes };
});

/** |f″| at the nodes of the quadrature. */
export const curvature = memo((text: string): Float64Array => {
	const { second } = targetOf(text);
	return Float64Array.from(quadrature, ({ x }) => Math.abs(second(x)));
});

export const lawsOf = memo((text: string): Laws => {
	const bend = curvature(text);
	const { second } = targetOf(text);
	const integral = (power: number) =>
		quadrature.reduce((sum, { weight }, i) => sum + weight * (bend[i] ?? NaN) ** power, 0);
	const most = Math.max(Math.abs(second(0)), Math.abs(second(1)), ...bend);
	return {
		sup: most / 8,
		supFree: integral(1 / 2) ** 2 / 8,
		interpolation: Math.sqrt(integral(2) / 120),
		leastSquares: Math.sqrt(integral(2) / 720),
		leastSquaresFree: Math.sqrt(integral(2 / 5) ** 5 / 720),
	};
});
