/**
 * Two-layer ReLU networks Σ a_j relu(u_j·x) on points of the circle, |u_j| = 1, Σ|a_j| = 1, without biases:
 * how well they follow signs, at best and by training.
 */
import { random } from '#theory/random.ts';

export interface Signs {
	/** Angles φ_i of the points x_i = (cos φ_i, sin φ_i), shape [n]. */
	readonly angles: Float64Array;
	/** s_i = ±1, shape [n]. */
	readonly signs: Float64Array;
}

/** n points of a seed, uniform on the circle, with fair signs. */
export function drawSigns(n: number, seed: number): Signs {
	const { uniform } = random(seed, 'erm/neurons');
	const angles = Float64Array.from({ length: n }, () => 2 * Math.PI * uniform());
	return { angles, signs: angles.map(() => (uniform() < 0.5 ? 1 : -1)) };
}

/** g(θ) = (1/n) Σ s_i relu(u·x_i) of one neuron, u = (cos θ, sin θ), and its slope in θ. */
export function score({ angles, signs }: Signs, theta: number): { value: number; slope: number } {
	let [value, slope] = [0, 0];
	for (let i = 0; i < angles.length; i++) {
		const away = theta - angles[i]!;
		const c = Math.cos(away);
		if (c <= 0) continue;
		value += signs[i]! * c;
		slope -= signs[i]! * Math.sin(away);
	}
	return { value: value / angles.length, slope: slope / angles.length };
}

/**
 * max_θ |g(θ)|, exactly. Between two angles at which some point enters or leaves the half-plane of u, g is
 * |v| cos(θ − ψ)/n with v the signed sum of the points in it: its extremes there lie at ψ, at ψ + π or at
 * the ends.
 */
export function bestNeuron({ angles, signs }: Signs): number {
	const turn = 2 * Math.PI;
	const wrap = (theta: number) => ((theta % turn) + turn) % turn;
	const events = Array.from(angles, (phi, i) => [
		{ at: wrap(phi - Math.PI / 2), i, change: signs[i]! },
		{ at: wrap(phi + Math.PI / 2), i, change: -signs[i]! },
	])
		.flat()
		.sort((a, b) => a.at - b.at);
	let [x, y, best] = [0, 0, 0];
	// At angle 0 the points with cos φ > 0 are in.
	angles.forEach((phi, i) => {
		if (Math.cos(phi) <= 0) return;
		x += signs[i]! * Math.cos(phi);
		y += signs[i]! * Math.sin(phi);
	});
	events.forEach(({ at, i, change }, k) => {
		x += change * Math.cos(angles[i]!);
		y += change * Math.sin(angles[i]!);
		const width = k + 1 < events.length ? events[k + 1]!.at - at : events[0]!.at + turn - at;
		const peak = wrap(Math.atan2(y, x) - at);
		const inside = peak <= width || wrap(peak + Math.PI) <= width;
		const length = Math.hypot(x, y);
		const ends = [Math.abs(Math.cos(peak)), Math.abs(Math.cos(width - peak))];
		best = Math.max(best, length * (inside ? 1 : Math.max(...ends)));
	});
	return best / angles.length;
}

/** 2/√n: no class of such networks on points of length 1 has a larger Rademacher complexity. */
export function networkBound(n: number): number {
	return 2 / Math.sqrt(n);
}

export interface Neurons {
	/** θ_j, the direction of u_j. */
	readonly theta: Float64Array;
	/** Sign of a_j. */
	readonly side: Float64Array;
	/** |a_j|, sum 1. */
	readonly size: Float64Array;
}

/** m neurons in random directions, all of the same size, every second negative. */
export function drawNeurons(m: number, seed: number): Neurons {
	const { uniform } = random(seed, 'erm/neurons/start');
	return {
		theta: Float64Array.from({ length: m }, () => 2 * Math.PI * uniform()),
		side: Float64Array.from({ length: m }, (_, j) => (j % 2 === 0 ? 1 : -1)),
		size: new Float64Array(m).fill(1 / m),
	};
}

/**
 * One step of ascent on √n (1/n) Σ s_i f(x_i): each u_j along the circle, by its slope times the length of
 * the step; the sizes |a_j| by exponentiated gradient. Returns the value before the step, without √n.
 */
export function ascend(drawn: Signs, { theta, side, size }: Neurons, stepSize: number): number {
	const rate = stepSize * Math.sqrt(drawn.angles.length);
	let [value, total] = [0, 0];
	for (let j = 0; j < theta.length; j++) {
		const here = score(drawn, theta[j]!);
		value += size[j]! * side[j]! * here.value;
		size[j]! *= Math.exp(rate * side[j]! * here.value);
		total += size[j]!;
		theta[j]! += rate * side[j]! * here.slope;
	}
	for (let j = 0; j < size.length; j++) size[j]! /= total;
	return value;
}

/** (1/n) Σ s_i f(x_i) of a network. */
export function networkScore(drawn: Signs, { theta, side, size }: Neurons): number {
	return theta.reduce((sum, at, j) => sum + size[j]! * side[j]! * score(drawn, at).value, 0);
}
