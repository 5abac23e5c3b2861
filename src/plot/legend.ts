import { element, label, type Lettering } from './lettering.ts';
import { colourOf, dashOf, endText, isRings } from './look.ts';
import type { Series } from './series.ts';

/** A sample line, and the air around it. */
const sampleWidth = 18;
const air = 18;

/** Which labels share a row above a narrow plot. */
export function legendRows(
	series: readonly Series[],
	width: number,
	letters: Lettering,
): Series[][] {
	const rows: Series[][] = [];
	let room = 0;
	for (const s of series) {
		const needed = entryWidth(s, letters);
		if (needed > room) {
			rows.push([]);
			room = width;
		}
		rows.at(-1)?.push(s);
		room -= needed;
	}
	return rows;
}

/** Draws the rows below the label of the y axis. */
export function addLegend(
	svg: SVGSVGElement,
	rows: readonly Series[][],
	letters: Lettering,
	document: Document,
): void {
	rows.forEach((row, r) => {
		const y = 10 + (r + 1) * letters.row;
		let x = 0;
		for (const s of row) {
			const text = label(document, letters, endText(s), colourOf(s), x + sampleWidth + 6, y + 4);
			const entry = [sample(document, s, x, y), text];
			if (s.equation !== undefined)
				for (const node of entry) node.setAttribute('data-equation', s.equation);
			svg.append(...entry);
			x += entryWidth(s, letters);
		}
	});
}

function entryWidth(series: Series, letters: Lettering): number {
	return letters.width(endText(series)) + sampleWidth + air;
}

/** What the series looks like, in a few pixels. */
function sample(document: Document, series: Series, x: number, y: number): Element {
	const measured = isRings(series);
	return element(document, 'path', {
		d: measured ? `M${x + 6},${y}a3,3 0 1,0 6,0a3,3 0 1,0 -6,0` : `M${x},${y}h${sampleWidth}`,
		fill: 'none',
		stroke: colourOf(series),
		'stroke-width': series.kind === 'theory' && !series.pin ? '2.5' : '1.5',
		'stroke-dasharray': measured ? undefined : dashOf(series),
	});
}
