import type { Activation, Job, Optimiser } from '#contract';
import { layersOf, sampleCount, type Layer } from '../kernel.ts';

/** Where the kernel finds everything, in bytes; the shapes stand in `assembly/plan.ts`. */
export interface Layout {
	/** Bytes in all. */
	readonly end: number;
	readonly net: number;
	readonly layers: number;
	readonly x: number;
	readonly y: number;
	readonly live: number;
	readonly stepSizes: number;
	readonly schedule: number;
	/** Samples per batch. */
	readonly batch: number;
	/** The same, filled up to a multiple of four. */
	readonly samples: number;
	/** Batches per replica. */
	readonly batches: number;
	/** Quads of inputs. */
	readonly width: number;
	readonly parts: readonly LayerLayout[];
}

export interface LayerLayout extends Layer {
	readonly last: boolean;
	/** Inputs as the kernel counts them. */
	readonly inputs: number;
	readonly quads: number;
	/** Floats of weights per replica. */
	readonly size: number;
	readonly weights: number;
	readonly gradient: number;
	/** What the optimiser keeps of each weight: velocity, or first and second moment. */
	readonly memories: readonly number[];
	readonly values: number;
	readonly slopes: number;
	readonly signals: number;
	readonly live: number;
}

const netBytes = 120;
const layerBytes = 60;
/** Arrays the optimiser keeps per weight. */
const memories: Readonly<Record<Optimiser['kind'], number>> = { gd: 0, momentum: 1, adam: 2 };
const optimisers: readonly Optimiser['kind'][] = ['gd', 'momentum', 'adam'];
const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear', 'softplus'];

export const quadsOf = (count: number) => Math.ceil(count / 4);

export function layOut(job: Job): Layout {
	// Address 0 stays free.
	let end = 16;
	const take = (bytes: number) => {
		const address = end;
		end += Math.ceil(bytes / 16) * 16;
		return address;
	};
	const floats = (count: number) => take(4 * count);
	const { replicas, schedule = [1] } = job;
	const n = sampleCount(job);
	const { batch = n } = job;
	const batches = n / batch;
	const samples = 4 * quadsOf(batch);
	const width = quadsOf(job.network.sizes[0] ?? 0);
	const keeps = memories[job.optimiser.kind];
	const layers = layersOf(job);
	const net = take(netBytes);
	const table = take(layerBytes * layers.length);
	const parts = layers.map((layer, l): LayerLayout => {
		const last = l === layers.length - 1;
		const inputs = l === 0 ? layer.in : 4 * quadsOf(layer.in);
		const quads = quadsOf(last ? layer.in : layer.out);
		const biases = layer.columns - layer.in;
		const size = last ? 4 * (quads + biases) : 4 * quads * (inputs + biases);
		const activity = last ? 0 : 16 * quads;
		return {
			...layer,
			last,
			inputs,
			quads,
			size,
			weights: floats(replicas * size),
			gradient: floats(size),
			memories: Array.from({ length: keeps }, () => floats(replicas * size)),
			values: floats(activity),
			slopes: floats(activity),
			signals: floats(activity),
			live: take(16),
		};
	});
	return {
		net,
		layers: table,
		parts,
		batch,
		samples,
		batches,
		width,
		x: floats(replicas * batches * samples * 4 * width),
		y: floats(replicas * batches * samples),
		live: take(16),
		stepSizes: take(8 * replicas),
		schedule: take(8 * schedule.length),
		end,
	};
}

/** Writes the fields of `Net` and `Layer`, in the order of `assembly/plan.ts`. */
export function writePlan(memory: DataView, layout: Layout, job: Job): void {
	const { optimiser, network, schedule = [1] } = job;
	let at = layout.net;
	const word = (...values: number[]) =>
		values.forEach((value) => {
			memory.setInt32(at, value, true);
			at += 4;
		});
	const float = (value: number) => {
		memory.setFloat32(at, value, true);
		at += 4;
	};
	const double = (...values: number[]) =>
		values.forEach((value) => {
			memory.setFloat64(at, value, true);
			at += 8;
		});
	const { replicas } = job;
	const lowest = layout.parts.findIndex(({ trained }) => trained);
	word(replicas, layout.samples, layout.batches, layout.width, layout.parts.length, lowest);
	word(activations.indexOf(network.activation));
	float(job.lossFactor);
	word(optimisers.indexOf(optimiser.kind), layout.x, layout.y, layout.live);
	word(layout.stepSizes, layout.schedule, schedule.length, 0, 0, layout.layers);
	at = Math.ceil(at / 8) * 8;
	double(...constantsOf(optimiser), 1, 1);
	writeMask(memory, layout.live, layout.batch);
	at = layout.layers;
	for (const [l, part] of layout.parts.entries()) {
		word(part.inputs, part.quads);
		float(l === 0 ? 1 : part.scale); // the first layer's factor is in x
		float(network.biases ? (l === 0 ? part.scale : 1) : 0);
		word(Number(part.trained), part.weights, part.weights, part.size, part.gradient);
		const [first = 0, second = 0] = part.memories;
		word(first, second, part.values, part.slopes, part.signals, part.live);
		writeMask(memory, part.live, part.out);
	}
}

/** All bits of so many of four lanes; of all four where they are filled. */
function writeMask(memory: DataView, address: number, count: number): void {
	const lanes = count % 4 || 4;
	for (let i = 0; i < lanes; i++) memory.setInt32(address + 4 * i, -1, true);
}

/** β₁ or μ, β₂, ε */
function constantsOf(optimiser: Optimiser): [number, number, number] {
	switch (optimiser.kind) {
		case 'gd':
			return [0, 0, 0];
		case 'momentum':
			return [optimiser.momentum, 0, 0];
		case 'adam':
			return [optimiser.beta1, optimiser.beta2, optimiser.epsilon];
	}
}
