/**
 * The formulas of this lesson: float64, nothing trained, nothing counted. Networks are ReLU networks;
 * a unit is one neuron of a hidden layer.
 */

/** Affine pieces of k folds on [0, 1]: every tent doubles them. */
export function foldedPieces(folds: number): number {
	return 2 ** folds;
}

/**
 * Units that one hidden layer needs to equal k folds on [0, 1]: one for each of the 2^k − 1 kinks, and
 * one more, as the slope at 0 is ±2^k and a sum of kinks of size 2^(k+1) is none.
 */
export function unitsOfOneLayer(folds: number): number {
	const kinks = foldedPieces(folds) - 1;
	return kinks + 1;
}

/** The most pieces on a line that hidden layers of these widths can make: Π (n_l + 1). */
export function mostPieces(widths: readonly number[]): number {
	return widths.reduce((product, n) => product * (n + 1), 1);
}

/**
 * Pieces of L folds that each lay the interval on itself n times with n units, at U = nL units:
 * n^(U/n). At n = 2 it is the tent.
 */
export function piecesOfFolds(units: number, perFold: number): number {
	return perFold ** (units / perFold);
}

/**
 * The least mean of (f − g)² over [0, 1] for the sawtooth f with `folds` folds, T = 2^(folds−1) teeth,
 * and any g of at most `pieces` affine pieces: (1/12) max(0, 1 − (pieces − 1)/T).
 */
export function errorFloor(folds: number, pieces: number): number {
	const teeth = 2 ** (folds - 1);
	return Math.max(0, 1 - (pieces - 1) / teeth) / 12;
}

/**
 * The same for the mean over `samples` midpoints of equal cells, q = samples/2^folds of them on each
 * flank of a tooth: the variance of f on a tooth is then (1 − 1/q²)/12 in place of 1/12.
 */
export function sampledFloor(folds: number, pieces: number, samples: number): number {
	const perFlank = samples / 2 ** folds;
	return errorFloor(folds, pieces) * (1 - perFlank ** -2);
}

/** What is drawn at random: first weights N(0, σ_1²), later ones N(0, 2/fan-in), biases N(0, σ_b²). */
export interface Start {
	readonly firstDeviation: number;
	readonly biasDeviation: number;
}

/**
 * How often a pre-activation of hidden layer l = 1, 2, … passes through zero on [−R, R], expected, at
 * infinite width: (2/π) arctan(R σ_1/(√l σ_b)).
 */
export function kinksPerUnit(layer: number, radius: number, start: Start): number {
	const { firstDeviation, biasDeviation } = start;
	const reach = (radius * firstDeviation) / (Math.sqrt(layer) * biasDeviation);
	return (2 / Math.PI) * Math.atan(reach);
}

/** Expected kinks on [−R, R] of a random network with these hidden widths: Σ n_l kinksPerUnit(l). */
export function expectedKinks(widths: readonly number[], radius: number, start: Start): number {
	return widths.reduce((sum, n, l) => sum + n * kinksPerUnit(l + 1, radius, start), 0);
}

/** The R at which a unit of layer l passes through zero on [−R, R] with this probability, below 1. */
export function radiusOfShare(share: number, layer: number, start: Start): number {
	const scale = (Math.sqrt(layer) * start.biasDeviation) / start.firstDeviation;
	return scale * Math.tan((Math.PI / 2) * share);
}

/** Regions into which n hyperplanes in general position cut R^d: Σ_{j ≤ d} C(n, j). */
export function hyperplaneRegions(n: number, dimension: number): number {
	let sum = 0;
	for (let j = 0; j <= dimension; j++) sum += binomial(n, j);
	return sum;
}

/**
 * As many regions as hidden layers of these widths, each at least the number of inputs, are known to
 * reach: Π_{l<L} ⌊n_l/n_0⌋^{n_0} · Σ_{j ≤ n_0} C(n_L, j) (Montúfar et al. 2014, Theorem 4).
 */
export function reachableRegions(inputs: number, widths: readonly number[]): number {
	const folds = widths.slice(0, -1).map((n) => Math.floor(n / inputs) ** inputs);
	return folds.reduce((a, b) => a * b, hyperplaneRegions(widths.at(-1) ?? 0, inputs));
}

function binomial(n: number, k: number): number {
	let value = 1;
	for (let i = 0; i < k; i++) value = (value * (n - i)) / (i + 1);
	return value;
}
