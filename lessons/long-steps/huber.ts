/** Gradient descent on Huber functions, step by step: the experiment. */

/** f(x) = x²/2 for |x| ≤ δ, else δ|x| − δ²/2. */
export function huber(x: number, delta: number): number {
	const size = Math.abs(x);
	return size <= delta ? (x * x) / 2 : delta * size - (delta * delta) / 2;
}

/** f at the end of gradient descent from x = 1. */
export function descendHuber(steps: readonly number[], delta: number): number {
	return pathOnHuber(steps, delta).at(-1)!;
}

/** Evenly spaced in the logarithm, both ends included. */
export function logSpaced(from: number, to: number, count: number): number[] {
	const ratio = Math.log(to / from) / (count - 1);
	return Array.from({ length: count }, (_, i) =>
		i === count - 1 ? to : from * Math.exp(i * ratio),
	);
}

/** f before the first step and after each, on a Huber function. */
export function pathOnHuber(steps: readonly number[], delta: number): number[] {
	let x = 1;
	return [
		huber(x, delta),
		...steps.map((h) => {
			x -= h * Math.max(-delta, Math.min(delta, x));
			return huber(x, delta);
		}),
	];
}

/** f before the first step and after each, on the parabola x²/2. */
export function pathOnParabola(steps: readonly number[]): number[] {
	return pathOnHuber(steps, Infinity);
}
