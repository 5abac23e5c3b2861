import type { Job } from '#contract';
import { layersOf, type Layer } from '../../kernel.ts';
import { activationCode, glsl, keepsSlopes } from './activation.ts';
import { texelsFor } from './data.ts';
import type { Program } from './gpu.ts';
import { memoriesOf } from './optimiser.ts';
import { hereCode, type Size } from './panels.ts';
import { closeSum, grouped, residualCode } from './sums.ts';

/**
 * Where the weights of a dense network lie. Layers of weights lie one under the other; a texel has four
 * consecutive numbers of a row W_l[j, ·]; unit j lies in row ⌊j / tile⌋ of its layer and in layer j mod
 * tile of the grid, so that a fragment which reads or writes all layers deals with a tile of units.
 * Behind the weights, in the layers of the grid, stands what the optimiser remembers of them.
 */
export interface DeepLayout {
	readonly job: Job;
	readonly layers: readonly Layer[];
	/** Units that are written together: 4, 2 or 1. */
	readonly tile: number;
	/** The first row of each layer of weights, then the number of all. */
	readonly offsets: readonly number[];
	readonly state: Size;
	/** Whether hidden grids have slopes in layers 4 to 7. */
	readonly hasSlopes: boolean;
	readonly slices: number;
	/** The lowest layer that learns. */
	readonly lowest: number;
}

export function deepLayout(job: Job, outputs: number, slices: number): DeepLayout {
	const layers = layersOf(job);
	const copies = 1 + memoriesOf(job.optimiser);
	const tile = [4, 2, 1].find((units) => units * copies <= outputs) ?? 1;
	const offsets = [0];
	for (const { out } of layers) offsets.push((offsets.at(-1) as number) + rowsOf(out, tile));
	return {
		job,
		layers,
		tile,
		offsets,
		state: {
			width: Math.max(...layers.map(({ columns }) => texelsFor(columns))),
			height: offsets.at(-1) as number,
			depth: tile * copies,
		},
		hasSlopes: keepsSlopes(job.network.activation),
		slices,
		lowest: layers.findIndex(({ trained }) => trained),
	};
}

/** Rows that the weights of `out` units take, whole fours of them. */
function rowsOf(out: number, tile: number): number {
	return (texelsFor(out) * 4) / tile;
}

/** Column, row, layer and channel of weight W_l[j, k], or of what is remembered of it. */
export function deepPlace({ tile, offsets }: DeepLayout) {
	return (l: number, j: number, k: number, memory: number): [number, number, number, number] => [
		k >> 2,
		(offsets[l] as number) + Math.floor(j / tile),
		memory * tile + (j % tile),
		k & 3,
	];
}

/** What layer l receives: column t, layer q has unit 4t + q, a row is a block of four inputs. */
export function hiddenSize({ layers, hasSlopes }: DeepLayout, l: number, blocks: number): Size {
	const { columns } = layers[l] as Layer;
	return { width: texelsFor(columns), height: blocks, depth: hasSlopes ? 8 : 4 };
}

/** The derivative in z_l over that in f. */
export function signalSize({ layers }: DeepLayout, l: number, blocks: number): Size {
	return { width: texelsFor((layers[l] as Layer).out), height: blocks, depth: 4 };
}

const four = [0, 1, 2, 3] as const;
const channels = ['x', 'y', 'z', 'w'] as const;

/** Lines of GLSL, one per q < count. */
export function lines(count: number, line: (q: number, channel: string) => string): string {
	return Array.from({ length: count }, (_, q) => line(q, channels[q] as string)).join('\n\t\t');
}

/** GLSL: texel `column` of unit 4t + q of layer l, t a variable and q not, in the panel at `state0`. */
export function weightCode({ tile, offsets }: DeepLayout, l: number, q: number, t: string): string {
	const row = `${offsets[l]} + ${t} * ${4 / tile} + ${Math.floor(q / tile)}`;
	return `state0.y + ${row}, ${q % tile}`;
}

/** GLSL: the corner of the panel in the grid of the state. */
export function stateCorner({ state }: DeepLayout): string {
	return `ivec2 state0 = panel * ivec2(${state.width}, ${state.height});`;
}

/** What layer l receives, l of the layers below the top → what layer l + 1 receives, and slopes where kept. */
export function hiddenProgram(layout: DeepLayout, l: number): Program {
	const { layers, job, hasSlopes } = layout;
	const { columns, out, scale } = layers[l] as Layer;
	const width = texelsFor((layers[l + 1] as Layer).columns);
	const tiles = texelsFor(columns);
	const used = tiles === 1 ? columns : 4;
	const products = (q: number) => lines(used, (k, c) => `z${q}Part += w${q}.${c} * h${k};`);
	return {
		inputs: ['state', 'below'],
		outputs: hasSlopes ? 8 : 4,
		ints: ['blocks', 'rows', 'from'],
		code: `${activationCode(job.network.activation, ['vec4'])}
/** What stands in the place of unit j: a unit, the constant behind them, or nothing. */
vec4 only(int j, vec4 h, float one) { return j < ${out} ? h : vec4(j == ${out} ? one : 0.); }
void main() {
	${hereCode(width, 'blocks')}
	${stateCorner(layout)}
	int t = place.x;
	int row = panel.y * rows + from + place.y;
	int column = panel.x * ${tiles};
	${lines(4, (q) => `vec4 z${q} = vec4(0.);`)}
	${grouped(
		'k',
		['0', String(tiles)],
		16,
		'vec4',
		four.map((q) => `z${q}`),
		`${lines(used, (q) => `vec4 h${q} = at(below, column + k, row, ${q});`)}
		${lines(4, (q) => `vec4 w${q} = at(state, state0.x + k, ${weightCode(layout, l, q, 't')});`)}
		${four.map(products).join('\n')}`,
	)}
	${lines(4, (q) => `${l > 0 ? `z${q} *= ${glsl(scale)};` : ''} vec4 h${q} = value(z${q});`)}
	${lines(4, (q) => `out${q} = only(4 * t + ${q}, h${q}, ${job.network.biases ? '1.' : '0.'});`)}
	${hasSlopes ? lines(4, (q) => `out${q + 4} = only(4 * t + ${q}, slope(z${q}, h${q}), 0.);`) : ''}
}`,
	};
}

