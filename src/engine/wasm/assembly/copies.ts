import { downAs, turnAs } from './down';
import { ERF, LINEAR, Layer, RELU, SOFTPLUS, TANH } from './plan';
import { fallAs, riseAs } from './plane';
import { upAs } from './up';

/*
 * One copy of each loop per activation, the activation (and in the last two whether there are biases) a
 * constant inside.
 */

export function up(kind: i32, layer: Layer, from: usize): void {
	if (kind == RELU) upAs(RELU, true, layer, from);
	else if (kind == TANH) upAs(TANH, true, layer, from);
	else if (kind == ERF) upAs(ERF, true, layer, from);
	else if (kind == SOFTPLUS) upAs(SOFTPLUS, true, layer, from);
	else upAs(LINEAR, true, layer, from);
}

/** The first layer's factor s is in x already. */
export function enter(kind: i32, layer: Layer, from: usize): void {
	if (kind == RELU) upAs(RELU, false, layer, from);
	else if (kind == TANH) upAs(TANH, false, layer, from);
	else if (kind == ERF) upAs(ERF, false, layer, from);
	else if (kind == SOFTPLUS) upAs(SOFTPLUS, false, layer, from);
	else upAs(LINEAR, false, layer, from);
}

export function turn(kind: i32, last: Layer, below: Layer, errors: usize): void {
	if (kind == RELU) turnAs(RELU, false, last, below, 0, errors);
	else if (kind == TANH) turnAs(TANH, false, last, below, 0, errors);
	else if (kind == ERF) turnAs(ERF, false, last, below, 0, errors);
	else if (kind == SOFTPLUS) turnAs(SOFTPLUS, false, last, below, 0, errors);
	else turnAs(LINEAR, false, last, below, 0, errors);
}

export function cross(kind: i32, last: Layer, hidden: Layer, x: usize, errors: usize): void {
	if (kind == RELU) turnAs(RELU, true, last, hidden, x, errors);
	else if (kind == TANH) turnAs(TANH, true, last, hidden, x, errors);
	else if (kind == ERF) turnAs(ERF, true, last, hidden, x, errors);
	else if (kind == SOFTPLUS) turnAs(SOFTPLUS, true, last, hidden, x, errors);
	else turnAs(LINEAR, true, last, hidden, x, errors);
}

export function down(kind: i32, layer: Layer, below: Layer): void {
	if (kind == RELU) downAs(RELU, layer, below);
	else if (kind == TANH) downAs(TANH, layer, below);
	else if (kind == ERF) downAs(ERF, layer, below);
	else if (kind == SOFTPLUS) downAs(SOFTPLUS, layer, below);
	else downAs(LINEAR, layer, below);
}

export function rise(kind: i32, hidden: Layer, last: Layer, x: usize, f: usize): void {
	const biased = hidden.constant != 0;
	if (!biased && kind == RELU) riseAs(RELU, false, hidden, last, x, f);
	else if (!biased && kind == TANH) riseAs(TANH, false, hidden, last, x, f);
	else if (!biased && kind == ERF) riseAs(ERF, false, hidden, last, x, f);
	else if (!biased && kind == SOFTPLUS) riseAs(SOFTPLUS, false, hidden, last, x, f);
	else if (!biased && kind == LINEAR) riseAs(LINEAR, false, hidden, last, x, f);
	else if (biased && kind == RELU) riseAs(RELU, true, hidden, last, x, f);
	else if (biased && kind == TANH) riseAs(TANH, true, hidden, last, x, f);
	else if (biased && kind == ERF) riseAs(ERF, true, hidden, last, x, f);
	else if (biased && kind == SOFTPLUS) riseAs(SOFTPLUS, true, hidden, last, x, f);
	else riseAs(LINEAR, true, hidden, last, x, f);
}

export function fall(kind: i32, last: Layer, hidden: Layer, x: usize, errors: usize): void {
	const biased = hidden.constant != 0;
	if (!biased && kind == RELU) fallAs(RELU, false, last, hidden, x, errors);
	else if (!biased && kind == TANH) fallAs(TANH, false, last, hidden, x, errors);
	else if (!biased && kind == ERF) fallAs(ERF, false, last, hidden, x, errors);
	else if (!biased && kind == SOFTPLUS) fallAs(SOFTPLUS, false, last, hidden, x, errors);
	else if (!biased && kind == LINEAR) fallAs(LINEAR, false, last, hidden, x, errors);
	else if (biased && kind == RELU) fallAs(RELU, true, last, hidden, x, errors);
	else if (biased && kind == TANH) fallAs(TANH, true, last, hidden, x, errors);
	else if (biased && kind == ERF) fallAs(ERF, true, last, hidden, x, errors);
	else if (biased && kind == SOFTPLUS) fallAs(SOFTPLUS, true, last, hidden, x, errors);
	else fallAs(LINEAR, true, last, hidden, x, errors);
}
