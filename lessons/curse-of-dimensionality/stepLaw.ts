/** How well one step of gradient descent finds the direction of y = g(θ·x), x ~ N(0, I_d). */
import { memo } from '#theory/memo.ts';
import { missed, momentsOf, type Link } from './links.ts';

export type Step = { d: number; n: number; link: Link };

export interface StepLaw {
	/** E cos², of the angle between v and θ, and its standard deviation from draw to draw. */
	readonly cosine: number;
	readonly deviation: number;
	/** E of what the best function of v·x leaves, in units of E y² = 1, and its standard deviation. */
	readonly error: number;
	readonly errorDeviation: number;
}

/** A/(A + B) with A = E v₁², B = E|v_⊥|²: the ratio of the means. */
export function ratioOfMeans({ d, n, link }: Step): number {
	const { slope, y2u2 } = momentsOf(link);
	const along = slope ** 2 + (y2u2 - slope ** 2) / n;
	return along / (along + (d - 1) / n);
}

const nodes = 11;
/** Standard normal nodes at equal distances up to 4.5, and their weights. */
const normal = Array.from({ length: nodes }, (_, i) => {
	const z = 4.5 * ((2 * i) / (nodes - 1) - 1);
	return [z, Math.exp((-z * z) / 2)] as const;
});

/**
 * Mean of the law of cos²: given the labels, v_⊥ is N(0, (Q/n) I_{d−1}) with Q the mean of y², so that
 * cos² = v₁²/(v₁² + (Q/n)χ²_{d−1}). (v₁, Q) is taken as normal with its exact mean and covariance, χ² by
 * Wilson and Hilferty.
 */
export const stepLaw = memo(({ d, n, link }: Step): StepLaw => {
	const moments = momentsOf(link);
	const { slope, y2u2, y3u, y4 } = moments;
	const deviation = Math.sqrt((y2u2 - slope ** 2) / n);
	const shared = (y3u - slope) / n / deviation;
	const own = Math.sqrt(Math.max(0, (y4 - 1) / n - shared ** 2));
	const freedom = d - 1;
	const cube = 2 / (9 * freedom);
	let [mass, first, second, error, errorSquare] = [0, 0, 0, 0, 0];
	for (const [a, wa] of normal) {
		const along = (slope + deviation * a) ** 2;
		for (const [b, wb] of normal) {
			const q = Math.max(0.01, 1 + shared * a + own * b);
			for (const [c, wc] of normal) {
				const chi = freedom * Math.max(0, 1 - cube + Math.sqrt(cube) * c) ** 3;
				const cosine = along / (along + (q / n) * chi);
				const left = missed(moments, cosine);
				const weight = wa * wb * wc;
				mass += weight;
				first += weight * cosine;
				second += weight * cosine ** 2;
				error += weight * left;
				errorSquare += weight * left ** 2;
			}
		}
	}
	const spread = (sum: number, squares: number) =>
		Math.sqrt(Math.max(0, squares / mass - (sum / mass) ** 2));
	return {
		cosine: first / mass,
		deviation: spread(first, second),
		error: error / mass,
		errorDeviation: spread(error, errorSquare),
	};
}, 64);
