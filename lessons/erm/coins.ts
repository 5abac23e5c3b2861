/** Fitting coins: what the best member of a class makes of signs that mean nothing. */
import type { Random } from '#theory/random.ts';
import { drawPoints } from './thresholds.ts';

export type Labels = 'coins' | 'rule';

/** Share of the labels that are wrong where they follow the rule x ≤ ½. */
const wrong = 0.25;

/** Labels ±1 of points on [0, 1] in ascending order. */
function labelsOf(labels: Labels, points: Float64Array, { uniform }: Random): Float64Array {
	return points.map((x) => {
		const coin = uniform();
		if (labels === 'coins') return coin < 0.5 ? 1 : -1;
		return x <= 0.5 === coin >= wrong ? 1 : -1;
	});
}

/** What signs in the order of their points give to the best threshold and to the best interval. */
export function bestSums(signs: Float64Array): { threshold: number; interval: number } {
	let [sum, top, low, rise] = [0, 0, 0, 0];
	for (const s of signs) {
		sum += s;
		top = Math.max(top, sum);
		low = Math.min(low, sum);
		rise = Math.max(rise, sum - low);
	}
	return { threshold: top, interval: rise };
}

/** One draw of n signs: sup (1/n) Σ s_i f(x_i) over three classes; the ball has inputs N(0, I_d). */
export function drawComplexities(n: number, d: number, { uniform, normal }: Random) {
	const signs = Float64Array.from({ length: n }, () => (uniform() < 0.5 ? 1 : -1));
	const sum = new Float64Array(d);
	for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) sum[k]! += signs[i]! * normal();
	const { threshold, interval } = bestSums(signs);
	return { threshold: threshold / n, interval: interval / n, ball: Math.hypot(...sum) / n };
}

/**
 * Least share of training labels that a member of the class has wrong, by trying all of them: predict +1
 * on {x ≤ t}, or on {a < x ≤ b}, and −1 elsewhere.
 */
export function leastErrors(n: number, labels: Labels, stream: Random) {
	const y = labelsOf(labels, drawPoints('uniform', n, 1, stream), stream);
	const positive = y.filter((label) => label > 0).length;
	const { threshold, interval } = bestSums(y);
	// Predicting −1 everywhere has all the positive ones wrong; each point that is taken in mends y_i.
	return { threshold: (positive - threshold) / n, interval: (positive - interval) / n };
}
