/** One neuron a cos(w·x + b) that is trained on one member of the class, on its exact error. */
import { random } from '#theory/random.ts';
import { drawCosines, type Class } from './fixedBasis.ts';

export const neuronSteps = 1500;
const adam = { stepSize: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-30 };

/**
 * Trains by Adam, with the step size falling as a cosine, from a draw of the class; its outer weight
 * starts where it is best for that draw, so that its sign is right. Returns
 * the share of the mean energy ½ that is missed in the end. The error and its gradient are Gaussian
 * integrals: no sample is drawn.
 */
export function trainedShare(group: Class, seed: number): number {
	const stream = random(seed, 'one neuron');
	const goal = drawCosines(group, 1, stream);
	const start = drawCosines(group, 1, stream);
	const theta = Float64Array.from([...start.w, start.b[0]!, 1]);
	const gradient = new Float64Array(theta.length);
	theta[theta.length - 1] = bestOuter(theta, goal.w, goal.b[0]!);
	const [first, second] = [new Float64Array(theta.length), new Float64Array(theta.length)];
	for (let t = 1; t <= neuronSteps; t++) {
		errorOf(theta, goal.w, goal.b[0]!, gradient);
		const rate = (adam.stepSize * (1 + Math.cos((Math.PI * t) / neuronSteps))) / 2;
		for (let k = 0; k < theta.length; k++) {
			const g = gradient[k]!;
			first[k] = adam.beta1 * first[k]! + (1 - adam.beta1) * g;
			second[k] = adam.beta2 * second[k]! + (1 - adam.beta2) * g * g;
			const mean = first[k]! / (1 - adam.beta1 ** t);
			const size = Math.sqrt(second[k]! / (1 - adam.beta2 ** t));
			theta[k]! -= (rate * mean) / (size + adam.epsilon);
		}
	}
	return 2 * errorOf(theta, goal.w, goal.b[0]!, gradient);
}

/** The error is a parabola in a: where it is least, ⟨φ, φ*⟩/|φ|². */
function bestOuter(theta: Float64Array, v: Float64Array, c: number): number {
	const [at, gradient] = [Float64Array.from(theta), new Float64Array(theta.length)];
	const slope = (a: number) => {
		at[at.length - 1] = a;
		errorOf(at, v, c, gradient);
		return gradient[at.length - 1]!;
	};
	return slope(0) / (slope(0) - slope(1));
}

/** |a cos(w·x + b) − cos(v·x + c)|² for θ = (w, b, a); fills its gradient. */
export function errorOf(
	theta: Float64Array,
	v: Float64Array,
	c: number,
	gradient: Float64Array,
): number {
	const d = v.length;
	const [b, a] = [theta[d]!, theta[d + 1]!];
	let [own, goal, minus, plus] = [0, 0, 0, 0];
	for (let k = 0; k < d; k++) {
		const w = theta[k]!;
		own += w * w;
		goal += v[k]! ** 2;
		minus += (w - v[k]!) ** 2;
		plus += (w + v[k]!) ** 2;
	}
	const mirror = Math.exp(-2 * own);
	const [near, far] = [Math.exp(-minus / 2), Math.exp(-plus / 2)];
	const norm = (1 + Math.cos(2 * b) * mirror) / 2;
	const along = (Math.cos(b - c) * near + Math.cos(b + c) * far) / 2;
	for (let k = 0; k < d; k++) {
		const w = theta[k]!;
		const ofNorm = -2 * w * Math.cos(2 * b) * mirror;
		const ofAlong =
			(-(w - v[k]!) * Math.cos(b - c) * near - (w + v[k]!) * Math.cos(b + c) * far) / 2;
		gradient[k] = a * a * ofNorm - 2 * a * ofAlong;
	}
	gradient[d] =
		-a * a * Math.sin(2 * b) * mirror + a * (Math.sin(b - c) * near + Math.sin(b + c) * far);
	gradient[d + 1] = 2 * a * norm - 2 * along;
	return a * a * norm - 2 * a * along + (1 + Math.cos(2 * c) * Math.exp(-2 * goal)) / 2;
}
