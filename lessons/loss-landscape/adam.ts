/** What every training of this lesson by Adam uses, in the engine and in the reference alike. */
export const adamRule = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Adam on one flat array (Kingma & Ba 2015, Algorithm 1): a function that takes the next step in place. */
export function adam(theta: Float64Array): (gradient: Float64Array, stepSize: number) => void {
	const { beta1, beta2, epsilon } = adamRule;
	const first = new Float64Array(theta.length);
	const second = new Float64Array(theta.length);
	let t = 0;
	return (gradient, stepSize) => {
		t++;
		const unbias1 = 1 / (1 - beta1 ** t);
		const unbias2 = 1 / (1 - beta2 ** t);
		for (let i = 0; i < theta.length; i++) {
			const g = gradient[i]!;
			const m = (first[i] = beta1 * first[i]! + (1 - beta1) * g);
			const v = (second[i] = beta2 * second[i]! + (1 - beta2) * g * g);
			theta[i] = theta[i]! - (stepSize * m * unbias1) / (Math.sqrt(v * unbias2) + epsilon);
		}
	};
}
