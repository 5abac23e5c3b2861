/** Kernels of x·x′ on the unit sphere of R^d, degree by degree, and what ridge regression makes of them. */
import { gegenbauer, harmonics } from '#theory/gegenbauer.ts';
import { memo } from '#theory/memo.ts';
import { reluNtk } from '#theory/reluNtk.ts';
import { links, type Link } from './links.ts';

export const kernels = {
	exponential: (t: number) => Math.exp(t),
	/** Of a network with one hidden layer of rectifiers and no biases: 2 at t = 1. */
	tangent: (t: number) => reluNtk(1, t),
};
export type Kernel = keyof typeof kernels;

/** Degrees that are told apart; what a kernel has above acts like a ridge. */
export const degrees = 12;
const points = 1200;

/** λ_l = E K(t)P_l(t), t a coordinate of a uniform point: midpoint rule in the angle. */
export const eigenvalues = memo(({ kernel, d }: { kernel: Kernel; d: number }): number[] => {
	return project(kernels[kernel], d).map((value) => (value < 1e-12 ? 0 : value));
}, 64);

/** E g(t)P_l(t) for l = 0 … degrees, t a coordinate of a uniform point of the unit sphere of R^d. */
export function project(g: (t: number) => number, d: number): number[] {
	const sums = new Array<number>(degrees + 1).fill(0);
	let mass = 0;
	for (let i = 0; i < points; i++) {
		const angle = (Math.PI * (i + 0.5)) / points;
		const weight = Math.sin(angle) ** (d - 2);
		const t = Math.cos(angle);
		const value = g(t);
		mass += weight;
		gegenbauer(d, t, degrees, (l, p) => (sums[l]! += weight * value * p));
	}
	return sums.map((sum) => sum / mass);
}

export type Regression = {
	kernel: Kernel;
	d: number;
	n: number;
	ridge: number;
	/** Variance of the noise on the labels. */
	noise: number;
};

export interface Resolved {
	/** L_l, the share of degree l that is learnt. */
	readonly learnt: readonly number[];
	/** E₀ ≥ 1, by which overfitting multiplies what is not learnt. */
	readonly factor: number;
}

/** Solves n = Σ N_l λ_l/(λ_l + q) + ρ/q for q by bisection in log q; the tail of the kernel counts in ρ. */
export const resolve = memo(({ kernel, d, n, ridge }: Omit<Regression, 'noise'>): Resolved => {
	const lambda = eigenvalues({ kernel, d });
	const count = lambda.map((_, l) => harmonics(d, l));
	const told = lambda.reduce((sum, value, l) => sum + value * count[l]!, 0);
	const rho = ridge + Math.max(0, kernels[kernel](1) - told);
	const demand = (q: number) =>
		lambda.reduce((sum, value, l) => sum + (count[l]! * value) / (value + q), rho / q);
	let [low, high] = [-40, 10];
	for (let step = 0; step < 80; step++) {
		const middle = (low + high) / 2;
		if (demand(Math.exp(middle)) > n) low = middle;
		else high = middle;
	}
	const q = Math.exp(low);
	const learnt = lambda.map((value) => value / (value + q));
	const used = learnt.reduce((sum, share, l) => sum + count[l]! * share * share, 0);
	return { learnt, factor: n / (n - used) };
}, 600);

/**
 * The omniscient estimate of the mean square error on clean labels, for a target with energy E_l in
 * degree l: E₀(Σ(1 − L_l)²E_l + σ²) − σ².
 */
export function regressionError(at: Regression, energies: readonly number[]): number {
	const { kernel, d, n, ridge, noise } = at;
	const { learnt, factor } = resolve({ kernel, d, n, ridge });
	const missed = energies.reduce((sum, e, l) => sum + e * (1 - (learnt[l] ?? 0)) ** 2, 0);
	return factor * (missed + noise) - noise;
}

/**
 * Energies by degree of g(√d x₁) on the unit sphere, for a function g of one direction; what lies above the
 * last degree is the last entry.
 */
export const energiesOf = memo(({ d, link }: { d: number; link: Link }): number[] => {
	const g = (t: number) => links[link](Math.sqrt(d) * t);
	const shares = project(g, d).map((c, l) => c * c * harmonics(d, l));
	const [total] = project((t) => g(t) ** 2, d);
	return [...shares, Math.max(0, total! - shares.reduce((sum, e) => sum + e, 0))];
}, 32);
