import type { Job, Probe } from '#contract';
import { layersOf, sampleCount, stepSizes, type Device, type Kernel } from '../kernel.ts';
import { Net, traceFor, type Trace, type Weights } from './net.ts';
import { updateRule, type Update } from './optimiser.ts';
import { timesTransposed, transposedTimes } from './products.ts';

/** Float64 in plain TypeScript: slow, available everywhere, and the judge of the other lanes. */
export const cpuDevice: Device = {
	lane: 'cpu',
	renderer: 'plain TypeScript, float64',
	sliceMs: 8,
	isLost: () => false,
	kernel: (job) => new CpuKernel(job),
};

interface Replica {
	readonly weights: Weights;
	readonly start: Weights;
	readonly updates: readonly Update[];
	readonly x: Float64Array;
	readonly y: Float64Array;
}

class CpuKernel implements Kernel {
	readonly kernelsPerStep = null;
	readonly #job: Job;
	readonly #n: number;
	readonly #net: Net;
	readonly #replicas: readonly Replica[];
	readonly #lowest: number;
	readonly #trace: Trace;
	readonly #residual: Float64Array;
	readonly #gradients: readonly Float64Array[];

	constructor(job: Job) {
		const layers = layersOf(job);
		this.#job = job;
		this.#n = sampleCount(job);
		this.#net = new Net(layers, job.network.activation);
		this.#replicas = replicasOf(job);
		this.#lowest = layers.findIndex(({ trained }) => trained);
		this.#trace = traceFor(layers, this.#n);
		this.#residual = new Float64Array(this.#n);
		this.#gradients = layers.map((layer) => new Float64Array(layer.out * layer.in));
	}

	steps(k: number): void {
		for (let i = 0; i < k; i++) this.#replicas.forEach((replica) => this.#step(replica));
	}

	#step({ weights, updates, x, y }: Replica): void {
		const f = this.#net.forward(weights, x, this.#trace);
		const residual = this.#residual;
		for (let i = 0; i < residual.length; i++) {
			residual[i] = this.#job.lossFactor * ((f[i] as number) - (y[i] as number));
		}
		this.#net.backward(weights, residual, this.#lowest, this.#trace);
		this.#net.layers.forEach((layer, l) => {
			if (!layer.trained) return;
			const gradient = this.#gradients[l] as Float64Array;
			const signal = this.#trace.signals[l] as Float64Array;
			const input = this.#trace.inputs[l] as Float64Array;
			transposedTimes(gradient, signal, input, [this.#n, layer.out, layer.in], layer.scale);
			(updates[l] as Update)(weights[l] as Float64Array, gradient);
		});
	}

	fence(): Promise<void> {
		return Promise.resolve();
	}

	probe(probe: Probe): Promise<Float64Array> {
		return Promise.resolve(
			stack(this.#replicas.map((replica, r) => this.#probe(probe, replica, r))),
		);
	}

	#probe(probe: Probe, replica: Replica, r: number): Float64Array {
		switch (probe.kind) {
			case 'outputs':
				return this.#net.forward(replica.weights, replica.x, this.#trace).slice();
			case 'field': {
				const x = rows(probe.x, this.#job.replicas, r);
				const k = x.length / (this.#net.layers[0]?.in ?? 1);
				return this.#net.forward(replica.weights, x, traceFor(this.#net.layers, k));
			}
			case 'travel':
				return Float64Array.of(squaredDistance(replica.weights, replica.start));
			case 'tangentKernel':
				return this.#tangentKernel(replica);
		}
	}

	/**
	 * The gradient of f(x_i) with respect to W_l is s_l · signal_i ⊗ input_i, so that the kernel is
	 * Σ_l s_l² (signal_i · signal_j)(input_i · input_j).
	 */
	#tangentKernel({ weights, x }: Replica): Float64Array {
		const n = this.#n;
		this.#net.forward(weights, x, this.#trace);
		this.#net.backward(weights, new Float64Array(n).fill(1), this.#lowest, this.#trace);
		const kernel = new Float64Array(n * n);
		const signals = new Float64Array(n * n);
		const inputs = new Float64Array(n * n);
		this.#net.layers.forEach((layer, l) => {
			if (!layer.trained) return;
			const signal = this.#trace.signals[l] as Float64Array;
			const input = this.#trace.inputs[l] as Float64Array;
			timesTransposed(signals, signal, signal, [n, n, layer.out], layer.scale ** 2);
			timesTransposed(inputs, input, input, [n, n, layer.in], 1);
			for (let i = 0; i < n * n; i++) {
				kernel[i] = (kernel[i] as number) + (signals[i] as number) * (inputs[i] as number);
			}
		});
		return kernel;
	}

	dispose(): void {
		// Plain arrays: the garbage collector frees them.
	}
}

function replicasOf(job: Job): Replica[] {
	const sizes = stepSizes(job);
	return Array.from({ length: job.replicas }, (_, r) => {
		const start = job.weights.map((w) => rows(w, job.replicas, r));
		return {
			start,
			weights: start.map((w) => w.slice()),
			updates: start.map((w) => updateRule(job.optimiser, sizes[r] as number, w.length)),
			x: rows(job.x, job.replicas, r),
			y: rows(job.y, job.replicas, r),
		};
	});
}

/** The r-th of R equal parts, a view. */
function rows(values: Float64Array, replicas: number, r: number): Float64Array {
	const size = values.length / replicas;
	return values.subarray(r * size, (r + 1) * size);
}

function squaredDistance(a: Weights, b: Weights): number {
	let sum = 0;
	a.forEach((w, l) => {
		const start = b[l] as Float64Array;
		for (let i = 0; i < w.length; i++) sum += ((w[i] as number) - (start[i] as number)) ** 2;
	});
	return sum;
}

function stack(parts: readonly Float64Array[]): Float64Array {
	const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
