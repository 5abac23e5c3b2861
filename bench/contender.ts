import type { Job } from '#contract';

/** One training run of one contender. */
export interface Trainer {
	steps(k: number): void | Promise<void>;
	/** f on the training inputs, shape [R, n]; outside all timing. */
	outputs(): Promise<ArrayLike<number>>;
	dispose(): void;
}

export interface Contender {
	readonly name: string;
	/** Null where the contender cannot do this job. */
	start(job: Job): Promise<Trainer | null>;
}

/** The contenders below train with plain gradient descent, which is all the tasks ask. */
export function plainStepSize({ optimiser }: Job): number {
	if (optimiser.kind !== 'gd' || typeof optimiser.stepSize !== 'number')
		throw new Error('The benchmark trains with gradient descent and one step size.');
	return optimiser.stepSize;
}

/** The r-th of R equal parts, a view. */
export function part(values: Float64Array, replicas: number, r: number): Float64Array {
	const size = values.length / replicas;
	return values.subarray(r * size, (r + 1) * size);
}
