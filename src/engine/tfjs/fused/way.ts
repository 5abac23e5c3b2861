import type { Job } from '#contract';
import type { Gpu, Grid } from './gpu.ts';
import type { Panels, Size } from './panels.ts';

/** One of the ways in which the lane trains with programs of its own. */
export interface Way {
	readonly name: 'many steps' | 'narrow' | 'deep';
	readonly panels: Panels;
	/** The panel of the state: the weights, and what the optimiser remembers of them. */
	readonly state: Size;
	/** Column, row, layer and channel of W_l[j, k], `memory` 0, or of what is remembered of it, 1 and 2. */
	place(
		l: number,
		j: number,
		k: number,
		memory: number,
	): readonly [column: number, row: number, layer: number, channel: number];
	/** Lays the data out on the device. */
	begin(gpu: Gpu, job: Job): Trainer;
}

/** A way at work. */
export interface Trainer {
	/** Enqueues steps t, …, t + k − 1 from one state to another, or, where steps are few, back to it. */
	steps(t: number, k: number, states: States, rates: Grid): void;
	/** f at inputs in one batch, as a grid of sums, for the caller to free. */
	outputs(state: Grid, x: Grid, inputs: number): Grid;
	/** Told how long steps took, in milliseconds each. */
	took?(msPerStep: number): void;
	free(): void;
}

/** The state before and the room for the one after; a draw swaps them. */
export interface States {
	now: Grid;
	next: Grid;
}

export function swap(states: States): void {
	[states.now, states.next] = [states.next, states.now];
}
