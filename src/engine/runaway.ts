import type { Figure, Measured, Run } from '#contract';
import type { Predicted } from './protocol.ts';

/** Growth beyond anything that is worth watching. */
const growth = 1e6;

/**
 * Watches a run for values that are not finite, or a million times larger than 1 and than where they
 * began. A prediction that large excuses them, but only while its hypotheses hold: a theory may run
 * away as well as a network.
 */
export class Bounds {
	readonly #limits: ReadonlyMap<string, number>;

	/** From the first frame and what was predicted then. */
	constructor(figure: Figure, run: Run, measured: Measured, predicted: Predicted) {
		this.#limits = new Map(
			figure.predictions.map(({ id, hypotheses }) => {
				const holds = hypotheses.every((h) => h.broken(run) === null);
				const known = [...(measured[id]?.y ?? []), ...((holds && predicted[id]?.y) || [])];
				return [id, growth * Math.max(1, largest(known.filter(Number.isFinite)))];
			}),
		);
	}

	leftBy(measured: Measured): boolean {
		return Object.entries(measured).some(
			// Written so that a value that is not a number is out of bounds.
			([id, { y }]) => !y.every((value) => Math.abs(value) <= (this.#limits.get(id) ?? growth)),
		);
	}
}

function largest(values: readonly number[]): number {
	return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}
