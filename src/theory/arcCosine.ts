/**
 * The arc-cosine kernels of orders 0 and 1 (Cho & Saul 2009), normalised to 1 at r = 1. For Gaussian
 * w and unit vectors x, x′ with r = x·x′:
 *   E 1[w·x > 0] 1[w·x′ > 0] = κ₀(r)/2,   E relu(w·x) relu(w·x′) = κ₁(r)/2.
 */

/** The angle acos r in [0, π]; r is clipped to [−1, 1], where rounding may have pushed it out. */
export function angle(r: number): number {
	return Math.acos(Math.min(1, Math.max(-1, r)));
}

/** κ₀(r) = (π − acos r)/π: the share of half-spaces that hold both inputs, times two. */
export function kappa0(r: number): number {
	return (Math.PI - angle(r)) / Math.PI;
}

/** κ₁(r) = (√(1 − r²) + r (π − acos r))/π. */
export function kappa1(r: number): number {
	const theta = angle(r);
	return (Math.sin(theta) + Math.cos(theta) * (Math.PI - theta)) / Math.PI;
}
