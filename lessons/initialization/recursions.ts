/**
 * Signals and gradients at infinite width. Weights N(0, σ_w²/n), biases N(0, σ_b²), input of mean
 * square 1: Theorem 2 of the lesson.
 */
import { gaussianMean } from './gaussian.ts';
import { activationOf, moments } from './activations.ts';

export interface Start {
	/** Name of the activation. */
	readonly name: string;
	/** σ_w² and σ_b². */
	readonly weight: number;
	readonly bias: number;
}

/** E φ(√q g)². */
export function meanSquare(name: string, q: number): number {
	const { phi, homogeneous } = activationOf(name);
	const size = homogeneous ? 1 : Math.sqrt(q);
	return (homogeneous ? q : 1) * gaussianMean((g) => phi(size * g) ** 2);
}

/** E φ′(√q g)². */
export function meanSquareSlope(name: string, q: number): number {
	const { slope, homogeneous } = activationOf(name);
	const size = homogeneous ? 1 : Math.sqrt(q);
	return gaussianMean((g) => slope(size * g) ** 2);
}

/** q_{l+1} = σ_w² E φ(√q_l g)² + σ_b². */
export function nextSignal({ name, weight, bias }: Start, q: number): number {
	return weight * meanSquare(name, q) + bias;
}

/** q_1 … q_L: the mean square of the pre-activations of each layer. */
export function signals(start: Start, depth: number): number[] {
	const q = [start.weight + start.bias];
	while (q.length < depth)
		q.push(start.weight * moments({ name: start.name, q: q.at(-1)! }).square + start.bias);
	return q;
}

/** χ at q: σ_w² E φ′(√q g)², by which a layer multiplies gradients and small differences. */
export function chi({ name, weight }: Start, q: number): number {
	return weight * meanSquareSlope(name, q);
}

/**
 * g_1 … g_L: the mean square of ∂f/∂z_l for f = Σ_i a_i φ(z_{L,i}) with a_i of mean square 1:
 * g_L = E φ′², g_l = χ(q_l) g_{l+1}.
 */
export function gradients(start: Start, depth: number): number[] {
	const q = signals(start, depth);
	const g = new Array<number>(depth);
	let above = 1 / start.weight;
	for (let l = depth - 1; l >= 0; l--)
		above = g[l] = above * start.weight * moments({ name: start.name, q: q[l]! }).slopeSquare;
	return g;
}

/** The fixed point of the recursion for q that a start at σ_w² + σ_b² tends to; Infinity where it runs away. */
export function fixedPoint(start: Start): number {
	let q = start.weight + start.bias;
	for (let i = 0; i < 400; i++) {
		// Steffensen: two steps, and the geometric series they begin.
		const a = nextSignal(start, q);
		const b = nextSignal(start, a);
		const curvature = b - 2 * a + q;
		const jump = q - (a - q) ** 2 / curvature;
		const next = Number.isFinite(jump) && jump >= 0 && Math.abs(curvature) > 1e-300 ? jump : b;
		if (!(b < 1e9)) return Infinity;
		if (Math.abs(next - q) <= 1e-13 * (1e-3 + q)) return next;
		q = next;
	}
	return q;
}

/** χ at the fixed point. */
export function chiAtFixedPoint(start: Start): number {
	return chi(start, fixedPoint(start));
}

/** The σ_w² with χ = 1 at the fixed point, for tanh; by bisection, as χ grows with σ_w². */
export function criticalWeight(bias: number): number {
	let [low, high] = [0.5, 8];
	for (let i = 0; i < 48; i++) {
		const middle = (low + high) / 2;
		if (chiAtFixedPoint({ name: 'tanh', weight: middle, bias }) < 1) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}
