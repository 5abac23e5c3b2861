/** One step of gradient descent, run: the direction it takes and a readout along it. */
import { ridgeFits } from '#theory/leastSquares.ts';
import { random } from '#theory/random.ts';
import { links, type Link } from './links.ts';

/** How the coordinates are drawn: independent, or with a correlation of ½ between any two. */
export type Inputs = 'independent' | 'correlated';

/** Fresh samples for the readout, and as many again for its test. */
export const fresh = 4000;
/** Knots of the readout: a constant, a line and a kink at each. */
const knots = [-1.6, -1.1, -0.7, -0.35, 0, 0.35, 0.7, 1.1, 1.6];
/** Keeps the readout solvable; it counts for nothing beside 4000 samples. */
const jitter = 1e-6;

export interface Outcome {
	/** cos² of the angle between the step and θ, for each n. */
	readonly cosines: number[];
	/** Mean square error of the readout on fresh samples, for each n. */
	readonly errors: number[];
}

/** θ is the first axis; `sizes` ascend, and each step takes the first n samples of the same ones. */
export function oneStep(
	at: { d: number; link: Link; inputs: Inputs },
	sizes: readonly number[],
	seed: number,
): Outcome {
	const { d, inputs } = at;
	const g = links[at.link];
	const { normal } = random(seed, `curse/step/${d}`);
	const draw = (x: Float64Array) => {
		const common = inputs === 'correlated' ? normal() : 0;
		const own = inputs === 'correlated' ? Math.SQRT1_2 : 1;
		for (let c = 0; c < d; c++) x[c] = own * normal() + Math.SQRT1_2 * common;
		return g(x[0]!);
	};
	const row = new Float64Array(d);
	const sum = new Float64Array(d);
	let i = 0;
	const directions = sizes.map((n) => {
		for (; i < n; i++) {
			const y = draw(row);
			for (let c = 0; c < d; c++) sum[c]! += y * row[c]!;
		}
		const length = Math.hypot(...sum);
		return sum.map((v) => v / length);
	});
	const y = new Float64Array(2 * fresh);
	const seen = directions.map(() => new Float64Array(2 * fresh));
	for (let j = 0; j < 2 * fresh; j++) {
		y[j] = draw(row);
		directions.forEach((v, k) => {
			let t = 0;
			for (let c = 0; c < d; c++) t += v[c]! * row[c]!;
			seen[k]![j] = t;
		});
	}
	return {
		cosines: directions.map((v) => v[0]! ** 2),
		errors: seen.map((t) => readoutError(t, y)),
	};
}

/** Fits y by a function of t on the first half of the samples; its mean square error on the second. */
function readoutError(t: Float64Array, y: Float64Array): number {
	const p = knots.length + 2;
	const features = new Float64Array(t.length * p);
	for (let i = 0; i < t.length; i++) {
		features[i * p] = 1;
		features[i * p + 1] = t[i]!;
		knots.forEach((knot, j) => (features[i * p + 2 + j] = Math.max(0, t[i]! - knot)));
	}
	const half = t.length / 2;
	const [weights] = ridgeFits(features.subarray(0, half * p), y.subarray(0, half), [jitter]);
	let error = 0;
	for (let i = half; i < t.length; i++) {
		let value = 0;
		for (let j = 0; j < p; j++) value += weights![j]! * features[i * p + j]!;
		error += (value - y[i]!) ** 2;
	}
	return error / half;
}
