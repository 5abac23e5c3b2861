import { dispose, tensor3d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Job, Probe } from '#contract';
import { layersOf, sampleCount, stepSizes, type Kernel, type Layer } from '../../kernel.ts';
import type { Backend } from '../kernel.ts';
import { tangentKernel } from '../net.ts';
import { kernelCalls, type Batch } from '../ops.ts';
import { forwardProgram, hiddenProgram, sumProgram } from './forward.ts';
import { grids, isNarrow, layoutOf, type Layout } from './layout.ts';
import { draw, type Program } from './program.ts';
import { Filling, readerOf, type Texels } from './texels.ts';
import { narrowUpdate, wideUpdate } from './update.ts';
import { innerWeights, outerWeights } from './weights.ts';

/** The programs of a step, and the order they run in. */
type Step =
	| {
			readonly kind: 'narrow';
			readonly forward: Program<'theta' | 'data'>;
			readonly update: Program<'theta' | 'data' | 'sums' | 'rates'>;
	  }
	| {
			readonly kind: 'wide';
			readonly hidden: Program<'theta' | 'data'>;
			readonly sum: Program<'theta' | 'hidden'>;
			readonly update: Program<'theta' | 'data' | 'sums' | 'rates' | 'hidden'>;
	  };

/**
 * Gradient descent for a two-layer network in two draws per step where inputs have at most three
 * coordinates, in three otherwise, whatever the number of replicas: see `layout.ts` for what lies where.
 */
export class FusedKernel implements Kernel {
	#kernelsPerStep: number | null = null;
	readonly #job: Job;
	readonly #backend: Backend;
	readonly #n: number;
	readonly #layout: Layout;
	readonly #layers: readonly [inner: Layer, outer: Layer];
	readonly #programs: Step;
	readonly #data: Texels;
	readonly #rates: Texels;
	/** theta at the start, rounded as the device holds it; also what it is read back by. */
	readonly #start: Parameters;
	#theta: Texels;
	#disposed = false;

	constructor(job: Job, backend: Backend) {
		backend.use();
		this.#job = job;
		this.#backend = backend;
		this.#n = sampleCount(job);
		this.#layout = layoutOf(job);
		this.#layers = layersOf(job) as [Layer, Layer];
		this.#programs = stepFor(this.#layout, this.#n);
		this.#start = startOf(job, this.#layers);
		this.#theta = thetaOf(this.#start, this.#layout);
		this.#data = dataOf(this.#layout, this.#n, job.x, job.y);
		this.#rates = ratesOf(job, this.#layers, this.#layout);
	}

	/** Counted in the first step. */
	get kernelsPerStep(): number | null {
		return this.#kernelsPerStep;
	}

