/** Random networks on a line: how they are drawn, and how far their kinks may stand from the formula. */
import type { Run } from '#contract';
import { random } from '#theory/random.ts';
import { interval, throughLayer, type OnALine } from './onALine.ts';
import { drawLayer } from './reluNet.ts';
import { expectedKinks, kinksPerUnit, type Start } from './theory.ts';

export type KinksParams = { width: number; depth: number; radius: number; bias: number };
export type KinksRun = Run<KinksParams>;

export function startOf({ params }: KinksRun): Start {
	return { firstDeviation: 1, biasDeviation: params.bias };
}

/** Hidden widths of the first `depth` layers. */
export function widthsOf({ params }: KinksRun, depth = params.depth): number[] {
	return Array.from({ length: depth }, () => params.width);
}

/** All units of the network, and the depths over which they are spread: N = 1 · N = 2 · N/2 = … */
export function unitsOf({ params }: KinksRun): number {
	return params.width * params.depth;
}
export const spreadOver = [1, 2, 4, 8];

/** A random network's kinks, layer after layer: each call adds a layer and says how many it made. */
export function growingNet(width: number, run: KinksRun, seed: number): () => number {
	const { radius, bias } = run.params;
	const source = random(seed, `depth/kinks/${width}`);
	let here: OnALine = interval(-radius, radius);
	let first = true;
	return () => {
		const layer = drawLayer({ in: first ? 1 : width, out: width }, first ? 1 : 2, bias, source);
		first = false;
		const next = throughLayer(here, layer);
		here = next;
		return next.kinks;
	};
}

/** Standard errors allowed: up to eight depths are looked at. */
const z = 3.5;

/**
 * How far the mean over the seeds may stand from the formula, relative, for L layers of equal width:
 * the lag of finite width, and z standard errors. Over 100 to 1000 networks at twelve settings (width
 * 8 to 128, R/σ_b from 1/8 to 80) the kinks of L layers fell short by at most 0.4 (L − 1)/n, and their
 * variance stayed below f (1 − p + 0.45 (L − 1) + 0.07 (L − 1)²): f the formula, p its share of the first
 * layer, whose kinks are independent.
 */
export function depthAllowance(width: number, depth: number, run: KinksRun): number {
	const start = startOf(run);
	const f = expectedKinks(Array<number>(depth).fill(width), run.params.radius, start);
	const more = depth - 1;
	const variance = 1 - kinksPerUnit(1, run.params.radius, start) + 0.45 * more + 0.07 * more ** 2;
	return lag(width, depth) + z * Math.sqrt(variance / (f * run.seeds));
}

/** The same for layer l alone: it falls short by at most (l − 1)/n, its variance below f (1 − p + 0.6 (l − 1)). */
export function layerAllowance(l: number, run: KinksRun): number {
	const { width, radius } = run.params;
	const p = kinksPerUnit(l, radius, startOf(run));
	const variance = 1 - p + 0.6 * (l - 1);
	return (l - 1) / width + z * Math.sqrt(variance / (width * p * run.seeds));
}

/** 0.4 (L − 1)/n, the largest lag behind infinite width that was measured. */
export function lag(width: number, depth: number): number {
	return (0.4 * (depth - 1)) / width;
}
