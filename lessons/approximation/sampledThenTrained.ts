/**
 * Networks Σ a_j cos(w_j·x) that start as sampled neurons and descend on their exact error for the Gaussian
 * bump: every scalar product is a Gaussian integral, so there is no sample and no test set. Phases are
 * left out: f is even, and at 0 their gradient vanishes.
 */
import { bumpNorm, sampleFrequencies, type Bump } from './maurey.ts';

const adam = { stepSize: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-30 };

/** Adam on (w, a), the step size falling as a cosine to 0 at step `steps`. */
export class Descent {
	/** w row by row, shape [m, d], then a, shape [m]. */
	readonly #theta: Float64Array;
	readonly #gradient: Float64Array;
	readonly #first: Float64Array;
	readonly #second: Float64Array;
	#t = 0;

	constructor(
		readonly bump: Bump,
		m: number,
		seed: number,
		readonly steps: number,
	) {
		const w = sampleFrequencies(bump, m, seed);
		this.#theta = Float64Array.from([...w, ...new Float64Array(m).fill(1 / m)]);
		this.#gradient = new Float64Array(this.#theta.length);
		this.#first = new Float64Array(this.#theta.length);
		this.#second = new Float64Array(this.#theta.length);
	}

	/** |f − f_m|² in L²(N(0, I)). */
	get error(): number {
		return networkError(this.bump, this.#theta, this.#gradient);
	}

	step(): void {
		const [theta, first, second] = [this.#theta, this.#first, this.#second];
		networkError(this.bump, theta, this.#gradient);
		this.#t++;
		const rate = (adam.stepSize * (1 + Math.cos((Math.PI * this.#t) / this.steps))) / 2;
		const [left, right] = [1 - adam.beta1 ** this.#t, 1 - adam.beta2 ** this.#t];
		for (let k = 0; k < theta.length; k++) {
			const g = this.#gradient[k]!;
			first[k] = adam.beta1 * first[k]! + (1 - adam.beta1) * g;
			second[k] = adam.beta2 * second[k]! + (1 - adam.beta2) * g * g;
			theta[k]! -= (rate * first[k]!) / left / (Math.sqrt(second[k]! / right) + adam.epsilon);
		}
	}
}

/** The error of θ = (w, a), shapes [m, d] and [m]; fills its gradient. */
export function networkError(bump: Bump, theta: Float64Array, gradient: Float64Array): number {
	const { d, s } = bump;
	const m = theta.length / (d + 1);
	const a = theta.subarray(m * d);
	const wide = 1 + s * s;
	gradient.fill(0);
	let error = bumpNorm(bump);
	for (let i = 0; i < m; i++) {
		let own = 0;
		for (let k = 0; k < d; k++) own += theta[i * d + k]! ** 2;
		// ⟨cos(w·x), f⟩ and |cos(w·x)|².
		const along = wide ** (-d / 2) * Math.exp(-own / (2 * wide));
		const mirror = Math.exp(-2 * own);
		error += (a[i]! * a[i]! * (1 + mirror)) / 2 - 2 * a[i]! * along;
		gradient[m * d + i]! += a[i]! * (1 + mirror) - 2 * along;
		const pull = (2 * a[i]! * along) / wide - 2 * a[i]! * a[i]! * mirror;
		for (let k = 0; k < d; k++) gradient[i * d + k]! += pull * theta[i * d + k]!;
		for (let j = 0; j < i; j++) {
			let [minus, plus] = [0, 0];
			for (let k = 0; k < d; k++) {
				const [u, v] = [theta[i * d + k]!, theta[j * d + k]!];
				minus += (u - v) ** 2;
				plus += (u + v) ** 2;
			}
			const [near, far] = [Math.exp(-minus / 2), Math.exp(-plus / 2)];
			const both = a[i]! * a[j]!;
			error += both * (near + far);
			gradient[m * d + i]! += a[j]! * (near + far);
			gradient[m * d + j]! += a[i]! * (near + far);
			const [sum, difference] = [both * (near + far), both * (near - far)];
			for (let k = 0; k < d; k++) {
				const [u, v] = [theta[i * d + k]!, theta[j * d + k]!];
				gradient[i * d + k]! -= sum * u - difference * v;
				gradient[j * d + k]! -= sum * v - difference * u;
			}
		}
	}
	return error;
}
