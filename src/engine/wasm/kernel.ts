import type { Job, Probe } from '#contract';
import { concatenate, split, sumOfSquares } from '#theory/arrays.ts';
import { probeOfCheckpoint } from '../cpu/kernel.ts';
import { stepSizes, type Checkpoint, type Kernel } from '../kernel.ts';
import { block, groupsOf, layOut, writePlan, type LayerLayout, type Layout } from './layout.ts';
import { packInputs, packWeights, unpackWeights, type Floats } from './pack.ts';

/** What `assembly/train.ts` exports. */
export interface TrainProgram {
	readonly memory: WebAssembly.Memory;
	steps(net: number, k: number): void;
	resume(net: number, steps: number): void;
	outputs(net: number, replica: number, x: number, groups: number, f: number): void;
}

const pageBytes = 65_536;

/** A job laid out in the memory of an instance of its own, so that freeing it is to forget it. */
export class WasmKernel implements Kernel {
	readonly kernelsPerStep = null;
	readonly #job: Job;
	/** Null once disposed: a run may hold on to the session, but not to its memory. */
	#instance: TrainProgram | null;
	readonly #layout: Layout;
	/** The weights as the lane took them. */
	readonly #start: readonly Float64Array[];
	#taken = 0;

	constructor(job: Job, program: TrainProgram) {
		this.#job = job;
		this.#instance = program;
		this.#layout = layOut(job);
		this.#reserve(this.#layout.end);
		this.#fill();
		this.#start = this.#replicas();
	}

