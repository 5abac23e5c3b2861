import * as tf from '@tensorflow/tfjs-core';

/**
 * The tfjs operations the engine trains with. Each call dispatches exactly one kernel, and is counted,
 * so that a lane can say what a step costs.
 */
let calls = 0;

export function kernelCalls(): number {
	return calls;
}

export function counted<A extends unknown[], T>(operation: (...args: A) => T): (...args: A) => T {
	return (...args) => {
		calls += 1;
		return operation(...args);
	};
}

/** Shape [R, rows, columns] throughout; R is the replica axis. */
export type Batch = tf.Tensor3D;

export const add = counted((a: Batch, b: Batch | tf.Scalar): Batch => tf.add(a, b));
export const sub = counted((a: Batch | tf.Scalar, b: Batch): Batch => tf.sub(a, b));
export const mul = counted((a: Batch, b: Batch | tf.Scalar): Batch => tf.mul(a, b));
export const div = counted((a: Batch, b: Batch): Batch => tf.div(a, b));
export const square = counted((a: Batch): Batch => tf.square(a));
export const sqrt = counted((a: Batch): Batch => tf.sqrt(a));
export const exp = counted((a: Batch): Batch => tf.exp(a));
export const tanh = counted((a: Batch): Batch => tf.tanh(a));
export const erf = counted((a: Batch): Batch => tf.erf(a));
export const softplus = counted((a: Batch): Batch => tf.softplus(a));
export const sigmoid = counted((a: Batch): Batch => tf.sigmoid(a));
/** 1 where a > 0, else 0. */
export const step = counted((a: Batch): Batch => tf.step(a));

/** Puts b to the right of a. */
export const beside = counted((a: Batch, b: Batch): Batch => tf.concat([a, b], 2));
/** The part of a from `begin` on, of so many replicas, rows and columns. */
export const part = counted(
	(a: Batch, begin: [number, number, number], size: [number, number, number]): Batch =>
		tf.slice(a, begin, size),
);

const product = counted((a: Batch, b: Batch, flipA: boolean, flipB: boolean): Batch =>
	tf.matMul(a, b, flipA, flipB),
);
/** A B, A Bᵀ and Aᵀ B, replica by replica. */
export const times = (a: Batch, b: Batch) => product(a, b, false, false);
export const timesTransposed = (a: Batch, b: Batch) => product(a, b, false, true);
export const transposedTimes = (a: Batch, b: Batch) => product(a, b, true, false);
