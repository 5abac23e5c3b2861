/** Step sizes, shape [R], and the first step that is taken with them. */
export interface Spell {
	readonly from: number;
	readonly sizes: Float64Array;
}

/** Which step sizes a run takes each of its steps with, so that a step taken again is the same step. */
export class StepSizesInTime {
	/** Those of the job. */
	readonly first: Spell;
	/** Ascending in `from`. */
	#spells: Spell[];
	/** As the figure set them. */
	#base: Float64Array;
	/** As the reader changed them. */
	#factor = 1;

	constructor(sizes: Float64Array) {
		this.#base = sizes;
		this.first = { from: 0, sizes };
		this.#spells = [this.first];
	}

	at(step: number): Spell {
		return this.#spells.findLast(({ from }) => from <= step) ?? this.first;
	}

	/** The first step after this one that is taken with other sizes; Infinity where none is. */
	after(step: number): number {
		return this.#spells.find(({ from }) => from > step)?.from ?? Infinity;
	}

	/** From a step on; forgets what was to change later. */
	set(from: number, base: Float64Array): void {
		this.#base = base;
		this.#begin(from);
	}

	/** From a step on, times the sizes of the figure. */
	multiply(from: number, factor: number): void {
		this.#factor = factor;
		this.#begin(from);
	}

	#begin(from: number): void {
		const sizes = this.#base.map((size) => size * this.#factor);
		this.#spells = [...this.#spells.filter((spell) => spell.from < from), { from, sizes }];
	}
}
