import { kappa0, kappa1 } from './arcCosine.ts';

/**
 * The neural tangent kernel at infinite width of a ReLU network with `depth` hidden layers, all
 * trained, no biases, weights N(0, 1), factor √(2/width) after each hidden layer, for unit inputs
 * with r = x·x′. It is depth + 1 at r = 1. (Jacot, Gabriel & Hongler 2018, Theorem 1.)
 */
export function reluNtk(depth: number, r: number): number {
	let covariance = r;
	let tangent = r;
	for (let layer = 1; layer <= depth; layer++) {
		tangent = tangent * kappa0(covariance) + kappa1(covariance);
		covariance = kappa1(covariance);
	}
	return tangent;
}

/**
 * The part of the two-layer kernel that the first layer alone gives, for factor 1/√m and outer weights
 * ±1: H(r) = r (π − acos r)/(2π). (Arora, Du, Hu, Li & Wang 2019, Section 3.)
 */
export function firstLayerNtk(r: number): number {
	return (r * kappa0(r)) / 2;
}
