import type { Job } from '#contract';
import { part, plainStepSize, type Contender } from '../contender.ts';

/**
 * The kind of trainer a teaching demonstration is usually built on: units and links are objects that
 * know each other, samples pass one by one, and every link gathers its own gradient.
 */
export const objectGraph: Contender = {
	name: 'object graph',
	start(job) {
		const { activation, biases } = job.network;
		if (biases || (activation !== 'relu' && activation !== 'tanh')) return Promise.resolve(null);
		const graphs = Array.from({ length: job.replicas }, (_, r) => new Graph(job, r));
		return Promise.resolve({
			steps(k) {
				for (const graph of graphs) for (let t = 0; t < k; t++) graph.step();
			},
			outputs: () => Promise.resolve(graphs.flatMap((graph) => graph.outputs())),
			dispose: () => undefined,
		});
	},
};

interface Pointwise {
	value(z: number): number;
	slope(z: number): number;
}

const relu: Pointwise = { value: (z) => Math.max(0, z), slope: (z) => (z <= 0 ? 0 : 1) };
const tanh: Pointwise = { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 };
const linear: Pointwise = { value: (z) => z, slope: () => 1 };

class Link {
	gradient = 0;
	constructor(
		readonly from: Unit,
		readonly to: Unit,
		readonly scale: number,
		public weight: number,
	) {}
}

class Unit {
	readonly incoming: Link[] = [];
	readonly outgoing: Link[] = [];
	z = 0;
	value = 0;
	signal = 0;
	constructor(readonly activation: Pointwise) {}

	up(): void {
		this.z = 0;
		for (const link of this.incoming) this.z += link.scale * link.weight * link.from.value;
		this.value = this.activation.value(this.z);
	}

	/** The signal from the units above, and from it the gradients of the links below. */
	down(): void {
		if (this.outgoing.length > 0) {
			let sum = 0;
			for (const link of this.outgoing) sum += link.scale * link.weight * link.to.signal;
			this.signal = sum * this.activation.slope(this.z);
		}
		for (const link of this.incoming) {
			link.gradient += link.scale * this.signal * link.from.value;
		}
	}
}

class Graph {
	readonly #layers: readonly Unit[][];
	readonly #samples: readonly { readonly x: readonly number[]; readonly y: number }[];
	readonly #stepSize: number;
	readonly #lossFactor: number;

	constructor(job: Job, r: number) {
		const { sizes, scales, activation } = job.network;
		const hidden = activation === 'relu' ? relu : tanh;
		this.#layers = sizes.map((size, l) => {
			const isHidden = l > 0 && l < sizes.length - 1;
			return Array.from({ length: size }, () => new Unit(isHidden ? hidden : linear));
		});
		job.weights.forEach((all, l) => {
			const weights = part(all, job.replicas, r);
			const below = this.#layers[l]!;
			this.#layers[l + 1]!.forEach((to, j) =>
				below.forEach((from, i) => {
					const link = new Link(from, to, scales[l]!, weights[j * below.length + i]!);
					to.incoming.push(link);
					from.outgoing.push(link);
				}),
			);
		});
		const x = part(job.x, job.replicas, r);
		const d = sizes[0]!;
		this.#samples = Array.from(part(job.y, job.replicas, r), (y, i) => ({
			x: Array.from(x.subarray(i * d, (i + 1) * d)),
			y,
		}));
		this.#stepSize = plainStepSize(job);
		this.#lossFactor = job.lossFactor;
	}

	step(): void {
		for (const { x, y } of this.#samples) {
			const f = this.#up(x);
			this.#layers.at(-1)![0]!.signal = this.#lossFactor * (f - y);
			for (let l = this.#layers.length - 1; l > 0; l--) {
				for (const unit of this.#layers[l]!) unit.down();
			}
		}
		for (const layer of this.#layers) {
			for (const unit of layer) {
				for (const link of unit.incoming) {
					link.weight -= this.#stepSize * link.gradient;
					link.gradient = 0;
				}
			}
		}
	}

	outputs(): number[] {
		return this.#samples.map(({ x }) => this.#up(x));
	}

	#up(x: readonly number[]): number {
		this.#layers[0]!.forEach((unit, i) => (unit.value = x[i]!));
		for (let l = 1; l < this.#layers.length; l++) {
			for (const unit of this.#layers[l]!) unit.up();
		}
		return this.#layers.at(-1)![0]!.value;
	}
}
