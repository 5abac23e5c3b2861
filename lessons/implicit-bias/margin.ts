/**
 * The separator of largest margin in the plane and the line that descent on a loss with an exponential tail
 * ends up on (Soudry et al., 2018). A point is z = y x, its input times its label ±1: shape [n, 2], flat.
 */

export type Plane = readonly [number, number];

export interface Separator {
	/** ŵ: the shortest w with w·z ≥ 1 for all points. */
	readonly w: Plane;
	/** Points with w·z = 1, one or two of them. */
	readonly support: readonly number[];
	/** ŵ = Σ α_i z_i over the support; positive. */
	readonly alpha: readonly number[];
}

export const dot = (a: Plane, b: Plane) => a[0] * b[0] + a[1] * b[1];
export const pointAt = (z: Float64Array, i: number): Plane => [z[2 * i]!, z[2 * i + 1]!];

/** What w·z may fall short of 1 by rounding. */
const rounding = 1e-9;

function clears(z: Float64Array, w: Plane): boolean {
	for (let i = 0; 2 * i < z.length; i++) if (dot(pointAt(z, i), w) < 1 - rounding) return false;
	return true;
}

/** The w with w·a = w·b = 1 where it is a positive combination of the two, and its coefficients. */
function between(a: Plane, b: Plane): { w: Plane; alpha: readonly [number, number] } | null {
	const [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)];
	const determinant = aa * bb - ab * ab;
	if (Math.abs(determinant) <= rounding * aa * bb) return null;
	const alpha = [(bb - ab) / determinant, (aa - ab) / determinant] as const;
	if (!(alpha[0] > 0 && alpha[1] > 0)) return null;
	return { w: [alpha[0] * a[0] + alpha[1] * b[0], alpha[0] * a[1] + alpha[1] * b[1]], alpha };
}

/** The separator of largest margin, by trying every point and every pair; null where nothing separates. */
export function largestMargin(z: Float64Array): Separator | null {
	const n = z.length / 2;
	for (let i = 0; i < n; i++) {
		const a = pointAt(z, i);
		const alpha = 1 / dot(a, a);
		const w: Plane = [alpha * a[0], alpha * a[1]];
		if (clears(z, w)) return { w, support: [i], alpha: [alpha] };
	}
	for (let i = 0; i < n; i++)
		for (let j = 0; j < i; j++) {
			const found = between(pointAt(z, i), pointAt(z, j));
			if (found && clears(z, found.w)) return { ...found, support: [i, j] };
		}
	return null;
}

/**
 * w̃ of the line w = ŵ log(|ŵ|²/L) + w̃ at loss L: w̃·z_i = −log(n α_i) on the support. With one support
 * vector the part across ŵ is not determined by the data, and is set to 0.
 */
export function offset(z: Float64Array, { w, support, alpha }: Separator): Plane {
	const n = z.length / 2;
	const [a, b] = support.map((i) => pointAt(z, i));
	const [p = NaN, q = NaN] = alpha.map((value) => -Math.log(n * value));
	if (!b) return [w[0] * p, w[1] * p];
	const determinant = a![0] * b[1] - a![1] * b[0];
	return [(p * b[1] - q * a![1]) / determinant, (q * a![0] - p * b[0]) / determinant];
}

/** Where descent is at loss L, in the limit L → 0. */
export function onTheLine(separator: Separator, tilde: Plane, loss: number): Plane {
	const { w } = separator;
	const s = Math.log(dot(w, w) / loss);
	return [w[0] * s + tilde[0], w[1] * s + tilde[1]];
}

/** The angle between two vectors of the plane, in degrees. */
export function angleBetween(a: Plane, b: Plane): number {
	const across = a[0] * b[1] - a[1] * b[0];
	return (Math.abs(Math.atan2(across, dot(a, b))) * 180) / Math.PI;
}

/** How fast the loss of plain descent falls: L → |ŵ|²/(ηt). */
export function lossAfter({ w }: Separator, stepSize: number, t: number): number {
	return dot(w, w) / (stepSize * t);
}

/**
 * What the points beyond the margin still weigh on the line at loss L, as a part of the gradient's weights:
 * Σ e^(−w·z_j) over those points, divided by nL.
 */
export function restAt(z: Float64Array, separator: Separator, tilde: Plane, loss: number): number {
	const n = z.length / 2;
	const w = onTheLine(separator, tilde, loss);
	let sum = 0;
	for (let i = 0; i < n; i++)
		if (!separator.support.includes(i)) sum += Math.exp(-dot(w, pointAt(z, i))) / (n * loss);
	return sum;
}

/**
 * κ: what the early steps have left across ŵ dies out like L^κ. It is |ŵ|² times the variance of the support
 * vectors across ŵ, each with weight α_i/Σα; 0 with one of them.
 */
export function settling(z: Float64Array, { w, support, alpha }: Separator): number {
	const square = dot(w, w);
	const whole = alpha.reduce((sum, v) => sum + v, 0);
	const across = support.map((i) => {
		const [x, y] = pointAt(z, i);
		return (w[0] * y - w[1] * x) / Math.sqrt(square);
	});
	const average = (of: (value: number) => number) =>
		across.reduce((sum, v, k) => sum + (alpha[k]! / whole) * of(v), 0);
	const mean = average((v) => v);
	return square * average((v) => (v - mean) ** 2);
}

/** Steps of log 1/L in which the distance from the line is added up. */
const fine = 0.1;

/**
 * How far off the line w may be at each number of digits −log₁₀ L, ascending, up to a factor: points beyond the
 * margin push it across by what they weigh, at most by 1, and what was pushed fades like L^κ. `tail` is how much
 * of the loss at L = 1/n is not exponential, 0 or 1.
 */
export function straying(
	z: Float64Array,
	separator: Separator,
	tilde: Plane,
	digits: readonly number[],
	tail: 0 | 1,
): number[] {
	const kappa = settling(z, separator);
	const n = z.length / 2;
	let [passed, off] = [0, 0];
	return digits.map((k) => {
		for (; passed < k * Math.LN10; passed += fine) {
			const loss = Math.exp(-passed);
			const push = Math.min(1, restAt(z, separator, tilde, loss) + tail * n * loss);
			off = off * Math.exp(-kappa * fine) + push * fine;
		}
		return off;
	});
}
