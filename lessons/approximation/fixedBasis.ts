/**
 * The class of single neurons cos(w·x + b), w ~ N(0, s² I_d), b uniform, x ~ N(0, I_d), and what a fixed
 * basis must miss of it. Energies are shares of a member's mean energy ½.
 */
import { random, type Random } from '#theory/random.ts';

export interface Class {
	readonly d: number;
	readonly s: number;
}

/** The share of energy that the best n-dimensional space misses: what the n largest eigenvalues leave of ½. */
export function missed(n: number, { d, s }: Class): number {
	const { ratio, first } = mehler(s);
	let [left, got] = [n, 0];
	// log of the number of Hermite products of total degree k, binom(k + d − 1, d − 1).
	let logCount = 0;
	for (let k = 0; left > 0; k++) {
		const take = Math.min(left, Math.round(Math.exp(Math.min(logCount, 700))));
		const value = Math.exp(d * Math.log(first) + k * Math.log(ratio));
		got += take * value;
		left -= take;
		if (got > 1 - 1e-15 || value < 1e-300) break;
		logCount += Math.log((k + d) / (k + 1));
	}
	return Math.max(0, 1 - got);
}

/**
 * The eigenvalues of exp(−s²(x−y)²/2) on L²(N(0, 1)) are l₀Bᵏ. Zhu, Williams, Rohwer and Morciniec,
 * Section 4; s = 1 gives the golden ratio, l₀ = 1/φ and B = 1/φ².
 */
export function mehler(s: number): { ratio: number; first: number } {
	const [a, b] = [1 / 4, (s * s) / 2];
	const c = Math.sqrt(a * a + 2 * a * b);
	return { ratio: b / (a + b + c), first: Math.sqrt((2 * a) / (a + b + c)) };
}

/** The least n whose best space misses at most `share`. */
export function basisSize(share: number, group: Class): number {
	let [low, high] = [0, 1];
	while (missed(high, group) > share) [low, high] = [high, 2 * high];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (missed(middle, group) > share) low = middle;
		else high = middle;
	}
	return high;
}

/** Neurons cos(w_i·x + b_i): w has shape [n, d]. */
export interface Cosines {
	readonly w: Float64Array;
	readonly b: Float64Array;
}

export function drawCosines({ d, s }: Class, n: number, { normal, uniform }: Random): Cosines {
	const w = Float64Array.from({ length: n * d }, () => s * normal());
	return { w, b: Float64Array.from({ length: n }, () => 2 * Math.PI * uniform()) };
}

/** The n cosines of a seed that serve as a fixed basis. */
export function basisOf(group: Class, n: number, seed: number): Cosines {
	return drawCosines(group, n, random(seed, 'fixed basis'));
}

/** Least square of the part at right angles to all earlier cosines. */
const independent = 1e-5;

/**
 * Least squares on the first 1, 2, …, n cosines: the share each of these spaces misses of a random
 * member, exactly. A cosine of which the earlier ones leave less than `independent` is passed over, which
 * can only add to what is missed, and keeps the rest clear of rounding. One value at a time, so that a caller may pause.
 */
export function* leastSquaresMissed({ d, s }: Class, { w, b }: Cosines): Generator<number> {
	/** The orthonormal functions as combinations of the cosines, and ⟨h_i, K h_j⟩ for j ≤ i. */
	const orthonormal: Float64Array[] = [];
	const energies: Float64Array[] = [];
	let missing = 1;
	for (let i = 0; i < b.length; i++) {
		const products = new Float64Array(i + 1);
		const energy = new Float64Array(i + 1);
		for (let j = 0; j <= i; j++) {
			const { minus, plus } = distances(w, i, j, d);
			const [c, e] = [Math.cos(b[i]! - b[j]!), Math.cos(b[i]! + b[j]!)];
			products[j] = (c * Math.exp(-minus / 2) + e * Math.exp(-plus / 2)) / 2;
			energy[j] = (c * overlap(minus, plus, d, s) + e * overlap(plus, minus, d, s)) / 4;
		}
		energies.push(energy);
		const row = new Float64Array(i + 1);
		row[i] = 1;
		let rest = products[i]!;
		for (const q of orthonormal) {
			let along = 0;
			for (let j = 0; j < q.length; j++) along += q[j]! * products[j]!;
			rest -= along ** 2;
			for (let j = 0; j < q.length; j++) row[j]! -= along * q[j]!;
		}
		if (rest > independent) {
			for (let j = 0; j <= i; j++) row[j]! /= Math.sqrt(rest);
			orthonormal.push(row);
			missing -= 2 * quadratic(energies, row);
		}
		yield missing;
	}
}

/** |w_i − w_j|² and |w_i + w_j|². */
function distances(w: Float64Array, i: number, j: number, d: number) {
	let [minus, plus] = [0, 0];
	for (let k = 0; k < d; k++) {
		minus += (w[i * d + k]! - w[j * d + k]!) ** 2;
		plus += (w[i * d + k]! + w[j * d + k]!) ** 2;
	}
	return { minus, plus };
}

/** E_w exp(−|u − w|²/2 − |v − w|²/2), given |u − v|² and |u + v|². */
function overlap(minus: number, plus: number, d: number, s: number): number {
	const wide = 1 + 2 * s * s;
	return Math.exp(-minus / 4 - plus / (4 * wide)) * wide ** (-d / 2);
}

function quadratic(rows: readonly Float64Array[], q: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < q.length; i++) {
		const row = rows[i]!;
		let along = 0;
		for (let j = 0; j < i; j++) along += row[j]! * q[j]!;
		sum += q[i]! * (2 * along + row[i]! * q[i]!);
	}
	return sum;
}
