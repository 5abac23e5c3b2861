/** Random Fourier features for the Gaussian kernel k(Δ) = e^{−Δ²/2}: the spread of their estimates. */
import type { Random } from '#theory/random.ts';

export const gaussianKernel = (distance: number) => Math.exp(-(distance ** 2) / 2);

/** Standard deviation of (1/D) Σ cos(w·Δ), D pairs of cosine and sine: (1 − k²)/√(2D). */
export function pairedDeviation(distance: number, pairs: number): number {
	return (1 - gaussianKernel(distance) ** 2) / Math.sqrt(2 * pairs);
}

/** Standard deviation of (2/D) Σ cos(w·x + b) cos(w·y + b), D cosines of random phase: √((1 + k⁴/2 − k²)/D). */
export function phasedDeviation(distance: number, cosines: number): number {
	const k2 = gaussianKernel(distance) ** 2;
	return Math.sqrt((1 + k2 ** 2 / 2 - k2) / cosines);
}

/**
 * Draws D features again and again, for two points at a distance; the root mean square of estimate −
 * kernel for either kind.
 */
export function estimates(
	distance: number,
	{ features, d, draws }: { features: number; d: number; draws: number },
	{ normal, uniform }: Random,
): { paired: number; phased: number } {
	const k = gaussianKernel(distance);
	const x = Array.from({ length: d }, normal);
	const y = x.map((v, i) => (i === 0 ? v + distance : v));
	let [paired, phased] = [0, 0];
	for (let draw = 0; draw < draws; draw++) {
		let [pairs, phases] = [0, 0];
		for (let f = 0; f < features; f++) {
			let [wx, wy] = [0, 0];
			for (let i = 0; i < d; i++) {
				const w = normal();
				wx += w * x[i]!;
				wy += w * y[i]!;
			}
			const phase = 2 * Math.PI * uniform();
			pairs += Math.cos(wx) * Math.cos(wy) + Math.sin(wx) * Math.sin(wy);
			phases += 2 * Math.cos(wx + phase) * Math.cos(wy + phase);
		}
		paired += (pairs / features - k) ** 2;
		phased += (phases / features - k) ** 2;
	}
	return { paired: Math.sqrt(paired / draws), phased: Math.sqrt(phased / draws) };
}
