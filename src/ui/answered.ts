/** What a reader has made of a question before, and where it is written down. */
import { recordOf, keepRecord, type Records } from './records.ts';

/** What an answer leaves behind. */
export interface Answered {
	/** As typed; the option's number, the knots' heights or the place otherwise. */
	readonly given: string | readonly number[];
	/** Null where the solution was looked at without an answer. */
	readonly right: boolean | null;
}

/** What a question knows of its reader. */
export interface Memory {
	/** What was given last, and whether the question is settled: solved, shown or guessed. */
	readonly given: string | readonly number[] | null;
	readonly settled: boolean;
	/** Whether numbers alone are kept. */
	readonly guess: boolean;
	note(how: Answered): void;
}

/** Draws the numbers of a reader who has none yet. */
const anySeed = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 1_000_000;

/** The seed of an exercise's numbers on this device; chosen once, and kept. */
export function seedFor(id: string): number {
	const kept = recordOf('exercise', id);
	return kept ? kept.seed : anotherSeed(id, anySeed());
}

/** Begins an exercise anew with the numbers of this seed; says the seed. */
export function anotherSeed(id: string, seed: number): number {
	keepRecord('exercise', id, { seed, tries: 0, answer: '', solved: false, shown: false });
	return seed;
}

/** Where a reader is sent who lacks what a check asks for. */
export interface Lacking {
	/** Id of the section's heading, and its words. */
	readonly section: string;
	readonly title: string;
	/** A figure in it. */
	readonly figure: string | null;
}

/** Whether a reader has what a check asks for: not if its solution was looked at, nor before it is answered. */
export type Standing = 'stands' | 'missing' | 'open';

export function standing(kept: Records['exercise'] | null | undefined): Standing {
	if (kept?.solved && !kept.shown) return 'stands';
	return kept && (kept.tries > 0 || kept.shown) ? 'missing' : 'open';
}

/** The memory of an exercise with the numbers of this seed. */
export function exerciseMemory(id: string, seed: number): Memory {
	const kept = recordOf('exercise', id);
	return {
		guess: false,
		given: kept !== null && kept.answer !== '' ? kept.answer : null,
		settled: kept !== null && (kept.solved || kept.shown),
		note({ given, right }) {
			const before = recordOf('exercise', id);
			const answer = typeof given === 'string' ? given : given.join(' ');
			keepRecord('exercise', id, {
				seed,
				tries: (before?.tries ?? 0) + (right === null ? 0 : 1),
				answer: answer.slice(0, 200),
				solved: right === true || (before?.solved ?? false),
				shown: right === null || (before?.shown ?? false),
			});
		},
	};
}

/** The memory of a guess: the last one counts. */
export function guessMemory(id: string): Memory {
	const kept = recordOf('guess', id);
	return {
		guess: true,
		given: kept?.given ?? null,
		settled: kept !== null,
		note({ given }) {
			if (typeof given !== 'string') keepRecord('guess', id, { given });
		},
	};
}

/** The numbers that were given, none where there are none. */
export function numbersOf(given: Memory['given']): readonly number[] {
	if (typeof given !== 'string') return given ?? [];
	return given === '' ? [] : given.split(' ').map(Number).filter(Number.isFinite);
}
