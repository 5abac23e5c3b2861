import { tensor3d, tidy } from '@tensorflow/tfjs-core';
import type { Job, Probe } from '#contract';
import { probeOfCheckpoint } from '../../cpu/kernel.ts';
import { layersOf, stepSizes, type Checkpoint, type Kernel, type Layer } from '../../kernel.ts';
import { inputs } from '../data.ts';
import type { Backend } from '../kernel.ts';
import { tangentKernel } from '../net.ts';
import { blocksFor, inputGrid, rateGrid, rowOf } from './data.ts';
import type { Gpu, Grid } from './gpu.ts';
import { memoriesOf } from './optimiser.ts';
import { filledGrid, panelGrid, placesIn } from './panels.ts';
import type { States, Trainer, Way } from './way.ts';

/** Per layer its weights, [R, out, columns], then what the optimiser remembers of each. */
type Parameters = readonly (readonly Float64Array[])[];

/** A job in programs of our own, in the context of tfjs: see `way.ts` for how they differ. */
export class FusedKernel implements Kernel {
	#kernelsPerStep: number | null = null;
	readonly way: Way['name'];
	readonly #job: Job;
	readonly #backend: Backend;
	readonly #gpu: Gpu;
	readonly #layers: readonly Layer[];
	readonly #way: Way;
	readonly #trainer: Trainer;
	readonly #states: States;
	#rates: Grid;
	/** Steps taken. */
	#steps = 0;
	/** Steps that no fence was put behind yet. */
	#asked: { readonly since: number; steps: number } | null = null;
	#disposed = false;

