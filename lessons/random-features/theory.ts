/** What n features can learn of a neuron in an unknown direction. */
import { harmonics } from '#theory/gegenbauer.ts';
import { energies, type Neuron } from './sphere.ts';

/** 1 − Σ e_l: what the degrees that are computed leave over. */
function leftOver({ share }: { share: readonly number[] }): number {
	return Math.max(0, 1 - share.reduce((sum, e) => sum + e, 0));
}

/**
 * The floor: no n functions chosen without knowing the direction leave less of the neuron, on average
 * over directions, than the sum of all but the n largest eigenvalues. By Eckart & Young.
 */
export function floorOf(n: number, neuron: Neuron): number {
	const { each } = energies(neuron);
	const kinds = each
		.map((lambda, l) => ({ lambda, count: harmonics(neuron.d, l) }))
		.sort((a, b) => b.lambda - a.lambda);
	let left = n;
	let caught = 0;
	for (const { lambda, count } of kinds) {
		const taken = Math.min(left, count);
		caught += taken * lambda;
		left -= taken;
		if (left <= 0) break;
	}
	return Math.max(0, 1 - caught);
}

/**
 * What n random features leave with unlimited data, relative: nκ, where κ solves
 * Σ_l N(d, l) λ_l/(λ_l + κ) = n. The remainder above the computed degrees, of tiny λ, counts as its energy over κ.
 */
export function randomFeatures(n: number, neuron: Neuron): number {
	const known = energies(neuron);
	const rest = leftOver(known);
	const sizes = known.each.map((_, l) => harmonics(neuron.d, l));
	const count = (kappa: number) =>
		known.each.reduce(
			(sum, lambda, l) => sum + (lambda === 0 ? 0 : (sizes[l]! * lambda) / (lambda + kappa)),
			rest / kappa,
		);
	let [low, high] = [Math.log(1e-16), 0];
	for (let i = 0; i < 100; i++) {
		const middle = (low + high) / 2;
		if (count(Math.exp(middle)) > n) low = middle;
		else high = middle;
	}
	return Math.min(1, n * Math.exp((low + high) / 2));
}

/** With M > n samples and plain least squares the error is about 1/(1 − n/M) times as large. */
export function fromSamples(n: number, samples: number, neuron: Neuron): number {
	return randomFeatures(n, neuron) / (1 - n / samples);
}

/** The smallest n at which the floor is below `error`. */
export function featuresFor(error: number, neuron: Neuron): number {
	let n = 1;
	while (floorOf(n, neuron) > error && n < 1e9) n *= 2;
	let [low, high] = [n / 2, n];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (floorOf(middle, neuron) > error) low = middle;
		else high = middle;
	}
	return Math.ceil(high);
}

/** Share of the energy above a degree as d → ∞, for b = 0: the Hermite expansion of relu. */
export function leftAtInfinity(degree: number): number {
	// e_0 = 1/π, e_1 = ½, e_2 = 1/2π, e_4 = 1/24π, of the energy ½
	const shares = [1 / Math.PI, 0.5, 1 / (2 * Math.PI), 0, 1 / (24 * Math.PI)];
	return shares.slice(0, degree + 1).reduce((left, e) => left - e, 1);
}