	#fill(): void {
		const { replicas, x, y, weights, schedule = [1] } = this.#job;
		const { samples, batches, width, batch, parts, lanes } = this.#layout;
		writePlan(new DataView(this.#program.memory.buffer), this.#layout, this.#job);
		this.setStepSizes(stepSizes(this.#job));
		this.#doubles(this.#layout.schedule, schedule.length).set(schedule);
		const inputs = split(x, replicas * batches);
		const targets = split(y, replicas * batches);
		for (let b = 0; b < replicas * batches; b++) {
			this.#packInputs(this.#part(this.#layout.x, samples * width * lanes, b), inputs[b]!);
			this.#part(this.#layout.y, samples, b).subarray(0, batch).set(targets[b]!);
		}
		parts.forEach((layer, l) => this.#pack(layer.weights, layer, weights[l]!));
	}

	setStepSizes(sizes: Float64Array): void {
		this.#doubles(this.#layout.stepSizes, this.#job.replicas).set(sizes);
	}

	steps(k: number): void {
		this.#program.steps(this.#layout.net, k);
		this.#taken += k;
	}

	fence(): Promise<void> {
		return Promise.resolve();
	}

	async checkpoint(): Promise<Checkpoint> {
		const layers = this.#layout.parts.map((layer) =>
			[layer.weights, ...layer.memories].map((address) =>
				Float64Array.from(this.#unpack(address, layer)),
			),
		);
		return { steps: this.#taken, layers };
	}

	restore({ steps, layers }: Checkpoint): void {
		this.#layout.parts.forEach((layer, l) =>
			[layer.weights, ...layer.memories].forEach((address, k) =>
				this.#pack(address, layer, layers[l]![k]!),
			),
		);
		this.#program.resume(this.#layout.net, steps);
		this.#taken = steps;
	}

	async probe(probe: Probe): Promise<Float64Array> {
		const { replicas, y, lossFactor } = this.#job;
		switch (probe.kind) {
			case 'outputs':
				return this.#outputs();
			case 'field':
				return this.#field(probe.x);
			case 'loss':
				return sumsOfSquares(this.#outputs(), y, replicas, lossFactor / 2);
			case 'testLoss':
				return sumsOfSquares(this.#field(probe.x), probe.y, replicas, replicas / probe.y.length);
			case 'travel':
				return Float64Array.from(this.#replicas(), (w, r) => squaredDistance(w, this.#start[r]!));
			case 'weights':
				return concatenate(this.#replicas());
			case 'sharpness':
			case 'tangentKernel':
				// Rare and not worth a program of their own.
				return probeOfCheckpoint(this.#job, await this.checkpoint(), probe);
		}
	}

	/** f at the training inputs, where they lie, without what fills up the batches. */
	#outputs(): Float64Array {
		const { replicas } = this.#job;
		const { x, width, samples, batch, batches, end } = this.#layout;
		const bytes = groupsOf(batches * samples) * width * block;
		const padded = this.#evaluate(batches * samples, end, (r) => x + r * bytes);
		return concatenate(split(padded, replicas * batches).map((f) => f.subarray(0, batch)));
	}

	/** f at inputs of shape [R, k, d], laid out behind everything else for one replica at a time. */
	#field(x: Float64Array): Float64Array {
		const { replicas, network } = this.#job;
		const { width, end, float } = this.#layout;
		const inputs = split(x, replicas);
		const count = inputs[0]!.length / (network.sizes[0] as number);
		const bytes = groupsOf(count) * width * block;
		return this.#evaluate(count, end + bytes, (r) => {
			this.#packInputs(this.#floats(end, bytes / float), inputs[r]!);
			return end;
		});
	}

	/** f of each replica at `count` inputs, which lie where `inputsOf` says; written to address `f`. */
	#evaluate(count: number, f: number, inputsOf: (r: number) => number): Float64Array {
		const { replicas } = this.#job;
		const groups = groupsOf(count);
		this.#reserve(f + 4 * groups * this.#layout.float);
		const answer = new Float64Array(replicas * count);
		for (let r = 0; r < replicas; r++) {
			this.#program.outputs(this.#layout.net, r, inputsOf(r), groups, f);
			answer.set(this.#floats(f, count), r * count);
		}
		return answer;
	}

	#packInputs(target: Floats, x: Float64Array): void {
		const { sizes, scales } = this.#job.network;
		packInputs(target, x, sizes[0] as number, scales[0] as number, this.#layout);
	}

	/** The weights of each replica, layer after layer. */
	#replicas(): Float64Array[] {
		const { replicas } = this.#job;
		const layers = this.#layout.parts.map((layer) =>
			split(Float64Array.from(this.#unpack(layer.weights, layer)), replicas),
		);
		return Array.from({ length: replicas }, (_, r) => concatenate(layers.map((w) => w[r]!)));
	}

	/** One number per weight of a layer, rows of shape [R, out, columns], to where the kernel has them. */
	#pack(address: number, layer: LayerLayout, rows: Float64Array): void {
		split(rows, this.#job.replicas).forEach((own, r) =>
			packWeights(this.#part(address, layer.size, r), own, layer),
		);
	}

	#unpack(address: number, layer: LayerLayout): Floats {
		const { replicas } = this.#job;
		const size = layer.out * layer.columns;
		const rows = this.#isWide
			? new Float64Array(replicas * size)
			: new Float32Array(replicas * size);
		for (let r = 0; r < replicas; r++) {
			const own = rows.subarray(r * size, (r + 1) * size);
			unpackWeights(own, this.#part(address, layer.size, r), layer);
		}
		return rows;
	}

	dispose(): void {
		this.#instance = null;
	}

	get #program(): TrainProgram {
		if (!this.#instance) throw new Error('This run has been disposed of.');
		return this.#instance;
	}

	get #isWide(): boolean {
		return this.#layout.float === 8;
	}

	#floats(address: number, count: number): Floats {
		const { buffer } = this.#program.memory;
		return this.#isWide
			? new Float64Array(buffer, address, count)
			: new Float32Array(buffer, address, count);
	}

	#doubles(address: number, count: number): Float64Array {
		return new Float64Array(this.#program.memory.buffer, address, count);
	}

	/** The i-th of parts of equal size that follow each other. */
	#part(address: number, size: number, i: number): Floats {
		return this.#floats(address + this.#layout.float * i * size, size);
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

/** factor · Σ (f − y)² per replica. */
function sumsOfSquares(
	f: Float64Array,
	y: Float64Array,
	replicas: number,
	factor: number,
): Float64Array {
	const errors = split(
		f.map((value, i) => value - y[i]!),
		replicas,
	);
	return Float64Array.from(errors, (error) => factor * sumOfSquares(error));
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
	return sumOfSquares(a.map((value, i) => value - b[i]!));
}
