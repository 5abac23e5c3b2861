import type { Optimiser } from '#contract';

/** Moves one layer's weights of one replica in place, given their gradient. */
export type Update = (weights: Float64Array, gradient: Float64Array) => void;

/** The update rule for `size` weights, with its own memory; it counts its steps itself. */
export function updateRule(optimiser: Optimiser, stepSize: number, size: number): Update {
	switch (optimiser.kind) {
		case 'gd':
			return (w, g) => {
				for (let i = 0; i < size; i++) w[i] = (w[i] as number) - stepSize * (g[i] as number);
			};
		case 'momentum':
			return heavyBall(optimiser.momentum, stepSize, size);
		case 'adam':
			return adam(optimiser, stepSize, size);
	}
}

/** v ← μ v + g, w ← w − η v (Polyak). */
function heavyBall(momentum: number, stepSize: number, size: number): Update {
	const velocity = new Float64Array(size);
	return (w, g) => {
		for (let i = 0; i < size; i++) {
			const v = momentum * (velocity[i] as number) + (g[i] as number);
			velocity[i] = v;
			w[i] = (w[i] as number) - stepSize * v;
		}
	};
}

/** Kingma & Ba, Algorithm 1, with ε outside the root. */
function adam(
	{ beta1, beta2, epsilon }: Extract<Optimiser, { kind: 'adam' }>,
	stepSize: number,
	size: number,
): Update {
	const first = new Float64Array(size);
	const second = new Float64Array(size);
	let t = 0;
	return (w, g) => {
		t += 1;
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
}
