/**
 * What a reader has done, on this device only: sections read, exercises, guesses, pins. Each thing has
 * an entry of its own, so that two tabs do not overwrite each other; one that cannot be read counts as
 * not there.
 */
import { keepText, keptKeys, keptText } from './kept.ts';
import { isList, isNumber, isText, isTruth, isWhole, shape, type Check } from './shape.ts';

/** What is kept of each kind of thing; `id` is `lesson/name`. */
export interface Records {
	/** A section, by the id of its heading. */
	readonly read: {
		/** When, in milliseconds since 1970. */
		readonly at: number;
	};
	readonly exercise: {
		/** Draws the numbers of the reader's own variant. */
		readonly seed: number;
		readonly tries: number;
		/** The last answer, as typed or as the option's number. */
		readonly answer: string;
		readonly solved: boolean;
		/** Whether the solution was looked at. */
		readonly shown: boolean;
	};
	readonly guess: {
		/** The heights of the knots, the place of a threshold, or the number of the option. */
		readonly given: readonly number[];
	};
	/** The pinned runs of a figure, each as it stands in a link. */
	readonly pins: {
		readonly runs: readonly string[];
	};
}
export type RecordKind = keyof Records;

/** What may be kept, and nothing else: whatever comes from storage or a file passes through here. */
const checks: { readonly [K in RecordKind]: Check<Records[K]> } = {
	read: shape({ at: isNumber }),
	exercise: shape({
		seed: isWhole,
		tries: isWhole,
		answer: isText(200),
		solved: isTruth,
		shown: isTruth,
	}),
	guess: shape({ given: isList(isNumber, 200) }),
	pins: shape({ runs: isList(isText(2000), 4) }),
};
export const recordKinds = Object.keys(checks) as RecordKind[];

/** Changes of a kind's shape ask for a new number, and for a way from the old to the new. */
export const recordVersion = 1;
const keyOf = (kind: RecordKind, id: string) => `${recordVersion}:${kind}:${id}`;

/** `lesson/name`, both as folders, figures, questions and headings are called. */
export function isRecordId(id: string): boolean {
	return id.length <= 200 && /^[\w-]+\/[^\s/]+$/u.test(id);
}

/** A value of this kind from outside; null where it is not one. */
export function checkRecord<K extends RecordKind>(kind: K, value: unknown): Records[K] | null {
	return checks[kind](value) ? value : null;
}

/** What is kept of one thing; null where nothing is. Read in a component, it stays up to date. */
export function recordOf<K extends RecordKind>(kind: K, id: string): Records[K] | null {
	const text = keptText(keyOf(kind, id));
	if (text === null) return null;
	try {
		return checkRecord(kind, JSON.parse(text));
	} catch {
		return null;
	}
}

/** Keeps an entry, or forgets it where it is null; says whether the browser did so. */
export function keepRecord<K extends RecordKind>(
	kind: K,
	id: string,
	value: Records[K] | null,
): boolean {
	if (!isRecordId(id)) throw new RangeError(`“${id}” is not lesson/name`);
	return keepText(keyOf(kind, id), value && JSON.stringify(value));
}

/** All that is kept of a kind, by id. */
export function recordsOf<K extends RecordKind>(kind: K): ReadonlyMap<string, Records[K]> {
	const start = keyOf(kind, '');
	const entries = keptKeys(start).flatMap((key) => {
		const id = key.slice(start.length);
		const value = isRecordId(id) ? recordOf(kind, id) : null;
		return value ? [[id, value] as const] : [];
	});
	return new Map(entries);
}
