import type { Activation, Job, Optimiser } from '#contract';
import { layersOf, sampleCount, type Layer } from '../kernel.ts';

/** Where the kernel finds everything, in bytes; the shapes stand in `assembly/plan.ts`. */
export interface Layout {
	/** Bytes of a number: 4 or 8. */
	readonly float: number;
	/** Numbers in a SIMD vector: 4 or 2. */
	readonly lanes: number;
	/** Bytes in all. */
	readonly end: number;
	readonly net: number;
	readonly layers: number;
	readonly x: number;
	readonly y: number;
	readonly live: number;
	readonly errors: number;
	readonly stepSizes: number;
	readonly schedule: number;
	/** Samples per batch. */
	readonly batch: number;
	/** The same, filled up to groups of four. */
	readonly samples: number;
	/** Batches per replica. */
	readonly batches: number;
	/** Whether `assembly/plane.ts` trains the net: two layers and, filled up, two inputs. */
	readonly isPlane: boolean;
	/** Blocks of inputs in a group. */
	readonly width: number;
	readonly parts: readonly LayerLayout[];
}

export interface LayerLayout extends Layer {
	readonly last: boolean;
	/** Inputs as the kernel counts them. */
	readonly inputs: number;
	/** Vectors of units, or, in the last layer, of inputs. */
	readonly vectors: number;
	/** Numbers in a vector. */
	readonly lanes: number;
	/** Numbers of weights per replica. */
	readonly size: number;
	readonly weights: number;
	readonly gradient: number;
	/** What the optimiser keeps of each weight: velocity, or first and second moment. */
	readonly memories: readonly number[];
	readonly values: number;
	readonly slopes: number;
	readonly signals: number;
	readonly live: number;
	readonly constants: number;
}

/** What lies below belongs to the program: its tables of coefficients. */
export const own = 1280;
const netBytes = 120;
const layerBytes = 72;
/** Bytes of a vector, and of one for each of four samples. */
const vector = 16;
export const block = 64;
/** Arrays the optimiser keeps per weight. */
const memories: Readonly<Record<Optimiser['kind'], number>> = { gd: 0, momentum: 1, adam: 2 };
const optimisers: readonly Optimiser['kind'][] = ['gd', 'momentum', 'adam'];
const activations: readonly Activation[] = ['relu', 'tanh', 'erf', 'linear', 'softplus'];

/** How many groups of four samples hold so many. */
export const groupsOf = (samples: number) => Math.ceil(samples / 4);

export function layOut(job: Job): Layout {
	let end = own;
	const take = (bytes: number) => {
		const address = end;
		end += Math.ceil(bytes / vector) * vector;
		return address;
	};
	const float = job.precision === 'float64' ? 8 : 4;
	const lanes = vector / float;
	const floats = (count: number) => take(float * count);
	const vectorsOf = (count: number) => Math.ceil(count / lanes);
	const { replicas, schedule = [1] } = job;
	const n = sampleCount(job);
	const { batch = n } = job;
	const batches = n / batch;
	const samples = 4 * groupsOf(batch);
	const keeps = memories[job.optimiser.kind];
	const layers = layersOf(job);
	const [d = 0] = job.network.sizes;
	const isPlane = layers.length === 2 && d <= 2;
	const width = isPlane ? 2 : vectorsOf(d);
	const net = take(netBytes);
	const table = take(layerBytes * layers.length);
	const parts = layers.map((layer, l): LayerLayout => {
		const last = l === layers.length - 1;
		const inputs = l > 0 ? lanes * vectorsOf(layer.in) : isPlane ? 2 : layer.in;
		const vectors = vectorsOf(last ? layer.in : layer.out);
		const biases = layer.columns - layer.in;
		const size = lanes * (last ? vectors + biases : vectors * (inputs + biases));
		const activity = last ? 0 : block * vectors;
		return {
			...layer,
			last,
			inputs,
			vectors,
			lanes,
			size,
			weights: floats(replicas * size),
			gradient: floats(size),
			memories: Array.from({ length: keeps }, () => floats(replicas * size)),
			values: take(activity),
			slopes: take(activity),
			signals: take(activity),
			live: take(vector),
			constants: take(vector),
		};
	});
	return {
		float,
		lanes,
		net,
		layers: table,
		parts,
		batch,
		samples,
		batches,
		isPlane,
		width,
		x: take((replicas * batches * samples * width * block) / 4),
		y: floats(replicas * batches * samples),
		live: floats(4),
		errors: floats(4),
		stepSizes: take(8 * replicas),
		schedule: take(8 * schedule.length),
		end,
	};
}

/** Writes the fields of `Net` and `Layer`, in the order of `assembly/plan.ts`. */
export function writePlan(memory: DataView, layout: Layout, job: Job): void {
	const { optimiser, network, schedule = [1] } = job;
	const { float, lanes, parts } = layout;
	let at = layout.net;
	const word = (...values: number[]) =>
		values.forEach((value) => {
			memory.setInt32(at, value, true);
			at += 4;
		});
	const double = (...values: number[]) =>
		values.forEach((value) => {
			memory.setFloat64(at, value, true);
			at += 8;
		});
	/** All bits of the numbers that are real where so many are filled up to whole `rows`. */
	const mask = (address: number, count: number, row: number) => {
		const bytes = float * (count % row || row);
		for (let i = 0; i < bytes; i++) memory.setUint8(address + i, 0xff);
	};
	const lowest = parts.findIndex(({ trained }) => trained);
	double(job.lossFactor, ...constantsOf(optimiser), 1, 1);
	word(job.replicas, layout.samples / 4, layout.batches, layout.width, parts.length, lowest);
	word(activations.indexOf(network.activation), optimisers.indexOf(optimiser.kind));
	word(layout.x, layout.y, layout.live, layout.errors);
	word(layout.stepSizes, layout.schedule, schedule.length, 0, 0, layout.layers);
	mask(layout.live, layout.batch, 4);
	at = layout.layers;
	for (const [l, part] of parts.entries()) {
		const { weights, gradient, values, slopes, signals, live, constants } = part;
		const [first = 0, second = 0] = part.memories;
		// The first layer's factor is in x.
		const [scale, constant] = l === 0 ? [1, part.scale] : [part.scale, 1];
		const bias = network.biases ? constant : 0;
		double(scale, bias);
		word(part.inputs, part.vectors, Number(part.trained), weights, weights, float * part.size);
		word(gradient, first, second, values, slopes, signals, live, constants);
		for (let i = 0; i < lanes; i++) {
			if (float === 8) memory.setFloat64(constants + float * i, bias, true);
			else memory.setFloat32(constants + float * i, bias, true);
		}
		mask(live, part.out, lanes);
	}
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
