import type { Job } from '#contract';
import { glsl } from './activation.ts';
import { blocksFor } from './data.ts';
import type { Size } from './panels.ts';

/*
 * The top layer sums over its inputs, to f in a probe (`batch` 0) and in a step to e, the derivative of
 * the loss in f. Few fragments do it, so that on a GPU the sum is cut into slices, which whoever reads
 * e adds up.
 */

const unitsPerSlice = 64;
/** Every fragment that reads e adds up all slices again. */
const slicesAtMost = 8;

/** As many slices of the units as there is room for beside the blocks; `fragmentsAtOnce` is what the device can do. */
export function slicesFor(
	units: number,
	{ replicas }: Job,
	batch: number,
	fragmentsAtOnce: number,
) {
	const room = fragmentsAtOnce / (replicas * blocksFor(batch));
	return Math.max(1, Math.floor(Math.min(slicesAtMost, room, units / unitsPerSlice)));
}

export function sumSize(slices: number, blocks: number): Size {
	return { width: slices, height: blocks, depth: 1 };
}

/** Closes a program that has summed a slice in f, read y at `row` and knows its block: writes f or e. */
export function closeSum(scale: number, lossFactor: number): string {
	return `
	f *= ${glsl(scale)};
	if (batch > 0) {
		if (slice == 0) f -= at(y, panel.x, panel.y * rows + from + block, 0);
		f *= ${glsl(lossFactor)};
		f = mix(vec4(0.), f, lessThan(4 * block + ivec4(0, 1, 2, 3), ivec4(batch)));
	}
	out0 = f;`;
}

/** `residual(column, row)`: e on the four inputs of a block. */
export function residualCode(slices: number): string {
	return `
vec4 residual(int column, int row) {
	vec4 sum = at(e, column, row, 0);
	for (int slice = 1; slice < ${slices}; slice++) sum += at(e, column + slice, row, 0);
	return sum;
}
`;
}

/**
 * A loop over `count` things, summed into `sums` in groups first: added up one by one, thousands of
 * float32 numbers lose a digit. `body` adds to what is called like the sums with `Part` behind it.
 */
export function grouped(
	index: string,
	[from, to]: readonly [string, string],
	group: number,
	type: string,
	sums: readonly string[],
	body: string,
): string {
	const each = (line: (name: string) => string) => sums.map(line).join(' ');
	return `
	for (int first = ${from}; first < ${to}; first += ${group}) {
		${each((name) => `${type} ${name}Part = ${type}(0.);`)}
		for (int ${index} = first; ${index} < min(first + ${group}, ${to}); ${index}++) {
			${body}
		}
		${each((name) => `${name} += ${name}Part;`)}
	}`;
}
