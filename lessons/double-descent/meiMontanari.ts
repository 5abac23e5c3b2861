/**
 * Ridge regression on N random features of n points in dimension d, as N, n, d → ∞ in proportion:
 * ψ₁ = N/d, ψ₂ = n/d. Inputs uniform on the sphere of radius √d, features σ(θ·x/√d) with |θ| = √d,
 * penalty (N λ/d)|a|² beside the mean square. (Mei & Montanari 2022, Theorem 2 and Definition 1;
 * Theorem 3 for λ → 0.)
 */
export interface Features {
	readonly psi1: number;
	readonly psi2: number;
	/** λ ≥ 0. */
	readonly lambda: number;
	/** F₁², the energy of the linear target. */
	readonly signal: number;
	/** τ², the variance of the noise. */
	readonly noise: number;
}

/** Of the centred rectifier σ(u) = relu(u) − 1/√(2π), G standard normal: E Gσ(G), and E σ(G)² − (E Gσ(G))². */
export const linearPart = 1 / 2;
export const rest = 1 / 2 - 1 / (2 * Math.PI) - 1 / 4;

/** The excess risk: the mean of (f* − f̂)² over new inputs. */
export function featuresRisk({ psi1, psi2, lambda, signal, noise }: Features): number {
	const z2 = linearPart ** 2 / rest;
	const z = Math.sqrt(z2);
	const chi = lambda === 0 ? ridgelessChi(psi1, psi2, z2) : ridgeChi(psi1, psi2, lambda, z2);
	const [c2, c3, c4, c5] = [chi ** 2, chi ** 3, chi ** 4, chi ** 5];
	const [z4, z6] = [z ** 4, z ** 6];
	const both = psi1 * psi2;
	const e0 =
		-c5 * z6 +
		3 * c4 * z4 +
		(both - psi2 - psi1 + 1) * c3 * z6 -
		2 * c3 * z4 -
		3 * c3 * z2 +
		(psi1 + psi2 - 3 * both + 1) * c2 * z4 +
		2 * c2 * z2 +
		c2 +
		3 * both * chi * z2 -
		both;
	const e1 = psi2 * c3 * z4 - psi2 * c2 * z2 + both * chi * z2 - both;
	const e2 =
		c5 * z6 -
		3 * c4 * z4 +
		(psi1 - 1) * c3 * z6 +
		2 * c3 * z4 +
		3 * c3 * z2 +
		(-psi1 - 1) * c2 * z4 -
		2 * c2 * z2 -
		c2;
	// At ψ₁ = ψ₂ without a ridge e0 vanishes but for rounding: there the risk is infinite.
	if (lambda === 0 && psi1 === psi2) return Infinity;
	return (signal * e1 + noise * e2) / e0;
}

function ridgelessChi(psi1: number, psi2: number, z2: number): number {
	const a = Math.min(psi1, psi2) * z2 - z2 - 1;
	return -(Math.sqrt(a * a + 4 * z2 * Math.min(psi1, psi2)) + a) / (2 * z2);
}

/** −ν₁ν₂ at the fixed point of the two resolvents, by damped iteration from ψ/ξ. */
function ridgeChi(psi1: number, psi2: number, lambda: number, z2: number): number {
	const xi = Math.sqrt((psi1 * psi2 * lambda) / rest);
	let [x1, x2] = [psi1 / xi, psi2 / xi];
	for (let i = 0; i < 20_000; i++) {
		const product = 1 + z2 * x1 * x2;
		const next1 = psi1 / (xi + x2 + (z2 * x2) / product);
		const next2 = psi2 / (xi + x1 + (z2 * x1) / product);
		const moved = Math.abs(next1 - x1) / x1 + Math.abs(next2 - x2) / x2;
		x1 = (x1 + next1) / 2;
		x2 = (x2 + next2) / 2;
		if (moved < 1e-13) break;
	}
	return -x1 * x2;
}
