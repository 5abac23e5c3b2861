/** ReLU networks with He's start: σ_w² = 2, no biases. */
import { random } from '#theory/random.ts';
import { drawLayer, forward, meanProduct, unitInput } from './networks.ts';

/** M_l/M_0 = mean h_l²/mean x² in layers 1 … L of one network. */
export async function norms(
	width: number,
	depth: number,
	seed: number,
	breathe: () => Promise<void>,
): Promise<number[]> {
	const source = random(seed, 'initialization/norms');
	let h = unitInput(width, source);
	const all: number[] = [];
	for (let l = 0; l < depth; l++) {
		await breathe();
		h = forward(drawLayer(width, 'normal', source), h, 2, 0).map((v) => Math.max(0, v));
		all.push(meanProduct(h, h));
	}
	return all;
}
