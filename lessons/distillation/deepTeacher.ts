/** Random deep teachers: relu networks on x ~ N(0, I_8), their logits at median 0 and variance 1. */
import { random, type Random } from '#theory/random.ts';

export const inputs = 8;
const width = 16;
/** Inputs by which a teacher's logits are centred and scaled, and on which students are tested. */
const calibration = 2000;
export const tests = 2000;

interface Layer {
	readonly out: number;
	readonly in: number;
	/** Rows [in weights, bias], shape [out, in + 1]. */
	readonly weights: Float64Array;
}
/** Logits of inputs of shape [n, 8], shape [n]. */
export type Teacher = (x: Float64Array) => Float64Array;

/** A teacher with `depth` hidden layers of 16 rectifiers: weights N(0, 2/in), biases N(0, .09). */
export function drawTeacher(depth: number, { normal }: Random): Teacher {
	const sizes = [inputs, ...Array.from({ length: depth }, () => width), 1];
	const layers = sizes.slice(1).map((out, l): Layer => {
		const columns = sizes[l]! + 1;
		const deviation = Math.sqrt(2 / sizes[l]!);
		const weights = Float64Array.from(
			{ length: out * columns },
			(_, k) => normal() * (k % columns === columns - 1 ? 0.3 : deviation),
		);
		return { out, in: sizes[l]!, weights };
	});
	const raw = outputs(layers, drawInputs(calibration, { normal }));
	const middle = [...raw].sort((a, b) => a - b)[calibration / 2]!;
	const mean = raw.reduce((sum, v) => sum + v, 0) / calibration;
	const deviation = Math.sqrt(raw.reduce((sum, v) => sum + (v - mean) ** 2, 0) / calibration);
	return (x) => outputs(layers, x).map((v) => (v - middle) / deviation);
}

export function drawInputs(n: number, { normal }: Pick<Random, 'normal'>): Float64Array {
	return Float64Array.from({ length: n * inputs }, normal);
}

/** The teacher of a seed, with the points on which its students are tested. */
export function lessonOf(seed: number, depth: number) {
	const teacher = drawTeacher(depth, random(seed, `distillation/teacher/${depth}`));
	const x = drawInputs(tests, random(seed, 'distillation/tests'));
	return { teacher, x, logits: teacher(x) };
}

/** The share of points on which student and teacher say different signs; NaN of a student that has diverged. */
export function disagreementOf(student: ArrayLike<number>, logits: Float64Array): number {
	if (logits.some((_, i) => !Number.isFinite(student[i]))) return NaN;
	return logits.reduce((sum, z, i) => sum + Number(student[i]! < 0 !== z < 0), 0) / logits.length;
}

/** The mean square distance of a student from the logits. */
export function mimicLoss(student: ArrayLike<number>, logits: Float64Array): number {
	return logits.reduce((sum, z, i) => sum + (student[i]! - z) ** 2, 0) / logits.length;
}

function outputs(layers: readonly Layer[], x: Float64Array): Float64Array {
	const n = x.length / inputs;
	return layers.reduce((h, layer, l) => {
		const next = new Float64Array(n * layer.out);
		for (let i = 0; i < n; i++)
			for (let j = 0; j < layer.out; j++) {
				const row = j * (layer.in + 1);
				let sum = layer.weights[row + layer.in]!;
				for (let k = 0; k < layer.in; k++) sum += layer.weights[row + k]! * h[i * layer.in + k]!;
				next[i * layer.out + j] = l === layers.length - 1 ? sum : Math.max(0, sum);
			}
		return next;
	}, x);
}
