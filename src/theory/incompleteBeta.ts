/** log Γ(x) for x > 0, to some 14 digits: Stirling's series, after a shift beyond 10. */
export function logGamma(x: number): number {
	let shift = 0;
	let z = x;
	for (; z < 10; z++) shift += Math.log(z);
	const i = 1 / (z * z);
	const series =
		(1 / 12 -
			i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i * (1 / 1188 - (i * 691) / 360360))))) /
		z;
	return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
}

/**
 * The regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b): the
 * continued fraction of Abramowitz & Stegun 26.5.8, by Lentz's method.
 */
export function betaCdf(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
	const front =
		Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) /
		a;
	const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	const take = (term: number) => {
		d = 1 / away(1 + term * d);
		c = away(1 + term / c);
		fraction *= c * d;
	};
	for (let m = 1; m < 1000; m++) {
		take((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
		take((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
		if (Math.abs(c * d - 1) < 1e-15) break;
	}
	return front * fraction;
}
