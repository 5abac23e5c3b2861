/**
 * Descent on X = UUᵀ with every entry of X* seen, from U = a I: in the eigenbasis of X* each eigenvalue goes
 * its own way, √σ ← √σ (1 + η(s − σ)).
 */

/** σ after 0, 1, …, `steps` steps for an eigenvalue s of X*. */
export function eigenvaluePath(s: number, a: number, stepSize: number, steps: number): number[] {
	let root = a;
	const path = [a * a];
	for (let t = 0; t < steps; t++) {
		root *= 1 + stepSize * (s - root * root);
		path.push(root * root);
	}
	return path;
}

/** The same in continuous time t = η · steps: s/(1 + (s/a² − 1) e^(−2st)). */
export function eigenvalueFlow(s: number, a: number, t: number): number {
	return s / (1 + (s / (a * a) - 1) * Math.exp(-2 * s * t));
}

/** When an eigenvalue is half learnt, in steps, by the flow: ln(s/a² − 1)/(2ηs). */
export function halfTime(s: number, a: number, stepSize: number): number {
	return Math.log(s / (a * a) - 1) / (2 * stepSize * s);
}

/** When a recorded path passes s/2, linear between two steps; NaN where it does not. */
export function passage(path: readonly number[], s: number): number {
	const after = path.findIndex((value) => value >= s / 2);
	if (after < 1) return NaN;
	const [low, high] = [path[after - 1]!, path[after]!];
	return after - 1 + (s / 2 - low) / (high - low);
}
