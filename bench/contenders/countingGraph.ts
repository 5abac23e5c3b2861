import type { Job } from '#contract';
import { part, plainStepSize, type Contender } from '../contender.ts';

/**
 * The object graph with all that teaching demonstrations carry besides: every unit has a bias, units and
 * links keep the derivative of the last sample, gather it, count how often they did, and divide by the
 * count when they learn; links may be switched off. For jobs with biases.
 */
export const countingGraph: Contender = {
	name: 'object graph, biases and counters',
	start(job) {
		const { activation, biases } = job.network;
		if (!biases || (activation !== 'relu' && activation !== 'tanh')) return Promise.resolve(null);
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
const tanh: Pointwise = {
	value: (z) => Math.tanh(z),
	slope(z) {
		const h = tanh.value(z);
		return 1 - h * h;
	},
};
const linear: Pointwise = { value: (z) => z, slope: () => 1 };

class Link {
	isOff = false;
	derivative = 0;
	gathered = 0;
	count = 0;
	constructor(
		readonly from: Unit,
		readonly to: Unit,
		public weight: number,
	) {}
}

class Unit {
	readonly incoming: Link[] = [];
	readonly outgoing: Link[] = [];
	bias = 0;
	z = 0;
	value = 0;
	/** Of the loss in the value, and in z. */
	blame = 0;
	derivative = 0;
	gathered = 0;
	count = 0;
	constructor(readonly activation: Pointwise) {}

	up(): number {
		this.z = this.bias;
		for (const link of this.incoming) this.z += link.weight * link.from.value;
		this.value = this.activation.value(this.z);
		return this.value;
	}
}

class Graph {
	readonly #layers: readonly (readonly Unit[])[];
	readonly #samples: readonly { readonly x: readonly number[]; readonly y: number }[];
	readonly #stepSize: number;
	readonly #lossFactor: number;

	constructor(job: Job, r: number) {
		const { sizes, scales, activation } = job.network;
		if (scales.some((s) => s !== 1)) throw new Error('The counting graph has no factors.');
		const hidden = activation === 'relu' ? relu : tanh;
		this.#layers = sizes.map((size, l) => {
			const isHidden = l > 0 && l < sizes.length - 1;
			return Array.from({ length: size }, () => new Unit(isHidden ? hidden : linear));
		});
		job.weights.forEach((all, l) => {
			const weights = part(all, job.replicas, r);
			const below = this.#layers[l]!;
			const columns = below.length + 1;
			this.#layers[l + 1]!.forEach((to, j) => {
				to.bias = weights[j * columns + below.length]!;
				below.forEach((from, i) => {
					const link = new Link(from, to, weights[j * columns + i]!);
					to.incoming.push(link);
					from.outgoing.push(link);
				});
			});
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
			// A mean over the samples: what is gathered is divided by their number.
			this.#down(this.#samples.length * this.#lossFactor * (f - y));
		}
		this.#learn();
	}

	outputs(): number[] {
		return this.#samples.map(({ x }) => this.#up(x));
	}

	#up(x: readonly number[]): number {
		this.#layers[0]!.forEach((unit, i) => (unit.value = x[i]!));
		let f = 0;
		for (let l = 1; l < this.#layers.length; l++) {
			for (const unit of this.#layers[l]!) f = unit.up();
		}
		return f;
	}

	#down(blame: number): void {
		this.#layers.at(-1)![0]!.blame = blame;
		for (let l = this.#layers.length - 1; l > 0; l--) {
			for (const unit of this.#layers[l]!) {
				unit.derivative = unit.blame * unit.activation.slope(unit.z);
				unit.gathered += unit.derivative;
				unit.count++;
			}
			for (const unit of this.#layers[l]!) {
				for (const link of unit.incoming) {
					if (link.isOff) continue;
					link.derivative = unit.derivative * link.from.value;
					link.gathered += link.derivative;
					link.count++;
				}
			}
			if (l === 1) return;
			for (const unit of this.#layers[l - 1]!) {
				unit.blame = 0;
				for (const link of unit.outgoing) unit.blame += link.weight * link.to.derivative;
			}
		}
	}

	#learn(): void {
		for (const layer of this.#layers.slice(1)) {
			for (const unit of layer) {
				unit.bias -= (this.#stepSize * unit.gathered) / unit.count;
				unit.gathered = unit.count = 0;
				for (const link of unit.incoming) {
					if (link.isOff) continue;
					link.weight -= (this.#stepSize / link.count) * link.gathered;
					link.gathered = link.count = 0;
				}
			}
		}
	}
}
