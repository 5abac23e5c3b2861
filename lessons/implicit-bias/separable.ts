/** Points in the plane that a line through 0 separates, and descent on them in float64. */
import { random } from '#theory/random.ts';
import { pointAt, type Plane } from './margin.ts';

export interface Cloud {
	/** Points. */
	readonly n: number;
	/** How much farther than the margin, relative to it, all points lie but the first two. */
	readonly gap: number;
	/** Where the second point lies along the margin; the first lies at 1. Below 0 they are on two sides. */
	readonly second: number;
}

/** z_i = y_i x_i of shape [n, 2]: two points at distance 1 from a line through 0 and n − 2 beyond; drawn anew for each seed. */
export function drawCloud({ n, gap, second }: Cloud, seed: number): Float64Array {
	const { uniform, normal } = random(seed, 'implicit-bias/separable');
	const turn = 2 * Math.PI * uniform();
	const [c, s] = [Math.cos(turn), Math.sin(turn)];
	const z = new Float64Array(2 * n);
	for (let i = 0; i < n; i++) {
		const height = i < 2 ? 1 : 1 + gap + Math.abs(normal());
		const along = i === 0 ? 1 : i === 1 ? second : 1.5 * normal();
		z[2 * i] = c * height - s * along;
		z[2 * i + 1] = s * height + c * along;
	}
	return z;
}

export type LossName = 'exponential' | 'logistic';

/** log of the mean loss at w, and weights p_i of the points: its gradient is −L Σ p_i z_i. */
function look(z: Float64Array, w: Plane, loss: LossName, p: Float64Array): number {
	const n = p.length;
	let least = Infinity;
	for (let i = 0; i < n; i++) {
		p[i] = z[2 * i]! * w[0] + z[2 * i + 1]! * w[1];
		least = Math.min(least, p[i]!);
	}
	// Everything is kept in units of e^(−least), as the loss falls below what float64 can hold.
	const unit = Math.exp(-least);
	let sum = 0;
	for (let i = 0; i < n; i++) {
		const e = Math.exp(least - p[i]!);
		const small = e * unit;
		const plain = loss === 'exponential' || small < 1e-15;
		sum += plain ? e : Math.log1p(small) / unit;
		p[i] = plain ? e : e / (1 + small);
	}
	for (let i = 0; i < n; i++) p[i]! /= sum;
	return Math.log(sum / n) - least;
}

/** Where descent stands: its weights, how many steps it took and the logarithm of its loss. */
export interface Standing {
	readonly w: Plane;
	readonly t: number;
	readonly logLoss: number;
}

/**
 * Gradient descent from w = 0 on the mean loss; with `normalised` each step is divided by the loss. Endless.
 */
export function* descend(
	z: Float64Array,
	{ loss, stepSize, normalised }: { loss: LossName; stepSize: number; normalised: boolean },
): Generator<Standing, never, undefined> {
	const p = new Float64Array(z.length / 2);
	let w: Plane = [0, 0];
	for (let t = 0; ; t++) {
		const logLoss = look(z, w, loss, p);
		yield { w, t, logLoss };
		const length = normalised ? stepSize : stepSize * Math.exp(logLoss);
		let [x, y] = w;
		for (let i = 0; i < p.length; i++) {
			const point = pointAt(z, i);
			x += length * p[i]! * point[0];
			y += length * p[i]! * point[1];
		}
		w = [x, y];
	}
}

/** The weights at the moment when the logarithm of the loss passes a mark, linear between two steps. */
export function atMark(before: Standing, after: Standing, mark: number): Plane {
	const share = (before.logLoss - mark) / (before.logLoss - after.logLoss);
	return [
		before.w[0] + share * (after.w[0] - before.w[0]),
		before.w[1] + share * (after.w[1] - before.w[1]),
	];
}

/** The logarithm of the mean loss at w. */
export function logLossAt(z: Float64Array, w: Plane, loss: LossName): number {
	return look(z, w, loss, new Float64Array(z.length / 2));
}
