import { scalar, zerosLike } from '@tensorflow/tfjs-core';
import type { Job, Optimiser } from '#contract';
import type { Layer } from '../kernel.ts';
import { add, div, mul, sqrt, square, sub, type Batch } from './ops.ts';

/** What changes in a layer when it learns: its weights first, then what the optimiser remembers. */
export type LayerState = readonly [weights: Batch, ...memory: Batch[]];

/** What multiplies the gradient and the step sizes of a layer; all of them are folded in beforehand. */
export interface Rule {
	/** How many numbers the optimiser remembers of each weight. */
	readonly memories: number;
	/**
	 * The rule wants this times the gradient in W̃ of ½ Σ (f − y)². Where `isLinear`, times the step size
	 * as well: that is folded into the residual, and costs no kernel.
	 */
	gradientScale(layer: Layer): number;
	readonly isLinear: boolean;
	/** What one unit of memory is in the units of the reference. */
	memoryUnits(layer: Layer): readonly number[];
	/** New tensors for the whole state; `rate` is s · η of each replica, [R, 1, 1]. t counts from 1. */
	update(layer: Layer, state: LayerState, gradient: Batch, rate: Batch, t: number): LayerState;
}

/**
 * A layer keeps W̃ = s W, so that no factor is left in the forward and backward passes. The gradient in
 * W is then s · lossFactor times that of ½ Σ (f − y)² in W̃.
 */
export function ruleFor({ optimiser, lossFactor }: Job): Rule {
	switch (optimiser.kind) {
		case 'gd':
			return {
				memories: 0,
				gradientScale: ({ scale }) => scale ** 2 * lossFactor,
				isLinear: true,
				memoryUnits: () => [],
				update: (_, [w], gradient) => [sub(w, gradient)],
			};
		case 'momentum':
			return heavyBall(optimiser.momentum, lossFactor);
		case 'adam':
			return adam(optimiser, lossFactor);
	}
}

/** The velocity is that of the reference: step sizes may change under it. */
function heavyBall(momentum: number, lossFactor: number): Rule {
	return {
		memories: 1,
		gradientScale: ({ scale }) => scale * lossFactor,
		isLinear: false,
		memoryUnits: () => [1],
		update(_, [w, velocity], gradient, rate) {
			const v = add(mul(velocity as Batch, scalar(momentum)), gradient);
			return [sub(w, mul(v, rate)), v];
		},
	};
}

/**
 * Adam with m/(1−β₁) and v/(1−β₂) as memory, both in units of the gradient at hand: all factors and
 * both bias corrections then meet in one number per step and in ε.
 */
function adam(
	{ beta1, beta2, epsilon }: Extract<Optimiser, { kind: 'adam' }>,
	lossFactor: number,
): Rule {
	const units = ({ scale }: Layer) => scale * lossFactor;
	return {
		memories: 2,
		gradientScale: () => 1,
		isLinear: false,
		memoryUnits: (layer) => [(1 - beta1) * units(layer), (1 - beta2) * units(layer) ** 2],
		update(layer, [w, first, second], gradient, rate, t) {
			const m = add(mul(first as Batch, scalar(beta1)), gradient);
			const v = add(mul(second as Batch, scalar(beta2)), square(gradient));
			const root = Math.sqrt((1 - beta2 ** t) / (1 - beta2));
			const size = (root * (1 - beta1)) / (1 - beta1 ** t);
			const direction = div(m, add(sqrt(v), scalar((epsilon * root) / units(layer))));
			return [sub(w, mul(mul(direction, rate), scalar(size))), m, v];
		},
	};
}

/** The memory a layer starts with. */
export function noMemory({ memories }: Rule, weights: Batch): Batch[] {
	return Array.from({ length: memories }, () => zerosLike(weights));
}
