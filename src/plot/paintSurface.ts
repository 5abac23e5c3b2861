import type { Grid, Picture } from '#contract';
import { colourScale } from './colourScale.ts';
import { palettes, shades } from './palette.ts';
import {
	facesOf,
	half,
	projection,
	type Mesh,
	type Projection,
	type ViewPoint,
} from './surface.ts';
import { linearTicks, logTicks } from './ticks.ts';

/** The look of a painted surface, in CSS colours that are resolved: a canvas knows no variables. */
export interface SurfaceLook {
	readonly dark: boolean;
	readonly ink: string;
	readonly line: string;
	/** CSS font. */
	readonly font: string;
}

/** The size of the canvas in CSS pixels. */
export interface SurfaceSize {
	readonly width: number;
	readonly height: number;
}

/** Share of a shade that is left where the light only grazes. */
const shadow = 0.62;
/** Where the light comes from, as seen by the eye: from the upper left. */
const light = [-0.45, -0.35, 0.82] as const;

/** Paints the base of the box, the surface over it, and the words of the axes. */
export function paintSurface(
	canvas: CanvasRenderingContext2D,
	picture: Picture,
	grid: Grid,
	mesh: Mesh,
	view: ViewPoint,
	{ width, height }: SurfaceSize,
	look: SurfaceLook,
): void {
	const project = projection(view, width, height);
	canvas.clearRect(0, 0, width, height);
	paintBase(canvas, project, look);
	paintFaces(canvas, picture, mesh, project, view, look);
	paintWords(canvas, picture, grid, project, width, look);
}

function paintBase(
	canvas: CanvasRenderingContext2D,
	project: Projection,
	{ line }: SurfaceLook,
): void {
	canvas.beginPath();
	for (const [x, y] of corners) canvas.lineTo(...flat(project(x, y, -half)));
	canvas.closePath();
	const [x, y] = sideCorner(project);
	canvas.moveTo(...flat(project(x, y, -half)));
	canvas.lineTo(...flat(project(x, y, half)));
	canvas.strokeStyle = line;
	canvas.lineWidth = 1;
	canvas.stroke();
}

function paintFaces(
	canvas: CanvasRenderingContext2D,
	picture: Picture,
	mesh: Mesh,
	project: Projection,
	{ turn }: ViewPoint,
	{ dark }: SurfaceLook,
): void {
	const { x, y, z, place, columns } = mesh;
	const count = x.length;
	const [px, py, away] = [0, 1, 2].map(() => new Float64Array(count)) as [
		Float64Array,
		Float64Array,
		Float64Array,
	];
	for (let k = 0; k < count; k++) [px[k], py[k], away[k]] = project(x[k]!, y[k]!, z[k]!);
	const { [dark ? 'dark' : 'light']: palette } = palettes[picture.colour.kind];
	const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
	// The light stays with the eye: the box turns under it.
	const [lx, ly, lz] = [c * light[0] - s * light[1], s * light[0] + c * light[1], light[2]];
	canvas.lineWidth = 0.6;
	canvas.lineJoin = 'round';
	for (const k of facesOf(mesh, away)) {
		const [a, b, d, e] = [k, k + 1, k + columns + 1, k + columns];
		const slopeX = (z[b]! + z[d]! - z[a]! - z[e]!) / (2 * (x[b]! - x[a]!));
		const slopeY = (z[e]! + z[d]! - z[a]! - z[b]!) / (2 * (y[e]! - y[a]!));
		const facing = (lz - lx * slopeX - ly * slopeY) / Math.hypot(slopeX, slopeY, 1);
		const lit = shadow + (1 - shadow) * Math.max(0, facing);
		const t = (place[a]! + place[b]! + place[d]! + place[e]!) / 4;
		const [red, green, blue] = palette[Math.round(t * (shades - 1))] ?? [0, 0, 0];
		canvas.beginPath();
		for (const corner of [a, b, d, e]) canvas.lineTo(px[corner]!, py[corner]!);
		canvas.closePath();
		const shade = (share: number) => `rgb(${red * share} ${green * share} ${blue * share})`;
		canvas.fillStyle = shade(lit);
		canvas.strokeStyle = shade(0.82 * lit);
		canvas.fill();
		canvas.stroke();
	}
}

/** Names at the edges of the base nearest to the eye, with the values where they end; heights beside a corner. */
function paintWords(
	canvas: CanvasRenderingContext2D,
	picture: Picture,
	grid: Grid,
	project: Projection,
	width: number,
	{ ink, font }: SurfaceLook,
): void {
	canvas.font = font;
	canvas.fillStyle = ink;
	canvas.textBaseline = 'middle';
	canvas.textAlign = 'left';
	const near = [...corners].sort((a, b) => project(...a, -half)[2] - project(...b, -half)[2])[0]!;
	const write = (text: string, x: number, y: number, out: readonly [number, number]) => {
		const [px, py] = project(x + out[0], y + out[1], -half);
		const middle = project(0, 0, -half)[0];
		const long = canvas.measureText(text).width;
		const begin = Math.abs(px - middle) < 20 ? px - long / 2 : px < middle ? px - long : px;
		canvas.fillText(text, Math.max(0, Math.min(width - long, begin)), py);
	};
	const [nx, ny] = near;
	const [x0 = 0, x1 = 0] = [grid.x[0], grid.x.at(-1)];
	const [y0 = 0, y1 = 0] = [grid.y[0], grid.y.at(-1)];
	const plain = linearTicks([0, 1], 2).format;
	write(picture.x.label, 0, ny, [0, 0.3 * ny]);
	write(plain(x0), -0.9, ny, [0, 0.16 * ny]);
	write(plain(x1), 0.9, ny, [0, 0.16 * ny]);
	write(picture.y.label, nx, 0, [0.3 * nx, 0]);
	write(plain(y0), nx, -0.9, [0.16 * nx, 0]);
	write(plain(y1), nx, 0.9, [0.16 * nx, 0]);
	const { domain, scale, place } = colourScale(picture, grid);
	const ticks = (scale === 'log' ? logTicks : linearTicks)([...domain], 3);
	const side = sideCorner(project);
	for (const value of ticks.values) {
		const text = ticks.format(value);
		const [px, py] = project(...side, half * (2 * place(value) - 1));
		canvas.fillText(text, Math.max(0, px - 6 - canvas.measureText(text).width), py);
	}
}

const corners: readonly (readonly [number, number])[] = [
	[-1, -1],
	[1, -1],
	[1, 1],
	[-1, 1],
];

/** The corner of the base that is farthest to the left. */
function sideCorner(project: Projection): readonly [number, number] {
	return [...corners].sort((a, b) => project(...a, -half)[0] - project(...b, -half)[0])[0]!;
}

function flat([x, y]: readonly [number, number, number]): [number, number] {
	return [x, y];
}
