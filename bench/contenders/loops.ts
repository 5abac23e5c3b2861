import type { Job } from '#contract';
import { part, plainStepSize, type Contender, type Trainer } from '../contender.ts';
import { DeepLoops } from './deepLoops.ts';

/**
 * What a careful programmer writes without SIMD: typed arrays and nothing else, one pass up and one
 * down per sample, no allocation, for two-layer nets the inner loop written out for two inputs. Float64
 * arrays, since JavaScript computes in float64 and a float32 array would convert at every access.
 */
export const loops: Contender = {
	name: 'loops',
	start(job) {
		const { activation, biases } = job.network;
		const known = !biases && (activation === 'relu' || activation === 'tanh');
		if (!known) return Promise.resolve(null);
		return Promise.resolve(new Loops(job));
	},
};

class Loops implements Trainer {
	readonly #nets: readonly (TwoLayer | DeepLoops)[];
	constructor(job: Job) {
		const Net = job.network.sizes.length === 3 ? TwoLayer : DeepLoops;
		this.#nets = Array.from({ length: job.replicas }, (_, r) => new Net(job, r));
	}
	steps(k: number): void {
		for (const net of this.#nets) net.steps(k);
	}
	outputs(): Promise<number[]> {
		return Promise.resolve(this.#nets.flatMap((net) => net.outputs()));
	}
	dispose(): void {
		// Plain arrays.
	}
}

class TwoLayer {
	readonly #relu: boolean;
	readonly #d: number;
	readonly #m: number;
	readonly #w: Float64Array;
	readonly #a: Float64Array;
	readonly #x: Float64Array;
	readonly #y: Float64Array;
	readonly #h: Float64Array;
	readonly #gw: Float64Array;
	readonly #ga: Float64Array;
	readonly #scales: readonly [number, number];
	readonly #rate: number;
	readonly #lossFactor: number;

	constructor(job: Job, r: number) {
		const [d = 0, m = 0] = job.network.sizes;
		const [s1 = 1, s2 = 1] = job.network.scales;
		const array = (values: Float64Array | undefined) =>
			part(values ?? new Float64Array(), job.replicas, r).slice();
		this.#relu = job.network.activation === 'relu';
		this.#d = d;
		this.#m = m;
		this.#scales = [s1, s2];
		this.#w = array(job.weights[0]);
		this.#a = array(job.weights[1]);
		this.#x = array(job.x);
		this.#y = array(job.y);
		this.#h = new Float64Array(m);
		this.#gw = new Float64Array(m * d);
		this.#ga = new Float64Array(m);
		this.#rate = plainStepSize(job);
		this.#lossFactor = job.lossFactor;
	}

	steps(k: number): void {
		for (let t = 0; t < k; t++) {
			this.#gw.fill(0);
			this.#ga.fill(0);
			if (this.#d === 2) this.#gatherPlane();
			else this.#gather();
			move(this.#w, this.#gw, this.#rate);
			move(this.#a, this.#ga, this.#rate);
		}
	}

	outputs(): number[] {
		return Array.from(this.#y, (_, i) => this.#up(i * this.#d));
	}

	#up(at: number): number {
		const [s1, s2] = this.#scales;
		const [d, m, w, a, x, h] = [this.#d, this.#m, this.#w, this.#a, this.#x, this.#h];
		const relu = this.#relu;
		let f = 0;
		for (let j = 0, row = 0; j < m; j++, row += d) {
			let z = 0;
			for (let p = 0; p < d; p++) z += w[row + p]! * x[at + p]!;
			z *= s1;
			const value = relu ? (z > 0 ? z : 0) : Math.tanh(z);
			h[j] = value;
			f += a[j]! * value;
		}
		return s2 * f;
	}

	#gather(): void {
		const [s1, s2] = this.#scales;
		const [d, m, a, x, y, h] = [this.#d, this.#m, this.#a, this.#x, this.#y, this.#h];
		const [gw, ga, relu] = [this.#gw, this.#ga, this.#relu];
		for (let i = 0, at = 0; i < y.length; i++, at += d) {
			const error = s2 * this.#lossFactor * (this.#up(at) - y[i]!);
			for (let j = 0, row = 0; j < m; j++, row += d) {
				const value = h[j]!;
				ga[j] = ga[j]! + error * value;
				if (relu && value <= 0) continue;
				const signal = s1 * error * a[j]! * (relu ? 1 : 1 - value * value);
				for (let p = 0; p < d; p++) gw[row + p] = gw[row + p]! + signal * x[at + p]!;
			}
		}
	}

	/** The same with its loops over two inputs written out. */
	#gatherPlane(): void {
		const [s1, s2] = this.#scales;
		const [m, w, a, x, y, h] = [this.#m, this.#w, this.#a, this.#x, this.#y, this.#h];
		const [gw, ga, relu] = [this.#gw, this.#ga, this.#relu];
		for (let i = 0; i < y.length; i++) {
			const x0 = s1 * x[2 * i]!;
			const x1 = s1 * x[2 * i + 1]!;
			let f = 0;
			for (let j = 0; j < m; j++) {
				const z = w[2 * j]! * x0 + w[2 * j + 1]! * x1;
				const value = relu ? (z > 0 ? z : 0) : Math.tanh(z);
				h[j] = value;
				f += a[j]! * value;
			}
			const error = s2 * this.#lossFactor * (s2 * f - y[i]!);
			for (let j = 0; j < m; j++) {
				const value = h[j]!;
				ga[j] = ga[j]! + error * value;
				const slope = relu ? (value > 0 ? 1 : 0) : 1 - value * value;
				const signal = error * a[j]! * slope;
				gw[2 * j] = gw[2 * j]! + signal * x0;
				gw[2 * j + 1] = gw[2 * j + 1]! + signal * x1;
			}
		}
	}
}

function move(w: Float64Array, g: Float64Array, rate: number): void {
	for (let i = 0; i < w.length; i++) w[i] = w[i]! - rate * g[i]!;
}
