/**
 * Risk of a spectral filter on isotropic data, n samples, p features, g = p/n: along an eigenvector of
 * XᵀX/n with eigenvalue s a share ρ(s) of the signal is left unlearnt. Gradient descent has
 * ρ = (1 − ηs)^t, ridge regression λ/(s + λ). The excess risk is a sum over the spectrum,
 *   Σ_i f(s_i),   f(s) = signal/p · ρ(s)² + noise/n · (1 − ρ(s))²/s,
 * in the limit an integral over the Marchenko-Pastur law (Advani, Saxe & Sompolinsky 2020).
 * How far n samples stand from the limit is known too: the shift of the mean and the variance of Σ f(s_i)
 * are those of Bai & Silverstein (2004), Theorem 1.1, in the real Gaussian case.
 */
import { integrate, marchenkoPastur } from '#theory/marchenkoPastur.ts';

export interface Filtered {
	readonly n: number;
	readonly p: number;
	/** Energy of the signal in the features. */
	readonly signal: number;
	/** Variance of all that acts as noise. */
	readonly noise: number;
	/** ρ(s) for s > 0; where s = 0 nothing is learnt. */
	residual(s: number): number;
}

/** The excess risk in the limit n → ∞ at fixed p/n, without the noise of the new point. */
export function limitRisk({ n, p, signal, noise, residual }: Filtered): number {
	const law = marchenkoPastur(p / n);
	return (
		signal * (law.atZero + integrate(law, (s) => residual(s) ** 2)) +
		noise * (p / n) * integrate(law, (s) => (1 - residual(s)) ** 2 / s)
	);
}

export interface Scatter {
	/** Mean over draws minus limit, to order 1/n. */
	readonly shift: number;
	/** Standard deviation of one draw, to order n^(−1/2). */
	readonly deviation: number;
}

/** How far draws of n samples scatter about the limit. */
export function scatter({ n, p, signal, noise, residual }: Filtered): Scatter {
	const g = p / n;
	const left = (s: number) => (signal / p) * residual(s) ** 2;
	const caught = (s: number) => ((noise / n) * (1 - residual(s)) ** 2) / s;
	const at = (theta: number) => 1 + g + 2 * Math.sqrt(g) * Math.cos(theta);
	const f = Float64Array.from({ length: points }, (_, j) => {
		const s = at(((j + 0.5) * Math.PI) / points);
		return left(s) + caught(s);
	});
	const mean = f.reduce((sum, v) => sum + v, 0) / points;
	const edges = [at(0), Math.max(at(Math.PI), 1e-12)].map((s) => left(s) + caught(s));
	const shift = (edges[0]! + edges[1]!) / 4 - mean / 2;

	// The spectrum moves: Var Σ f = ½ Σ k a_k² over the cosine coefficients of f(s(θ)).
	let moved = 0;
	for (let k = 1; k <= points / 4; k++) {
		let a = 0;
		for (let j = 0; j < points; j++) a += f[j]! * Math.cos((k * (j + 0.5) * Math.PI) / points);
		moved += (k * ((2 * a) / points) ** 2) / 2;
	}
	// At a given spectrum: where the signal points, the noise, and the two together.
	const law = marchenkoPastur(g);
	const unlearnt = law.atZero + integrate(law, (s) => residual(s) ** 2);
	const square = law.atZero + integrate(law, (s) => residual(s) ** 4);
	const turned = ((2 * signal ** 2) / (p + 2)) * (square - unlearnt ** 2);
	const noisy = 2 * p * integrate(law, (s) => caught(s) ** 2);
	const crossed = 4 * p * integrate(law, (s) => left(s) * caught(s));
	return { shift, deviation: Math.sqrt(moved + turned + noisy + crossed) };
}
const points = 256;
