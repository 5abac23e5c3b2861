/**
 * A function that was drawn by hand is an expression like any other: `spline(x, …)` through its heights
 * at equal distances from 0 to 1. So it travels in links and obeys the same checks.
 */

/** The text of a function drawn through the heights, which are kept to a hundredth. */
export function drawnText(variable: string, heights: readonly number[]): string {
	// Not −0, which would be written down as such.
	const told = heights.map((height) => String(Math.round(height * 100) / 100 + 0));
	return `spline(${variable}, ${told.join(', ')})`;
}

/** The heights of a text that is a drawing in `variable` and nothing else; null for any other. */
export function drawnHeights(variable: string, text: string): readonly number[] | null {
	const inside = /^\s*spline\(\s*(\w+)\s*,([^()]*)\)\s*$/.exec(text);
	if (!inside || inside[1] !== variable) return null;
	const heights = (inside[2] ?? '').split(',').map((part) => part.trim());
	const numbers = heights.map(Number);
	return heights.includes('') || !numbers.every(Number.isFinite) ? null : numbers;
}
