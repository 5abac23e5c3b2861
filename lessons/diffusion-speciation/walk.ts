/** Backward trajectories under the exact score, by Euler and Maruyama in float64. */
import type { Random } from '#theory/random.ts';
import { classesAt, type Mixture } from './mixture.ts';

/** Where backward paths end: the score of small times is steep, and that of time 0 is not defined for points. */
export const endTime = 1e-3;

/** Whether a path is given noise of its own, or none at all (the flow with the same marginals). */
export type Noise = 'own' | 'none';

/** Times from `start` down to the end, shorter and shorter steps towards it; `steps` + 1 numbers. */
export function clock(start: number, steps: number, end = endTime): number[] {
	return Array.from({ length: steps + 1 }, (_, k) => end + (start - end) * (1 - k / steps) ** 2);
}

/** Draws n points of p_t, shape [n, d]. */
export function drawAt(mixture: Mixture, t: number, n: number, { uniform, normal }: Random) {
	const { d, mu } = mixture;
	const deviation = Math.sqrt(classesAt(mixture, t).spread);
	const centre = mu * Math.exp(-t);
	const x = new Float64Array(n * d);
	for (let i = 0; i < n; i++) {
		const mean = uniform() < 0.5 ? -centre : centre;
		for (let k = 0; k < d; k++) x[i * d + k] = mean + deviation * normal();
	}
	return x;
}

/**
 * Takes all points x, shape [n, d], from time t back to t − dt, in place. With noise the drift is
 * x + 2 ∇ log p_t, without it x + ∇ log p_t.
 */
export function stepBack(
	mixture: Mixture,
	x: Float64Array,
	t: number,
	dt: number,
	{ normal }: Random,
	noise: Noise = 'own',
): void {
	const { d, mu } = mixture;
	const { spread } = classesAt(mixture, t);
	const factor = noise === 'own' ? 2 : 1;
	const kick = noise === 'own' ? Math.sqrt(2 * dt) : 0;
	const shrink = Math.exp(-t);
	const keep = 1 + dt * (1 - factor / spread);
	for (let from = 0; from < x.length; from += d) {
		let along = 0;
		for (let k = from; k < from + d; k++) along += x[k]!;
		const pull = Math.tanh((shrink * mu * along) / spread);
		const push = (dt * factor * shrink * mu * pull) / spread;
		if (kick === 0) for (let k = from; k < from + d; k++) x[k] = keep * x[k]! + push;
		else for (let k = from; k < from + d; k++) x[k] = keep * x[k]! + push + kick * normal();
	}
}

/** x·m/|m| of each point, for m along (1, …, 1). */
export function projections(x: Float64Array, d: number): Float64Array {
	const u = new Float64Array(x.length / d);
	for (let i = 0; i < u.length; i++) {
		let sum = 0;
		for (let k = i * d; k < (i + 1) * d; k++) sum += x[k]!;
		u[i] = sum / Math.sqrt(d);
	}
	return u;
}

/** The share of pairs (i, n + i) of 2n projections that have the same sign. */
export function shareAgreeing(u: Float64Array): number {
	const n = u.length / 2;
	let agree = 0;
	for (let i = 0; i < n; i++) if (u[i]! > 0 === u[n + i]! > 0) agree++;
	return agree / n;
}

/** A copy of all points behind the points themselves. */
export function cloned(x: Float64Array): Float64Array {
	const both = new Float64Array(2 * x.length);
	both.set(x);
	both.set(x, x.length);
	return both;
}

/** Makes `pairs` clones at time `start` and returns the share that end in the same class. */
export async function cloneExactly(
	mixture: Mixture,
	start: number,
	{ pairs, steps, noise = 'own' }: { pairs: number; steps: number; noise?: Noise },
	stream: Random,
	breathe: () => Promise<void>,
): Promise<number> {
	const x = cloned(drawAt(mixture, start, pairs, stream));
	const times = clock(start, steps);
	for (let k = 0; k < steps; k++) {
		await breathe();
		stepBack(mixture, x, times[k]!, times[k]! - times[k + 1]!, stream, noise);
	}
	return shareAgreeing(projections(x, mixture.d));
}
