import { angle } from './arcCosine.ts';
import { reluNtk } from './reluNtk.ts';

/**
 * Variance of the tangent kernel Θ_m(x, x′) of a two-layer ReLU network at its Gaussian start, exact at
 * every width: √(2/m) Σ_j a_j relu(w_j·x), m independent neurons, unit inputs with r = x·x′.
 * `mu4` is E a⁴ (3 for Gaussian, 1 for signs). Θ_m is a mean of m independent terms
 * 2 [relu relu′ + a² r 1 1′], whose second moments are the arc-cosine integrals J₀, J₁, J₂.
 */
export function tangentVariance(m: number, r: number, mu4: number): number {
	const theta = angle(r);
	const [sin, cos, rest] = [Math.sin(theta), Math.cos(theta), Math.PI - theta];
	const j0 = rest;
	const j1 = sin + rest * cos;
	const j2 = 3 * sin * cos + rest * (1 + 2 * cos * cos);
	const second = (j2 + 2 * r * j1 + mu4 * r * r * j0) / (2 * Math.PI);
	const first = (j1 + r * j0) / (2 * Math.PI);
	// At r = −1 both vanish; rounding must not leave a negative variance.
	return (4 / m) * Math.max(0, second - first * first);
}

/**
 * Root of E‖Θ_m − Θ‖²_F / ‖Θ‖²_F over the entries with the given cosines: the relative fluctuation of
 * the kernel matrix. It falls as m^(−1/2) exactly. With mirrored pairs of neurons m/2 are independent:
 * pass m/2, and it grows by √2.
 */
export function relativeFluctuation(m: number, cosines: readonly number[], mu4: number): number {
	let variance = 0;
	let square = 0;
	for (const r of cosines) {
		variance += tangentVariance(m, r, mu4);
		square += reluNtk(1, r) ** 2;
	}
	return Math.sqrt(variance / square);
}
