/** Functions of one direction on the unit sphere of R^d, degree by degree. */
import { gegenbauer, harmonics } from '#theory/gegenbauer.ts';
import { memo } from '#theory/memo.ts';

/** Dimension and bias: the neuron is relu(√d t − b), t its coordinate of a uniform point of the unit sphere. */
export type Neuron = { d: number; bias: number };

/** Degrees up to which energies are computed; what is left above has less than 10⁻⁴ of a neuron. */
export const degrees = 60;
const points = 20_000;

export interface Energies {
	/** E g², the energy of the neuron. */
	readonly total: number;
	/** e_l, the share of each degree. */
	readonly share: readonly number[];
	/** λ_l = e_l/N(d, l): the share of one harmonic of the degree. */
	readonly each: readonly number[];
}

/** λ below this may be rounding in the quadrature (relu has no odd degree beyond the first): it counts as left over. */
const rounding = 1e-18;

/** The energy of a neuron by degree: c_l = E g(t) P_l(t), λ_l = c_l²/E g². By the trapezoid rule in the angle. */
export const energies = memo(({ d, bias }: Neuron): Energies => {
	const c = new Float64Array(degrees + 1);
	let [mass, total] = [0, 0];
	for (let i = 1; i < points; i++) {
		const angle = (Math.PI * i) / points;
		const weight = Math.sin(angle) ** (d - 2);
		const t = Math.cos(angle);
		const value = Math.sqrt(d) * t - bias;
		mass += weight;
		if (value <= 0) continue;
		total += weight * value * value;
		gegenbauer(d, t, degrees, (l, p) => (c[l]! += weight * value * p));
	}
	total /= mass;
	const each = Array.from(c, (sum) => {
		const lambda = (sum / mass) ** 2 / total;
		return lambda < rounding ? 0 : lambda;
	});
	return { total, share: each.map((lambda, l) => lambda * harmonics(d, l)), each };
}, 32);
