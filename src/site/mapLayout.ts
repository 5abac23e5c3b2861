import { parts, type Part } from '#contract';
import type { Place } from './tracks.ts';

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

const width = 780;
const column = width / 3;
/** Room for a name of two lines, and for the name of the part above the first of them. */
const [line, head] = [52, 54];

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
				x: (i % 3) * column + 18,
				y: y + head + line * Math.floor(i / 3),
			});
		y += head + line * Math.ceil(here.length / 3) - 8;
	}
	const edges = spots.flatMap((to) =>
		to.place.needs.flatMap((need) => {
			const from = spots.find(({ place }) => place.slug === need);
			return from ? [{ id: `${need}>${to.place.slug}`, path: curve(from, to) }] : [];
		}),
	);
	return { spots, rows, edges, width, height: y };
}

/** From the mark of one lesson to that of another, bent to the left of both. */
function curve(from: Spot, to: Spot): string {
	const bend = Math.min(from.x, to.x) - 16;
	const middle = (from.y + to.y) / 2;
	return `M${from.x},${from.y}C${bend},${from.y} ${bend},${middle} ${bend},${middle}S${bend},${to.y} ${to.x},${to.y}`;
}
