/** Random tanh networks that are shown two inputs. */
import { random } from '#theory/random.ts';
import { drawLayer, forward, meanProduct } from './networks.ts';

export interface TwoInputs {
	readonly width: number;
	readonly depth: number;
	readonly weight: number;
	readonly bias: number;
	/** Of the pre-activations of the first layer: E z², and 1 − c for each pair. */
	readonly p: number;
	readonly distances: readonly number[];
}

/** 1 − c of z and z′ in layers 1 … L of one network, for each of the pairs; they share the first input. */
export async function correlate(
	{ width, depth, weight, bias, p, distances }: TwoInputs,
	seed: number,
	breathe: () => Promise<void>,
): Promise<number[][]> {
	const source = random(seed, 'initialization/correlate');
	const [g, h] = [0, 1].map(() => Float64Array.from({ length: width }, source.normal));
	const size = Math.sqrt(p);
	let first: Float64Array = g!.map((v) => size * v);
	let others: Float64Array[] = distances.map((d) =>
		g!.map((v, i) => size * ((1 - d) * v + Math.sqrt(d * (2 - d)) * h![i]!)),
	);
	const all = others.map((z) => [distance(first, z)]);
	for (let l = 1; l < depth; l++) {
		await breathe();
		const layer = drawLayer(width, 'normal', source);
		first = forward(layer, first.map(Math.tanh), weight, bias);
		others = others.map((z) => forward(layer, z.map(Math.tanh), weight, bias));
		others.forEach((z, k) => all[k]!.push(distance(first, z)));
	}
	return all;
}

/** 1 − c without cancellation: half the squared distance of the two directions. */
function distance(a: Float64Array, b: Float64Array): number {
	const [s, t] = [a, b].map((v) => 1 / Math.sqrt(meanProduct(v, v)));
	const apart = a.map((v, i) => s! * v - t! * b[i]!);
	return meanProduct(apart, apart) / 2;
}