/** What the top layer receives → e, or f. */
export function topProgram(layout: DeepLayout): Program {
	const { layers, job, slices } = layout;
	const l = layers.length - 1;
	const { columns, scale } = layers[l] as Layer;
	const tiles = texelsFor(columns);
	const size = Math.ceil(tiles / slices);
	return {
		inputs: ['state', 'below', 'y'],
		outputs: 1,
		ints: ['batch', 'blocks', 'rows', 'from', 'rowsBelow', 'fromBelow'],
		code: `
void main() {
	${hereCode(slices, 'blocks')}
	${stateCorner(layout)}
	int slice = place.x;
	int block = place.y;
	int row = panel.y * rowsBelow + fromBelow + block;
	int column = panel.x * ${tiles};
	int begin = slice * ${size};
	int end = min(begin + ${size}, ${tiles});
	vec4 f = vec4(0.);
	${grouped(
		'k',
		['begin', 'end'],
		16,
		'vec4',
		['f'],
		`vec4 w = at(state, state0.x + k, state0.y + ${layout.offsets[l]}, 0);
		${lines(4, (q, c) => `fPart += w.${c} * at(below, column + k, row, ${q});`)}`,
	)}
	${closeSum(l > 0 ? scale : 1, job.lossFactor)}
}`,
	};
}

/** GLSL: `slopeAt(h, slopes)` of what a hidden grid holds. */
export function slopeCode({ hasSlopes, job }: DeepLayout): string {
	return hasSlopes
		? 'vec4 slopeAt(sampler2DArray hidden, int column, int row, int q) { return at(hidden, column, row, q + 4); }'
		: `${activationCode(job.network.activation, ['vec4'])}
vec4 slopeAt(sampler2DArray hidden, int column, int row, int q) {
	vec4 h = at(hidden, column, row, q);
	return slope(h, h);
}`;
}

/**
 * Signals of layer l, or, of the second layer from the top, what they follow from, → those of layer
 * l − 1: δ_{l−1,k} = σ′(z_{l−1,k}) s_l Σ_j δ_{l,j} W_l[j, k]. Of the second from the top they are
 * e s a_j σ′(z_j), and are not stored.
 */
export function signalProgram(layout: DeepLayout, l: number): Program {
	const { layers, slices, offsets } = layout;
	const { out, scale } = layers[l] as Layer;
	const below = layers[l - 1] as Layer;
	const top = layers.length - 1;
	const isSecond = l === top - 1;
	const [width, tilesBelow, tiles] = [below.out, (layers[l] as Layer).columns, out].map(texelsFor);
	const above = isSecond ? texelsFor((layers[top] as Layer).columns) : tiles;
	const signal = (q: number) =>
		isSecond
			? `e0 * a[${q}] * slopeAt(above, panel.x * ${above} + j, row, ${q})`
			: `at(above, panel.x * ${above} + j, row, ${q})`;
	return {
		inputs: ['state', 'hidden', 'above', ...(isSecond ? ['e'] : [])],
		outputs: 4,
		ints: ['blocks'],
		code: `${slopeCode(layout)}${isSecond ? residualCode(slices) : ''}
void main() {
	${hereCode(width!, 'blocks')}
	${stateCorner(layout)}
	int t = place.x;
	int row = panel.y * blocks + place.y;
	${isSecond ? `vec4 e0 = ${glsl((layers[top] as Layer).scale)} * residual(panel.x * ${slices}, row);` : ''}
	${lines(4, (q) => `vec4 s${q} = vec4(0.);`)}
	${grouped(
		'j',
		['0', String(tiles)],
		16,
		'vec4',
		four.map((q) => `s${q}`),
		`${isSecond ? `vec4 a = at(state, state0.x + j, state0.y + ${offsets[top]}, 0);` : ''}
		${isSecond ? `a = mix(vec4(0.), a, lessThan(4 * j + ivec4(0, 1, 2, 3), ivec4(${out})));` : ''}
		${lines(4, (q) => `vec4 d${q} = ${signal(q)};`)}
		${lines(4, (q) => `vec4 w${q} = at(state, state0.x + t, ${weightCode(layout, l, q, 'j')});`)}
		${lines(4, (k, c) => `s${k}Part += ${four.map((q) => `w${q}.${c} * d${q}`).join(' + ')};`)}`,
	)}
	${lines(
		4,
		(q) => `out${q} = 4 * t + ${q} < ${below.out}
			? ${glsl(scale)} * s${q} * slopeAt(hidden, panel.x * ${tilesBelow} + t, row, ${q}) : vec4(0.);`,
	)}
}`,
	};
}
