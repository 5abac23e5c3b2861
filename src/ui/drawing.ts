/** What a stroke and a key do to the heights of a function that is drawn by hand. */

export interface Point {
	/** From 0 to 1 across the pad; beyond it while the pointer is held. */
	readonly x: number;
	readonly y: number;
}

/**
 * The heights after a stroke from `a` to `b`: those passed on the way lie on its line, and the one
 * nearest to `b` is where `b` is.
 */
export function stroke(heights: readonly number[], a: Point, b: Point): readonly number[] {
	const cells = heights.length - 1;
	const nearest = Math.min(cells, Math.max(0, Math.round(b.x * cells)));
	return heights.map((height, i) => {
		if (i === nearest) return b.y;
		const passed = (i / cells - a.x) / (b.x - a.x);
		return passed > 0 && passed < 1 ? a.y + passed * (b.y - a.y) : height;
	});
}

/** Steps from the lowest height to the highest. */
const steps = 60;

/** The height that a key asks for, on a grid of sixty steps; null where it asks for none. */
export function heightBy(key: string, height: number, low: number, high: number): number | null {
	const moves: Record<string, number> = { ArrowUp: 1, ArrowDown: -1, PageUp: 6, PageDown: -6 };
	if (key === 'Home') return low;
	if (key === 'End') return high;
	const by = moves[key];
	if (by === undefined) return null;
	const step = (high - low) / steps;
	return Math.min(high, Math.max(low, step * (Math.round(height / step) + by)));
}
