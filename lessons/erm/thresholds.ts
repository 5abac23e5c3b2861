/** Samples on a line and how far their empirical distribution function F_n strays from F. */
import type { Random } from '#theory/random.ts';

export type Law = 'uniform' | 'exponential' | 'cauchy' | 'die';

/** A point of the law with distribution function value u, or the smallest that has more. */
function pointAt(law: Law, u: number): number {
	switch (law) {
		case 'uniform':
			return u;
		case 'exponential':
			return -Math.log1p(-u);
		case 'cauchy':
			return Math.tan(Math.PI * (u - 0.5));
		case 'die':
			return Math.floor(6 * u) + 1;
	}
}

/** F(x) of the law. */
function distribution(law: Law, x: number): number {
	switch (law) {
		case 'uniform':
			return x;
		case 'exponential':
			return -Math.expm1(-x);
		case 'cauchy':
			return 0.5 + Math.atan(x) / Math.PI;
		case 'die':
			return x / 6;
	}
}

/** n points of a law in ascending order; `copies` of each if they are not independent. */
export function drawPoints(law: Law, n: number, copies: number, { uniform }: Random): Float64Array {
	const points = new Float64Array(n);
	for (let i = 0; i < n; i++)
		points[i] = i % copies === 0 ? pointAt(law, uniform()) : points[i - 1]!;
	return points.sort();
}

export interface Suprema {
	/** sup |F_n − F|. */
	readonly two: number;
	/** sup (F − F_n): by how much a threshold can look better than it is. */
	readonly one: number;
}

/** The suprema over all thresholds, from points in ascending order. */
export function suprema(law: Law, points: Float64Array): Suprema {
	const n = points.length;
	const jump = law === 'die' ? 1 / 6 : 0;
	let [above, below] = [0, 0];
	for (let i = 0; i < n;) {
		let next = i + 1;
		while (next < n && points[next] === points[i]) next++;
		const f = distribution(law, points[i]!);
		above = Math.max(above, next / n - f);
		below = Math.max(below, f - jump - i / n, f - next / n);
		i = next;
	}
	return { two: Math.max(above, below), one: below };
}

/** √n (F_n − F) where F = u, for ascending u in (0, 1). */
export function strays(law: Law, points: Float64Array, us: readonly number[]): number[] {
	const n = points.length;
	let i = 0;
	return us.map((u) => {
		const at = pointAt(law, u);
		while (i < n && points[i]! <= at) i++;
		return Math.sqrt(n) * (i / n - distribution(law, at));
	});
}

/** Sample sizes from 8 up, doubling, the largest included. */
export function doublings(largest: number): number[] {
	const sizes = [];
	for (let n = 8; n < largest; n *= 2) sizes.push(n);
	return [...sizes, largest];
}