	constructor(job: Job, way: Way, backend: Backend, gpu: Gpu) {
		this.way = way.name;
		this.#job = job;
		this.#way = way;
		this.#backend = backend;
		this.#gpu = gpu;
		this.#layers = layersOf(job);
		this.#states = {
			now: this.#stateOf(job.weights.map((w) => [w])),
			next: panelGrid(gpu, way.panels, way.state),
		};
		this.#rates = rateGrid(gpu, way.panels, stepSizes(job));
		this.#trainer = way.begin(gpu, job);
	}

	/** Counted in the first steps. */
	get kernelsPerStep(): number | null {
		return this.#kernelsPerStep;
	}

	setStepSizes(sizes: Float64Array): void {
		this.#gpu.free(this.#rates);
		this.#rates = rateGrid(this.#gpu, this.#way.panels, sizes);
	}

	steps(k: number): void {
		if (k === 0) return;
		this.#asked ??= { since: performance.now(), steps: 0 };
		this.#asked.steps += k;
		const before = this.#gpu.draws;
		this.#gpu.drawing(() => this.#trainer.steps(this.#steps, k, this.#states, this.#rates));
		this.#steps += k;
		this.#kernelsPerStep = (this.#gpu.draws - before) / k;
	}

	async fence(): Promise<void> {
		const asked = this.#asked;
		this.#asked = null;
		await this.#backend.fence();
		if (asked) this.#trainer.took?.((performance.now() - asked.since) / asked.steps);
	}

	/** Calls back with every number of the state: whose it is, and where it stands. */
	#eachNumber(visit: (l: number, memory: number, at: number, place: number) => void): void {
		const { panels, state, place } = this.#way;
		const placeIn = placesIn(panels, state);
		const memories = memoriesOf(this.#job.optimiser);
		this.#layers.forEach(({ out, columns }, l) => {
			for (let memory = 0; memory <= memories; memory++)
				for (let j = 0; j < out; j++)
					for (let k = 0; k < columns; k++) {
						const where = place(l, j, k, memory);
						for (let r = 0; r < panels.replicas; r++)
							visit(l, memory, (r * out + j) * columns + k, placeIn(r, ...where));
					}
		});
	}

	#stateOf(layers: Parameters): Grid {
		const { panels, state } = this.#way;
		return filledGrid(this.#gpu, panels, state, (values) => {
			this.#eachNumber((l, memory, at, place) => {
				values[place] = layers[l]?.[memory]?.[at] ?? 0;
			});
		});
	}

	async #parameters(): Promise<Parameters> {
		const values = await this.#read(this.#states.now);
		const memories = memoriesOf(this.#job.optimiser);
		const layers = this.#layers.map(({ out, columns, trained }) =>
			Array.from(
				{ length: trained ? 1 + memories : 1 },
				() => new Float64Array(this.#job.replicas * out * columns),
			),
		);
		this.#eachNumber((l, memory, at, place) => {
			const kept = layers[l]![memory];
			if (kept) kept[at] = values[place] as number;
		});
		return layers;
	}

	async #read(grid: Grid): Promise<Float32Array> {
		await this.#backend.fence();
		return this.#backend.present(this.#gpu.read(grid));
	}

	async checkpoint(): Promise<Checkpoint> {
		const steps = this.#steps;
		return { steps, layers: await this.#parameters() };
	}

	restore({ steps, layers }: Checkpoint): void {
		this.#gpu.free(this.#states.now);
		this.#states.now = this.#stateOf(layers);
		this.#steps = steps;
	}

	async probe(probe: Probe): Promise<Float64Array> {
		switch (probe.kind) {
			case 'outputs':
				return this.#field(this.#job.x);
			case 'field':
				return this.#field(probe.x);
			case 'loss':
				return this.#squares(await this.#field(this.#job.x), this.#job.y, this.#job.lossFactor / 2);
			case 'testLoss': {
				const samples = probe.y.length / this.#job.replicas;
				return this.#squares(await this.#field(probe.x), probe.y, 1 / samples);
			}
			case 'tangentKernel':
				return this.#tangentKernel();
			case 'travel':
				return this.#travel();
			case 'weights':
			case 'sharpness':
				return probeOfCheckpoint(this.#job, await this.checkpoint(), probe);
		}
	}

	/** In parts, where the inputs are too many for one texture. */
	async #field(x: Float64Array): Promise<Float64Array> {
		const { replicas } = this.#job;
		const [{ in: d }] = this.#layers as [Layer];
		const count = x.length / replicas / d;
		const most = 4 * Math.floor(this.#gpu.largestTexture / this.#way.panels.down);
		const f = new Float64Array(replicas * count);
		for (let from = 0; from < count; from += most) {
			const size = Math.min(most, count - from);
			const some = new Float64Array(replicas * size * d);
			for (let r = 0; r < replicas; r++) {
				const begin = (r * count + from) * d;
				some.set(x.subarray(begin, begin + size * d), r * size * d);
			}
			const part = await this.#outputs(some, size);
			for (let r = 0; r < replicas; r++)
				f.set(part.subarray(r * size, (r + 1) * size), r * count + from);
		}
		return f;
	}

	/** f at inputs of shape [R, count, d]. */
	async #outputs(x: Float64Array, count: number): Promise<Float64Array> {
		const { panels } = this.#way;
		const gpu = this.#gpu;
		const data = inputGrid(gpu, panels, this.#layers[0] as Layer, x, count);
		let sums: Grid | null = null;
		try {
			gpu.drawing(() => (sums = this.#trainer.outputs(this.#states.now, data, count)));
			const grid = sums as unknown as Grid;
			const values = await this.#read(grid);
			const height = blocksFor(count);
			const slices = grid.width / panels.across;
			const at = placesIn(panels, { width: slices, height, depth: 1 });
			return Float64Array.from({ length: panels.replicas * count }, (_, i) => {
				const [row, channel] = rowOf(i % count, count);
				let f = 0;
				for (let slice = 0; slice < slices; slice++)
					f += values[at(Math.floor(i / count), slice, row, 0, channel)] as number;
				return f;
			});
		} finally {
			gpu.free(data);
			if (sums) gpu.free(sums);
		}
	}

	/** factor · Σ_i (f(x_i) − y_i)² of each replica. */
	#squares(f: Float64Array, y: Float64Array, factor: number): Float64Array {
		const { replicas } = this.#job;
		const sums = new Float64Array(replicas);
		const count = f.length / replicas;
		f.forEach((value, i) => (sums[Math.floor(i / count)]! += factor * (value - y[i]!) ** 2));
		return sums;
	}

	/** Squared distance of the trained weights from their start, as the device rounded it. */
	async #travel(): Promise<Float64Array> {
		const { replicas, weights } = this.#job;
		const travel = new Float64Array(replicas);
		(await this.#parameters()).forEach(([now], l) => {
			const { out, columns, trained } = this.#layers[l] as Layer;
			if (!trained) return;
			now!.forEach((value, at) => {
				const moved = value - Math.fround(weights[l]![at]!);
				travel[Math.floor(at / (out * columns))]! += moved * moved;
			});
		});
		return travel;
	}

	/** By the operations of tfjs: it is asked for rarely, and not while a step waits. */
	async #tangentKernel(): Promise<Float64Array> {
		const parameters = await this.#parameters();
		const { network, x, replicas } = this.#job;
		this.#backend.use();
		const kernel = tidy(() => {
			const layers = this.#layers.map((layer, l) => ({
				...layer,
				weights: tensor3d(
					Float32Array.from(parameters[l]![0]!, (w) => layer.scale * w),
					[replicas, layer.out, layer.columns],
				),
			}));
			const data = inputs(this.#job, x, replicas);
			return tangentKernel(network.activation, layers, data, network.biases ?? false);
		});
		return Float64Array.from(await this.#backend.read(kernel));
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#trainer.free();
		for (const grid of [this.#states.now, this.#states.next, this.#rates]) this.#gpu.free(grid);
	}
}
