/** Logistic regression with columns of very different size: convex, smooth, and slow for gradient descent. */
import { symmetricEigen } from '#theory/eigen.ts';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';

export interface LogisticProblem {
	/** Inputs times their labels ±1, shape [n, d]. */
	readonly rows: readonly Float64Array[];
	readonly ridge: number;
	/** L: no eigenvalue of a Hessian is larger. */
	readonly smoothness: number;
	readonly minimum: number;
	/** |w*|, as every run starts at w = 0. */
	readonly distance: number;
}

const samples = 200;
const dimension = 20;
const ridge = 1e-5;

/**
 * Standard normal inputs whose columns are scaled from 1 down to 10^−spread; labels are the signs of a
 * noisy linear function.
 */
function drawRows(seed: number, spread: number): Float64Array[] {
	const { normal } = random(seed, 'logistic');
	const truth = Float64Array.from({ length: dimension }, normal);
	return Array.from({ length: samples }, () => {
		const x = Float64Array.from({ length: dimension }, normal);
		const sum = x.reduce((s, v, k) => s + v * truth[k]!, 0.5 * normal());
		return x.map((v, k) => Math.sign(sum) * v * 10 ** ((-spread * k) / (dimension - 1)));
	});
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
	return sum;
}
/** log(1 + e^{−m}), without overflow. */
const softness = (m: number) => Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
/** 1/(1 + e^m) */
const logistic = (m: number) => (m > 0 ? Math.exp(-m) / (1 + Math.exp(-m)) : 1 / (1 + Math.exp(m)));

type Data = Pick<LogisticProblem, 'rows' | 'ridge'>;

/** mean log(1 + e^{−y x·w}) + ridge/2 |w|² */
export function lossOf({ rows, ridge }: Data, w: Float64Array): number {
	const fit = rows.reduce((sum, row) => sum + softness(dot(row, w)), 0) / rows.length;
	return fit + (ridge / 2) * dot(w, w);
}

export function gradientOf({ rows, ridge }: Data, w: Float64Array): Float64Array {
	const gradient = w.map((v) => ridge * v);
	for (const row of rows) {
		const pull = logistic(dot(row, w)) / rows.length;
		for (let k = 0; k < gradient.length; k++) gradient[k]! -= pull * row[k]!;
	}
	return gradient;
}

/** λ_max(XᵀX)/4n + ridge: the second derivative of log(1 + e^{−m}) is at most ¼. */
function smoothnessOf({ rows, ridge }: Data): number {
	const d = rows[0]!.length;
	const gram = new Float64Array(d * d);
	for (const row of rows)
		for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) gram[i * d + j]! += row[i]! * row[j]!;
	return symmetricEigen(gram).values.at(-1)! / (4 * rows.length) + ridge;
}

/** The minimum by Newton’s method, halving steps that do not descend; until the gradient is 10⁻¹³. */
function minimise(data: Data): Float64Array {
	let w = new Float64Array(data.rows[0]!.length);
	for (let i = 0; i < 200; i++) {
		const gradient = gradientOf(data, w);
		if (Math.sqrt(dot(gradient, gradient)) < 1e-13) break;
		const move = newtonStep(data, w, gradient);
		const before = lossOf(data, w);
		let size = 1;
		const moved = () => w.map((v, k) => v - size * move[k]!);
		while (size > 1e-6 && lossOf(data, moved()) > before) size /= 2;
		w = moved();
	}
	return w;
}

function newtonStep(data: Data, w: Float64Array, gradient: Float64Array): Float64Array {
	const d = w.length;
	const hessian = new Float64Array(d * d);
	for (let k = 0; k < d; k++) hessian[k * d + k] = data.ridge;
	for (const row of data.rows) {
		const p = logistic(dot(row, w));
		const weight = (p * (1 - p)) / data.rows.length;
		for (let i = 0; i < d; i++)
			for (let j = 0; j < d; j++) hessian[i * d + j]! += weight * row[i]! * row[j]!;
	}
	const { values, vectors } = symmetricEigen(hessian);
	const step = new Float64Array(d);
	values.forEach((value, i) => {
		const vector = vectors.subarray(i * d, (i + 1) * d);
		const along = dot(vector, gradient) / value;
		vector.forEach((v, k) => (step[k]! += along * v));
	});
	return step;
}

/** The problem a seed draws. */
export const logisticProblem = memo(
	({ seed, spread }: { seed: number; spread: number }): LogisticProblem => {
		const data = { rows: drawRows(seed, spread), ridge };
		const best = minimise(data);
		return {
			...data,
			smoothness: smoothnessOf(data),
			minimum: lossOf(data, best),
			distance: Math.sqrt(dot(best, best)),
		};
	},
	64,
);

/** Gradient descent from 0; (f − f*)/(L D²) after each of the wanted numbers of steps, in order. */
export function* descendLogistic(
	problem: LogisticProblem,
	steps: readonly number[],
	wanted: readonly number[],
): Generator<number> {
	const { smoothness, minimum, distance } = problem;
	const unit = smoothness * distance ** 2;
	const w = new Float64Array(problem.rows[0]!.length);
	let t = 0;
	for (const until of wanted) {
		for (; t < until; t++) {
			const gradient = gradientOf(problem, w);
			for (let k = 0; k < w.length; k++) w[k]! -= (steps[t]! / smoothness) * gradient[k]!;
		}
		yield (lossOf(problem, w) - minimum) / unit;
	}
}
