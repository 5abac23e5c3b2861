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

/** For the last texel of a unit: its inner weights stand in the first channels, a_j after them. */
function descendLast({ trained, outerChannel }: Layout): string {
	const inner = lines(outerChannel, (_, c) => `next.${c} -= rate.x * a * inner.${c};`);
	return `
		${trained.inner ? inner : ''}
		${trained.outer ? `next.${channel(outerChannel)} -= rate.y * outer;` : ''}`;
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
	return gridProgram(
		['theta', 'data', 'sums', 'rates'],
		grids.theta(layout),
		`${activationCode(activation)}${residualCode(layout)}
void main() {
	int replica = here().y;
	vec4 unit = at(theta, here().x, replica);
	vec4 inner = vec4(0.);
	float outer = 0.;
	for (int block = 0; block < ${blocksFor(inputs)}; block++) {
		${loadCoordinates(layout)}
		vec4 kept = keep(${preActivation(layout)});
		vec4 e = residual(replica, block);
		vec4 signal = e * slope(kept);
		${lines(d, (k, c) => `inner.${c} += dot(signal, x${k});`)}
		outer += dot(e, value(kept));
	}
	vec4 rate = at(rates, replica, 0);
	float a = unit.${channel(outerChannel)};
	vec4 next = unit;
	${descendLast(layout)}
	setOutput(next);
}`,
	);
}

/**
 * Wide layouts: one fragment teaches four parameters of one unit, and looks up in `hidden` what the
 * fragments of a unit would otherwise all compute. All fragments run the same loop; what it yields of
 * a_j and of the channels after it is of use in the last texel only, or not at all.
 */
export function wideUpdate(
	layout: Layout,
	inputs: number,
): Program<'theta' | 'data' | 'sums' | 'rates' | 'hidden'> {
	const { parts, activation, outerChannel, trained } = layout;
	const blocks = blocksFor(inputs);
	return gridProgram(
		['theta', 'data', 'sums', 'rates', 'hidden'],
		grids.theta(layout),
		`${activationCode(activation)}${residualCode(layout)}
void main() {
	int j = here().x;
	int row = here().y;
	int replica = row / ${parts};
	int last = replica * ${parts} + ${parts - 1};
	vec4 inner = vec4(0.);
	float outer = 0.;
	for (int block = 0; block < ${blocks}; block++) {
		vec4 kept = at(hidden, j, replica * ${blocks} + block);
		vec4 e = residual(replica, block);
		vec4 signal = e * slope(kept);
		${lines(4, (k, c) => `inner.${c} += dot(signal, at(data, block, 4 * row + ${k}));`)}
		outer += dot(e, value(kept));
	}
	vec4 rate = at(rates, replica, 0);
	float a = at(theta, j, last).${channel(outerChannel)};
	vec4 next = at(theta, j, row);
	if (row < last) {
		${trained.inner ? 'next -= rate.x * a * inner;' : ''}
	} else {
		${descendLast(layout)}
	}
	setOutput(next);
}`,
	);
}
