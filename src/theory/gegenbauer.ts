/** Functions of one direction on the unit sphere of R^d, degree by degree. */

/** Dimension of the spherical harmonics of degree l in d ≥ 3 dimensions; grows beyond whole numbers of float64. */
export function harmonics(d: number, l: number): number {
	if (l === 0) return 1;
	let count = d;
	for (let k = 2; k <= l; k++) count *= ((2 * k + d - 2) / (2 * k + d - 4)) * ((k + d - 3) / k);
	return count;
}

/**
 * Calls back with P_l(t) for l = 0, 1, …, most: the Gegenbauer polynomials of dimension d with P_l(1) = 1,
 * by their three-term recursion.
 */
export function gegenbauer(
	d: number,
	t: number,
	most: number,
	visit: (l: number, value: number) => void,
): void {
	let [before, now] = [1, t];
	visit(0, before);
	if (most > 0) visit(1, now);
	for (let l = 2; l <= most; l++) {
		const next = ((2 * l + d - 4) * t * now - (l - 1) * before) / (l + d - 3);
		visit(l, next);
		[before, now] = [now, next];
	}
}
