import { dispose, tensor3d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Job, Probe } from '#contract';
import { scaledCheckpoint } from '../checkpoint.ts';
import { probeOfCheckpoint } from '../cpu/kernel.ts';
import {
	layersOf,
	refuseNews,
	sampleCount,
	stepSizes,
	type Checkpoint,
	type Kernel,
	type Layer,
} from '../kernel.ts';
import { backward, forward, tangentKernel, type Pass } from './net.ts';
import { kernelCalls, mul, sub, transposedTimes, type Batch } from './ops.ts';
import { layerRule, type LayerRule, type LayerState } from './optimiser.ts';

/** What a kernel needs of the tfjs backend it runs on. */
export interface Backend {
	/** Makes it the backend that tfjs uses; tfjs knows only one at a time. */
	use(): void;
	fence(): Promise<void>;
	/** Reads the values and disposes the tensor, whatever happens. */
	read(tensor: Tensor): Promise<Float32Array>;
}

/** A layer on the device. */
interface Learner extends Layer {
	readonly rule: LayerRule;
	/** Brings this layer's gradient to the units its rule expects; null where nothing is left to do. */
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
	readonly #n: number;
	readonly #learners: readonly Learner[];
	readonly #lowest: number;
	readonly #x: Batch;
	readonly #y: Batch;
	/** x for the gradient of the first layer, times its factor. */
	readonly #xForGradient: Batch;
	/** η · lossFactor · s_L², shape [R, 1, 1]; null where the rule takes the bare residual. */
	readonly #residualFactor: Batch | null;
	#steps = 0;
	#disposed = false;

	constructor(job: Job, backend: Backend) {
		refuseNews(job);
		backend.use();
		this.#job = job;
		this.#backend = backend;
		this.#n = sampleCount(job);
		const layers = layersOf(job);
		const top = (layers.at(-1) as Layer).scale;
		const linear = job.optimiser.kind !== 'adam';
		const relative = ({ scale }: Layer) => (linear ? (scale / top) ** 2 : 1);
		const { replicas, lossFactor } = job;
		const eta = stepSizes(job);
		const stepsTimes = (factor: number) => Float32Array.from(eta, (size) => size * factor);

		this.#lowest = layers.findIndex(({ trained }) => trained);
		this.#learners = layers.map((layer, l) => {
			const start = Float32Array.from(job.weights[l] ?? [], (w) => layer.scale * w);
			const weights = tensor3d(start.slice(), [replicas, layer.out, layer.in]);
			const rule = layerRule(job.optimiser, {
				gradientScale: layer.scale * lossFactor,
				stepSizes: stepsTimes(layer.scale),
			});
			const factor = l > 0 && relative(layer) !== 1 ? tensorOf(relative(layer)) : null;
			const memory = layer.trained ? rule.memory(weights) : [];
			return { ...layer, rule, factor, start, state: [weights, ...memory] };
		});
		const [first] = layers as [Layer];
		this.#x = tensor3d(Float32Array.from(job.x), [replicas, this.#n, first.in]);
		this.#xForGradient = tensor3d(
			Float32Array.from(job.x, (value) => value * relative(first)),
			[replicas, this.#n, first.in],
		);
		this.#y = tensor3d(Float32Array.from(job.y), [replicas, this.#n, 1]);
		this.#residualFactor = linear
			? tensor3d(stepsTimes(lossFactor * top ** 2), [replicas, 1, 1])
			: null;
	}

	/** Counted in the first step. */
	get kernelsPerStep(): number | null {
		return this.#kernelsPerStep;
	}

	steps(k: number): void {
		this.#backend.use();
		for (let i = 0; i < k; i++) {
			this.#steps += 1;
			const before = kernelCalls();
			const next = tidy(() => this.#step(this.#steps).flat());
			this.#kernelsPerStep ??= kernelCalls() - before;
			// tidy keeps what it returns, in the order of the layers.
			let at = 0;
			for (const learner of this.#learners) {
				if (!learner.trained) continue;
				dispose([...learner.state]);
				learner.state = next.slice(at, (at += learner.state.length)) as [Batch];
			}
		}
	}

	/** The new state of each trained layer, from the first up. Call within `tidy`. */
	#step(t: number): LayerState[] {
		const pass = this.#forward(this.#x);
		const residual = sub(pass.f, this.#y);
		const seed = this.#residualFactor ? mul(residual, this.#residualFactor) : residual;
		const signals = backward(this.#weights(), pass, seed, this.#lowest);
		return this.#learners.flatMap(({ trained, factor, rule, state }, l) => {
			if (!trained) return [];
			const input = l === 0 ? this.#xForGradient : (pass.inputs[l] as Batch);
			const gradient = transposedTimes(signals[l] as Batch, input);
			return [rule.update(state, factor ? mul(gradient, factor) : gradient, t)];
		});
	}

	#forward(x: Batch): Pass {
		return forward(this.#job.network.activation, this.#weights(), x);
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
		return { steps, units: 'scaled', layers };
	}

	restore(checkpoint: Checkpoint): void {
		const { steps, layers } = scaledCheckpoint(this.#job, checkpoint);
		this.#backend.use();
		this.#steps = steps;
		this.#learners.forEach((learner, l) => {
			const shape = learner.state[0].shape;
			dispose([...learner.state]);
			learner.state = (layers[l] ?? []).map((values) =>
				tensor3d(Float32Array.from(values), shape),
			) as [Batch];
		});
	}

	async probe(probe: Probe): Promise<Float64Array> {
		this.#backend.use();
		switch (probe.kind) {
			case 'outputs':
				return this.#read(() => this.#forward(this.#x).f);
			case 'field':
				return this.#read(() => {
					const { replicas, network } = this.#job;
					const d = network.sizes[0] as number;
					const shape = [replicas, probe.x.length / replicas / d, d] as [number, number, number];
					return this.#forward(tensor3d(Float32Array.from(probe.x), shape)).f;
				});
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

	#tangentKernel(): Batch {
		const layers = this.#learners.map((learner) => ({ ...learner, weights: learner.state[0] }));
		return tangentKernel(this.#job.network.activation, layers, this.#x);
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
		for (const { state, rule, factor } of this.#learners) {
			dispose([...state, ...rule.constants]);
			factor?.dispose();
		}
		dispose([this.#x, this.#xForGradient, this.#y]);
		this.#residualFactor?.dispose();
	}
}

function tensorOf(value: number): Batch {
	return tensor3d([value], [1, 1, 1]);
}
