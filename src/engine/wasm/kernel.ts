import type { Job, Probe } from '#contract';
import { concatenate, split } from '#theory/arrays.ts';
import { cpuDevice } from '../cpu/kernel.ts';
import { refuseNews, sampleCount, stepSizes, type Kernel } from '../kernel.ts';
import { layOut, quadsOf, writePlan, type LayerLayout, type Layout } from './layout.ts';
import { packInputs, packWeights, unpackWeights } from './pack.ts';

/** What `assembly/train.ts` exports. */
export interface TrainProgram {
	readonly memory: WebAssembly.Memory;
	steps(net: number, k: number): void;
	outputs(net: number, replica: number, x: number, count: number, f: number): void;
}

const pageBytes = 65_536;

/** A job laid out in the memory of an instance of its own, so that freeing it is to forget it. */
export class WasmKernel implements Kernel {
	readonly kernelsPerStep = null;
	readonly #job: Job;
	/** Null once disposed: a run may hold on to the session, but not to its memory. */
	#instance: TrainProgram | null;
	readonly #layout: Layout;
	/** The weights as float32 took them. */
	readonly #start: readonly Float64Array[];

	constructor(job: Job, program: TrainProgram) {
		refuseNews(job);
		this.#job = job;
		this.#instance = program;
		this.#layout = layOut(job);
		this.#reserve(this.#layout.end);
		this.#fill();
		this.#start = this.#weights();
	}

	#fill(): void {
		const { replicas, x, y, weights } = this.#job;
		const { samples, width, parts } = this.#layout;
		writePlan(new DataView(this.#program.memory.buffer), this.#layout, this.#job);
		this.#floats(this.#layout.stepSizes, replicas).set(stepSizes(this.#job));
		for (let r = 0; r < replicas; r++) {
			const inputs = this.#replica(this.#layout.x, 4 * samples * width, r);
			this.#packInputs(inputs, part(x, replicas, r));
			this.#replica(this.#layout.y, samples, r).set(part(y, replicas, r));
			parts.forEach((layer, l) => {
				const rows = part(weights[l] as Float64Array, replicas, r);
				packWeights(this.#replica(layer.weights, layer.size, r), rows, layer);
			});
		}
	}

	steps(k: number): void {
		this.#program.steps(this.#layout.net, k);
	}

	fence(): Promise<void> {
		return Promise.resolve();
	}

	async probe(probe: Probe): Promise<Float64Array> {
		switch (probe.kind) {
			case 'outputs':
				return this.#outputs();
			case 'field':
				return this.#field(probe.x);
			case 'travel':
				return this.#travel();
			case 'weights':
				return this.#flatWeights();
			case 'loss':
			case 'testLoss':
			case 'sharpness':
			case 'tangentKernel':
				return this.#reference().probe(probe);
		}
	}

	/** f at the training inputs, where they lie. */
	#outputs(): Float64Array {
		const { x, width, samples, end } = this.#layout;
		const count = sampleCount(this.#job);
		return this.#evaluate(count, end, (r) => x + 16 * r * samples * width);
	}

	/** f at inputs of shape [R, k, d], laid out behind everything else for one replica at a time. */
	#field(x: Float64Array): Float64Array {
		const { replicas, network } = this.#job;
		const { width, end } = this.#layout;
		const count = x.length / replicas / (network.sizes[0] as number);
		const size = 16 * quadsOf(count) * width;
		return this.#evaluate(count, end + 4 * size, (r) => {
			this.#packInputs(this.#floats(end, size), part(x, replicas, r));
			return end;
		});
	}

	#evaluate(count: number, f: number, inputsOf: (r: number) => number): Float64Array {
		const { replicas } = this.#job;
		const padded = 4 * quadsOf(count);
		this.#reserve(f + 4 * padded);
		const answer = new Float64Array(replicas * count);
		for (let r = 0; r < replicas; r++) {
			this.#program.outputs(this.#layout.net, r, inputsOf(r), padded, f);
			answer.set(this.#floats(f, count), r * count);
		}
		return answer;
	}

	#packInputs(target: Float32Array, x: Float64Array): void {
		const { sizes, scales } = this.#job.network;
		packInputs(target, x, sizes[0] as number, scales[0] as number);
	}

	#travel(): Float64Array {
		const { replicas } = this.#job;
		const travel = new Float64Array(replicas);
		this.#weights().forEach((w, l) => {
			const start = this.#start[l] as Float64Array;
			const size = w.length / replicas;
			for (let i = 0; i < w.length; i++) {
				const r = Math.floor(i / size);
				travel[r] = (travel[r] as number) + ((w[i] as number) - (start[i] as number)) ** 2;
			}
		});
		return travel;
	}

	/** For what is rare and not worth a program of its own: the present weights in float64. */
	#reference(): Kernel {
		const optimiser = { kind: 'gd', stepSize: 0 } as const;
		return cpuDevice.kernel({ ...this.#job, optimiser, weights: this.#weights() });
	}

	#flatWeights(): Float64Array {
		const { replicas } = this.#job;
		const layers = this.#weights().map((w) => split(w, replicas));
		return concatenate(
			Array.from({ length: replicas }, (_, r) => concatenate(layers.map((w) => w[r]!))),
		);
	}

	/** One array per layer, shape [R, out, in]. */
	#weights(): Float64Array[] {
		const { replicas } = this.#job;
		return this.#layout.parts.map((layer: LayerLayout) => {
			const all = new Float64Array(replicas * layer.out * layer.in);
			for (let r = 0; r < replicas; r++) {
				const packed = this.#replica(layer.weights, layer.size, r);
				unpackWeights(part(all, replicas, r), packed, layer);
			}
			return all;
		});
	}

	dispose(): void {
		this.#instance = null;
	}

	get #program(): TrainProgram {
		if (!this.#instance) throw new Error('This run has been disposed of.');
		return this.#instance;
	}

	#floats(address: number, count: number): Float32Array {
		return new Float32Array(this.#program.memory.buffer, address, count);
	}

	#replica(address: number, size: number, r: number): Float32Array {
		return this.#floats(address + 4 * r * size, size);
	}

	#reserve(bytes: number): void {
		const { memory } = this.#program;
		const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
		if (missing <= 0) return;
		try {
			memory.grow(missing);
		} catch {
			throw new Error('These networks need more memory than WebAssembly may have here.');
		}
	}
}

/** The r-th of R equal parts, a view. */
function part(values: Float64Array, replicas: number, r: number): Float64Array {
	const size = values.length / replicas;
	return values.subarray(r * size, (r + 1) * size);
}
