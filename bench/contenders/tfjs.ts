import * as tf from '@tensorflow/tfjs';
import type { Job } from '#contract';
import { plainStepSize, type Contender, type Trainer } from '../contender.ts';

/** A backend of tfjs, by the name it has in the table. */
export interface Backend {
	readonly name: string;
	/** Makes it the one that tfjs uses. */
	use(): Promise<void>;
}

/** `optimizer.minimize` over the forward pass in tfjs operations, replicas on a batch axis. */
export const minimize = (backend: Backend): Contender => ({
	name: `tfjs minimize, ${backend.name}`,
	async start(job) {
		if (job.network.biases) return null;
		await backend.use();
		return new Minimize(job, backend);
	},
});

class Minimize implements Trainer {
	readonly #backend: Backend;
	readonly #job: Job;
	readonly #optimiser: tf.Optimizer;
	/** Shape [R, in, out], or [in, out] for one network, as anyone would write it. */
	readonly #weights: readonly tf.Variable[];
	readonly #x: tf.Tensor;
	readonly #y: tf.Tensor;

	constructor(job: Job, backend: Backend) {
		const { sizes } = job.network;
		const R = job.replicas;
		const n = job.y.length / R;
		const batch = R === 1 ? [] : [R];
		this.#backend = backend;
		this.#job = job;
		this.#optimiser = tf.train.sgd(plainStepSize(job));
		this.#x = tf.tensor(Float32Array.from(job.x), [...batch, n, sizes[0]!]);
		this.#y = tf.tensor(Float32Array.from(job.y), [...batch, n, 1]);
		this.#weights = job.weights.map((w, l) => {
			const rows = tf.tensor3d(Float32Array.from(w), [R, sizes[l + 1]!, sizes[l]!]);
			return tf.variable(rows.transpose([0, 2, 1]).reshape([...batch, sizes[l]!, sizes[l + 1]!]));
		});
	}

	#forward(): tf.Tensor {
		const { scales, activation } = this.#job.network;
		return this.#weights.reduce<tf.Tensor>((h, w, l) => {
			const product = tf.matMul(h, w);
			const z = scales[l] === 1 ? product : product.mul(scales[l]!);
			if (l === this.#weights.length - 1) return z;
			return activation === 'relu' ? tf.relu(z) : tf.tanh(z);
		}, this.#x);
	}

	async steps(k: number): Promise<void> {
		await this.#backend.use();
		const loss = () => {
			const error = this.#forward().sub(this.#y);
			return error
				.square()
				.sum()
				.mul<tf.Scalar>(this.#job.lossFactor / 2);
		};
		for (let t = 0; t < k; t++) this.#optimiser.minimize(loss);
		await this.#weights.at(-1)!.data(); // WebGL only has it queued
	}

	async outputs(): Promise<ArrayLike<number>> {
		await this.#backend.use();
		return tf.tidy(() => this.#forward().dataSync());
	}

	dispose(): void {
		tf.dispose([this.#x, this.#y, ...this.#weights]);
		this.#optimiser.dispose();
	}
}

/** `model.fit` with dense layers, one network, as the guides of tfjs show it. */
export const fit = (backend: Backend): Contender => ({
	name: `tfjs fit, ${backend.name}`,
	async start(job) {
		const { sizes, scales, activation, biases } = job.network;
		const known = !biases && (activation === 'relu' || activation === 'tanh');
		if (job.replicas > 1 || !known || scales.some((s) => s !== 1)) return null;
		await backend.use();
		const n = job.y.length;
		const model = tf.sequential();
		sizes.slice(1).forEach((units, l) => {
			const isLast = l === sizes.length - 2;
			model.add(
				tf.layers.dense({
					units,
					inputShape: [sizes[l]!],
					useBias: false,
					activation: isLast ? 'linear' : activation,
				}),
			);
			const rows = tf.tensor2d(Float32Array.from(job.weights[l]!), [units, sizes[l]!]);
			model.layers[l]!.setWeights([rows.transpose()]);
		});
		const optimizer = tf.train.sgd(plainStepSize(job));
		model.compile({ optimizer, loss: 'meanSquaredError' });
		const x = tf.tensor2d(Float32Array.from(job.x), [n, sizes[0]!]);
		const y = tf.tensor2d(Float32Array.from(job.y), [n, 1]);
		return {
			async steps(k) {
				await backend.use();
				const options = { batchSize: n, epochs: k, shuffle: false, verbose: 0 } as const;
				await model.fit(x, y, { ...options, yieldEvery: 'never' });
				await model.layers.at(-1)!.getWeights()[0]!.data(); // WebGL only has it queued
			},
			async outputs() {
				await backend.use();
				return tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
			},
			dispose() {
				model.dispose();
				optimizer.dispose();
				tf.dispose([x, y]);
			},
		};
	},
});
