/** Flat float64 arrays, as batches of them are stacked for training. */

export function concatenate(parts: readonly Float64Array[]): Float64Array {
	const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** `count` copies, end to end. */
export function repeat(part: Float64Array, count: number): Float64Array {
	return concatenate(Array.from({ length: count }, () => part));
}

/** Cuts into `count` pieces of equal length, as views. */
export function split(whole: Float64Array, count: number): Float64Array[] {
	const size = whole.length / count;
	return Array.from({ length: count }, (_, r) => whole.subarray(r * size, (r + 1) * size));
}

export function sumOfSquares(values: Iterable<number>): number {
	let sum = 0;
	for (const value of values) sum += value ** 2;
	return sum;
}

/** Mean and standard deviation (n − 1 in the denominator). */
export function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
	const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
	const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
	return { mean, deviation: Math.sqrt(square / (values.length - 1)) };
}
