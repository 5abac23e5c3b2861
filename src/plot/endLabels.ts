import { label, type Lettering } from './lettering.ts';

/** A text beside the end of a curve. */
export interface EndLabel {
	readonly text: string;
	readonly colour: string;
	/** Pixels from the top, where the curve ends. */
	readonly y: number;
	/** Label of the equation it is the curve of. */
	readonly equation?: string | undefined;
}

/** Writes the labels beside the plot, each as near to the end of its curve as the others allow. */
export function addEndLabels(
	svg: SVGSVGElement,
	labels: readonly EndLabel[],
	{ x, top, bottom }: { readonly x: number; readonly top: number; readonly bottom: number },
	letters: Lettering,
	document: Document,
): void {
	for (const { text, colour, y, equation } of spread(labels, letters.row, [top, bottom])) {
		const node = label(document, letters, text, colour, x, y + 4);
		if (equation !== undefined) node.setAttribute('data-equation', equation);
		svg.append(node);
	}
}

/** Moves labels apart until no two are closer than `distance`, keeping their order and staying within [top, bottom]. */
export function spread(
	labels: readonly EndLabel[],
	distance: number,
	[top, bottom]: readonly [number, number],
): EndLabel[] {
	const sorted = [...labels].sort((a, b) => a.y - b.y);
	const places: number[] = [];
	for (const { y } of sorted)
		places.push(Math.max(y, top, (places.at(-1) ?? -Infinity) + distance));
	// Whatever was pushed over the lower edge pushes the others back up.
	let limit = bottom;
	for (let i = places.length - 1; i >= 0; i--) {
		places[i] = Math.min(places[i] ?? bottom, limit);
		limit = (places[i] ?? bottom) - distance;
	}
	return sorted.map((label, i) => ({ ...label, y: places[i] ?? label.y }));
}
