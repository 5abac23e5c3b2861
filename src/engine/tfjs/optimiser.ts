import { scalar, tensor3d, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser } from '#contract';
import { add, div, mul, sqrt, square, sub, type Batch } from './ops.ts';

/** What changes in a layer when it learns: its weights first, then what the optimiser remembers. */
export type LayerState = readonly [weights: Batch, ...memory: Batch[]];

export interface LayerRule {
	/** Tensors the rule holds, for its owner to dispose. */
	readonly constants: readonly Tensor[];
	/** The memory a layer starts with. */
	memory(weights: Batch): Batch[];
	/** New tensors for the whole state; `gradient` is scaled as `Folding` says. t counts from 1. */
	update(state: LayerState, gradient: Batch, t: number): LayerState;
}

/**
 * A layer keeps W̃ = s W, so that no factor is left in the forward and backward passes. What the
 * update then needs, η s² lossFactor for descent, is folded into the residual where the rule is linear.
 */
export interface Folding {
	/** s · lossFactor: the true gradient is this times the one in W̃ of ½ Σ (f − y)². */
	readonly gradientScale: number;
	/** s · η of each replica, for rules that are not linear. */
	readonly stepSizes: Float32Array;
}

export function layerRule(optimiser: Optimiser, folding: Folding): LayerRule {
	switch (optimiser.kind) {
		case 'gd':
			return { constants: [], memory: () => [], update: ([w], gradient) => [sub(w, gradient)] };
		case 'momentum':
			return heavyBall(optimiser.momentum);
		case 'adam':
			return adam(optimiser, folding);
	}
}

/** The step size is folded into the gradient, and so into the velocity. */
function heavyBall(momentum: number): LayerRule {
	return {
		constants: [],
		memory: (w) => [zerosLike(w)],
		update([w, velocity], gradient) {
			const v = add(mul(velocity as Batch, scalar(momentum)), gradient);
			return [sub(w, v), v];
		},
	};
}

/**
 * Adam with m/(1−β₁) and v/(1−β₂) as memory, both in units of the gradient at hand: all factors and
 * both bias corrections then meet in one number per step and in ε.
 */
function adam(
	{ beta1, beta2, epsilon }: Extract<Optimiser, { kind: 'adam' }>,
	{ gradientScale, stepSizes }: Folding,
): LayerRule {
	const stepSize = tensor3d(stepSizes, [stepSizes.length, 1, 1]);
	return {
		constants: [stepSize],
		memory: (w) => [zerosLike(w), zerosLike(w)],
		update([w, first, second], gradient, t) {
			const m = add(mul(first as Batch, scalar(beta1)), gradient);
			const v = add(mul(second as Batch, scalar(beta2)), square(gradient));
			const root = Math.sqrt((1 - beta2 ** t) / (1 - beta2));
			const size = (root * (1 - beta1)) / (1 - beta1 ** t);
			const direction = div(m, add(sqrt(v), scalar((epsilon * root) / gradientScale)));
			return [sub(w, mul(mul(direction, stepSize), scalar(size))), m, v];
		},
	};
}
