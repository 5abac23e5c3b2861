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
	/** Names of the parts, each above its lessons. */
	readonly rows: readonly { readonly part: Part; readonly y: number }[];
	readonly edges: readonly { readonly id: string; readonly path: string }[];
	readonly width: number;
	readonly height: number;
}

const width = 720;
const column = width / 3;
const [line, head] = [34, 30];

/** Lays lessons out by part, three in a row, with a curve from each lesson to those that need it. */
export function mapLayout(places: readonly Place[]): MapLayout {
	const spots: Spot[] = [];
	const rows: { part: Part; y: number }[] = [];
	let y = 20;
	for (const part of parts) {
		const here = places.filter((place) => place.part === part);
		if (here.length === 0) continue;
		rows.push({ part, y });
		for (const [i, place] of here.entries())
			spots.push({
				place,
				x: (i % 3) * column + 10,
				y: y + head + line * Math.floor(i / 3),
			});
		y += head + line * Math.ceil(here.length / 3) + 22;
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
	const [x0, x1] = [from.x - 6, to.x - 6];
	const bend = Math.min(x0, x1) - 10;
	return `M${x0},${from.y}C${bend},${from.y + 14} ${bend},${to.y - 14} ${x1},${to.y}`;
}
