import type * as Plot from '@observablehq/plot';

/** Writes on what a mark draws which equation it is the curve of. */
export function tagged(equation: string | undefined): Plot.RenderFunction | undefined {
	if (equation === undefined) return undefined;
	return (index, scales, values, dimensions, context, next) => {
		const node = next?.(index, scales, values, dimensions, context) ?? null;
		node?.setAttribute('data-equation', equation);
		return node;
	};
}
