/** A function's value, slope and second derivative at one place: the chain rule carried along, no differences taken. */
export type Jet = readonly [value: number, slope: number, curvature: number];

/** g(u), given g and its first two derivatives at the value of u. */
export function chain([g, g1, g2]: Jet, [, u1, u2]: Jet): Jet {
	return [g, times(g1, u1), times(g2, u1 ** 2) + times(g1, u2)];
}

export function sum(u: Jet, v: Jet): Jet {
	return [u[0] + v[0], u[1] + v[1], u[2] + v[2]];
}

export function product(u: Jet, v: Jet): Jet {
	return [
		u[0] * v[0],
		times(u[1], v[0]) + times(u[0], v[1]),
		times(u[2], v[0]) + 2 * times(u[1], v[1]) + times(u[0], v[2]),
	];
}

export function negative(u: Jet): Jet {
	return [-u[0], -u[1], -u[2]];
}

export function reciprocal(u: Jet): Jet {
	return chain([1 / u[0], -1 / u[0] ** 2, 2 / u[0] ** 3], u);
}

/** u^v; where the exponent varies the base must be positive. */
export function power(u: Jet, v: Jet): Jet {
	const [base, n] = [u[0], v[0]];
	if (v[1] === 0 && v[2] === 0) {
		const g2 = times(n * (n - 1), base ** (n - 2));
		return chain([base ** n, times(n, base ** (n - 1)), g2], u);
	}
	const log = chain([Math.log(base), 1 / base, -1 / base ** 2], u);
	const exponent = product(v, log);
	const value = base ** n;
	return chain([value, value, value], exponent);
}

/** A factor that vanishes for good, as the slope of a constant, wins over one that is infinite. */
function times(a: number, b: number): number {
	return a === 0 || b === 0 ? 0 : a * b;
}
