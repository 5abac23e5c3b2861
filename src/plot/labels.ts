/** A text beside the end of a curve. */
export interface EndLabel {
	readonly text: string;
	readonly colour: string;
	/** Pixels from the top, where the curve ends. */
	readonly y: number;
}

/** Moves labels apart until no two are closer than `distance`, keeping their order and staying within [top, bottom]. */
export function spread<L extends EndLabel>(
	labels: readonly L[],
	distance: number,
	[top, bottom]: readonly [number, number],
): L[] {
	const sorted = [...labels].sort((a, b) => a.y - b.y);
	const down: number[] = [];
	for (const { y } of sorted) down.push(Math.max(y, top, (down.at(-1) ?? -Infinity) + distance));
	// Whatever was pushed over the lower edge pushes the others back up.
	let limit = bottom;
	const places = down.map(() => 0);
	for (let i = down.length - 1; i >= 0; i--) {
		places[i] = Math.min(down[i] ?? 0, limit);
		limit = (places[i] ?? 0) - distance;
	}
	return sorted.map((label, i) => ({ ...label, y: places[i] ?? label.y }));
}

/** Width of a text in the label font, in pixels, near enough to leave room for it. */
export function textWidth(text: string): number {
	return 6.7 * text.length;
}
