import { activationCode } from './activation.ts';
import { channel, lines, loadCoordinates, preActivation } from './glsl.ts';
import { grids, type Layout } from './layout.ts';
import { gridProgram, type Program } from './program.ts';

/** What the sums start from: f alone is asked for by a probe, f − y by a step. */
export type Sought = 'f' | 'f − y';

/**
 * Opens a program whose fragment writes a texel of `sums`: it adds up units `from` up to but not
 * including `to`, a slice, for the four inputs of `block`. The first slice takes off the targets.
 */
function openSum({ slices, m, d, parts }: Layout, sought: Sought): string {
	const size = Math.ceil(m / slices);
	const targets = `
	if (slice == 0) f -= at(data, block, replica * ${4 * parts} + ${d});`;
	return `
	int block = here().x;
	int replica = here().y / ${slices};
	int slice = here().y - replica * ${slices};
	int from = slice * ${size};
	int to = min(from + ${size}, ${m});
	vec4 f = vec4(0.);${sought === 'f' ? '' : targets}`;
}

/**
 * Adds up what each unit j from `from` to `to` gives, in groups first: summed one by one, thousands of
 * float32 numbers lose a digit.
 */
function sumUnits(term: string): string {
	return `
	for (int group = from; group < to; group += 64) {
		vec4 sum = vec4(0.);
		for (int j = group; j < min(group + 64, to); j++) {
			${term}
		}
		f += sum;
	}`;
}

/**
 * Narrow layouts, theta and data → sums:
 *
 *     sums[r, slice, i] = Σ_{j in slice} a_j σ(w_j · x_i)   (− y_i in the first slice of a step).
 */
export function forwardProgram(
	layout: Layout,
	inputs: number,
	sought: Sought,
): Program<'theta' | 'data'> {
	return gridProgram(
		['theta', 'data'],
		grids.sums(layout, inputs),
		`${activationCode(layout.activation)}
void main() {
	${openSum(layout, sought)}
	${loadCoordinates(layout)}
	${sumUnits(`
		vec4 unit = at(theta, j, replica);
		sum += unit.${channel(layout.outerChannel)} * value(keep(${preActivation(layout)}));`)}
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
	const { replicas, parts, outerChannel } = layout;
	const grid = grids.hidden(layout, inputs);
	const blocks = grid.rows / replicas;
	const products = (count: number) =>
		lines(count, (k, c) => `z += unit.${c} * at(data, block, 4 * row + ${k});`);
	return gridProgram(
		['theta', 'data'],
		grid,
		`${activationCode(layout.activation)}
void main() {
	int j = here().x;
	int replica = here().y / ${blocks};
	int block = here().y - replica * ${blocks};
	vec4 z = vec4(0.);
	vec4 unit;
	int row = replica * ${parts};
	for (int part = 0; part < ${parts - 1}; part++) {
		unit = at(theta, j, row);
		${products(4)}
		row++;
	}
	unit = at(theta, j, row);
	${products(outerChannel)}
	setOutput(keep(z));
}`,
	);
}

/**
 * Wide layouts, theta, hidden and data → sums:
 *
 *     sums[r, slice, i] = Σ_{j in slice} a_j σ(z_ij)   (− y_i in the first slice of a step).
 */
export function sumProgram(
	layout: Layout,
	inputs: number,
	sought: Sought,
): Program<'theta' | 'hidden' | 'data'> {
	const { parts, outerChannel } = layout;
	const grid = grids.sums(layout, inputs);
	return gridProgram(
		['theta', 'hidden', 'data'],
		grid,
		`${activationCode(layout.activation)}
void main() {
	${openSum(layout, sought)}
	${sumUnits(`
		float a = at(theta, j, replica * ${parts} + ${parts - 1}).${channel(outerChannel)};
		sum += a * value(at(hidden, j, replica * ${grid.columns} + block));`)}
	setOutput(f);
}`,
	);
}
