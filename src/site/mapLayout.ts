import { parts, type Part } from '#contract/lesson.ts';
import type { Place } from './ways.ts';

/** Where the name of a lesson stands on the map, in CSS pixels. */
export interface Spot {
	readonly place: Place;
	readonly x: number;
	readonly y: number;
}

export interface MapLayout {
	readonly spots: readonly Spot[];
	/** The parts, from top to bottom, and where each begins. */
	readonly rows: readonly { readonly part: Part; readonly y: number }[];
	readonly edges: readonly { readonly id: string; readonly path: string }[];
	readonly width: number;
	readonly height: number;
}

const width = 900;
/** Room for the names of the parts on the left, then three columns. */
const margin = 150;
const column = (width - margin) / 3;
/** Room for a name of two lines, and above the first of a part. */
const [line, head] = [50, 36];

/** Lays lessons out by part, three in a row, with a curve from each lesson to those that need it. */
export function mapLayout(places: readonly Place[]): MapLayout {
	const spots: Spot[] = [];
	const rows: { part: Part; y: number }[] = [];
	let y = 4;
	for (const part of parts) {
		const here = places.filter((place) => place.part === part);
		if (here.length === 0) continue;
		rows.push({ part, y });
		for (const [i, place] of here.entries())
			spots.push({
				place,
				x: margin + (i % 3) * column + 6,
				y: y + head + line * Math.floor(i / 3),
			});
		y += head + line * Math.ceil(here.length / 3);
	}
	const edges = spots.flatMap((to) =>
		to.place.needs.flatMap((need) => {
			const from = spots.find(({ place }) => place.slug === need);
			return from ? [{ id: `${need}>${to.place.slug}`, path: curve(from, to) }] : [];
		}),
	);
	return { spots, rows, edges, width, height: y };
}

/** From the mark of one lesson to that of another: over the names of its own row, else down to its column. */
function curve(from: Spot, to: Spot): string {
	const top = to.y - 5;
	if (from.y === to.y)
		return `M${from.x},${top}C${from.x + 20},${top - 18} ${to.x - 20},${top - 18} ${to.x},${top}`;
	const turn = to.y - 34;
	return `M${from.x},${from.y + 5}V${turn}C${from.x},${to.y - 14} ${to.x},${turn} ${to.x},${top}`;
}
