import { dispose, tensor3d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Job, Probe } from '#contract';
import { overUnits, timesUnits } from '../../checkpoint.ts';
import { probeOfCheckpoint } from '../../cpu/kernel.ts';
import { layersOf, sampleCount, stepSizes, type Checkpoint, type Kernel } from '../../kernel.ts';
import type { Backend } from '../kernel.ts';
import { tangentKernel } from '../net.ts';
import { kernelCalls, type Batch } from '../ops.ts';
import { forwardProgram, hiddenProgram, sumProgram, type Sought } from './forward.ts';
import {
	dataOf,
	outputsFrom,
	parametersFrom,
	ratesOf,
	someInputs,
	startOf,
	thetaOf,
	travelBetween,
	type Parameters,
	type TwoLayers,
} from './host.ts';
import { inputsAtMost, isNarrow, layoutOf, type Graphics, type Layout } from './layout.ts';
import { draw, type Program } from './program.ts';
import type { Texels } from './texels.ts';
import { narrowUpdate, wideUpdate } from './update.ts';
import { innerWeights, outerWeights } from './weights.ts';

/** Runs theta on data; `hidden` is null where the layout does without. */
interface Passed {
	readonly sums: Texels;
	readonly hidden: Texels | null;
}
type Pass = (theta: Texels, data: Texels) => Passed;

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
	readonly #inputsAtMost: number;
	readonly #layers: TwoLayers;
	/** theta as it was at the start, rounded as the device holds it. */
	readonly #start: Parameters;
	readonly #data: Texels;
	readonly #step: (theta: Texels, rates: Texels) => Texels;
	#rates: Texels;
	#steps = 0;
	#theta: Texels;
	#disposed = false;

	constructor(job: Job, backend: Backend, graphics: Graphics) {
		backend.use();
		this.#job = job;
		this.#backend = backend;
		this.#n = sampleCount(job);
		this.#layout = layoutOf(job, graphics);
		this.#inputsAtMost = inputsAtMost(this.#layout, graphics);
		this.#layers = layersOf(job) as unknown as TwoLayers;
		this.#start = startOf(job, this.#layers);
		this.#theta = thetaOf(this.#start, this.#layout);
		this.#data = dataOf(this.#layout, this.#n, job.x, job.y);
		this.#rates = this.#ratesFor(stepSizes(job));
		this.#step = stepFor(this.#layout, this.#n, this.#data);
	}

	/** Counted in the first step. */
	get kernelsPerStep(): number | null {
		return this.#kernelsPerStep;
	}

	setStepSizes(sizes: Float64Array): void {
		this.#backend.use();
		this.#rates.dispose();
		this.#rates = this.#ratesFor(sizes);
	}

	#ratesFor(sizes: Float64Array): Texels {
		return ratesOf(sizes, this.#job.lossFactor, this.#layers, this.#layout);
	}

	steps(k: number): void {
		this.#backend.use();
		for (let i = 0; i < k; i++) {
			const before = kernelCalls();
			const next = tidy(() => this.#step(this.#theta, this.#rates));
			this.#kernelsPerStep ??= kernelCalls() - before;
			this.#theta.dispose();
			this.#theta = next;
			this.#steps += 1;
		}
	}

	fence(): Promise<void> {
		return this.#backend.fence();
	}

	async checkpoint(): Promise<Checkpoint> {
		const steps = this.#steps;
		const { inner, outer } = await this.#parameters();
		return { steps, layers: timesUnits([[inner], [outer]], this.#units()) };
	}

	restore({ steps, layers }: Checkpoint): void {
		this.#backend.use();
		const [inner, outer] = overUnits(layers, this.#units());
		this.#theta.dispose();
		this.#theta = thetaOf(
			{ inner: Float32Array.from(inner![0]!), outer: Float32Array.from(outer![0]!) },
			this.#layout,
		);
		this.#steps = steps;
	}

	#units(): number[][] {
		return this.#layers.map(({ scale }) => [1 / scale]);
	}

	async #parameters(): Promise<Parameters> {
		return parametersFrom(await this.#backend.read(this.#theta.clone()), this.#layout);
	}

	async probe(probe: Probe): Promise<Float64Array> {
		this.#backend.use();
		switch (probe.kind) {
			case 'outputs':
				return this.#outputs(() => this.#data, this.#n);
			case 'field':
				return this.#field(probe.x);
			case 'tangentKernel':
				return Float64Array.from(await this.#backend.read(tidy(() => this.#tangentKernel())));
			case 'travel':
				return travelBetween(this.#start, await this.#parameters(), this.#layers, this.#layout);
			case 'weights':
			case 'loss':
			case 'testLoss':
			case 'sharpness':
				return probeOfCheckpoint(this.#job, await this.checkpoint(), probe);
		}
	}

	async #outputs(data: () => Texels, inputs: number): Promise<Float64Array> {
		this.#backend.use();
		const pass = passFor(this.#layout, inputs, 'f');
		const sums = await this.#backend.read(tidy(() => pass(this.#theta, data()).sums));
		return outputsFrom(sums, this.#layout, inputs);
	}

	/** In parts, where the inputs are too many for one texture. */
	async #field(x: Float64Array): Promise<Float64Array> {
		const { replicas, d } = this.#layout;
		const inputs = x.length / replicas / d;
		const f = new Float64Array(replicas * inputs);
		for (let from = 0; from < inputs; from += this.#inputsAtMost) {
			const to = Math.min(inputs, from + this.#inputsAtMost);
			const some = someInputs(x, this.#layout, from, to);
			const part = await this.#outputs(() => dataOf(this.#layout, to - from, some), to - from);
			for (let r = 0; r < replicas; r++)
				f.set(part.subarray(r * (to - from), (r + 1) * (to - from)), r * inputs + from);
		}
		return f;
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
		return tangentKernel(activation, layers, x, false);
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#backend.use();
		dispose([this.#theta, this.#data, this.#rates]);
	}
}

/** One draw for narrow layouts, two for wide ones. */
function passFor(layout: Layout, inputs: number, sought: Sought): Pass {
	if (isNarrow(layout)) {
		const forward = forwardProgram(layout, inputs, sought);
		return (theta, data) => ({ sums: draw(forward, { theta, data }), hidden: null });
	}
	const first = hiddenProgram(layout, inputs);
	const second = sumProgram(layout, inputs, sought);
	return (theta, data) => {
		const hidden = draw(first, { theta, data });
		return { hidden, sums: draw(second, { theta, hidden, data }) };
	};
}

/** theta → the next theta, in two draws or three. Call within `tidy`. */
function stepFor(
	layout: Layout,
	n: number,
	data: Texels,
): (theta: Texels, rates: Texels) => Texels {
	const pass = passFor(layout, n, 'f − y');
	const narrow = narrowUpdate(layout, n);
	const wide = wideUpdate(layout, n);
	return (theta, rates) => {
		const { sums, hidden } = pass(theta, data);
		return hidden
			? draw(wide, { theta, data, sums, rates, hidden })
			: draw(narrow, { theta, data, sums, rates });
	};
}
