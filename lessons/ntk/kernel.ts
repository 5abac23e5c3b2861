/** Jobs and error laws of the figure "kernel at initialisation". */
import type { Job, Run } from '#contract';
import { concatenate, repeat } from '#theory/arrays.ts';
import { relativeFluctuation, tangentVariance } from '#theory/ntkVariance.ts';
import { random } from '#theory/random.ts';
import { drawTwoLayer } from '#theory/twoLayer.ts';
import { angles, circle, circleCosine } from './theory.ts';

export type KernelParams = {
	widest: number;
	n: number;
	lift: number;
	outer: string;
	start: string;
};
type KernelRun = Run<KernelParams>;

/** 64, 128, … up to the widest. */
export function widths({ params }: KernelRun): number[] {
	const all = [];
	for (let m = 64; m <= params.widest; m *= 2) all.push(m);
	return all;
}

/** Neurons that are drawn independently of one another. */
export function independent({ params }: KernelRun, m: number): number {
	return params.start === 'mirrored' ? m / 2 : m;
}

/** E a⁴. */
export function mu4({ params }: KernelRun): number {
	return params.outer === 'gauss' ? 3 : 1;
}

/** Root mean square of ‖Θ_m − Θ‖_F/‖Θ‖_F over starts, by the exact variance law. */
export function fluctuation(run: KernelRun, m: number): number {
	const { n, lift } = run.params;
	const row = angles(n).map((p) => circleCosine(p, lift));
	return relativeFluctuation(independent(run, m), row, mu4(run));
}

/** Standard deviation of Θ_m(x, x′) for two inputs p apart on the circle. */
export function pairDeviation(run: KernelRun, m: number, p: number): number {
	const r = circleCosine(p, run.params.lift);
	return Math.sqrt(tangentVariance(independent(run, m), r, mu4(run)));
}

/** Standard errors allowed: seven widths are looked at. */
export const z = 3.5;

/**
 * Standard error of the measured fluctuation, relative. The squared distance ‖Θ_m − Θ‖² is carried by
 * few eigenvectors, so it scatters widely: sd/mean was .65, .85 and 1.20 at lift 0, 1 and 2 over 3000
 * starts, whatever m, n and the outer weights. The root halves it, the mean over seeds divides by √seeds.
 */
export function fluctuationError({ params, seeds }: KernelRun): number {
	return (0.65 + 0.28 * params.lift) / (2 * Math.sqrt(seeds));
}

/** Standard error of the slope of log fluctuation against log m, from independent widths. */
export function slopeError(run: KernelRun): number {
	const logs = widths(run).map(Math.log);
	const mean = logs.reduce((sum, u) => sum + u, 0) / logs.length;
	return fluctuationError(run) / Math.sqrt(logs.reduce((sum, u) => sum + (u - mean) ** 2, 0));
}

/** Replicas `from` to `to` (exclusive) of a run at width m: starts only, nothing to train. */
export function kernelJob({ params, seed }: KernelRun, m: number, from: number, to: number): Job {
	const { n, lift, outer, start } = params;
	const shape = {
		width: m,
		dimension: 3,
		outer: outer === 'gauss' ? 'gauss' : 'signs',
		mirrored: start === 'mirrored',
	} as const;
	const nets = Array.from({ length: to - from }, (_, r) =>
		drawTwoLayer(shape, random(seed + from + r, `ntk/kernel/${m}`)),
	);
	return {
		network: { sizes: [3, m, 1], activation: 'relu', scales: [1, Math.sqrt(2 / m)] },
		optimiser: { kind: 'gd', stepSize: 0 },
		replicas: nets.length,
		weights: [concatenate(nets.map((net) => net.inner)), concatenate(nets.map((net) => net.outer))],
		x: repeat(circle(angles(n), lift), nets.length),
		y: new Float64Array(nets.length * n),
		lossFactor: 1,
	};
}
