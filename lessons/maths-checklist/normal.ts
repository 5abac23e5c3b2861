/** The standard normal law: its density, and what lies beyond a point. */

export function density(x: number): number {
	return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(z > x) for a standard normal z, to some 14 digits of itself: a series near 0, a continued fraction beyond 3. */
export function normalTail(x: number): number {
	if (x < 0) return 1 - normalTail(-x);
	if (x > 3) {
		let fraction = x;
		for (let k = 60; k > 0; k--) fraction = x + k / fraction;
		return density(x) / fraction;
	}
	let term = x;
	let sum = x;
	for (let k = 1; Math.abs(term) > 1e-17; k++) {
		term *= (x * x) / (2 * k + 1);
		sum += term;
	}
	return 0.5 - density(x) * sum;
}
