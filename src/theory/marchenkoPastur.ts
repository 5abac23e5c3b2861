/**
 * The Marchenko-Pastur law: eigenvalues of XᵀX/n for X of shape [n, p] with independent standardised
 * entries, as n, p → ∞ with p/n → g. (Marchenko & Pastur 1967; Bai & Silverstein 2010, Section 3.1.)
 */

/** Edges (1 ∓ √g)² of the part that is not at zero. */
export function marchenkoPasturEdges(g: number): readonly [number, number] {
	return [(1 - Math.sqrt(g)) ** 2, (1 + Math.sqrt(g)) ** 2];
}

/** Nodes and weights of a quadrature of the law away from zero; the weights sum to min(1, 1/g). */
export interface Spectrum {
	readonly nodes: Float64Array;
	readonly weights: Float64Array;
	/** The mass (1 − 1/g)₊ at zero. */
	readonly atZero: number;
}

/**
 * Midpoint rule in θ where s = (a + b)/2 + (b − a)/2 · cos θ; the density √((b − s)(s − a))/(2πgs)
 * times ds/dθ is smooth in θ, at g = 1 too.
 */
export function marchenkoPastur(g: number, count = 400): Spectrum {
	const [a, b] = marchenkoPasturEdges(g);
	const [middle, half] = [(a + b) / 2, (b - a) / 2];
	const theta = Float64Array.from({ length: count }, (_, j) => ((j + 0.5) * Math.PI) / count);
	const nodes = theta.map((angle) => middle + half * Math.cos(angle));
	const weights = theta.map(
		(angle, j) => (half * Math.sin(angle)) ** 2 / (2 * g * nodes[j]! * count),
	);
	return { nodes, weights, atZero: Math.max(0, 1 - 1 / g) };
}

/** ∫ f dμ over the part of the law that is not at zero. */
export function integrate({ nodes, weights }: Spectrum, f: (s: number) => number): number {
	let sum = 0;
	for (let j = 0; j < nodes.length; j++) sum += weights[j]! * f(nodes[j]!);
	return sum;
}
