/** Functions of one direction, y = g(θ·x) with |θ| = 1, and their moments under u ~ N(0, 1). */
import { memo } from '#theory/memo.ts';

export const links = {
	/** √2 relu(u). */
	relu: (u: number) => Math.SQRT2 * Math.max(0, u),
	/** The second Hermite polynomial over √2. */
	square: (u: number) => (u * u - 1) / Math.SQRT2,
	/** The third Hermite polynomial over √6. */
	cubic: (u: number) => (u ** 3 - 3 * u) / Math.sqrt(6),
};
export type Link = keyof typeof links;

/** A choice of links for a knob, as the reader reads them. */
export const linkNames: Readonly<Record<Link, string>> = {
	relu: '√2 relu(u)',
	square: '(u² − 1)/√2',
	cubic: '(u³ − 3u)/√6',
};

export interface Moments {
	/** c₁ = E yu. */
	readonly slope: number;
	/** E y²u², E y³u, E y⁴; E y² = 1. */
	readonly y2u2: number;
	readonly y3u: number;
	readonly y4: number;
	/** a_k², the energy in the Hermite polynomial of degree k; what lies above the last degree is its last entry. */
	readonly energies: readonly number[];
}

const degrees = 60;
const points = 2000;
const far = 10;

/** By the midpoint rule on [−10, 10]. */
export const momentsOf = memo((link: Link): Moments => {
	const g = links[link];
	const a = new Float64Array(degrees + 1);
	let [mass, slope, y2u2, y3u, y4] = [0, 0, 0, 0, 0];
	for (let i = 0; i < points; i++) {
		const u = -far + (2 * far * (i + 0.5)) / points;
		const weight = Math.exp((-u * u) / 2);
		const y = g(u);
		mass += weight;
		slope += weight * y * u;
		y2u2 += weight * (y * u) ** 2;
		y3u += weight * y ** 3 * u;
		y4 += weight * y ** 4;
		// h_k = He_k/√k!: √(k + 1) h_{k+1} = u h_k − √k h_{k−1}.
		let [before, now] = [0, 1];
		for (let k = 0; k <= degrees; k++) {
			a[k]! += weight * y * now;
			[before, now] = [now, (u * now - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
		}
	}
	const energies = Array.from(a, (sum) => (sum / mass) ** 2);
	const rest = Math.max(0, 1 - energies.reduce((sum, e) => sum + e, 0));
	return {
		slope: slope / mass,
		y2u2: y2u2 / mass,
		y3u: y3u / mass,
		y4: y4 / mass,
		energies: [...energies, rest],
	};
});

/** Σ a_k²(1 − c^k): what the best function of a direction v leaves of y, c = cos²∠(v, θ). */
export function missed({ energies }: Moments, c: number): number {
	let [power, sum] = [1, 0];
	for (const energy of energies) {
		sum += energy * (1 - power);
		power *= c;
	}
	return sum;
}
