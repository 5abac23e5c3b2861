import type { Job, Probe } from '#contract';
import { concatenate, split, sumOfSquares } from '#theory/arrays.ts';
import {
	layersOf,
	sampleCount,
	stepSizes,
	type Checkpoint,
	type Device,
	type Kernel,
} from '../kernel.ts';
import { sharpness } from './curvature.ts';
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
	/** Samples per step. */
	readonly #batch: number;
	readonly #net: Net;
	readonly #replicas: readonly Replica[];
	readonly #lowest: number;
	readonly #trace: Trace;
	readonly #gradients: readonly Float64Array[];
	#stepSizes: Float64Array;
	#steps = 0;

	constructor(job: Job) {
		const layers = layersOf(job);
		this.#job = job;
		this.#n = sampleCount(job);
		this.#batch = job.batch ?? this.#n;
		this.#net = new Net(layers, job.network.activation);
		this.#replicas = replicasOf(job);
		this.#lowest = layers.findIndex(({ trained }) => trained);
		this.#trace = traceFor(layers, this.#batch);
		this.#gradients = layers.map((layer) => new Float64Array(layer.out * layer.columns));
		this.#stepSizes = stepSizes(job);
	}

	setStepSizes(sizes: Float64Array): void {
		this.#stepSizes = sizes.slice();
	}

	steps(k: number): void {
		const { schedule = [1] } = this.#job;
		for (let i = 0; i < k; i++) {
			const factor = schedule[this.#steps % schedule.length] as number;
			this.#replicas.forEach((replica, r) =>
				this.#step(replica, factor * (this.#stepSizes[r] as number)),
			);
			this.#steps += 1;
		}
	}

	#step({ weights, updates, x, y }: Replica, stepSize: number): void {
		const batch = this.#batch;
		const from = (this.#steps * batch) % this.#n;
		const d = this.#net.layers[0]!.in;
		const f = this.#net.forward(weights, x.subarray(from * d, (from + batch) * d), this.#trace);
		this.#net.backward(weights, this.#errors(f, y, from), this.#lowest, this.#trace);
		this.#net.layers.forEach((layer, l) => {
			if (!layer.trained) return;
			const gradient = this.#gradients[l] as Float64Array;
			const signal = this.#trace.signals[l] as Float64Array;
			const input = this.#trace.inputs[l] as Float64Array;
			transposedTimes(gradient, signal, input, [batch, layer.out, layer.columns], layer.scale);
			(updates[l] as Update)(weights[l] as Float64Array, gradient, stepSize, this.#steps + 1);
		});
	}

	/** ∂ loss / ∂ f at the samples from `from` on. */
	#errors(f: Float64Array, y: Float64Array, from: number): Float64Array {
		return f.map((value, i) => this.#job.lossFactor * (value - (y[from + i] as number)));
	}

	fence(): Promise<void> {
		return Promise.resolve();
	}

	checkpoint(): Promise<Checkpoint> {
		const layers = this.#net.layers.map((_, l) => {
			const memories = this.#replicas[0]?.updates[l]?.memory.length ?? 0;
			return [
				concatenate(this.#replicas.map(({ weights }) => weights[l]!)),
				...Array.from({ length: memories }, (_, k) =>
					concatenate(this.#replicas.map(({ updates }) => updates[l]!.memory[k]!)),
				),
			];
		});
		return Promise.resolve({ steps: this.#steps, layers });
	}

	restore({ steps, layers }: Checkpoint): void {
		this.#steps = steps;
		layers.forEach(([weights, ...memory], l) =>
			this.#replicas.forEach((replica, r) => {
				const { length } = this.#replicas;
				replica.weights[l]!.set(split(weights!, length)[r]!);
				memory.forEach((kept, k) => replica.updates[l]!.memory[k]!.set(split(kept, length)[r]!));
			}),
		);
	}

	probe(probe: Probe): Promise<Float64Array> {
		return Promise.resolve(
			concatenate(this.#replicas.map((replica, r) => this.#probe(probe, replica, r))),
		);
	}

	#probe(probe: Probe, replica: Replica, r: number): Float64Array {
		const part = (values: Float64Array) => split(values, this.#job.replicas)[r]!;
		switch (probe.kind) {
			case 'outputs':
				return this.#outputs(replica, replica.x);
			case 'field':
				return this.#outputs(replica, part(probe.x));
			case 'loss': {
				const error = difference(this.#outputs(replica, replica.x), replica.y);
				return Float64Array.of((this.#job.lossFactor / 2) * sumOfSquares(error));
			}
			case 'testLoss': {
				const error = difference(this.#outputs(replica, part(probe.x)), part(probe.y));
				return Float64Array.of(sumOfSquares(error) / error.length);
			}
			case 'travel': {
				const moves = replica.weights.map((w, l) => difference(w, replica.start[l]!));
				return Float64Array.of(moves.reduce((sum, move) => sum + sumOfSquares(move), 0));
			}
			case 'sharpness': {
				const { x, y, weights } = replica;
				const surface = { net: this.#net, weights, x, y, factor: this.#job.lossFactor };
				return Float64Array.of(sharpness(surface));
			}
			case 'weights':
				return concatenate(replica.weights);
			case 'tangentKernel':
				return this.#tangentKernel(replica);
		}
	}

	/** f at inputs of shape [k, d]. */
	#outputs({ weights }: Replica, x: Float64Array): Float64Array {
		const { layers } = this.#net;
		return this.#net.forward(weights, x, traceFor(layers, x.length / layers[0]!.in));
	}

	/**
	 * The gradient of f(x_i) with respect to W_l is s_l · signal_i ⊗ input_i, so that the kernel is
	 * Σ_l s_l² (signal_i · signal_j)(input_i · input_j).
	 */
	#tangentKernel({ weights, x }: Replica): Float64Array {
		const n = this.#n;
		const trace = traceFor(this.#net.layers, n);
		this.#net.forward(weights, x, trace);
		this.#net.backward(weights, new Float64Array(n).fill(1), this.#lowest, trace);
		const kernel = new Float64Array(n * n);
		const signals = new Float64Array(n * n);
		const inputs = new Float64Array(n * n);
		this.#net.layers.forEach((layer, l) => {
			if (!layer.trained) return;
			const signal = trace.signals[l] as Float64Array;
			const input = trace.inputs[l] as Float64Array;
			timesTransposed(signals, signal, signal, [n, n, layer.out], layer.scale ** 2);
			timesTransposed(inputs, input, input, [n, n, layer.columns], 1);
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

function replicasOf({ weights, optimiser, replicas, x, y }: Job): Replica[] {
	return Array.from({ length: replicas }, (_, r) => {
		const start = weights.map((w) => split(w, replicas)[r]!);
		return {
			start,
			weights: start.map((w) => w.slice()),
			updates: start.map((w) => updateRule(optimiser, w.length)),
			x: split(x, replicas)[r]!,
			y: split(y, replicas)[r]!,
		};
	});
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
	return a.map((value, i) => value - (b[i] as number));
}

/** What any lane may leave to the reference: a probe of the weights that were read back, in float64. */
export function probeOfCheckpoint(
	job: Job,
	{ layers }: Checkpoint,
	probe: Probe,
): Promise<Float64Array> {
	const weights = layers.map(([w]) => w!);
	return cpuDevice.kernel({ ...job, weights }).probe(probe);
}
