/**
 * How far a network of width n scatters around infinite width, to first order in 1/n. Given a layer,
 * the next pre-activations are independent N(0, v) with v = σ_w² mean φ(z)² + σ_b²: a Markov chain in
 * one number, whose steps scatter by σ_w⁴ Var φ²/n.
 */
import { moments } from './activations.ts';
import { signals, type Start } from './recursions.ts';

/** Relative variances of one network, times n, layer by layer. */
export interface Scatter {
	/** Of the mean square of z_l. */
	readonly signal: number[];
	/** Of the mean square of ∂f/∂z_l. */
	readonly gradient: number[];
	/** The shift of the mean of the signal, relative, times n. */
	readonly shift: number[];
}

export function scatter(start: Start, depth: number): Scatter {
	const q = signals(start, depth);
	const layers = q.map((v) => {
		const m = moments({ name: start.name, q: v });
		return {
			growth: start.weight * m.squareSlope,
			bend: start.weight * m.squareBend,
			noise: start.weight ** 2 * (m.fourth - m.square ** 2),
			/** ∂ log E φ′²/∂q. */
			pull: m.slopeSquareSlope / m.slopeSquare,
			/** Variance of the mean of φ′²g² over its own mean, and its covariance with the noise. */
			own: (3 * m.slopeFourth) / m.slopeSquare ** 2 - 1,
			both: start.weight * (m.mixed / m.slopeSquare - m.square),
		};
	});
	const variance = [0];
	const shift = [0];
	layers.slice(0, -1).forEach(({ growth, bend, noise }, l) => {
		variance.push(growth ** 2 * variance[l]! + noise);
		shift.push(growth * shift[l]! + (bend * variance[l]!) / 2);
	});
	const gradient = new Array<number>(depth);
	let above = 0;
	// What a change of v in layer l + 1 does to the log of the gradients below.
	let effect = 0;
	for (let l = depth - 1; l >= 0; l--) {
		const { growth, noise, pull, own, both } = layers[l]!;
		above += own + effect ** 2 * noise + 2 * effect * both;
		effect = pull + growth * effect;
		gradient[l] = above + effect ** 2 * variance[l]!;
	}
	return {
		signal: q.map((v, l) => variance[l]! / v ** 2 + 2),
		gradient,
		shift: q.map((v, l) => shift[l]! / v),
	};
}
