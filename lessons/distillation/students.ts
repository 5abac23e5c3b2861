/** Networks that learn from a deep teacher: their start, their data and their job. */
import type { Job } from '#contract';
import { concatenate } from '#theory/arrays.ts';
import { random, type Random } from '#theory/random.ts';
import { drawInputs, inputs, type Teacher } from './deepTeacher.ts';
import { labelOf } from './labels.ts';

export const adamRule = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
export const stepSize = 0.01;
/** Samples per step where there are more. */
export const batch = 256;

/** Weights of a student, one array [out, in + 1] per layer: N(0, 2/in), N(0, 1/in) at the end; biases 0. */
export function drawStudent(hidden: readonly number[], { normal }: Random): Float64Array[] {
	const sizes = [inputs, ...hidden, 1];
	return sizes.slice(1).map((out, l) => {
		const size = sizes[l]!;
		const deviation = Math.sqrt((l === hidden.length ? 1 : 2) / size);
		return Float64Array.from({ length: out * (size + 1) }, (_, k) =>
			k % (size + 1) === size ? 0 : deviation * normal(),
		);
	});
}

/** What n inputs teach: logits, their signs, and the signs with a share of them turned over. */
export interface Lessons {
	readonly x: Float64Array;
	readonly logits: Float64Array;
	readonly clean: Float64Array;
	readonly flipped: Float64Array;
}

export function drawLessons(teacher: Teacher, n: number, flips: number, seed: number): Lessons {
	const stream = random(seed, `distillation/lessons/${n}`);
	const x = drawInputs(n, stream);
	const logits = teacher(x);
	const clean = logits.map((z) => labelOf({ temperature: 0, flips }, z));
	const flipped = clean.map((y) => (stream.uniform() < flips ? -y : y));
	return { x, logits, clean, flipped };
}

/** Students side by side, each with inputs, targets and start of its own, by Adam on squared loss. */
export function studentJob(
	hidden: readonly number[],
	students: readonly { x: Float64Array; y: Float64Array; start: Float64Array[] }[],
): Job {
	const n = students[0]?.y.length ?? 0;
	const samples = Math.min(n, batch);
	return {
		network: {
			sizes: [inputs, ...hidden, 1],
			activation: 'relu',
			scales: [...hidden.map(() => 1), 1],
			biases: true,
		},
		optimiser: { kind: 'adam', stepSize, ...adamRule },
		replicas: students.length,
		weights: [...hidden, 1].map((_, l) => concatenate(students.map(({ start }) => start[l]!))),
		x: concatenate(students.map(({ x }) => x)),
		y: concatenate(students.map(({ y }) => y)),
		lossFactor: 1 / samples,
		batch: samples,
	};
}
