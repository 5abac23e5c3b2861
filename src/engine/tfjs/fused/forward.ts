import { activationCode } from './activation.ts';
import { channel, lines, loadCoordinates, preActivation } from './glsl.ts';
import { grids, type Layout } from './layout.ts';
import { gridProgram, type Program } from './program.ts';

/** Which units a row of `sums` adds up: `replica`, and units `from` up to but not including `to`. */
function sliceOfRow({ slices, m }: Layout): string {
	const size = Math.ceil(m / slices);
	return `
	int replica = here().y / ${slices};
	int from = (here().y - replica * ${slices}) * ${size};
	int to = min(from + ${size}, ${m});`;
}

/**
 * Narrow layouts, theta and data → sums: one fragment runs a slice of the units over four inputs,
 *
 *     sums[r, slice, i] = Σ_{j in slice} a_j σ(w_j · x_i).
 */
export function forwardProgram(layout: Layout, inputs: number): Program<'theta' | 'data'> {
	return gridProgram(
		['theta', 'data'],
		grids.sums(layout, inputs),
		`${activationCode(layout.activation)}
void main() {
	${sliceOfRow(layout)}
	int block = here().x;
	${loadCoordinates(layout)}
	vec4 f = vec4(0.);
	for (int j = from; j < to; j++) {
		vec4 unit = at(theta, j, replica);
		f += unit.${channel(layout.outerChannel)} * value(keep(${preActivation(layout)}));
	}
	setOutput(f);
}`,
	);
}

/**
 * Wide layouts, theta and data → hidden: one fragment takes one unit on four inputs,
 *
 *     hidden[r, i, j] = what is kept of w_j · x_i,
 *
 * four coordinates per texel of the unit, then those of its last texel, where a_j stands too.
 */
export function hiddenProgram(layout: Layout, inputs: number): Program<'theta' | 'data'> {
	const { d, parts, outerChannel } = layout;
	const grid = grids.hidden(layout, inputs);
	const blocks = grid.rows / layout.replicas;
	const products = (count: number) =>
		lines(count, (k, c) => `z += unit.${c} * at(data, block, row + ${k});`);
	return gridProgram(
		['theta', 'data'],
		grid,
		`${activationCode(layout.activation)}
void main() {
	int j = here().x;
	int replica = here().y / ${blocks};
	int block = here().y - replica * ${blocks};
	int row = replica * ${d + 1};
	vec4 z = vec4(0.);
	vec4 unit;
	for (int part = 0; part < ${parts - 1}; part++) {
		unit = at(theta, j, replica * ${parts} + part);
		${products(4)}
		row += 4;
	}
	unit = at(theta, j, replica * ${parts} + ${parts - 1});
	${products(outerChannel)}
	setOutput(keep(z));
}`,
	);
}

/**
 * Wide layouts, theta and hidden → sums: one fragment adds up a slice of the units for four inputs,
 *
 *     sums[r, slice, i] = Σ_{j in slice} a_j σ(z_ij).
 */
export function sumProgram(layout: Layout, inputs: number): Program<'theta' | 'hidden'> {
	const { parts, outerChannel } = layout;
	const grid = grids.sums(layout, inputs);
	return gridProgram(
		['theta', 'hidden'],
		grid,
		`${activationCode(layout.activation)}
void main() {
	${sliceOfRow(layout)}
	int block = here().x;
	vec4 f = vec4(0.);
	for (int j = from; j < to; j++) {
		float a = at(theta, j, replica * ${parts} + ${parts - 1}).${channel(outerChannel)};
		f += a * value(at(hidden, j, replica * ${grid.columns} + block));
	}
	setOutput(f);
}`,
	);
}
