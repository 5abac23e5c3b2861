import type { Activation, Job } from '#contract';
import { layersOf, sampleCount } from '../../kernel.ts';
import type { Grid } from './texels.ts';

/**
 * How a two-layer network f(x) = Σ_j a_j σ(w_j · x), its scales folded into w and a, lies in texels.
 * In all grids but `hidden` and `theta` a texel holds four consecutive inputs, "a block".
 *
 * - theta, [R · parts, m]: a column is a unit; its texels hold the d + 1 parameters (w_j, a_j), four
 *   each, and zeros after them.
 * - data, [R · parts · 4, blocks]: row k of a replica is what parameter k of a unit meets. Rows 0 … d − 1
 *   are the coordinates of its inputs; row d, where a unit has a_j, their targets; then zeros. Inputs
 *   that fill up the last block are 0, with target 0: they add nothing.
 * - hidden, [R · blocks, m]: what is kept of unit j on the four inputs of a block.
 * - sums, [R · slices, blocks]: f, or in training f − y, as partial sums over slices of the units.
 * - rates, [1, R]: for each replica the factors of a step in (w, a).
 */
export interface Layout {
	readonly replicas: number;
	readonly d: number;
	readonly m: number;
	readonly activation: Activation;
	/** Texels per unit. */
	readonly parts: number;
	/** Where the last of them holds a_j: its channel. */
	readonly outerChannel: number;
	/** Rows of `sums` per replica. */
	readonly slices: number;
	readonly trained: { readonly inner: boolean; readonly outer: boolean };
}

/** What a layout depends on besides the job. */
export interface Graphics {
	/** The longest side a texture may have. */
	readonly largestTexture: number;
	/** Fragments the device can work on at once: hundreds on a GPU, a few in software. */
	readonly fragmentsAtOnce: number;
}

export function layoutOf(job: Job, { fragmentsAtOnce }: Graphics): Layout {
	const [d = 0, m = 0] = job.network.sizes;
	const { replicas } = job;
	const [inner, outer] = layersOf(job);
	return {
		replicas,
		d,
		m,
		activation: job.network.activation,
		parts: Math.ceil((d + 1) / 4),
		outerChannel: d % 4,
		slices: slicesFor(m, fragmentsAtOnce / (replicas * blocksFor(sampleCount(job)))),
		trained: { inner: inner?.trained ?? true, outer: outer?.trained ?? true },
	};
}

/** Texels that a number of inputs takes. */
export function blocksFor(inputs: number): number {
	return Math.ceil(inputs / 4);
}

const unitsPerSlice = 64;
/** Every fragment that teaches a unit adds up all slices again. */
const slicesAtMost = 8;

/**
 * A sum over many units for few inputs would leave most of a GPU idle: it is cut into as many slices
 * as there is room for at its side.
 */
function slicesFor(m: number, room: number): number {
	return Math.max(1, Math.floor(Math.min(slicesAtMost, room, m / unitsPerSlice)));
}

/** At most three coordinates: a unit is one texel, and costs less to compute again than to look up. */
export function isNarrow({ parts }: Layout): boolean {
	return parts === 1;
}

/** How many inputs per replica one pass can run, for its grids to fit into textures. */
export function inputsAtMost(layout: Layout, { largestTexture }: Graphics): number {
	const blocks = isNarrow(layout) ? largestTexture : Math.floor(largestTexture / layout.replicas);
	return 4 * blocks;
}

export const grids = {
	theta: ({ replicas, parts, m }: Layout): Grid => ({ rows: replicas * parts, columns: m }),
	data: ({ replicas, parts }: Layout, inputs: number): Grid => ({
		rows: replicas * parts * 4,
		columns: blocksFor(inputs),
	}),
	hidden: ({ replicas, m }: Layout, inputs: number): Grid => ({
		rows: replicas * blocksFor(inputs),
		columns: m,
	}),
	sums: ({ replicas, slices }: Layout, inputs: number): Grid => ({
		rows: replicas * slices,
		columns: blocksFor(inputs),
	}),
	rates: ({ replicas }: Layout): Grid => ({ rows: 1, columns: replicas }),
};
