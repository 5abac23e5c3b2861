/** y over x. A single number is a curve of one point. */
export interface Curve {
	readonly x: readonly number[];
	readonly y: readonly number[];
	/** Edges of a band around y, where there is one. */
	readonly low?: readonly number[];
	readonly high?: readonly number[];
	/** One row per seed, where y summarises an ensemble. */
	readonly each?: readonly (readonly number[])[];
}

/** The curve of an ensemble: mean over the seeds, with the band from the 10 % to the 90 % quantile. */
export function ensemble(x: readonly number[], each: readonly (readonly number[])[]): Curve {
	const column = (i: number) => each.map((row) => row[i] ?? NaN);
	const at = (f: (values: number[]) => number) => x.map((_, i) => f(column(i)));
	return {
		x,
		y: at(mean),
		low: at((v) => quantile(v, 0.1)),
		high: at((v) => quantile(v, 0.9)),
		each,
	};
}

/** Joins curves end to end, as a run that yields a point at a time grows; there must be one. */
export function join(parts: readonly Curve[]): Curve {
	const [first] = parts;
	const all = (of: (part: Curve) => readonly number[] | undefined) =>
		parts.every((part) => of(part)) ? parts.flatMap((part) => of(part) ?? []) : undefined;
	return {
		x: parts.flatMap(({ x }) => x),
		y: parts.flatMap(({ y }) => y),
		low: all(({ low }) => low),
		high: all(({ high }) => high),
		each: parts.every(({ each }) => each)
			? first?.each?.map((_, seed) => parts.flatMap(({ each }) => each?.[seed] ?? []))
			: undefined,
	};
}

export function mean(values: readonly number[]): number {
	return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** The q-quantile, 0 ≤ q ≤ 1, linear between order statistics; NaN if any value is. */
export function quantile(values: readonly number[], q: number): number {
	if (values.some(Number.isNaN)) return NaN;
	const sorted = [...values].sort((a, b) => a - b);
	const position = q * (sorted.length - 1);
	const below = sorted[Math.floor(position)] ?? NaN;
	const above = sorted[Math.ceil(position)] ?? NaN;
	return below === above ? below : below + (above - below) * (position % 1);
}
