import { activationCode } from './activation.ts';
import { channel, lines, loadCoordinates, preActivation, residualCode } from './glsl.ts';
import { blocksFor, grids, type Layout } from './layout.ts';
import { gridProgram, type Program } from './program.ts';

/*
 * One step of gradient descent, theta → theta, with e_i = f(x_i) − y_i and the rates (ρ_w, ρ_a) of
 * the replica, in which step size, lossFactor and scales have met:
 *
 *     w_j ← w_j − ρ_w a_j Σ_i e_i σ′(z_ij) x_i,     a_j ← a_j − ρ_a Σ_i e_i σ(z_ij).
 *
 * A frozen layer is left out of the code rather than multiplied by 0, which would let a NaN in.
 */

/** The new texel: `count` inner weights in the first channels, a_j after them if `outer`. */
function descend({ trained, outerChannel }: Layout, count: number, outer: boolean): string {
	const inner = trained.inner
		? lines(count, (_, c) => `next.${c} -= rate.x * a * gradient.${c};`)
		: '';
	const c = channel(outerChannel);
	return `${inner}
${outer && trained.outer ? `next.${c} -= rate.y * gradient.${c};` : ''}`;
}

/**
 * Narrow layouts: one fragment teaches one unit, all its parameters at once; the pre-activation is
 * computed again from the coordinates, which the gradient needs anyway.
 */
export function narrowUpdate(
	layout: Layout,
	inputs: number,
): Program<'theta' | 'data' | 'sums' | 'rates'> {
	const { d, activation, outerChannel } = layout;
	const outer = channel(outerChannel);
	return gridProgram(
		['theta', 'data', 'sums', 'rates'],
		grids.theta(layout),
		`${activationCode(activation)}${residualCode(layout)}
void main() {
	int replica = here().y;
	vec4 unit = at(theta, here().x, replica);
	float a = unit.${outer};
	vec4 gradient = vec4(0.);
	for (int block = 0; block < ${blocksFor(inputs)}; block++) {
		${loadCoordinates(layout)}
		vec4 kept = keep(${preActivation(layout)});
		vec4 e = residual(replica, block);
		vec4 signal = e * slope(kept);
		${lines(d, (k, c) => `gradient.${c} += dot(signal, x${k});`)}
		gradient.${outer} += dot(e, value(kept));
	}
	vec4 rate = at(rates, replica, 0);
	vec4 next = unit;
	${descend(layout, d, true)}
	setOutput(next);
}`,
	);
}

/**
 * Wide layouts: one fragment teaches four parameters of one unit, and looks up in `hidden` what the
 * fragments of a unit would otherwise all compute. The last texel of a unit holds a_j.
 */
export function wideUpdate(
	layout: Layout,
	inputs: number,
): Program<'theta' | 'data' | 'sums' | 'rates' | 'hidden'> {
	const { d, parts, activation, outerChannel } = layout;
	const outer = channel(outerChannel);
	const blocks = blocksFor(inputs);
	const products = (count: number) =>
		lines(count, (k, c) => `gradient.${c} += dot(signal, at(data, block, row + ${k}));`);
	const loop = (body: string) => `
		for (int block = 0; block < ${blocks}; block++) {
			vec4 kept = at(hidden, j, replica * ${blocks} + block);
			vec4 e = residual(replica, block);
			vec4 signal = e * slope(kept);
			${body}
		}`;
	return gridProgram(
		['theta', 'data', 'sums', 'rates', 'hidden'],
		grids.theta(layout),
		`${activationCode(activation)}${residualCode(layout)}
void main() {
	int j = here().x;
	int replica = here().y / ${parts};
	int part = here().y - replica * ${parts};
	int row = replica * ${d + 1} + 4 * part;
	float a = at(theta, j, replica * ${parts} + ${parts - 1}).${outer};
	vec4 rate = at(rates, replica, 0);
	vec4 next = at(theta, j, here().y);
	vec4 gradient = vec4(0.);
	if (part < ${parts - 1}) {
		${loop(products(4))}
		${descend(layout, 4, false)}
	} else {
		${loop(`${products(outerChannel)}
			gradient.${outer} += dot(e, value(kept));`)}
		${descend(layout, outerChannel, true)}
	}
	setOutput(next);
}`,
	);
}
