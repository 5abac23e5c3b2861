/** A small network on a wave: the caution at the end of the lesson. */
import type { Job, Run } from '#contract';
import { concatenate, repeat, split } from '#theory/arrays.ts';
import { largestEigenvalue } from '#theory/lanczos.ts';
import { meanSquare } from '#theory/meanSquare.ts';
import { memo } from '#theory/memo.ts';
import { drawMlp, mlpLayers, type Mlp } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';
import { patternOf, silverLength, silverSteps, total } from './schedules.ts';

export type NetworkParams = { fraction: number; schedule: string; length: number };

const points = 20;
const net: Mlp = { sizes: [1, 32, 32, 1], activation: 'tanh' };
const x = Float64Array.from({ length: points }, (_, i) => -1 + (2 * i) / (points - 1));
/** T₄, the Chebyshev polynomial of degree 4. */
const y = x.map((at) => Math.cos(4 * Math.acos(at)));

interface Start {
	readonly theta: Float64Array;
	/** λ_max of the Hessian of the loss there. */
	readonly sharpness: number;
}

/** λ_max of the Hessian of the loss at θ, to a relative precision. */
function sharpnessAt(theta: Float64Array, precision: number): number {
	const { size, hessianProduct } = meanSquare(net, { x, y });
	const { normal } = random(0, 'long-steps/lanczos');
	const from = Float64Array.from({ length: size }, normal);
	return largestEigenvalue(hessianProduct(theta), from, 60, precision).value;
}

/** The start that a seed draws. */
const startOf = memo((seed: number): Start => {
	const theta = drawMlp(net, 1, random(seed, 'long-steps/network'));
	return { theta, sharpness: sharpnessAt(theta, 1e-8) };
}, 64);

/** The steps of one pass, in units of fraction/λ_max, and how often it is repeated. */
export function passOf({ schedule, length }: NetworkParams): { pass: number[]; passes: number } {
	const pass = schedule === 'silver' ? silverSteps(silverLength(length)) : [...patternOf(schedule)];
	return { pass, passes: Math.max(1, Math.floor(length / pass.length)) };
}

/** Steps after which frames are taken: whole passes, at most some thirty of them. */
export function clock(params: NetworkParams): number[] {
	const { pass, passes } = passOf(params);
	const every = Math.ceil(passes / 30);
	const wanted = Array.from({ length: Math.floor(passes / every) }, (_, k) => (k + 1) * every);
	return [0, ...wanted].map((p) => p * pass.length);
}

/** Σh after whole passes: the length that all steps have gone together, in units of 1/λ_max. */
export function lengthsGone(params: NetworkParams): number[] {
	const { pass } = passOf(params);
	const average = total(pass) / pass.length;
	return clock(params).map((t) => params.fraction * average * t);
}

/** All seeds side by side; `steps` is what multiplies fraction/λ_max, over and over. */
export function networkJob({ params, seed, seeds }: Run<NetworkParams>, steps: number[]): Job {
	const starts = Array.from({ length: seeds }, (_, r) => startOf(seed + r));
	const layers = mlpLayers(net).map(({ from, out, in: columns }) =>
		concatenate(starts.map(({ theta }) => theta.subarray(from, from + out * (columns + 1)))),
	);
	return {
		network: { sizes: net.sizes, activation: net.activation, scales: [1, 1, 1], biases: true },
		optimiser: { kind: 'gd', stepSize: starts.map((s) => params.fraction / s.sharpness) },
		schedule: steps,
		replicas: seeds,
		weights: layers,
		x: repeat(x, seeds),
		y: repeat(y, seeds),
		// Half of it times Σ is the mean square.
		lossFactor: 2 / points,
	};
}

/** Time steps of the flow are at most this, in units of 1/λ_max at the start: sharpness grows on the way. */
const finest = 0.75;

interface Flow {
	/** The loss after each of the times. */
	readonly losses: number[];
	/** The largest λ_max seen at the start, at the end and twice in between, in units of that at the start. */
	readonly sharpest: number;
}

/**
 * Gradient flow dθ/ds = −∇loss/λ_max up to each of the times s, by the Runge-Kutta method of order 4,
 * for one seed. No gradient descent is run.
 */
export const flow = memo(({ seed, times }: { seed: number; times: readonly number[] }): Flow => {
	const { theta: start, sharpness } = startOf(seed);
	const surface = meanSquare(net, { x, y });
	const theta = start.slice();
	const slope = (at: Float64Array) => surface.gradient(at).map((g) => -g / sharpness);
	const looks = [1, 2, 3].map((k) => Math.ceil((k * (times.length - 1)) / 3));
	let sharpest = 1;
	let now = 0;
	const losses = times.map((until, i) => {
		const count = Math.ceil((until - now) / finest);
		const dt = (until - now) / count;
		for (let k = 0; k < count; k++) rungeKutta(theta, slope, dt);
		now = until;
		if (looks.includes(i)) sharpest = Math.max(sharpest, sharpnessAt(theta, 1e-3) / sharpness);
		return surface.loss(theta);
	});
	return { losses, sharpest };
}, 64);

/** One step of dθ/ds = slope(θ), in place. */
function rungeKutta(
	theta: Float64Array,
	slope: (at: Float64Array) => Float64Array,
	dt: number,
): void {
	const ahead = (k: Float64Array, by: number) => theta.map((v, i) => v + by * k[i]!);
	const k1 = slope(theta);
	const k2 = slope(ahead(k1, dt / 2));
	const k3 = slope(ahead(k2, dt / 2));
	const k4 = slope(ahead(k3, dt));
	for (let i = 0; i < theta.length; i++)
		theta[i]! += (dt / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!);
}

/** A mean square beyond this counts as diverged: some ten times that of the start. */
const diverged = 10;

/** Mean square of f − y of each seed, from outputs of shape [R, n]; NaN where it has diverged. */
export function losses(outputs: Float64Array, seeds: number): number[] {
	return split(outputs, seeds).map((f) => {
		const loss = f.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / points;
		return loss < diverged ? loss : NaN;
	});
}
