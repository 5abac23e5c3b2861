/**
 * n random lines w·x + b = 0 in the plane, w ~ N(0, I), b ~ N(0, σ_b²), seen in the disc |x| < R: the
 * kinks of one random hidden layer. Only the ratio r = R/σ_b matters.
 */

/** P(a line meets the disc) = r/√(1 + r²). */
export function meets(r: number): number {
	return r / Math.hypot(1, r);
}

/** P(two lines cross inside the disc) = 1 − 1/√(1 + r²). */
export function cross(r: number): number {
	return 1 - 1 / Math.hypot(1, r);
}

/** Expected regions of the disc: 1 + n P(meets) + C(n, 2) P(cross). */
export function expectedRegions(n: number, r: number): number {
	return 1 + n * meets(r) + ((n * (n - 1)) / 2) * cross(r);
}

/**
 * P(a second line crosses the first inside the disc) where the first passes at distance t σ_b from the
 * centre, t < r: the two ends of its chord lie on different sides, arccos(ρ)/π with
 * ρ = (2t² − r² + 1)/(r² + 1).
 */
export function crossesChord(t: number, r: number): number {
	return Math.acos(Math.max(-1, (2 * t * t - r * r + 1) / (r * r + 1))) / Math.PI;
}

/**
 * The mean over a random first line of crossesChord^power; 0 where it misses the disc. The distance of
 * a line is t = u/√(1 − u²) with u uniform on [0, 1). Midpoint rule.
 */
export function meanCrossing(r: number, power: number): number {
	const cells = 2000;
	const end = meets(r);
	let sum = 0;
	for (let i = 0; i < cells; i++) {
		const u = ((i + 0.5) / cells) * end;
		sum += crossesChord(u / Math.sqrt(1 - u * u), r) ** power;
	}
	return (sum / cells) * end;
}

/**
 * Variance of the number of regions, by Hoeffding's decomposition of 1 + Σ I_i + Σ C_ij: with
 * g = P(C_ij = 1 | line i), it is n Var(I + (n − 1) g) + C(n, 2) (q − q² − 2 Var g).
 */
export function regionsVariance(n: number, r: number): number {
	const [p, q] = [meets(r), cross(r)];
	const spread = meanCrossing(r, 2) - q * q;
	const single = p * (1 - p) + 2 * (n - 1) * q * (1 - p) + (n - 1) ** 2 * spread;
	return n * single + ((n * (n - 1)) / 2) * (q - q * q - 2 * spread);
}
