import type { Job } from '#contract';
import { part, plainStepSize } from '../contender.ts';

interface Layer {
	readonly in: number;
	readonly out: number;
	readonly scale: number;
	readonly w: Float64Array;
	readonly g: Float64Array;
	/** What comes in, and ∂ loss / ∂ of it. */
	readonly input: Float64Array;
	readonly below: Float64Array;
	/** What goes out, before σ: ∂ loss / ∂ of it. */
	readonly signal: Float64Array;
}

/** Tight loops for any depth: one pass up and one down per sample, each row of weights read once a pass. */
export class DeepLoops {
	readonly #relu: boolean;
	readonly #layers: readonly Layer[];
	readonly #x: Float64Array;
	readonly #y: Float64Array;
	readonly #rate: number;
	readonly #lossFactor: number;

	constructor(job: Job, r: number) {
		const { sizes, scales, activation } = job.network;
		this.#relu = activation === 'relu';
		this.#layers = job.weights.map((all, l) => {
			const [inputs, out] = [sizes[l]!, sizes[l + 1]!];
			return {
				in: inputs,
				out,
				scale: scales[l]!,
				w: part(all, job.replicas, r).slice(),
				g: new Float64Array(inputs * out),
				input: new Float64Array(inputs),
				below: new Float64Array(inputs),
				signal: new Float64Array(out),
			};
		});
		this.#x = part(job.x, job.replicas, r);
		this.#y = part(job.y, job.replicas, r);
		this.#rate = plainStepSize(job);
		this.#lossFactor = job.lossFactor;
	}

	steps(k: number): void {
		for (let t = 0; t < k; t++) {
			for (let i = 0; i < this.#y.length; i++) this.#down(this.#up(i) - this.#y[i]!);
			for (const { w, g } of this.#layers) {
				for (let i = 0; i < w.length; i++) {
					w[i] = w[i]! - this.#rate * g[i]!;
					g[i] = 0;
				}
			}
		}
	}

	outputs(): number[] {
		return Array.from(this.#y, (_, i) => this.#up(i));
	}

	#up(i: number): number {
		const first = this.#layers[0]!;
		for (let p = 0; p < first.in; p++) first.input[p] = this.#x[i * first.in + p]!;
		let f = 0;
		this.#layers.forEach(({ in: inputs, out, scale, w, input }, l) => {
			const next = this.#layers[l + 1]?.input;
			for (let j = 0, at = 0; j < out; j++) {
				let z = 0;
				for (let p = 0; p < inputs; p++, at++) z += w[at]! * input[p]!;
				z *= scale;
				if (next) next[j] = this.#relu ? (z > 0 ? z : 0) : Math.tanh(z);
				else f = z;
			}
		});
		return f;
	}

	#down(residual: number): void {
		const top = this.#layers.length - 1;
		this.#layers[top]!.signal[0] = this.#lossFactor * residual;
		for (let l = top; l >= 0; l--) {
			const { in: inputs, out, scale, w, g, input, below, signal } = this.#layers[l]!;
			below.fill(0);
			for (let j = 0, at = 0; j < out; j++) {
				const s = scale * signal[j]!;
				if (l === 0) {
					for (let p = 0; p < inputs; p++, at++) g[at] = g[at]! + s * input[p]!;
					continue;
				}
				for (let p = 0; p < inputs; p++, at++) {
					g[at] = g[at]! + s * input[p]!;
					below[p] = below[p]! + s * w[at]!;
				}
			}
			if (l === 0) return;
			const next = this.#layers[l - 1]!.signal;
			for (let p = 0; p < inputs; p++) {
				const h = input[p]!;
				next[p] = below[p]! * (this.#relu ? (h > 0 ? 1 : 0) : 1 - h * h);
			}
		}
	}
}
