/** Knots 0 = t_0 < … < t_m = 1, chosen from f alone. */
import { curvature, quadrature } from './laws.ts';
import { cellErrors } from './interpolant.ts';
import { targetOf } from './target.ts';

export function uniformKnots(m: number): number[] {
	return Array.from({ length: m + 1 }, (_, j) => j / m);
}

/** Knots whose density is |f″|^power: every cell holds the same share of its integral. */
export function densityKnots(text: string, m: number, power: number): number[] {
	const bend = curvature(text);
	// A trace of uniform density, so that straight parts do not leave a cell without any.
	const mass = quadrature.map(({ weight }, i) => weight * (bend[i] ?? 0) ** power);
	const total = mass.reduce((sum, v) => sum + v, 0);
	if (!(total > 0) || !Number.isFinite(total)) return uniformKnots(m);
	const edges = quadrature.map(({ x }, i) => (i === 0 ? 0 : (x + (quadrature[i - 1]?.x ?? 0)) / 2));
	return equalShares(
		[...edges, 1],
		mass.map((v, i) => v + 1e-6 * total * (quadrature[i]?.weight ?? 0)),
		m,
	);
}

/** Rounds of evening out. */
const rounds = 30;

/** Knots at which interpolation errs by nearly the same in every cell, which is where its largest error is least. */
export function evenKnots(text: string, m: number): number[] {
	const { f } = targetOf(text);
	let [knots, error] = [uniformKnots(m), Infinity];
	let next = densityKnots(text, m, 1 / 2);
	for (let round = 0; round < rounds; round++) {
		const errors = cellErrors(f, next).map(({ sup }) => sup);
		const worst = Math.max(...errors);
		if (worst < error) [knots, error] = [next, worst];
		// The error of a cell goes as its length squared.
		const mass = errors.map((e) => Math.sqrt(e) + 1e-4 * Math.sqrt(worst));
		next = equalShares(next, mass, m);
	}
	return knots;
}

/** Cuts [0, 1] into m cells of equal mass; mass i lies evenly between edges i and i + 1. */
function equalShares(edges: readonly number[], mass: readonly number[], m: number): number[] {
	const total = mass.reduce((sum, v) => sum + v, 0);
	const knots = [0];
	let [sum, i] = [0, 0];
	for (let j = 1; j < m; j++) {
		const goal = (j * total) / m;
		while (i < mass.length - 1 && sum + (mass[i] ?? 0) < goal) sum += mass[i++] ?? 0;
		const [from = 0, to = 1] = [edges[i], edges[i + 1]];
		knots.push(from + ((to - from) * (goal - sum)) / (mass[i] ?? 1));
	}
	return [...knots, 1];
}
