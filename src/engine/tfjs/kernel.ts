import { dispose, tensor3d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Job, Probe } from '#contract';
import { probeOfCheckpoint } from '../cpu/kernel.ts';
import { overUnits, timesUnits } from '../checkpoint.ts';
import { layersOf, stepSizes, type Checkpoint, type Kernel, type Layer } from '../kernel.ts';
import { batchOf, dataFor, inputs, onesFor, type Data } from './data.ts';
import { backward, forward, tangentKernel } from './net.ts';
import { kernelCalls, mul, sub, transposedTimes, type Batch } from './ops.ts';
import { noMemory, ruleFor, type LayerState, type Rule } from './optimiser.ts';

/** What a kernel needs of the tfjs backend it runs on. */
export interface Backend {
	/** Makes it the backend that tfjs uses; tfjs knows only one at a time. */
	use(): void;
	fence(): Promise<void>;
	/** What has just been read, unless the device is lost: then it throws. */
	present<T>(values: T): T;
	/** Reads the values and disposes the tensor, whatever happens. */
	read(tensor: Tensor): Promise<Float32Array>;
}

/** What the residual is multiplied by, then s · η for each layer where the rule is not linear; each broadcasts to [R, 1, 1]. */
type Rates = readonly [Batch, ...Batch[]];

/** A layer on the device. */
interface Learner extends Layer {
	/** Brings this layer's gradient to the units of the rule; null where nothing is left to do. */
	readonly factor: Batch | null;
	/** W̃ at the start, rounded as the device holds it. */
	readonly start: Float32Array;
	state: LayerState;
}

/** A job in tfjs operations, float32, forward and backward by hand: see `ops.ts` for what is counted. */
export class TfKernel implements Kernel {
	#kernelsPerStep: number | null = null;
	readonly #job: Job;
	readonly #backend: Backend;
	readonly #rule: Rule;
	readonly #learners: readonly Learner[];
	readonly #lowest: number;
	readonly #data: Data;
	readonly #ones: Batch | null;
	#stepSizes: Float64Array;
	/** What the schedule makes of the step sizes in `#rates`; NaN where they are to be made anew. */
	#pace = NaN;
	#rates: Rates;
	#steps = 0;
	#disposed = false;

