/**
 * Balls of the torus [0, 1)^d, also those that reach round it: their volume, and the mean of
 * cos 2πδ₁ over them, δ the way from the centre.
 */
import { logGamma } from '#theory/incompleteBeta.ts';
import { memo } from '#theory/memo.ts';

export interface Balls {
	/** Volume of the ball of radius r, which is the probability that a uniform point is in it. */
	volume(r: number): number;
	/** The radius at which a ball has volume u, 0 ≤ u ≤ 1. */
	radius(u: number): number;
	/** Mean of cos 2πδ₁ over the ball of radius r: 1 at r = 0, 0 for the whole torus. */
	wave(r: number): number;
}

/** V_d, the volume of the unit ball of R^d. */
export function unitBall(d: number): number {
	return Math.exp((d / 2) * Math.log(Math.PI) - logGamma(d / 2 + 1));
}

/**
 * Mean of cos kδ₁ over the sphere of radius 1 in R^d: Γ(d/2)(2/k)^{d/2−1}J_{d/2−1}(k), by its power
 * series; to 10⁻⁹ for k up to 15. Over the solid ball it is that of the sphere in R^{d+2}.
 */
export function sphereWave(d: number, k: number): number {
	let [term, sum] = [1, 1];
	for (let j = 1; j < 200 && Math.abs(term) > 1e-17; j++) {
		term *= -(k * k) / 4 / (j * (d / 2 + j - 1));
		sum += term;
	}
	return sum;
}

/** Radii from ½ to √d/2 at which balls that reach round the torus are tabulated. */
const cells = 300;
/** Points of the midpoint rule in the last coordinate. */
const points = 80;

/**
 * For r ≤ ½ in closed form. Beyond, one coordinate after the other:
 * F_d(r) = 2∫₀^{½} F_{d−1}(√(r² − a²)) da, and the same with cos 2πa for the wave.
 */
export const ballsOf = memo((d: number): Balls => {
	const unit = unitBall(d);
	const least = unit * 0.5 ** d;
	if (d === 1) {
		return {
			volume: (r) => Math.min(1, 2 * r),
			radius: (u) => u / 2,
			wave: (r) => (r >= 0.5 ? 0 : sphereWave(3, 2 * Math.PI * r)),
		};
	}
	const below = ballsOf(d - 1);
	const longest = Math.sqrt(d) / 2;
	const at = (i: number) => 0.5 + ((longest - 0.5) * i) / cells;
	const volumes = new Float64Array(cells + 1);
	const waves = new Float64Array(cells + 1);
	for (let i = 0; i <= cells; i++) {
		for (let j = 0; j < points; j++) {
			// a = ½ − s²/2 takes the root out of the end at which the ball just touches itself.
			const s = (j + 0.5) / points;
			const a = 0.5 - (s * s) / 2;
			const part = (2 * s * below.volume(Math.sqrt(at(i) ** 2 - a * a))) / points;
			volumes[i]! += part;
			waves[i]! += part * Math.cos(2 * Math.PI * a);
		}
		waves[i]! /= volumes[i]!;
	}
	const read = (table: Float64Array, r: number) => {
		const place = ((Math.min(r, longest) - 0.5) / (longest - 0.5)) * cells;
		const i = Math.min(cells - 1, Math.floor(place));
		return table[i]! + (place - i) * (table[i + 1]! - table[i]!);
	};
	const volume = (r: number) => (r <= 0.5 ? unit * r ** d : Math.min(1, read(volumes, r)));
	return {
		volume,
		radius(u) {
			if (u <= least) return (u / unit) ** (1 / d);
			let [low, high] = [0.5, longest];
			for (let step = 0; step < 40; step++) {
				const middle = (low + high) / 2;
				if (volume(middle) < u) low = middle;
				else high = middle;
			}
			return low;
		},
		wave: (r) => (r <= 0.5 ? sphereWave(d + 2, 2 * Math.PI * r) : read(waves, r)),
	};
}, 32);
