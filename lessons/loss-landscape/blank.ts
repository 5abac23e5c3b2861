import type { Grid } from '#contract';

/** A picture that is still to be computed: its places without values. */
export function blank(x: readonly number[], y: readonly number[] = x): Grid {
	return { x, y, values: Array.from({ length: x.length * y.length }, () => NaN) };
}

export function isBlank({ values }: Grid): boolean {
	return values.every(Number.isNaN);
}
