import type { Measured } from '#contract';
import type { Predicted } from './protocol.ts';

/** Growth beyond anything a theorem here allows. */
const growth = 1e6;

/** Watches a run for values that are not finite, or a million times larger than any predicted or first measured. */
export class Bounds {
	readonly #scale: ReadonlyMap<string, number>;

	/** From the first frame. */
	constructor(measured: Measured, predicted: Predicted) {
		this.#scale = new Map(
			Object.entries(measured).map(([id, { y }]) => {
				const values = [...y, ...(predicted[id]?.y ?? [])].filter(Number.isFinite);
				return [id, largest(values)];
			}),
		);
	}

	leftBy(measured: Measured): boolean {
		return Object.entries(measured).some(([id, { y }]) => {
			const limit = growth * (this.#scale.get(id) ?? 0);
			return !y.every(Number.isFinite) || (limit > 0 && largest(y) > limit);
		});
	}
}

function largest(values: readonly number[]): number {
	return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}
