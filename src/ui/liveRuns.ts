import type { Params } from '#contract';

/** Something that has knobs: the runner of a figure. */
interface Live {
	readonly params: Params;
}

/** The figures of the page that are at work, by name: what else is on the page may ask for their knobs. */
const live = new Map<string, Live>();

/** Enters a figure, and returns what strikes it off. */
export function goLive(of: string, runner: Live): () => void {
	live.set(of, runner);
	return () => {
		if (live.get(of) === runner) live.delete(of);
	};
}

/** The knobs of a figure as they stand; null while it is not at work. */
export function liveParams(of: string): Params | null {
	return live.get(of)?.params ?? null;
}
