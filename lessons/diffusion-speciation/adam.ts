/** Adam (Kingma & Ba 2015, Algorithm 1) on the layers of a denoiser, in float64. */
import type { Layer } from './denoiser.ts';

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

/** A function that takes one step of the given size along every layer's slope. */
export function adam(layers: readonly Layer[]): (stepSize: number) => void {
	const memory = layers.map(({ weights }) => ({
		first: new Float64Array(weights.length),
		second: new Float64Array(weights.length),
	}));
	let t = 0;
	return (stepSize) => {
		t++;
		const [unbias1, unbias2] = [1 / (1 - beta1 ** t), 1 / (1 - beta2 ** t)];
		layers.forEach(({ weights, slope }, l) => {
			const { first, second } = memory[l]!;
			for (let k = 0; k < weights.length; k++) {
				const g = slope[k]!;
				first[k] = beta1 * first[k]! + (1 - beta1) * g;
				second[k] = beta2 * second[k]! + (1 - beta2) * g * g;
				weights[k]! -=
					(stepSize * first[k]! * unbias1) / (Math.sqrt(second[k]! * unbias2) + epsilon);
			}
		});
	};
}
