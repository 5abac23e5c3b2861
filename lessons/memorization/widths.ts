/** How wide two hidden layers must be to store N labels, by the theorems of the lesson. */

/** Groups p and points per group q that the construction manages with both layers of width w or less. */
export function groupsFor(width: number): { groups: number; each: number } {
	return { groups: Math.floor((width + 1) / 2), each: Math.floor((width + 2) / 2) };
}

/** The most points that the construction stores: p·q. */
export function stored(width: number): number {
	const { groups, each } = groupsFor(width);
	return groups * each;
}

/** The smallest width at which a condition holds; conditions here are monotone. */
function smallest(holds: (width: number) => boolean): number {
	let width = 1;
	while (!holds(width)) width++;
	return width;
}

/** The smallest width at which the construction stores any N labels. */
export function guaranteedWidth(n: number): number {
	return smallest((w) => stored(w) >= n);
}

/** Yun, Sra & Jadbabaie: 4⌊d₁/4⌋⌊d₂/4⌋ ≥ N suffices for one output, so d₁ = d₂ = 2√N if that is a multiple of 4. */
export function yunWidth(n: number): number {
	return smallest((w) => 4 * Math.floor(w / 4) ** 2 >= n);
}

/** Most affine pieces on a line of a network with hidden layers of widths d₁ and d₂. */
export function mostPieces(d1: number, d2: number): number {
	return (d1 + 1) * (d2 + 1);
}

/** The smallest width that can store alternating labels of N points on a line: they need N − 1 pieces. */
export function necessaryWidth(n: number): number {
	return smallest((w) => mostPieces(w, w) >= n - 1);
}

/**
 * Of N alternating labels in a row, how many a function is bound to get wrong that changes sign at most so
 * often: a run of L points with one sign has at most ⌈L/2⌉ of them right, and there is one run more than
 * changes.
 */
export function wrongWithChanges(n: number, changes: number): number {
	return Math.max(0, Math.ceil((n - changes - 1) / 2));
}

/** Alternating labels of N points on a line that every network of width w gets wrong: a piece crosses 0 once. */
export function unavoidable(n: number, width: number): number {
	return wrongWithChanges(n, mostPieces(width, width));
}

/** Weights and biases of d → w → w → 1. */
export function weightCount(d: number, width: number): number {
	return width * (d + 1) + width * (width + 1) + width + 1;
}