	constructor(job: Job, backend: Backend) {
		backend.use();
		this.#job = job;
		this.#backend = backend;
		this.#rule = ruleFor(job);
		const layers = layersOf(job);
		const { gradientScale } = this.#rule;
		const top = gradientScale(layers.at(-1) as Layer);
		const relative = (layer: Layer) => gradientScale(layer) / top;

		this.#lowest = layers.findIndex(({ trained }) => trained);
		this.#learners = layers.map((layer, l) => {
			const start = Float32Array.from(job.weights[l] ?? [], (w) => layer.scale * w);
			const weights = tensor3d(start.slice(), [job.replicas, layer.out, layer.columns]);
			const factor = l > 0 && relative(layer) !== 1 ? tensorOf(relative(layer)) : null;
			const memory = layer.trained ? noMemory(this.#rule, weights) : [];
			return { ...layer, factor, start, state: [weights, ...memory] };
		});
		this.#data = dataFor(job, relative(layers[0] as Layer));
		this.#ones = onesFor(job, this.#data.size);
		this.#stepSizes = stepSizes(job);
		this.#rates = this.#ratesAt(this.#paceNow());
	}

	/** Counted in the first step. */
	get kernelsPerStep(): number | null {
		return this.#kernelsPerStep;
	}

	setStepSizes(sizes: Float64Array): void {
		this.#stepSizes = sizes.slice();
		this.#pace = NaN;
	}

	steps(k: number): void {
		this.#backend.use();
		for (let i = 0; i < k; i++) {
			this.#keepPace();
			const before = kernelCalls();
			const next = tidy(() => this.#step(this.#rates).flat());
			this.#kernelsPerStep ??= kernelCalls() - before;
			this.#steps += 1;
			// tidy keeps what it returns, in the order of the layers.
			let at = 0;
			for (const learner of this.#learners) {
				if (!learner.trained) continue;
				dispose([...learner.state]);
				learner.state = next.slice(at, (at += learner.state.length)) as [Batch];
			}
		}
	}

	/** The factor of the schedule for the next step. */
	#paceNow(): number {
		const { schedule = [1] } = this.#job;
		return schedule[this.#steps % schedule.length] as number;
	}

	/** Uploads the rates anew where schedule or step sizes have changed. */
	#keepPace(): void {
		const pace = this.#paceNow();
		if (pace === this.#pace) return;
		dispose([...this.#rates]);
		this.#rates = this.#ratesAt(pace);
	}

	#ratesAt(pace: number): Rates {
		this.#pace = pace;
		const { gradientScale, isLinear } = this.#rule;
		const top = gradientScale(this.#learners.at(-1) as Layer);
		const times = (factor: number) =>
			tensor3d(
				Float32Array.from(this.#stepSizes, (size) => size * factor),
				[this.#job.replicas, 1, 1],
			);
		if (isLinear) return [times(top * pace)];
		return [tensorOf(top), ...this.#learners.map(({ scale }) => times(scale * pace))];
	}

	/** The new state of each trained layer, from the first up. Call within `tidy`. */
	#step([seedFactor, ...rates]: Rates): LayerState[] {
		const rule = this.#rule;
		const data = this.#data;
		const b = this.#steps % data.batches;
		const pass = this.#forward(batchOf(data.x, b, data), this.#ones);
		const residual = sub(pass.f, batchOf(data.y, b, data));
		const isPlain = this.#job.optimiser.kind === 'adam';
		const seed = isPlain ? residual : mul(residual, seedFactor);
		const signals = backward(this.#weights(), pass, seed, this.#lowest);
		return this.#learners.flatMap((learner, l) => {
			const { trained, factor, state } = learner;
			if (!trained) return [];
			const input = l === 0 ? batchOf(data.xForGradient, b, data) : (pass.inputs[l] as Batch);
			const gradient = transposedTimes(signals[l] as Batch, input);
			const scaled = factor ? mul(gradient, factor) : gradient;
			return [rule.update(learner, state, scaled, rates[l] as Batch, this.#steps + 1)];
		});
	}

	#forward(x: Batch, one: Batch | null) {
		return forward(this.#job.network.activation, this.#weights(), x, one);
	}

	#weights(): Batch[] {
		return this.#learners.map(({ state: [weights] }) => weights);
	}

	fence(): Promise<void> {
		return this.#backend.fence();
	}

	async checkpoint(): Promise<Checkpoint> {
		const steps = this.#steps;
		const layers: Float32Array[][] = [];
		for (const { state } of this.#learners) {
			const layer: Float32Array[] = [];
			for (const tensor of state) layer.push(await this.#backend.read(tensor.clone()));
			layers.push(layer);
		}
		return { steps, layers: timesUnits(layers, this.#units()) };
	}

	restore(checkpoint: Checkpoint): void {
		this.#backend.use();
		const layers = overUnits(checkpoint.layers, this.#units());
		this.#steps = checkpoint.steps;
		this.#learners.forEach((learner, l) => {
			const shape = learner.state[0].shape;
			dispose([...learner.state]);
			const kept = (layers[l] ?? []).slice(0, learner.state.length);
			learner.state = kept.map((values) => tensor3d(Float32Array.from(values), shape)) as [Batch];
		});
	}

	/** What W̃ and the memory of each layer are measured in. */
	#units(): number[][] {
		return this.#learners.map((layer) => [1 / layer.scale, ...this.#rule.memoryUnits(layer)]);
	}

	async probe(probe: Probe): Promise<Float64Array> {
		this.#backend.use();
		switch (probe.kind) {
			case 'outputs':
				return this.#field(this.#job.x);
			case 'field':
				return this.#field(probe.x);
			case 'tangentKernel':
				return this.#read(() => this.#tangentKernel());
			case 'travel':
				return this.#travel();
			case 'weights':
			case 'loss':
			case 'testLoss':
			case 'sharpness':
				return probeOfCheckpoint(this.#job, await this.checkpoint(), probe);
		}
	}

	#field(x: Float64Array): Promise<Float64Array> {
		return this.#read(() => {
			const input = inputs(this.#job, x, this.#job.replicas);
			return this.#forward(input, onesFor(this.#job, input.shape[1])).f;
		});
	}

	#tangentKernel(): Batch {
		const { network, x, replicas } = this.#job;
		const layers = this.#learners.map((learner) => ({ ...learner, weights: learner.state[0] }));
		const input = inputs(this.#job, x, replicas);
		return tangentKernel(network.activation, layers, input, network.biases ?? false);
	}

	/** On the host, in float64: a difference of nearly equal numbers. */
	async #travel(): Promise<Float64Array> {
		const { replicas } = this.#job;
		const travel = new Float64Array(replicas);
		for (const { state, start, scale, trained } of this.#learners) {
			if (!trained) continue;
			const weights = await this.#backend.read(state[0].clone());
			const size = weights.length / replicas;
			for (let i = 0; i < weights.length; i++) {
				const r = Math.floor(i / size);
				const moved = ((weights[i] as number) - (start[i] as number)) / scale;
				travel[r] = (travel[r] as number) + moved * moved;
			}
		}
		return travel;
	}

	async #read(make: () => Tensor): Promise<Float64Array> {
		return Float64Array.from(await this.#backend.read(tidy(make)));
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#backend.use();
		for (const { state, factor } of this.#learners) {
			dispose([...state]);
			factor?.dispose();
		}
		const { x, xForGradient, y } = this.#data;
		dispose(xForGradient === x ? [x, y] : [x, xForGradient, y]);
		this.#ones?.dispose();
		dispose([...this.#rates]);
	}
}

function tensorOf(value: number): Batch {
	return tensor3d([value], [1, 1, 1]);
}
