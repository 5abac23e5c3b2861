import type { Gpu, Grid } from './gpu.ts';

/**
 * Replicas lie side by side: a grid is cut into `across` · `down` panels of one size, and replica r has
 * the panel in column r mod across and row ⌊r / across⌋ of every grid.
 */
export interface Panels {
	readonly replicas: number;
	readonly across: number;
	readonly down: number;
}

/** The size of one replica's panel, in texels, and its layers. */
export interface Size {
	readonly width: number;
	readonly height: number;
	readonly depth: number;
}

/** As narrow an arrangement as fits panels of all these sizes; null where none does. */
export function arranged(
	replicas: number,
	sizes: readonly Omit<Size, 'depth'>[],
	{ largestTexture }: Pick<Gpu, 'largestTexture'>,
): Panels | null {
	const widest = Math.max(...sizes.map(({ width }) => width));
	const highest = Math.max(...sizes.map(({ height }) => height));
	const across = Math.ceil(replicas / Math.floor(largestTexture / highest));
	if (!(across * widest <= largestTexture)) return null;
	return { replicas, across, down: Math.ceil(replicas / across) };
}

export function panelGrid(
	gpu: Gpu,
	{ across, down }: Panels,
	size: Size,
	values?: Float32Array,
): Grid {
	return gpu.grid(across * size.width, down * size.height, size.depth, values);
}

/** Where in the values of a grid a channel of a replica's texel stands. */
export type Place = (
	r: number,
	column: number,
	row: number,
	layer: number,
	channel: number,
) => number;

export function placesIn({ across, down }: Panels, { width, height }: Size): Place {
	return (r, column, row, layer, channel) => {
		const x = (r % across) * width + column;
		const y = Math.floor(r / across) * height + row;
		return 4 * ((layer * down * height + y) * across * width + x) + channel;
	};
}

/** A grid whose values `fill` sets; what is not set is 0. */
export function filledGrid(
	gpu: Gpu,
	panels: Panels,
	size: Size,
	fill: (values: Float32Array, at: Place) => void,
): Grid {
	const { across, down } = panels;
	const values = new Float32Array(4 * across * down * size.width * size.height * size.depth);
	fill(values, placesIn(panels, size));
	return panelGrid(gpu, panels, size, values);
}

/** GLSL: the panel of the fragment, and where it stands in a panel of this size. */
export function hereCode(width: string | number, height: string | number): string {
	return `
	ivec2 here = ivec2(gl_FragCoord.xy);
	ivec2 panel = here / ivec2(${width}, ${height});
	ivec2 place = here - panel * ivec2(${width}, ${height});`;
}
