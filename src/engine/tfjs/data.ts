import { ones, tensor3d } from '@tensorflow/tfjs-core';
import type { Job } from '#contract';
import { sampleCount } from '../kernel.ts';
import { part, type Batch } from './ops.ts';

/** Training samples, cut into batches: shape [batches · R, samples of a batch, …], so that a batch is a slice. */
export interface Data {
	/** Batches until the samples begin again. */
	readonly batches: number;
	/** Samples of a batch. */
	readonly size: number;
	/** Inputs, which with biases end in a 1. */
	readonly x: Batch;
	/** Inputs times the factor of the first layer's gradient; may be x itself. */
	readonly xForGradient: Batch;
	readonly y: Batch;
}

export function dataFor(job: Job, factor: number): Data {
	const n = sampleCount(job);
	const { batch = n, replicas } = job;
	const d = job.network.sizes[0] as number;
	const batches = n / batch;
	const cut = (values: Float64Array, size: number) => {
		const laid = new Float64Array(values.length);
		for (let r = 0; r < replicas; r++)
			for (let b = 0; b < batches; b++) {
				const from = (r * n + b * batch) * size;
				laid.set(values.subarray(from, from + batch * size), (b * replicas + r) * batch * size);
			}
		return laid;
	};
	const x = inputs(job, cut(job.x, d), batches * replicas);
	return {
		batches,
		size: batch,
		x,
		xForGradient: factor === 1 ? x : inputs(job, cut(job.x, d), batches * replicas, factor),
		y: tensor3d(Float32Array.from(cut(job.y, 1)), [batches * replicas, batch, 1]),
	};
}

/** Inputs of shape [rows, k, d] as a tensor, with a column of ones behind them if there are biases. */
export function inputs({ network }: Job, x: Float64Array, rows: number, factor = 1): Batch {
	const d = network.sizes[0] as number;
	const columns = d + Number(network.biases ?? false);
	const values = new Float32Array((x.length / d) * columns).fill(factor);
	for (let at = 0; at < x.length; at++)
		values[Math.floor(at / d) * columns + (at % d)] = factor * (x[at] as number);
	return tensor3d(values, [rows, x.length / d / rows, columns]);
}

/** What the layers above the first receive besides the units below; null without biases. */
export function onesFor({ network, replicas }: Job, samples: number): Batch | null {
	return network.biases ? ones([replicas, samples, 1]) : null;
}

/** Batch b of what is cut into batches. */
export function batchOf(values: Batch, b: number, { batches, size }: Data): Batch {
	if (batches === 1) return values;
	const [rows, , columns] = values.shape;
	const replicas = rows / batches;
	return part(values, [b * replicas, 0, 0], [replicas, size, columns]);
}
