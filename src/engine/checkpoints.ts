import type { Checkpoint } from './kernel.ts';

/** Numbers that all checkpoints of a session may hold together: 32 MB of them. */
const mostNumbers = 4_000_000;
const mostCheckpoints = 16;

/** The checkpoints a session keeps: few, spread over its whole run, and always the latest. */
export class Checkpoints {
	#kept: Checkpoint[] = [];

	/** Takes on the latest, and lets go of others where they stand closest to each other. */
	add(checkpoint: Checkpoint): void {
		this.#kept = this.#kept.filter(({ steps }) => steps < checkpoint.steps);
		this.#kept.push(checkpoint);
		const most = Math.max(1, Math.min(mostCheckpoints, mostNumbers / sizeOf(checkpoint)));
		while (this.#kept.length > most) this.#kept.splice(this.#mostCrowded(), 1);
	}

	/** The latest at a step or before it; null where none is. */
	before(step: number): Checkpoint | null {
		return this.#kept.findLast(({ steps }) => steps <= step) ?? null;
	}

	/** Lets go of all beyond a step. */
	forgetAfter(step: number): void {
		this.#kept = this.#kept.filter(({ steps }) => steps <= step);
	}

	/** Any but the last one. */
	#mostCrowded(): number {
		const at = (i: number) => this.#kept[i]?.steps ?? 0;
		const gap = (i: number) => at(i + 1) - at(i - 1);
		return this.#kept.slice(0, -1).reduce((best, _, i) => (gap(i) < gap(best) ? i : best), 0);
	}
}

function sizeOf({ layers }: Checkpoint): number {
	return layers.flat().reduce((sum, { length }) => sum + length, 0);
}
