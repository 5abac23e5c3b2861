import type { Optimiser } from '#contract';

/** Moves one layer's weights of one replica in place, given their gradient and the step size of this step. */
export interface Update {
	/** What the optimiser remembers of each weight: nothing, the velocity, or both moments. */
	readonly memory: readonly Float64Array[];
	/** `t` counts from 1. */
	(weights: Float64Array, gradient: Float64Array, stepSize: number, t: number): void;
}

/** The update rule for `size` weights, with its own memory. */
export function updateRule(optimiser: Optimiser, size: number): Update {
	switch (optimiser.kind) {
		case 'gd':
			return Object.assign(descend, { memory: [] });
		case 'momentum':
			return heavyBall(optimiser.momentum, size);
		case 'adam':
			return adam(optimiser, size);
	}
}

function descend(w: Float64Array, g: Float64Array, stepSize: number): void {
	for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) - stepSize * (g[i] as number);
}

/** v ← μ v + g, w ← w − η v (Polyak). */
function heavyBall(momentum: number, size: number): Update {
	const velocity = new Float64Array(size);
	const update = (w: Float64Array, g: Float64Array, stepSize: number) => {
		for (let i = 0; i < size; i++) {
			const v = momentum * (velocity[i] as number) + (g[i] as number);
			velocity[i] = v;
			w[i] = (w[i] as number) - stepSize * v;
		}
	};
	return Object.assign(update, { memory: [velocity] });
}

/** Kingma & Ba, Algorithm 1, with ε outside the root. */
function adam(
	{ beta1, beta2, epsilon }: Extract<Optimiser, { kind: 'adam' }>,
	size: number,
): Update {
	const first = new Float64Array(size);
	const second = new Float64Array(size);
	const update = (w: Float64Array, g: Float64Array, stepSize: number, t: number) => {
		const unbias1 = 1 / (1 - beta1 ** t);
		const unbias2 = 1 / (1 - beta2 ** t);
		for (let i = 0; i < size; i++) {
			const slope = g[i] as number;
			const m = beta1 * (first[i] as number) + (1 - beta1) * slope;
			const v = beta2 * (second[i] as number) + (1 - beta2) * slope * slope;
			first[i] = m;
			second[i] = v;
			w[i] = (w[i] as number) - (stepSize * m * unbias1) / (Math.sqrt(v * unbias2) + epsilon);
		}
	};
	return Object.assign(update, { memory: [first, second] });
}