	steps(k: number): void {
		this.#backend.use();
		for (let i = 0; i < k; i++) {
			const before = kernelCalls();
			const next = tidy(() => this.#step());
			this.#kernelsPerStep ??= kernelCalls() - before;
			this.#theta.dispose();
			this.#theta = next;
		}
	}

	/** The new theta. Call within `tidy`. */
	#step(): Texels {
		const programs = this.#programs;
		const given = { theta: this.#theta, data: this.#data, rates: this.#rates };
		if (programs.kind === 'narrow') {
			const sums = draw(programs.forward, given);
			return draw(programs.update, { ...given, sums });
		}
		const hidden = draw(programs.hidden, given);
		const sums = draw(programs.sum, { ...given, hidden });
		return draw(programs.update, { ...given, hidden, sums });
	}

	fence(): Promise<void> {
		return this.#backend.fence();
	}

	async probe(probe: Probe): Promise<Float64Array> {
		this.#backend.use();
		switch (probe.kind) {
			case 'outputs':
				return this.#outputs(this.#programs, this.#data, this.#n);
			case 'field': {
				const k = probe.x.length / this.#layout.replicas / this.#layout.d;
				const data = dataOf(this.#layout, k, probe.x);
				return this.#outputs(stepFor(this.#layout, k), data, k).finally(() => data.dispose());
			}
			case 'tangentKernel':
				return Float64Array.from(await this.#backend.read(tidy(() => this.#tangentKernel())));
			case 'travel':
				return this.#travel();
		}
	}

	/** f on the inputs in `data`, shape [R, inputs]. */
	async #outputs(programs: Step, data: Texels, inputs: number): Promise<Float64Array> {
		const sums = tidy(() => {
			const given = { theta: this.#theta, data };
			if (programs.kind === 'narrow') return draw(programs.forward, given);
			return draw(programs.sum, { ...given, hidden: draw(programs.hidden, given) });
		});
		const { replicas, slices } = this.#layout;
		const read = readerOf(await this.#backend.read(sums), grids.sums(this.#layout, inputs));
		return Float64Array.from({ length: replicas * inputs }, (_, at) => {
			const r = Math.floor(at / inputs);
			const i = at % inputs;
			let f = 0;
			for (let s = 0; s < slices; s++) f += read(r * slices + s, i >> 2, i & 3);
			return f;
		});
	}

	/** By the operations of tfjs: it is asked for rarely, and not while a step waits. */
	#tangentKernel(): Tensor {
		const { replicas, d, activation } = this.#layout;
		const [inner, outer] = this.#layers;
		const theta = this.#theta;
		const weights = (program: Program<'theta'>) => draw<'theta', Batch>(program, { theta });
		const layers = [
			{ ...inner, weights: weights(innerWeights(this.#layout)) },
			{ ...outer, weights: weights(outerWeights(this.#layout)) },
		];
		const x = tensor3d(Float32Array.from(this.#job.x), [replicas, this.#n, d]);
		return tangentKernel(activation, layers, x);
	}

	/** On the host, in float64: a difference of nearly equal numbers. */
	async #travel(): Promise<Float64Array> {
		const { replicas, trained } = this.#layout;
		const values = await this.#backend.read(this.#theta.clone());
		const now = parametersFrom(values, this.#layout);
		const travel = new Float64Array(replicas);
		const add = (found: Float32Array, start: Float32Array, scale: number) => {
			const size = start.length / replicas;
			start.forEach((from, at) => {
				const moved = ((found[at] as number) - from) / scale;
				travel[Math.floor(at / size)]! += moved * moved;
			});
		};
		const [inner, outer] = this.#layers;
		if (trained.inner) add(now.inner, this.#start.inner, inner.scale);
		if (trained.outer) add(now.outer, this.#start.outer, outer.scale);
		return travel;
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#backend.use();
		dispose([this.#theta, this.#data, this.#rates]);
	}
}

function stepFor(layout: Layout, inputs: number): Step {
	if (isNarrow(layout))
		return {
			kind: 'narrow',
			forward: forwardProgram(layout, inputs),
			update: narrowUpdate(layout, inputs),
		};
	return {
		kind: 'wide',
		hidden: hiddenProgram(layout, inputs),
		sum: sumProgram(layout, inputs),
		update: wideUpdate(layout, inputs),
	};
}

/** Weights with their scales, inner of shape [R, m, d] and outer of shape [R, m]. */
interface Parameters {
	readonly inner: Float32Array;
	readonly outer: Float32Array;
}

function startOf({ weights }: Job, layers: readonly Layer[]): Parameters {
	const [inner, outer] = layers.map(({ scale }, l) =>
		Float32Array.from(weights[l] ?? [], (w) => scale * w),
	) as [Float32Array, Float32Array];
	return { inner, outer };
}

/** Where parameter k of unit j (k = d for a_j) lies in theta: row, column, channel. */
function placeOf({ parts }: Layout, r: number, j: number, k: number): [number, number, number] {
	return [r * parts + (k >> 2), j, k & 3];
}

function thetaOf({ inner, outer }: Parameters, layout: Layout): Texels {
	const { m, d } = layout;
	const filling = new Filling(grids.theta(layout));
	outer.forEach((a, at) => {
		const r = Math.floor(at / m);
		const j = at % m;
		for (let k = 0; k < d; k++) filling.set(...placeOf(layout, r, j, k), inner[at * d + k]!);
		filling.set(...placeOf(layout, r, j, d), a);
	});
	return filling.tensor();
}

/** The inverse of `thetaOf`. */
function parametersFrom(values: Float32Array, layout: Layout): Parameters {
	const { replicas, m, d } = layout;
	const read = readerOf(values, grids.theta(layout));
	const inner = new Float32Array(replicas * m * d);
	const outer = new Float32Array(replicas * m);
	outer.forEach((_, at) => {
		const r = Math.floor(at / m);
		const j = at % m;
		for (let k = 0; k < d; k++) inner[at * d + k] = read(...placeOf(layout, r, j, k));
		outer[at] = read(...placeOf(layout, r, j, d));
	});
	return { inner, outer };
}

/** Inputs of shape [R, inputs, d] and, for training, targets of shape [R, inputs]. */
function dataOf(layout: Layout, inputs: number, x: Float64Array, y?: Float64Array): Texels {
	const { replicas, d } = layout;
	const filling = new Filling(grids.data(layout, inputs));
	for (let r = 0; r < replicas; r++) {
		for (let i = 0; i < inputs; i++) {
			const at = r * inputs + i;
			for (let k = 0; k < d; k++) filling.set(r * (d + 1) + k, i >> 2, i & 3, x[at * d + k]!);
			if (y) filling.set(r * (d + 1) + d, i >> 2, i & 3, y[at]!);
		}
	}
	return filling.tensor();
}

/**
 * As theta holds s w, its step is s² times that of w: ρ = η · lossFactor · s² for either layer.
 */
function ratesOf(job: Job, [inner, outer]: readonly [Layer, Layer], layout: Layout): Texels {
	const filling = new Filling(grids.rates(layout));
	stepSizes(job).forEach((size, r) => {
		filling.set(0, r, 0, size * job.lossFactor * inner.scale ** 2);
		filling.set(0, r, 1, size * job.lossFactor * outer.scale ** 2);
	});
	return filling.tensor();
}
