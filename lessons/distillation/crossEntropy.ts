/**
 * Training on the logistic loss log(1 + e^(−y f)) of labels y = ±1, in float64: the engine trains on
 * squared loss alone. One hidden layer of rectifiers, Adam (Kingma & Ba 2015, Algorithm 1).
 */
import { inputs } from './deepTeacher.ts';
import { adamRule, batch, stepSize } from './students.ts';

/** ∂ loss/∂f of one sample. */
export type Signal = (f: number, y: number) => number;
export const logistic: Signal = (f, y) => -y / (1 + Math.exp(y * f));

/**
 * Trains in place the weights [m, 9] and [1, m + 1] on n samples, in batches as the engine takes them.
 * `breathe` is awaited between steps.
 */
export async function train(
	[inner, outer]: readonly [Float64Array, Float64Array],
	{ x, y }: { x: Float64Array; y: Float64Array },
	steps: number,
	signal: Signal,
	breathe: () => Promise<void>,
): Promise<void> {
	const samples = Math.min(y.length, batch);
	const slopes = [new Float64Array(inner.length), new Float64Array(outer.length)] as const;
	const [moveInner, moveOuter] = [adam(inner), adam(outer)];
	for (let t = 0; t < steps; t++) {
		await breathe();
		const from = (t * samples) % y.length;
		gradient(slopes, [inner, outer], { x, y }, from, samples, signal);
		moveInner(slopes[0]);
		moveOuter(slopes[1]);
	}
}

/** The gradient of the mean loss over `samples` samples, written into arrays of the weights' shapes. */
function gradient(
	[innerSlope, outerSlope]: readonly [Float64Array, Float64Array],
	[inner, outer]: readonly [Float64Array, Float64Array],
	{ x, y }: { x: Float64Array; y: Float64Array },
	from: number,
	samples: number,
	signal: Signal,
): void {
	const d = inputs; // an import, read anew in every round of a loop where modules are not bundled
	const m = outer.length - 1;
	const hidden = new Float64Array(m);
	innerSlope.fill(0);
	outerSlope.fill(0);
	for (let i = from; i < from + samples; i++) {
		const s = signal(forward(inner, outer, x, i, hidden), y[i]!) / samples;
		outerSlope[m]! += s;
		for (let j = 0; j < m; j++) {
			const h = hidden[j]!;
			if (h <= 0) continue;
			outerSlope[j]! += s * h;
			const below = s * outer[j]!;
			const row = j * (d + 1);
			for (let k = 0; k < d; k++) innerSlope[row + k]! += below * x[i * d + k]!;
			innerSlope[row + d]! += below;
		}
	}
}

/** f on inputs of shape [n, 8]. */
export function outputsOf(
	[inner, outer]: readonly [Float64Array, Float64Array],
	x: Float64Array,
): Float64Array {
	const hidden = new Float64Array(outer.length - 1);
	return Float64Array.from({ length: x.length / inputs }, (_, i) =>
		forward(inner, outer, x, i, hidden),
	);
}

function forward(
	inner: Float64Array,
	outer: Float64Array,
	x: Float64Array,
	i: number,
	hidden: Float64Array,
): number {
	const d = inputs;
	const m = hidden.length;
	let f = outer[m]!;
	for (let j = 0; j < m; j++) {
		const row = j * (d + 1);
		let z = inner[row + d]!;
		for (let k = 0; k < d; k++) z += inner[row + k]! * x[i * d + k]!;
		hidden[j] = Math.max(0, z);
		f += outer[j]! * hidden[j]!;
	}
	return f;
}

/** A function that moves the weights by one step, given their gradient. */
function adam(weights: Float64Array): (gradient: Float64Array) => void {
	const { beta1, beta2, epsilon } = adamRule;
	const [first, second] = [new Float64Array(weights.length), new Float64Array(weights.length)];
	let t = 0;
	return (gradient) => {
		t++;
		const [unbias1, unbias2] = [1 / (1 - beta1 ** t), 1 / (1 - beta2 ** t)];
		for (let k = 0; k < weights.length; k++) {
			const g = gradient[k]!;
			first[k] = beta1 * first[k]! + (1 - beta1) * g;
			second[k] = beta2 * second[k]! + (1 - beta2) * g * g;
			weights[k]! -= (stepSize * first[k]! * unbias1) / (Math.sqrt(second[k]! * unbias2) + epsilon);
		}
	};
}
