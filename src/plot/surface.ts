import { thinned, type Grid, type Picture } from '#contract';
import { colourScale } from './colourScale.ts';

/** Where a surface is seen from, in degrees: turned about the vertical, and how far above the ground. */
export interface ViewPoint {
	readonly turn: number;
	readonly height: number;
}

export const firstView: ViewPoint = { turn: 35, height: 32 };
const heights = [5, 85] as const;

/** A view turned by so many degrees; it never goes below the ground or over the top. */
export function turned({ turn, height }: ViewPoint, by: Partial<ViewPoint>): ViewPoint {
	return {
		turn: (((turn + (by.turn ?? 0)) % 360) + 360) % 360,
		height: Math.min(heights[1], Math.max(heights[0], height + (by.height ?? 0))),
	};
}

/** Points of a surface in the box [−1, 1]² × [−half, half], row by row; NaN in z where there is no value. */
export interface Mesh {
	readonly columns: number;
	readonly rows: number;
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly z: Float64Array;
	/** Place of each point's value along the colours, 0 to 1. */
	readonly place: Float64Array;
}

/** Half the height of the box; its base is two wide. */
export const half = 0.55;
/** Values a side: more are no finer to the eye and cost time. */
const most = 81;

/** Stands a grid up; what is spaced evenly on its axes is spaced evenly in the box. */
export function meshOf(picture: Picture, whole: Grid): Mesh {
	const grid = thinned(whole, most);
	const { place } = colourScale(picture, whole);
	const [across, up] = [unit(grid.x, picture.x.scale), unit(grid.y, picture.y.scale)];
	const columns = grid.x.length;
	const places = Float64Array.from(grid.values, place);
	return {
		columns,
		rows: grid.y.length,
		x: places.map((_, k) => across[k % columns] ?? 0),
		y: places.map((_, k) => up[Math.floor(k / columns)] ?? 0),
		z: places.map((t) => half * (2 * t - 1)),
		place: places,
	};
}

/** Places of an axis on [−1, 1]. */
function unit(values: readonly number[], scale: 'linear' | 'log'): number[] {
	const along = values.map((v) => (scale === 'log' ? Math.log(v) : v));
	const [first = 0, last = 0] = [along[0], along.at(-1)];
	return along.map((v) => (last > first ? (2 * (v - first)) / (last - first) - 1 : 0));
}

/** From the box to the canvas: pixels to the right and down, and the distance from the eye. */
export type Projection = (x: number, y: number, z: number) => readonly [number, number, number];

/** How far the eye is from the middle of the box: a mild perspective. */
const distance = 5.5;

/** Perspective view into a canvas of CSS pixels; the box fits from wherever it is seen. */
export function projection({ turn, height }: ViewPoint, width: number, tall: number): Projection {
	const [a, e] = [(turn * Math.PI) / 180, (height * Math.PI) / 180];
	const [ca, sa, ce, se] = [Math.cos(a), Math.sin(a), Math.cos(e), Math.sin(e)];
	const size = Math.min(width / 3.4, tall / 3.1) * distance;
	return (x, y, z) => {
		const right = ca * x + sa * y;
		const ahead = ca * y - sa * x;
		const up = se * ahead + ce * z;
		const away = distance + ce * ahead - se * z;
		return [width / 2 + (size * right) / away, tall / 2 - (size * up) / away, away];
	};
}

/** The faces of a mesh from the farthest to the nearest, each by its first corner; those with a hole are left out. */
export function facesOf({ columns, rows, z }: Mesh, away: Float64Array): Uint32Array {
	const faces: number[] = [];
	for (let j = 0; j + 1 < rows; j++)
		for (let i = 0; i + 1 < columns; i++) {
			const k = j * columns + i;
			const sum = z[k]! + z[k + 1]! + z[k + columns]! + z[k + columns + 1]!;
			if (Number.isFinite(sum)) faces.push(k);
		}
	const depth = Float64Array.from(
		away,
		(one, k) => one + (away[k + 1] ?? 0) + (away[k + columns] ?? 0) + (away[k + columns + 1] ?? 0),
	);
	return Uint32Array.from(faces).sort((a, b) => depth[b]! - depth[a]!);
}
