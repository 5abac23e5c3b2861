/** Networks of different depths with as nearly as possible the same number of parameters. */
import { inputs } from './deepTeacher.ts';

/** Weights and biases of a network from 8 inputs through the hidden layers to one output. */
export function parameters(hidden: readonly number[]): number {
	const sizes = [inputs, ...hidden, 1];
	return sizes.slice(1).reduce((sum, out, l) => sum + out * (sizes[l]! + 1), 0);
}

/** Hidden layers of equal width, the widest of no more than `size` parameters; at least one neuron each. */
export function hiddenLayers(depth: number, size: number): number[] {
	const layers = (m: number) => Array.from({ length: depth }, () => m);
	let m = 1;
	while (parameters(layers(m + 1)) <= size) m++;
	return layers(m);
}
